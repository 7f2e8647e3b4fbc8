-- kpi:     triage_labels
-- version: 1
-- title:   Conversations tagged for escalation in the report week before any breach, with their review
-- unit:    instant
-- reduce:  triage
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, added_at int, reviewed_at int, review_due_at int
-- source:  conversations, messages, decisions
-- null:    reviewed_at where nobody of the staff has acted since
select
    l.account_id,
    l.conversation_id,
    l.added_at,
    l.reviewed_at,
    l.review_due_at
from account as a
cross join escalation_label as l
left join conversation_fact as f on f.account_id = l.account_id and f.conversation_id = l.conversation_id
where l.account_id = a.account_id
    and l.added_at >= :start_at
    and l.added_at < :end_at
    and l.added_at <= :as_of
    and (f.breached_at is null or f.breached_at > l.added_at or f.breached_at >= :as_of)
order by l.account_id, l.conversation_id, l.added_at
