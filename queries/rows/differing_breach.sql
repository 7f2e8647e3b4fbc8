-- kpi:     differing_breach
-- version: 1
-- title:   Each conversation whose breach the dashboard recorded at another time than ours
-- unit:    row
-- reduce:  rows
-- params:  as_of int
-- columns: account_id int, conversation_id int, recorded_at int, breached_at int, file text, line int
-- source:  facts, conversations
-- null:    breached_at where we find no breach
select
    b.account_id,
    b.conversation_id,
    b.breached_at as recorded_at,
    f.breached_at,
    s.name as file,
    b.line
from breach_snapshot as b
join conversation_fact as f on f.account_id = b.account_id and f.conversation_id = b.conversation_id
left join source_file as s on s.file_id = b.file_id
where f.created_at is not null
    and b.breached_at <= :as_of
    and not exists (
        select 1 from breach_snapshot as p
        where p.account_id = b.account_id and p.conversation_id = b.conversation_id and p.breached_at < b.breached_at)
    and (f.breached_at is null or b.breached_at - f.breached_at not between -999999 and 999999)
order by b.account_id, b.conversation_id
