-- kpi:     accountability
-- version: 1
-- title:   Decisions of the report week by who took them and whether that is a person
-- unit:    count
-- reduce:  accountability
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, operator text, is_person int, decisions int, approvals int, escalations int, resolutions int, first_at int, last_at int
-- source:  decisions
-- null:    none; where the log names nobody, the operator is the shop, or system
select
    d.account_id,
    d.operator,
    d.is_person,
    count(*) as decisions,
    sum(case when d.action_kind in (1, 2) then 1 else 0 end) as approvals,
    sum(case when d.action_kind = 3 then 1 else 0 end) as escalations,
    sum(case when d.action_kind = 4 then 1 else 0 end) as resolutions,
    min(d.decided_at) as first_at,
    max(d.decided_at) as last_at
from account as a
cross join counted_decision as d
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
group by d.account_id, d.operator, d.is_person
order by d.account_id, d.operator, d.is_person
