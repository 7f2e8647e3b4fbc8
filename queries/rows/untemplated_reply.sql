-- kpi:     untemplated_reply
-- version: 1
-- title:   Each approved reply of the report week that came from no template
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, operator text, file text, line int
-- source:  decisions, templates, conversations
-- null:    conversation_id where the decision names none; file and line where the row that it was read from is purged
select
    u.account_id,
    u.decision_id,
    u.decided_at,
    nullif(r.conversation_id, 0) as conversation_id,
    o.name as operator,
    s.name as file,
    d.line
from account as a
cross join untemplated_reply as u
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
left join decision as d
    on d.account_id = u.account_id and d.decided_at = u.decided_at and d.decision_id = u.decision_id
left join source_file as s on s.file_id = d.file_id
where u.account_id = a.account_id
    and u.decided_at >= :start_at
    and u.decided_at < :end_at
    and u.decided_at <= :as_of
    and r.account_id = u.account_id
    and r.decided_at = u.decided_at
    and r.decision_id = u.decision_id
order by u.account_id, u.decided_at, u.decision_id
