-- control:  LOG-003
-- version:  2
-- sop:      dry run
-- title:    A decision was copied within 3 attempts
-- severity: medium
-- needs:    decisions, sync
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, attempts int
-- source:   decisions, decision_sync
-- pass:     a success with attempt 1, 2 or 3 is on record
-- evidence: none: no attempt to copy the decision is on record | failed: none of the first 3 attempts to copy the decision succeeded; attempts on record: {attempts|count}
select
    d.account_id,
    d.conversation_id,
    d.decision_id,
    d.decided_at as happened_at,
    d.operator,
    case
        when exists (
            select 1
            from sync_attempt as y
            join scope as s on s.scope_id = y.scope_id
            where s.is_included = 1 and y.decision_id = d.decision_id and y.attempted_at <= :as_of and y.attempt <= 3 and y.outcome = 1)
            or exists (
                select 1
                from purged_attempt as y
                join scope as s on s.scope_id = y.scope_id
                where s.is_included = 1 and y.decision_id = d.decision_id and y.attempted_at <= :as_of and y.attempt <= 3 and y.outcome = 1)
        then 1
        else 0
    end as is_passed,
    case
        when exists (
            select 1
            from sync_attempt as y
            join scope as s on s.scope_id = y.scope_id
            where s.is_included = 1 and y.decision_id = d.decision_id and y.attempted_at <= :as_of)
            or exists (
                select 1
                from purged_attempt as y
                join scope as s on s.scope_id = y.scope_id
                where s.is_included = 1 and y.decision_id = d.decision_id and y.attempted_at <= :as_of)
        then 'failed'
        else 'none'
    end as reason,
    (
        select count(*)
        from sync_attempt as y
        join scope as s on s.scope_id = y.scope_id
        where s.is_included = 1 and y.decision_id = d.decision_id and y.attempted_at <= :as_of
    ) + (
        select count(*)
        from purged_attempt as y
        join scope as s on s.scope_id = y.scope_id
        where s.is_included = 1 and y.decision_id = d.decision_id and y.attempted_at <= :as_of
    ) as attempts
from account as a
cross join counted_decision as d
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
