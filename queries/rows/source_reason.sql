-- kpi:     source_reason
-- version: 1
-- title:   Rows of each source file, in its newest version, that are in no figure, by why
-- unit:    row
-- reduce:  rows
-- params:  none
-- columns: outcome text, reason text, row_count int, file text, line int
-- source:  all
-- null:    line, since the rows of a reason are counted by file; rejected rows are in quarantine
select
    r.outcome,
    r.reason,
    r.row_count,
    s.name as file,
    null as line
from source_reason as r
join source_file as s on s.file_id = r.file_id
where not exists (select 1 from source_file as n where n.name = s.name and n.file_id > s.file_id)
order by s.name, r.outcome, r.reason
