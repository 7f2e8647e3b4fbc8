-- kpi:     staff_replies
-- version: 1
-- title:   Replies of the staff in the report week by whether they reached the customer
-- unit:    count
-- reduce:  delivery
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, is_failed int, error text, replies int
-- source:  messages
-- null:    error where none was given
select
    r.account_id,
    r.is_failed,
    e.name as error,
    count(*) as replies
from account as a
cross join staff_reply as r
left join delivery_error as e on e.error_id = r.error_id
where r.account_id = a.account_id
    and r.sent_at >= :start_at
    and r.sent_at < :end_at
    and r.sent_at <= :as_of
group by r.account_id, r.is_failed, e.name
order by r.account_id, r.is_failed, e.name
