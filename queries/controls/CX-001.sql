-- control:  CX-001
-- version:  1
-- sop:      SOP-CX-001
-- title:    A breach older than 2 h had a reply, note or decision within 30 min of the breach
-- severity: high
-- needs:    conversations, messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, waited int, late int
-- source:   conversations, messages, decisions
-- pass:     somebody of the staff replied, wrote a note or logged a decision in the 30 min after the breach; breaches of the report week that never were over 2 h old are not checked
-- evidence: late: the first reply, note or decision after the breach came {waited|duration} later, {late|duration} too late | none: no reply, note or decision in the {waited|duration} since the breach
select
    f.account_id,
    f.conversation_id,
    null as decision_id,
    f.breached_at as happened_at,
    case when f.response_at <= :as_of then f.response_by end as operator,
    case when f.response_at <= f.response_due_at and f.response_at <= :as_of then 1 else 0 end as is_passed,
    case when f.response_at <= :as_of then 'late' else 'none' end as reason,
    case when f.response_at <= :as_of then f.response_at else :as_of end - f.breached_at as waited,
    f.response_at - f.response_due_at as late
from account as a
cross join conversation_fact as f
where f.account_id = a.account_id
    and f.breached_at >= :start_at
    and f.breached_at < :end_at
    and f.breached_at < :as_of
    and case when f.breach_resolved_at <= :as_of then f.breach_resolved_at else :as_of end > f.over_2h_at
