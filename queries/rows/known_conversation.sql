-- kpi:     known_conversation
-- version: 1
-- title:   Each conversation with what is known of its messages and resolution
-- unit:    row
-- reduce:  rows
-- params:  as_of int
-- columns: account_id int, conversation_id int, created_at int, messages text, is_resolution_approximate int, file text, line int
-- source:  conversations, messages
-- null:    file and line where the row that it was read from is purged
select
    f.account_id,
    f.conversation_id,
    f.created_at,
    case
        when f.first_message_at is null or f.first_message_at > :as_of then 'none'
        when f.complete_at is null or f.complete_at > :as_of then 'incomplete'
        else 'complete'
    end as messages,
    case when f.is_resolution_approximate = 1 and f.resolved_at <= :as_of then 1 else 0 end as is_resolution_approximate,
    s.name as file,
    v.line
from account as a
cross join conversation_fact as f
left join conversation as v on v.account_id = f.account_id and v.conversation_id = f.conversation_id
left join source_file as s on s.file_id = v.file_id
where f.account_id = a.account_id and f.created_at <= :as_of
order by f.account_id, f.conversation_id
