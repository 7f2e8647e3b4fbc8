-- kpi:     conversations_missing
-- version: 1
-- title:   Conversations that messages or events name and no export has, or of which no creation is known
-- unit:    count
-- reduce:  data_quality
-- params:  none
-- columns: account_id int, without_conversation int, without_creation int, without_number int
-- source:  conversations, messages
-- null:    an account without any has no row
select
    o.account_id,
    count(case when o.conversation_id > 0 and o.has_conversation = 0 then 1 end) as without_conversation,
    count(case when o.conversation_id > 0 and o.has_conversation = 1 then 1 end) as without_creation,
    count(case when o.conversation_id < 0 then 1 end) as without_number
from orphan as o
group by o.account_id
order by o.account_id
