-- kpi:     triaged_breach
-- version: 1
-- title:   Each breach of the report week with the response and the resolution
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, created_at int, breached_at int, response_at int, response_due_at int, is_answered_in_time int, response_microseconds int, over_2h_at int, breach_resolved_at int, is_first_priority int, resolved_at int, is_resolved int, resolution_microseconds int, file text, line int
-- source:  conversations, messages, decisions
-- null:    response_at and response_microseconds where nobody of the staff has acted by then; created_at where the conversation was not exported; file and line where the row that it was read from is purged
select
    f.account_id,
    f.conversation_id,
    f.created_at,
    f.breached_at,
    case when f.response_at <= :as_of then f.response_at end as response_at,
    f.response_due_at,
    case when f.response_at <= :as_of and f.response_at <= f.response_due_at then 1 else 0 end as is_answered_in_time,
    case when f.response_at <= :as_of then f.response_at - f.breached_at end as response_microseconds,
    f.over_2h_at,
    f.breach_resolved_at,
    case
        when f.over_2h_at > :as_of or f.response_at <= f.over_2h_at or f.breach_resolved_at <= f.over_2h_at then 0
        else 1
    end as is_first_priority,
    f.resolved_at,
    case when f.resolved_at <= :as_of then 1 else 0 end as is_resolved,
    case when f.resolved_at <= :as_of then f.resolved_at - f.created_at end as resolution_microseconds,
    s.name as file,
    coalesce(v.line, b.line) as line
from account as a
cross join conversation_fact as f
left join conversation as v on v.account_id = f.account_id and v.conversation_id = f.conversation_id
left join breach_snapshot as b
    on b.account_id = f.account_id and b.conversation_id = f.conversation_id and b.breached_at = f.breached_at
left join source_file as s on s.file_id = coalesce(v.file_id, b.file_id)
where f.account_id = a.account_id
    and f.breached_at >= :start_at
    and f.breached_at < :end_at
    and f.breached_at < :as_of
    and f.response_due_at is not null
order by f.account_id, f.breached_at, f.conversation_id
