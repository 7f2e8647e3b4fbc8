-- kpi:     created_conversation
-- version: 1
-- title:   Each conversation created in a week, day or period
-- unit:    row
-- reduce:  rows
-- params:  as_of int
-- columns: account_id int, conversation_id int, kind text, label text, inbox_id int, created_at int, breached_at int, is_breached int, file text, line int
-- source:  conversations, messages, decisions
-- null:    inbox_id where none is known; breached_at where there is no breach; file and line where the row that it was read from is purged
select
    f.account_id,
    f.conversation_id,
    c.kind,
    c.label,
    nullif(f.inbox_id, 0) as inbox_id,
    f.created_at,
    f.breached_at,
    case when f.breached_at < :as_of then 1 else 0 end as is_breached,
    s.name as file,
    v.line
from account as a
cross join calendar as c
cross join conversation_fact as f
left join conversation as v on v.account_id = f.account_id and v.conversation_id = f.conversation_id
left join source_file as s on s.file_id = v.file_id
where c.kind in ('week', 'day', 'period')
    and f.account_id = a.account_id
    and f.created_at >= c.start_at
    and f.created_at < c.end_at
    and f.created_at <= :as_of
order by f.account_id, c.kind, c.label, f.created_at, f.conversation_id
