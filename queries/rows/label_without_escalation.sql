-- kpi:     label_without_escalation
-- version: 1
-- title:   Each label of escalation of the report week without a decision within ten minutes
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, message_id int, label text, happened_at int, file text, line int
-- source:  messages, decisions
-- null:    file and line where the row that it was read from is purged
select
    l.account_id,
    l.conversation_id,
    null as decision_id,
    null as message_id,
    l.label,
    l.added_at as happened_at,
    s.name as file,
    coalesce(m.line, v.line) as line
from account as a
cross join escalation_label as l
left join message as m
    on m.account_id = l.account_id
    and m.conversation_id = l.conversation_id
    and m.message_id = (
        select min(n.source_key) from event as n
        where n.account_id = l.account_id
            and n.conversation_id = l.conversation_id
            and n.source = 1
            and n.kind = 1
            and n.happened_at = l.added_at)
left join conversation as v on v.account_id = l.account_id and v.conversation_id = l.conversation_id
left join source_file as s on s.file_id = coalesce(m.file_id, v.file_id)
where l.account_id = a.account_id
    and l.added_at >= :start_at
    and l.added_at < :end_at
    and l.added_at <= :as_of
    and (l.logged_at is null or l.logged_at > :as_of)
order by l.account_id, l.added_at, l.conversation_id
