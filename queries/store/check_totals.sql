-- store:   check_totals
-- title:   the control totals of every file balance
-- params:  none
-- columns: what text, found int
-- fix:     read the sources again into a new store: move this one away, then countersign run
select
    'source_file' as what,
    count(*) as found
from source_file as s
where s.rows_read <> s.rows_loaded + s.rows_unchanged + s.rows_duplicate + s.rows_rejected + s.rows_excluded + s.rows_expired
