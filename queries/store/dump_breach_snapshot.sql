-- store:   dump_breach_snapshot
-- title:   Breaches that the dashboard recorded
-- params:  account int
-- columns: conversation_id int, breached_at instant, seen_at instant, is_approximate int
-- fix:     none
select
    b.conversation_id,
    b.breached_at,
    b.seen_at,
    b.is_approximate
from breach_snapshot as b
where b.account_id = :account
order by b.conversation_id, b.breached_at
