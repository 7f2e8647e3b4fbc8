-- store:   dump_identity
-- title:   Which contact had which key, and since when
-- params:  account int
-- columns: contact_id int, kind int, key blob, seen_at instant
-- fix:     none
select
    i.contact_id,
    i.kind,
    i.key,
    i.seen_at
from identity as i
where i.account_id = :account
order by i.contact_id, i.kind, i.key
