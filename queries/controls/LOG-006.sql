-- control:  LOG-006
-- version:  1
-- sop:      agenda: 5 fields
-- title:    A decision carries shop, action, operator, time and payload
-- severity: medium
-- needs:    decisions
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, missing text
-- source:   decisions
-- pass:     all five are there; a row without time or action is no decision and is rejected
-- evidence: missing: the decision does not carry: {missing|word}
select
    d.account_id,
    d.conversation_id,
    d.decision_id,
    d.decided_at as happened_at,
    d.operator,
    case when d.has_payload = 1 and d.shop <> '' and d.operator <> '' then 1 else 0 end as is_passed,
    'missing' as reason,
    -- Who has neither an actor nor a shop is kept as “system”.
    substr(
        case when coalesce(d.shop, '') = '' then '/shop' else '' end
            || case when d.operator = '' or (d.operator = 'system' and d.shop is null) then '/operator' else '' end
            || case when d.has_payload = 0 then '/payload' else '' end,
        2) as missing
from account as a
cross join counted_decision as d
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
