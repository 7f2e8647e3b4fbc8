-- control:  CX-008
-- version:  1
-- sop:      SOP-CX-003
-- title:    A high-risk word is followed by an escalation within 2 h
-- severity: high
-- needs:    messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, place text, took int, late int, overdue int
-- source:   messages, decisions
-- pass:     it was escalated within 2 h of the message or note, or an escalation was open; it is checked when the 2 h are over
-- evidence: late: a {place|word} with a high-risk word was escalated {took|duration} later, {late|duration} too late | none: a {place|word} with a high-risk word was not escalated; it is overdue by {overdue|duration}
select
    g.account_id,
    g.conversation_id,
    null as decision_id,
    g.happened_at,
    null as operator,
    case when g.escalated_at <= g.escalation_due_at and g.escalated_at <= :as_of then 1 else 0 end as is_passed,
    case when g.escalated_at <= :as_of then 'late' else 'none' end as reason,
    case when g.is_note = 1 then 'note' else 'message' end as place,
    g.escalated_at - g.happened_at as took,
    g.escalated_at - g.escalation_due_at as late,
    :as_of - g.escalation_due_at as overdue
from account as a
cross join guardrail as g
where g.account_id = a.account_id
    and g.kind = 'risk'
    and g.happened_at >= :start_at
    and g.happened_at < :end_at
    and g.happened_at <= :as_of
    and g.escalation_due_at <= :as_of
