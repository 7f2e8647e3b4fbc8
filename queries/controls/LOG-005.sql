-- control:  LOG-005
-- version:  1
-- sop:      runbook: revision of 2025-10-08
-- title:    Nobody adds the legacy label escalated
-- severity: low
-- needs:    messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text
-- source:   messages
-- pass:     a label of escalation that was added is the one of today, “escalation”
-- evidence: legacy: the label escalated was added in place of escalation
select
    l.account_id,
    l.conversation_id,
    null as decision_id,
    l.added_at as happened_at,
    l.added_by as operator,
    case when l.label = 'escalated' then 0 else 1 end as is_passed,
    'legacy' as reason
from account as a
cross join escalation_label as l
where l.account_id = a.account_id
    and l.added_at >= :start_at
    and l.added_at < :end_at
    and l.added_at <= :as_of
