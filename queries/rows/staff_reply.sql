-- kpi:     staff_reply
-- version: 1
-- title:   Each reply of the staff in the report week with whether it reached the customer
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, message_id int, sent_at int, is_failed int, error text, file text, line int
-- source:  messages
-- null:    error where none was given; file and line where the row that it was read from is purged
select
    r.account_id,
    r.conversation_id,
    r.message_id,
    r.sent_at,
    r.is_failed,
    e.name as error,
    s.name as file,
    m.line
from account as a
cross join staff_reply as r
left join delivery_error as e on e.error_id = r.error_id
left join message as m
    on m.account_id = r.account_id and m.conversation_id = r.conversation_id and m.message_id = r.message_id
left join source_file as s on s.file_id = m.file_id
where r.account_id = a.account_id
    and r.sent_at >= :start_at
    and r.sent_at < :end_at
    and r.sent_at <= :as_of
order by r.account_id, r.sent_at, r.message_id
