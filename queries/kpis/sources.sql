-- kpi:     sources
-- version: 2
-- title:   Source files, each in its newest version, with the counts of the run that loaded them
-- unit:    count
-- reduce:  sources
-- params:  none
-- columns: file_id int, name text, sha256 text, bytes int, is_failed int, problem text, kinds text, rows_read int, rows_loaded int, rows_unchanged int, rows_duplicate int, rows_rejected int, rows_excluded int, rows_expired int, first_at int, last_at int, lines_not_understood int
-- source:  all
-- null:    first_at and last_at of a file without rows
select
    s.file_id,
    s.name,
    s.sha256,
    s.bytes,
    s.is_failed,
    s.problem,
    s.kinds,
    s.rows_read,
    s.rows_loaded,
    s.rows_unchanged,
    s.rows_duplicate,
    s.rows_rejected,
    s.rows_excluded,
    s.rows_expired,
    s.first_at,
    s.last_at,
    s.lines_not_understood
from source_file as s
where not exists (select 1 from source_file as n where n.name = s.name and n.file_id > s.file_id)
order by s.name, s.sha256
