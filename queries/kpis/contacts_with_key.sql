-- kpi:     contacts_with_key
-- version: 1
-- title:   The contacts that share an email, phone or identifier
-- unit:    id
-- reduce:  repeat_customers
-- params:  as_of int, account_id int, kind int, key blob
-- columns: contact_id int
-- source:  conversations, messages
-- null:    a key that nobody has has no row
select i.contact_id
from identity as i
where i.account_id = :account_id and i.kind = :kind and i.key = :key and i.seen_at <= :as_of
order by i.contact_id
