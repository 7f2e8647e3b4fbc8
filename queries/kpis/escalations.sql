-- kpi:     escalations
-- version: 2
-- title:   Escalations that began in the report week
-- unit:    instant
-- reduce:  manager_ack
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, started_at int, escalated_by text, reason text, acknowledged_at int, acknowledged_by text, updated_at int, ack_due_at int, update_due_at int
-- source:  decisions, messages, agents
-- null:    acknowledged_at and updated_at where neither has happened
select
    e.account_id,
    e.conversation_id,
    e.started_at,
    e.escalated_by,
    e.reason,
    e.acknowledged_at,
    e.acknowledged_by,
    e.updated_at,
    e.ack_due_at,
    e.update_due_at
from account as a
cross join escalation as e
where e.account_id = a.account_id
    and e.started_at >= :start_at
    and e.started_at < :end_at
    and e.started_at <= :as_of
order by e.account_id, e.started_at, e.conversation_id
