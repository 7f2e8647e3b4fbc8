-- kpi:     contact_keys
-- version: 1
-- title:   What identifies a contact, as keyed hashes
-- unit:    key
-- reduce:  repeat_customers
-- params:  as_of int, account_id int, contact_id int
-- columns: kind int, key blob
-- source:  conversations, messages
-- null:    a contact without email, phone and identifier has no row
select
    i.kind,
    i.key
from identity as i
where i.account_id = :account_id and i.contact_id = :contact_id and i.seen_at <= :as_of
order by i.kind, i.key
