-- kpi:     resolution_without_decision
-- version: 1
-- title:   Each resolution of the report week without a decision within ten minutes
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, message_id int, happened_at int, file text, line int
-- source:  messages, decisions
-- null:    file and line where the row that it was read from is purged
select
    r.account_id,
    r.conversation_id,
    null as decision_id,
    null as message_id,
    r.changed_at as happened_at,
    s.name as file,
    coalesce(m.line, v.line) as line
from account as a
cross join resolution as r
left join message as m
    on m.account_id = r.account_id
    and m.conversation_id = r.conversation_id
    and m.message_id = (
        select min(n.source_key) from event as n
        where n.account_id = r.account_id
            and n.conversation_id = r.conversation_id
            and n.source = 1
            and n.kind = 5
            and n.happened_at = r.changed_at)
left join conversation as v on v.account_id = r.account_id and v.conversation_id = r.conversation_id
left join source_file as s on s.file_id = coalesce(m.file_id, v.file_id)
where r.account_id = a.account_id
    and r.changed_at >= :start_at
    and r.changed_at < :end_at
    and r.changed_at <= :as_of
    and r.resolved_at >= :start_at - 600000000
    and r.resolved_at < :end_at
    and (r.decided_at is null or r.decided_at > :as_of)
order by r.account_id, r.resolved_at, r.conversation_id
