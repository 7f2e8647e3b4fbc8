-- store:   dump_sync_attempt
-- title:   Attempts to sync decisions, with the names of their scope and error
-- params:  account int
-- columns: attempted_at instant, decision_id text, attempt int, scope text, outcome int, duration_hundredths int, error text, content int
-- fix:     none
select
    y.attempted_at,
    y.decision_id,
    y.attempt,
    c.name as scope,
    y.outcome,
    y.duration_hundredths,
    e.name as error,
    y.content
from sync_attempt as y
left join scope as c on c.scope_id = y.scope_id
left join delivery_error as e on e.error_id = y.error_id
where y.account_id = :account
order by y.attempted_at, y.decision_id, y.attempt
