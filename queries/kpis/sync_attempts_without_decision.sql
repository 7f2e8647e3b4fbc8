-- kpi:     sync_attempts_without_decision
-- version: 2
-- title:   Attempts of the report week to copy a decision that is not there
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, attempt int, happened_at int
-- source:  decision_sync, decisions
-- null:    account_id 0 where several accounts could have made it
select
    y.account_id,
    y.decision_id,
    y.attempt,
    y.attempted_at as happened_at
from (select a.account_id from account as a union all select 0) as a
cross join sync_attempt as y
join scope as s on s.scope_id = y.scope_id
where y.account_id = a.account_id
    and y.attempted_at >= :start_at
    and y.attempted_at < :end_at
    and y.attempted_at <= :as_of
    and s.is_included = 1
    and not exists (select 1 from decision as d where d.decision_id = y.decision_id and d.decided_at <= :as_of)
    and not exists (
        select 1 from purged_decision as p where p.decision_id = y.decision_id and p.decided_at <= :as_of)
order by y.attempted_at, y.decision_id, y.attempt
