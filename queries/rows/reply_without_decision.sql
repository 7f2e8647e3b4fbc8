-- kpi:     reply_without_decision
-- version: 1
-- title:   Each reply of the report week on a breached conversation that no decision logs
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, message_id int, happened_at int, file text, line int
-- source:  messages, decisions, conversations
-- null:    file and line where the row that it was read from is purged
select
    r.account_id,
    r.conversation_id,
    null as decision_id,
    r.message_id,
    r.sent_at as happened_at,
    s.name as file,
    m.line
from account as a
cross join staff_reply as r
join conversation_fact as f on f.account_id = r.account_id and f.conversation_id = r.conversation_id
left join message as m
    on m.account_id = r.account_id and m.conversation_id = r.conversation_id and m.message_id = r.message_id
left join source_file as s on s.file_id = m.file_id
where r.account_id = a.account_id
    and r.sent_at >= :start_at
    and r.sent_at < :end_at
    and r.sent_at <= :as_of
    and (r.logged_at is null or r.logged_at > :as_of)
    and f.breached_at <= r.sent_at
    and f.breached_at < :as_of
order by r.account_id, r.sent_at, r.message_id
