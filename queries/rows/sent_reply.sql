-- kpi:     sent_reply
-- version: 1
-- title:   Each reply that was approved and sent in the report week with what came of it
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, operator text, customer_at int, other_act_at int, ack_due_at int, state text, file text, line int
-- source:  decisions, messages
-- null:    customer_at and other_act_at where neither has happened; file and line where the row that it was read from is purged
select
    r.account_id,
    r.decision_id,
    r.decided_at,
    nullif(r.conversation_id, 0) as conversation_id,
    o.name as operator,
    r.customer_at,
    r.other_act_at,
    r.ack_due_at,
    case
        when r.customer_at <= :as_of
            and r.customer_at <= r.ack_due_at
            and (r.other_act_at is null or r.customer_at <= r.other_act_at)
        then 'acknowledged'
        when r.other_act_at <= :as_of and r.other_act_at <= r.ack_due_at then 'superseded'
        when :as_of < r.ack_due_at then 'waiting'
        else 'follow_up_due'
    end as state,
    s.name as file,
    d.line
from account as a
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
left join decision as d
    on d.account_id = r.account_id and d.decided_at = r.decided_at and d.decision_id = r.decision_id
left join source_file as s on s.file_id = d.file_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
    and r.action_kind = 1
order by r.account_id, r.decided_at, r.decision_id
