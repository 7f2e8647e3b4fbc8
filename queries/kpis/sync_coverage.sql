-- kpi:     sync_coverage
-- version: 1
-- title:   Whether any attempt to copy a decision is known, and any of the report week
-- unit:    flag
-- reduce:  sync_health
-- params:  as_of int, start_at int, end_at int
-- columns: has_any int, covers_window int
-- source:  decision_sync
-- null:    none
select
    case
        when exists (
            select 1 from sync_attempt as y
            join scope as s on s.scope_id = y.scope_id
            where s.is_included = 1 and y.attempted_at <= :as_of)
        then 1
        else 0
    end as has_any,
    case
        when exists (
            select 1 from sync_attempt as y
            join scope as s on s.scope_id = y.scope_id
            where s.is_included = 1
                and y.account_id in (select a.account_id from account as a union all select 0)
                and y.attempted_at >= :start_at
                and y.attempted_at < :end_at
                and y.attempted_at <= :as_of)
        then 1
        else 0
    end as covers_window
