-- kpi:     sync_coverage
-- version: 2
-- title:   Whether any attempt to copy a decision is known
-- unit:    flag
-- reduce:  sync_health
-- params:  as_of int
-- columns: has_any int
-- source:  decision_sync
-- null:    none
select
    case
        when exists (
            select 1 from sync_attempt as y
            join scope as s on s.scope_id = y.scope_id
            where s.is_included = 1 and y.attempted_at <= :as_of)
            or exists (
                select 1 from given_source as p
                join scope as s on s.scope_id = p.scope_id
                where p.source = 'decision_sync' and s.is_included = 1 and p.first_at <= :as_of)
        then 1
        else 0
    end as has_any
