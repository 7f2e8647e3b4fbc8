-- store:   dump_escalation_label
-- title:   Labels of escalation as they were added
-- params:  account int
-- columns: conversation_id int, added_at instant, label text, added_by text, reviewed_at instant, review_due_at instant, logged_at instant
-- fix:     none
select
    l.conversation_id,
    l.added_at,
    l.label,
    l.added_by,
    l.reviewed_at,
    l.review_due_at,
    l.logged_at
from escalation_label as l
where l.account_id = :account
order by l.conversation_id, l.added_at, l.label
