-- store:   dump_resolution
-- title:   Resolutions of which the moment is known
-- params:  account int
-- columns: conversation_id int, resolved_at instant, resolved_by text, decision_id text, decided_at instant, changed_at instant, last_customer_at instant, is_answered int, is_confirmed int, blocking_label text, blocking_known_at instant, customer_at instant
-- fix:     none
select
    r.conversation_id,
    r.resolved_at,
    r.resolved_by,
    r.decision_id,
    r.decided_at,
    r.changed_at,
    r.last_customer_at,
    r.is_answered,
    r.is_confirmed,
    r.blocking_label,
    r.blocking_known_at,
    r.customer_at
from resolution as r
where r.account_id = :account
order by r.conversation_id, r.resolved_at
