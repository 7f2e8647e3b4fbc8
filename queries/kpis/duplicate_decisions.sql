-- kpi:     duplicate_decisions
-- version: 2
-- title:   Decisions of the report week whose id another decision of the account has too
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, happened_at int
-- source:  decisions
-- null:    none
select
    d.account_id,
    d.decision_id,
    min(d.decided_at) as happened_at
from account as a
cross join counted_decision as d
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
    and (
        d.is_contested = 1
        or exists (
            select 1 from decision as o
            where o.decision_id = d.decision_id
                and o.account_id = d.account_id
                and o.decided_at <> d.decided_at
                and o.decided_at <= :as_of)
        or exists (
            select 1 from purged_decision as p
            where p.decision_id = d.decision_id
                and p.account_id = d.account_id
                and p.decided_at <> d.decided_at
                and p.decided_at <= :as_of))
group by d.account_id, d.decision_id
order by d.account_id, min(d.decided_at), d.decision_id
