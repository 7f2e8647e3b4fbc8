-- kpi:     breach_of_customer
-- version: 1
-- title:   Each breach of the report week and the seven days before it, with whose it is
-- unit:    row
-- reduce:  rows
-- params:  as_of int, window_start_at int, end_at int
-- columns: account_id int, conversation_id int, breached_at int, contact_id int, customer_name text, file text, line int
-- source:  conversations, messages, decisions
-- null:    contact_id where the conversation names no contact at all; file and line where the row that it was read from is purged
select
    f.account_id,
    f.conversation_id,
    f.breached_at,
    f.contact_id,
    v.customer_name,
    s.name as file,
    coalesce(v.line, b.line) as line
from account as a
cross join conversation_fact as f
left join conversation as v on v.account_id = f.account_id and v.conversation_id = f.conversation_id
left join breach_snapshot as b
    on b.account_id = f.account_id and b.conversation_id = f.conversation_id and b.breached_at = f.breached_at
left join source_file as s on s.file_id = coalesce(v.file_id, b.file_id)
where f.account_id = a.account_id
    and f.breached_at >= :window_start_at
    and f.breached_at < :end_at
    and f.breached_at < :as_of
order by f.account_id, f.conversation_id
