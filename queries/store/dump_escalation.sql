-- store:   dump_escalation
-- title:   Escalations
-- params:  account int
-- columns: conversation_id int, started_at instant, escalated_by text, reason text, acknowledged_at instant, acknowledged_by text, updated_at instant, ack_due_at instant, update_due_at instant, decision_id text, noted_at instant, response_at instant, response_by text, response_due_at instant, severity text, resolved_at instant
-- fix:     none
select
    e.conversation_id,
    e.started_at,
    e.escalated_by,
    e.reason,
    e.acknowledged_at,
    e.acknowledged_by,
    e.updated_at,
    e.ack_due_at,
    e.update_due_at,
    e.decision_id,
    e.noted_at,
    e.response_at,
    e.response_by,
    e.response_due_at,
    e.severity,
    e.resolved_at
from escalation as e
where e.account_id = :account
order by e.conversation_id, e.started_at
