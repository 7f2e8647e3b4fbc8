-- kpi:     sync_accounts
-- version: 2
-- title:   The accounts that have an attempt of the report week to copy a decision
-- unit:    flag
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int
-- source:  decision_sync, decisions
-- null:    account_id 0 where the decision is not there, or more than one account has one of that number: it may be any account's
select distinct
    case
        when y.account_id <> 0 then y.account_id
        else coalesce((
            select case when min(d.account_id) = max(d.account_id) then min(d.account_id) else 0 end
            from (
                select d.account_id from decision as d
                where d.decision_id = y.decision_id and d.decided_at <= :as_of
                union all
                select p.account_id from purged_decision as p
                where p.decision_id = y.decision_id and p.decided_at <= :as_of
            ) as d), 0)
    end as account_id
from (select a.account_id from account as a union all select 0) as a
cross join sync_attempt as y
join scope as s on s.scope_id = y.scope_id
where y.account_id = a.account_id
    and y.attempted_at >= :start_at
    and y.attempted_at < :end_at
    and y.attempted_at <= :as_of
    and s.is_included = 1
