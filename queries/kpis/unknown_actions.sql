-- kpi:     unknown_actions
-- version: 1
-- title:   Decisions whose action no figure counts, by action
-- unit:    count
-- reduce:  data_quality
-- params:  as_of int
-- columns: account_id int, action text, decisions int
-- source:  decisions
-- null:    none
select
    d.account_id,
    n.name as action,
    count(*) as decisions
from decision as d
join action as n on n.action_id = d.action_id
join scope as s on s.scope_id = d.scope_id
where n.kind = 0 and s.is_included = 1 and d.is_twin = 0 and d.decided_at <= :as_of
group by d.account_id, n.name
order by d.account_id, n.name
