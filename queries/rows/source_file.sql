-- kpi:     source_file
-- version: 1
-- title:   Each source file in its newest version with the counts of the run that loaded it
-- unit:    row
-- reduce:  rows
-- params:  none
-- columns: file_id int, sha256 text, bytes int, is_failed int, problem text, kinds text, rows_read int, rows_loaded int, rows_unchanged int, rows_duplicate int, rows_rejected int, rows_excluded int, rows_expired int, lines_not_understood int, first_at int, last_at int, file text, line int
-- source:  all
-- null:    first_at and last_at of a file without rows; line, since a file is meant as a whole
select
    s.file_id,
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
    s.lines_not_understood,
    s.first_at,
    s.last_at,
    s.name as file,
    null as line
from source_file as s
where not exists (select 1 from source_file as n where n.name = s.name and n.file_id > s.file_id)
order by s.name, s.sha256
