-- kpi:     breach_differences
-- version: 1
-- title:   Breaches that the dashboard recorded at another time than ours
-- unit:    count
-- reduce:  data_quality
-- params:  as_of int
-- columns: account_id int, conversation_id int, recorded_at int, breached_at int
-- source:  facts, conversations
-- null:    breached_at where we find no breach
select
    b.account_id,
    b.conversation_id,
    min(b.breached_at) as recorded_at,
    f.breached_at
from breach_snapshot as b
cross join conversation_fact as f
where f.account_id = b.account_id and f.conversation_id = b.conversation_id
    and f.created_at is not null
    and b.breached_at <= :as_of
group by b.account_id, b.conversation_id, f.breached_at
having f.breached_at is null or min(b.breached_at) - f.breached_at not between -999999 and 999999
order by b.account_id, b.conversation_id
