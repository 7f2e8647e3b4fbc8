-- control:  CX-007
-- version:  1
-- sop:      dashboard runbook: rapid reopen
-- title:    No customer writes within 30 min after a resolution
-- severity: medium
-- needs:    messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, wrote_after int
-- source:   messages, decisions
-- pass:     the customer wrote nothing in the 30 min after the resolution; one without such a message is checked when they are over
-- evidence: reopened: the customer wrote again {wrote_after|duration} after the resolution
select
    r.account_id,
    r.conversation_id,
    r.decision_id,
    r.resolved_at as happened_at,
    r.resolved_by as operator,
    case when r.customer_at <= r.resolved_at + 1800000000 and r.customer_at <= :as_of then 0 else 1 end as is_passed,
    'reopened' as reason,
    r.customer_at - r.resolved_at as wrote_after
from account as a
cross join resolution as r
where r.account_id = a.account_id
    and r.resolved_at >= :start_at
    and r.resolved_at < :end_at
    and r.resolved_at <= :as_of
    and (r.resolved_at + 1800000000 <= :as_of or r.customer_at <= :as_of)
