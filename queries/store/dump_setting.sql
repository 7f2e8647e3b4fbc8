-- store:   dump_setting
-- title:   The schema and the fingerprint of the privacy key: stores that differ in these cannot be compared
-- params:  none
-- columns: key text, value text
-- fix:     none
select
    'schema' as key,
    max(g.identifier) as value
from grdb_migrations as g
union all
select
    s.key,
    s.value
from setting as s
where s.key = 'privacy_key'
order by 1
