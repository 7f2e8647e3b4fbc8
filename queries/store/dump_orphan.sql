-- store:   dump_orphan
-- title:   Conversations with rows and without facts
-- params:  account int
-- columns: conversation_id int, has_conversation int
-- fix:     none
select
    o.conversation_id,
    o.has_conversation
from orphan as o
where o.account_id = :account
order by o.conversation_id
