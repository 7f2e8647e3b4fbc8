-- control:  CX-003a
-- version:  1
-- sop:      SOP-CX-003
-- title:    An escalation carries a note
-- severity: medium
-- needs:    messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text
-- source:   decisions, messages
-- pass:     the decision has a note, or a private note was written from 10 min before to 60 min after the escalation; one that has none yet is checked when the 60 min are over
-- evidence: none: neither the decision nor a private note says why it was escalated
select
    e.account_id,
    e.conversation_id,
    e.decision_id,
    e.started_at as happened_at,
    e.escalated_by as operator,
    case when e.noted_at <= :as_of then 1 else 0 end as is_passed,
    'none' as reason
from account as a
cross join escalation as e
where e.account_id = a.account_id
    and e.started_at >= :start_at
    and e.started_at < :end_at
    and e.started_at <= :as_of
    and e.started_at + 3600000000 <= :as_of
