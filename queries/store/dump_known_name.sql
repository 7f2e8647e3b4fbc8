-- store:   dump_known_name
-- title:   Names of teams and labels
-- params:  account int
-- columns: kind int, name text
-- fix:     none
select
    k.kind,
    k.name
from known_name as k
where k.account_id = :account
order by k.kind, k.name
