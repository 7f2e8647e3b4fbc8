-- kpi:     source_reasons
-- version: 1
-- title:   Rows of each source file that are in no figure, by why
-- unit:    count
-- reduce:  data_quality
-- params:  none
-- columns: file_id int, outcome text, reason text, row_count int
-- source:  all
-- null:    a file without such rows has none
select
    r.file_id,
    r.outcome,
    r.reason,
    r.row_count
from source_reason as r
order by r.file_id, r.outcome, r.reason
