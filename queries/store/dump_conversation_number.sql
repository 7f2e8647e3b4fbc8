-- store:   dump_conversation_number
-- title:   The database's own numbers of conversations
-- params:  account int
-- columns: internal_id int, conversation_id int
-- fix:     none
select
    n.internal_id,
    n.conversation_id
from conversation_number as n
where n.account_id = :account
order by n.internal_id
