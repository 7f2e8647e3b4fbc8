-- store:   dump_staff
-- title:   Users of Chatwoot
-- params:  account int
-- columns: user_id int, name text, email text, role text, content int
-- fix:     none
select
    s.user_id,
    s.name,
    s.email,
    s.role,
    s.content
from staff as s
where s.account_id = :account
order by s.user_id
