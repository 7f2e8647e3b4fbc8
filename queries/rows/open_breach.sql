-- kpi:     open_breach
-- version: 2
-- title:   Each breached conversation without a resolution since
-- unit:    row
-- reduce:  rows
-- params:  as_of int
-- columns: account_id int, conversation_id int, breached_at int, over_2h_at int, is_over_2h int, file text, line int
-- source:  conversations, messages, decisions
-- null:    file and line where the row that it was read from is purged
select
    f.account_id,
    f.conversation_id,
    f.breached_at,
    f.over_2h_at,
    case when f.over_2h_at < :as_of then 1 else 0 end as is_over_2h,
    s.name as file,
    coalesce(v.line, b.line) as line
from account as a
left join calendar as k on k.kind = 'activity' and k.label = cast(a.account_id as text)
cross join conversation_fact as f
left join conversation as v on v.account_id = f.account_id and v.conversation_id = f.conversation_id
left join breach_snapshot as b
    on b.account_id = f.account_id and b.conversation_id = f.conversation_id and b.breached_at = f.breached_at
left join source_file as s on s.file_id = coalesce(v.file_id, b.file_id)
where f.account_id = a.account_id
    and f.breached_at < :as_of
    and coalesce(f.breach_resolved_at, :as_of + 1) > :as_of
    and f.last_activity_at >= coalesce(k.start_at, f.last_activity_at)
order by f.account_id, f.breached_at, f.conversation_id
