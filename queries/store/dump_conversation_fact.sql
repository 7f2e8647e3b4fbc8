-- store:   dump_conversation_fact
-- title:   Facts of conversations
-- params:  account int
-- columns: conversation_id int, created_at instant, last_activity_at instant, inbox_id int, contact_id int, first_reply_at instant, resolved_at instant, is_resolution_approximate int, breached_at instant, over_2h_at instant, breach_resolved_at instant, message_coverage int, first_message_at instant, complete_at instant, response_at instant, response_by text, response_due_at instant, purged_before instant
-- fix:     none
select
    f.conversation_id,
    f.created_at,
    f.last_activity_at,
    f.inbox_id,
    f.contact_id,
    f.first_reply_at,
    f.resolved_at,
    f.is_resolution_approximate,
    f.breached_at,
    f.over_2h_at,
    f.breach_resolved_at,
    f.message_coverage,
    f.first_message_at,
    f.complete_at,
    f.response_at,
    f.response_by,
    f.response_due_at,
    f.purged_before
from conversation_fact as f
where f.account_id = :account
order by f.conversation_id
