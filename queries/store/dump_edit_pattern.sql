-- store:   dump_edit_pattern
-- title:   What was changed in edited replies, without what belongs to a customer
-- params:  account int
-- columns: decided_at instant, decision_id text, ordinal int, deleted text, inserted text, written text, before_text text, after_text text
-- fix:     none
select
    p.decided_at,
    p.decision_id,
    p.ordinal,
    p.deleted,
    p.inserted,
    p.written,
    p.before_text,
    p.after_text
from edit_pattern as p
where p.account_id = :account
order by p.decided_at, p.decision_id, p.ordinal
