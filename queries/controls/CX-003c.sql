-- control:  CX-003c
-- version:  1
-- sop:      SOP-CX-003
-- title:    A manager acknowledges an escalation in time (2 h)
-- severity: high
-- needs:    managers, messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, took int, late int, overdue int
-- source:   decisions, messages, agents
-- pass:     a manager acted, or got the conversation, by the due time (`sla.manager_ack_minutes`); as for compliance, only those that are due are checked
-- evidence: late: a manager acknowledged the escalation {took|duration} after it began, {late|duration} too late | none: no manager has acknowledged the escalation; it is overdue by {overdue|duration}
select
    e.account_id,
    e.conversation_id,
    e.decision_id,
    e.started_at as happened_at,
    case when e.acknowledged_at <= :as_of then e.acknowledged_by end as operator,
    case when e.acknowledged_at <= e.ack_due_at and e.acknowledged_at <= :as_of then 1 else 0 end as is_passed,
    case when e.acknowledged_at <= :as_of then 'late' else 'none' end as reason,
    e.acknowledged_at - e.started_at as took,
    e.acknowledged_at - e.ack_due_at as late,
    :as_of - e.ack_due_at as overdue
from account as a
cross join escalation as e
where e.account_id = a.account_id
    and e.started_at >= :start_at
    and e.started_at < :end_at
    and e.started_at <= :as_of
    and e.ack_due_at < :as_of
