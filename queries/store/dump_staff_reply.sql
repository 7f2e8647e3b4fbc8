-- store:   dump_staff_reply
-- title:   Replies of the staff, with the name of their error
-- params:  account int
-- columns: conversation_id int, message_id int, sent_at instant, sent_by text, is_failed int, error text, logged_at instant, repeats_at instant
-- fix:     none
select
    r.conversation_id,
    r.message_id,
    r.sent_at,
    r.sent_by,
    r.is_failed,
    e.name as error,
    r.logged_at,
    r.repeats_at
from staff_reply as r
left join delivery_error as e on e.error_id = r.error_id
where r.account_id = :account
order by r.conversation_id, r.message_id
