-- control:  CX-003d
-- version:  1
-- sop:      SOP-CX-003
-- title:    A manager updates an escalation in time (24 h)
-- severity: medium
-- needs:    managers, messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, took int, late int, overdue int
-- source:   decisions, messages, agents
-- pass:     it was resolved, or a manager replied or acted twice, by the due time (`sla.manager_update_hours`); one that is not updated is checked when it is overdue
-- evidence: late: the update came {took|duration} after the escalation began, {late|duration} too late | none: no manager has updated the escalation; it is overdue by {overdue|duration}
select
    e.account_id,
    e.conversation_id,
    e.decision_id,
    e.started_at as happened_at,
    null as operator,
    case when e.updated_at <= e.update_due_at and e.updated_at <= :as_of then 1 else 0 end as is_passed,
    case when e.updated_at <= :as_of then 'late' else 'none' end as reason,
    e.updated_at - e.started_at as took,
    e.updated_at - e.update_due_at as late,
    :as_of - e.update_due_at as overdue
from account as a
cross join escalation as e
where e.account_id = a.account_id
    and e.started_at >= :start_at
    and e.started_at < :end_at
    and e.started_at <= :as_of
    and e.update_due_at < :as_of
