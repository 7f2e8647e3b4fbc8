-- kpi:     sent_replies
-- version: 1
-- title:   Replies that were approved and sent in the report week, with what came after
-- unit:    instant
-- reduce:  customer_ack
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, operator text, customer_at int, other_act_at int, ack_due_at int
-- source:  decisions, messages
-- null:    customer_at and other_act_at where neither has happened
select
    r.account_id,
    r.decision_id,
    r.decided_at,
    r.conversation_id,
    o.name as operator,
    r.customer_at,
    r.other_act_at,
    r.ack_due_at
from account as a
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
    and r.action_kind = 1
order by r.account_id, r.decided_at, r.decision_id
