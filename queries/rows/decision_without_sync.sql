-- kpi:     decision_without_sync
-- version: 2
-- title:   Each decision of the report week that nothing tried to copy
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, message_id int, happened_at int, file text, line int
-- source:  decisions, decision_sync
-- null:    file and line where the row that it was read from is purged
select
    d.account_id,
    nullif(d.conversation_id, 0) as conversation_id,
    d.decision_id,
    null as message_id,
    d.decided_at as happened_at,
    s.name as file,
    w.line
from account as a
cross join counted_decision as d
join decision as w on w.account_id = d.account_id and w.decided_at = d.decided_at and w.decision_id = d.decision_id
left join source_file as s on s.file_id = w.file_id
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
    and not exists (
        select 1
        from sync_attempt as y
        join scope as c on c.scope_id = y.scope_id
        where y.decision_id = d.decision_id and y.attempted_at <= :as_of and c.is_included = 1)
    and not exists (
        select 1
        from purged_attempt as y
        join scope as c on c.scope_id = y.scope_id
        where y.decision_id = d.decision_id and y.attempted_at <= :as_of and c.is_included = 1)
order by d.account_id, d.decided_at, d.decision_id
