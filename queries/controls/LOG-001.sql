-- control:  LOG-001
-- version:  1
-- sop:      agenda: accountability
-- title:    A decision names a person
-- severity: medium
-- needs:    decisions
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text
-- source:   decisions
-- pass:     the actor is an email, and not the shop itself
-- evidence: shop: the actor is the shop and no person | other: the actor is no person's email
select
    d.account_id,
    d.conversation_id,
    d.decision_id,
    d.decided_at as happened_at,
    d.operator,
    d.is_person as is_passed,
    case when d.operator = d.shop then 'shop' else 'other' end as reason
from account as a
cross join counted_decision as d
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
