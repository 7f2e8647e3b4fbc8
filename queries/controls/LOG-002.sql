-- control:  LOG-002
-- version:  1
-- sop:      runbook
-- title:    A customer-care decision has scope ops
-- severity: low
-- needs:    decisions
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, scope text
-- source:   decisions
-- pass:     a decision with an action of customer care (`chatwoot.…`, or one of `actions:`) has the scope ops, whatever scopes the figures count
-- evidence: scope: the scope is {scope|word}, not ops
select
    d.account_id,
    d.conversation_id,
    d.decision_id,
    d.decided_at as happened_at,
    o.name as operator,
    case when s.name = 'ops' then 1 else 0 end as is_passed,
    'scope' as reason,
    s.name as scope
from account as a
cross join decision as d
join action as n on n.action_id = d.action_id
join scope as s on s.scope_id = d.scope_id
join actor as o on o.actor_id = d.actor_id
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
    and d.is_twin = 0
    and (n.kind <> 0 or substr(n.name, 1, 9) = 'chatwoot.')
