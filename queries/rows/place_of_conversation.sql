-- kpi:     place_of_conversation
-- version: 1
-- title:   Where a conversation was read from
-- unit:    row
-- reduce:  rows
-- params:  account_id int, conversation_id int
-- columns: account_id int, conversation_id int, file text, line int
-- source:  conversations
-- null:    none
select
    v.account_id,
    v.conversation_id,
    s.name as file,
    v.line
from conversation as v
join source_file as s on s.file_id = v.file_id
where v.account_id = :account_id and v.conversation_id = :conversation_id
