-- kpi:     approval
-- version: 1
-- title:   Each approved reply of the report week with its own message
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, happened_at int, message_id int, message_at int, skew_microseconds int, has_message int, file text, line int
-- source:  decisions, messages
-- null:    message_id, message_at and skew_microseconds where no message is it; file and line where the row that it was read from is purged
select
    r.account_id,
    nullif(r.conversation_id, 0) as conversation_id,
    r.decision_id,
    r.decided_at as happened_at,
    case when r.message_at <= :as_of then r.message_id end as message_id,
    case when r.message_at <= :as_of then r.message_at end as message_at,
    case when r.message_at <= :as_of then r.message_at - r.decided_at end as skew_microseconds,
    case when r.message_at <= :as_of then 1 else 0 end as has_message,
    s.name as file,
    d.line
from account as a
cross join reply_fact as r
left join decision as d
    on d.account_id = r.account_id and d.decided_at = r.decided_at and d.decision_id = r.decision_id
left join source_file as s on s.file_id = d.file_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
order by r.account_id, r.decided_at, r.decision_id
