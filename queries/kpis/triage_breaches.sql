-- kpi:     triage_breaches
-- version: 1
-- title:   Breaches of the report week, with the staff's response and the resolution
-- unit:    instant
-- reduce:  triage
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, breached_at int, created_at int, response_at int, response_due_at int, over_2h_at int, breach_resolved_at int, resolved_at int
-- source:  conversations, messages, decisions
-- null:    response_at where nobody of the staff has acted since; created_at where the conversation was not exported
select
    f.account_id,
    f.conversation_id,
    f.breached_at,
    f.created_at,
    f.response_at,
    f.response_due_at,
    f.over_2h_at,
    f.breach_resolved_at,
    f.resolved_at
from account as a
cross join conversation_fact as f
where f.account_id = a.account_id
    and f.breached_at >= :start_at
    and f.breached_at < :end_at
    and f.breached_at < :as_of
order by f.account_id, f.breached_at, f.conversation_id
