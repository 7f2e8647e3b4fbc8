-- store:   check_pending
-- title:   nothing waits for its facts
-- params:  none
-- columns: what text, found int
-- fix:     run countersign run
select
    'touched' as what,
    count(*) as found
from touched as t
where t.account_id is not null
