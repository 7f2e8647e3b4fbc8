-- kpi:     older_judgement
-- version: 1
-- title:   Each message whose text was judged by other word lists than today
-- unit:    row
-- reduce:  rows
-- params:  word_lists text
-- columns: account_id int, conversation_id int, message_id int, file text, line int
-- source:  messages
-- null:    none
select
    m.account_id,
    m.conversation_id,
    m.message_id,
    s.name as file,
    m.line
from message as m
join source_file as s on s.file_id = m.file_id
where s.word_lists <> :word_lists and m.text_quality > 0
order by m.account_id, m.conversation_id, m.message_id
