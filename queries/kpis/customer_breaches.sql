-- kpi:     customer_breaches
-- version: 1
-- title:   Breaches of the report week and the seven days before it, with whose they are
-- unit:    instant
-- reduce:  repeat_customers
-- params:  as_of int, window_start_at int, end_at int
-- columns: account_id int, conversation_id int, breached_at int, contact_id int, customer_name text
-- source:  conversations, messages, decisions
-- null:    contact_id where the conversation names no contact at all
select
    f.account_id,
    f.conversation_id,
    f.breached_at,
    f.contact_id,
    v.customer_name
from account as a
cross join conversation_fact as f
left join conversation as v on v.account_id = f.account_id and v.conversation_id = f.conversation_id
where f.account_id = a.account_id
    and f.breached_at >= :window_start_at
    and f.breached_at < :end_at
    and f.breached_at < :as_of
order by f.account_id, f.conversation_id
