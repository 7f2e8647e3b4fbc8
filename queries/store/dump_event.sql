-- store:   dump_event
-- title:   Changes of labels, assignee and status
-- params:  account int
-- columns: conversation_id int, source int, source_key int, ordinal int, happened_at instant, kind int, actor_name text, subject text, assignee_id int
-- fix:     none
select
    e.conversation_id,
    e.source,
    e.source_key,
    e.ordinal,
    e.happened_at,
    e.kind,
    e.actor_name,
    e.subject,
    e.assignee_id
from event as e
where e.account_id = :account
order by e.conversation_id, e.source, e.source_key, e.ordinal
