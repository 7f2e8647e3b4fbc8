-- kpi:     missing_conversation
-- version: 1
-- title:   Each conversation that messages or events name and no export has, or of which no creation is known
-- unit:    row
-- reduce:  rows
-- params:  none
-- columns: account_id int, conversation_id int, missing text, file text, line int
-- source:  conversations, messages
-- null:    file and line where no message names it, or its row is purged
select
    o.account_id,
    o.conversation_id,
    case when o.conversation_id < 0 then 'number' when o.has_conversation = 0 then 'conversation' else 'creation' end
        as missing,
    s.name as file,
    coalesce(v.line, m.line) as line
from orphan as o
left join conversation as v on v.account_id = o.account_id and v.conversation_id = o.conversation_id
left join message as m
    on m.account_id = o.account_id
    and m.conversation_id = o.conversation_id
    and m.message_id = (
        select min(n.message_id) from message as n
        where n.account_id = o.account_id and n.conversation_id = o.conversation_id)
left join source_file as s on s.file_id = coalesce(v.file_id, m.file_id)
where o.conversation_id <> 0
order by o.account_id, o.conversation_id
