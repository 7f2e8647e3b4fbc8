-- kpi:     breached_conversation
-- version: 1
-- title:   Each conversation by the week, day, hour or period in which it breached its SLA
-- unit:    row
-- reduce:  rows
-- params:  as_of int
-- columns: account_id int, conversation_id int, kind text, label text, created_at int, breached_at int, over_2h_at int, breach_resolved_at int, first_reply_at int, is_over_2h int, is_after_reply int, file text, line int
-- source:  conversations, messages, decisions
-- null:    created_at where the conversation was not exported; breach_resolved_at and first_reply_at where neither is known; file and line where the row that it was read from is purged
select
    f.account_id,
    f.conversation_id,
    c.kind,
    c.label,
    f.created_at,
    f.breached_at,
    f.over_2h_at,
    f.breach_resolved_at,
    f.first_reply_at,
    case
        when f.breach_resolved_at <= :as_of then case when f.breach_resolved_at > f.over_2h_at then 1 else 0 end
        when :as_of > f.over_2h_at then 1
        else 0
    end as is_over_2h,
    case when f.first_reply_at <= f.breached_at then 1 else 0 end as is_after_reply,
    s.name as file,
    coalesce(v.line, b.line) as line
from account as a
cross join calendar as c
cross join conversation_fact as f
left join conversation as v on v.account_id = f.account_id and v.conversation_id = f.conversation_id
left join breach_snapshot as b
    on b.account_id = f.account_id and b.conversation_id = f.conversation_id and b.breached_at = f.breached_at
left join source_file as s on s.file_id = coalesce(v.file_id, b.file_id)
where f.account_id = a.account_id
    and f.breached_at >= c.start_at
    and f.breached_at < c.end_at
    and f.breached_at < :as_of
order by f.account_id, c.kind, c.label, f.breached_at, f.conversation_id
