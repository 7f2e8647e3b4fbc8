-- kpi:     sync_attempts
-- version: 2
-- title:   Attempts of the report week to copy a decision, with the account of the decision
-- unit:    milliseconds
-- reduce:  sync_health
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, attempted_at int, attempt int, outcome int, duration_hundredths int, error text
-- source:  decision_sync, decisions
-- null:    duration_hundredths and error where the attempt does not tell them; account_id 0 where the decision is not there, or more than one account has one of that number
select
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
    end as account_id,
    y.decision_id,
    y.attempted_at,
    y.attempt,
    y.outcome,
    y.duration_hundredths,
    e.name as error
from (select a.account_id from account as a union all select 0) as a
cross join sync_attempt as y
join scope as s on s.scope_id = y.scope_id
left join delivery_error as e on e.error_id = y.error_id
where y.account_id = a.account_id
    and y.attempted_at >= :start_at
    and y.attempted_at < :end_at
    and y.attempted_at <= :as_of
    and s.is_included = 1
order by y.attempted_at, y.decision_id, y.attempt
