-- store:   dump_conversation
-- title:   Conversations as their snapshots tell them
-- params:  account int
-- columns: conversation_id int, internal_id int, created_at instant, updated_at instant, last_activity_at instant, status text, inbox_id int, priority text, first_reply_at instant, labels text, contact_id int, customer_name text, severity text, versions text
-- fix:     none
select
    v.conversation_id,
    v.internal_id,
    v.created_at,
    v.updated_at,
    v.last_activity_at,
    v.status,
    v.inbox_id,
    v.priority,
    v.first_reply_at,
    v.labels,
    v.contact_id,
    v.customer_name,
    v.severity,
    v.versions
from conversation as v
where v.account_id = :account
order by v.conversation_id
