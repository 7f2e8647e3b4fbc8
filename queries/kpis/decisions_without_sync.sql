-- kpi:     decisions_without_sync
-- version: 2
-- title:   Decisions of the report week that nothing tried to copy
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, happened_at int
-- source:  decisions, decision_sync
-- null:    none
select
    d.account_id,
    d.conversation_id,
    d.decision_id,
    d.decided_at as happened_at
from account as a
cross join counted_decision as d
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
    and not exists (
        select 1
        from sync_attempt as y
        join scope as s on s.scope_id = y.scope_id
        where y.decision_id = d.decision_id and y.attempted_at <= :as_of and s.is_included = 1)
    and not exists (
        select 1
        from purged_attempt as y
        join scope as s on s.scope_id = y.scope_id
        where y.decision_id = d.decision_id and y.attempted_at <= :as_of and s.is_included = 1)
order by d.account_id, d.decided_at, d.decision_id
