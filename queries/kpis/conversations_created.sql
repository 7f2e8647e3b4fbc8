-- kpi:     conversations_created
-- version: 1
-- title:   Conversations created, and those of them that have breached
-- unit:    count
-- reduce:  breach_trend
-- params:  as_of int
-- columns: account_id int, label text, created int, breached int
-- source:  conversations, messages, decisions
-- null:    a week, day or period without conversations has no row
select
    f.account_id,
    c.label,
    count(*) as created,
    count(case when f.breached_at < :as_of then 1 end) as breached
from account as a
cross join calendar as c
cross join conversation_fact as f
where c.kind in ('week', 'day', 'period')
    and f.account_id = a.account_id
    and f.created_at >= c.start_at
    and f.created_at < c.end_at
    and f.created_at <= :as_of
group by f.account_id, c.label
order by f.account_id, c.label
