-- kpi:     tagged_conversation
-- version: 1
-- title:   Each conversation tagged for escalation in the report week before any breach, by its first label
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, added_at int, label text, reviewed_at int, review_due_at int, is_reviewed_in_time int, file text, line int
-- source:  conversations, messages, decisions
-- null:    reviewed_at where nobody of the staff has acted since; file and line where the row that it was read from is purged
select
    l.account_id,
    l.conversation_id,
    l.added_at,
    l.label,
    l.reviewed_at,
    l.review_due_at,
    case when l.reviewed_at <= :as_of and l.reviewed_at <= l.review_due_at then 1 else 0 end as is_reviewed_in_time,
    s.name as file,
    coalesce(m.line, v.line) as line
from account as a
cross join escalation_label as l
left join message as m
    on m.account_id = l.account_id
    and m.conversation_id = l.conversation_id
    and m.message_id = (
        select min(n.source_key) from event as n
        where n.account_id = l.account_id
            and n.conversation_id = l.conversation_id
            and n.source = 1
            and n.kind = 1
            and n.happened_at = l.added_at)
left join conversation as v on v.account_id = l.account_id and v.conversation_id = l.conversation_id
left join conversation_fact as f on f.account_id = l.account_id and f.conversation_id = l.conversation_id
left join source_file as s on s.file_id = coalesce(m.file_id, v.file_id)
where l.account_id = a.account_id
    and l.added_at >= :start_at
    and l.added_at < :end_at
    and l.added_at <= :as_of
    and (f.breached_at is null or f.breached_at > l.added_at or f.breached_at >= :as_of)
    and not exists (
        select 1 from escalation_label as p
        where p.account_id = l.account_id
            and p.conversation_id = l.conversation_id
            and p.added_at >= :start_at
            and (p.added_at < l.added_at or (p.added_at = l.added_at and p.label < l.label)))
order by l.account_id, l.added_at, l.conversation_id
