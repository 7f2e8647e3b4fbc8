-- kpi:     inboxes
-- version: 1
-- title:   Conversations of the report week by inbox
-- unit:    count
-- reduce:  breach_trend
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, inbox_id int, created int, breached int
-- source:  conversations, messages, decisions
-- null:    an inbox without conversations in the week has no row
select
    f.account_id,
    f.inbox_id,
    count(*) as created,
    count(case when f.breached_at < :as_of then 1 end) as breached
from account as a
cross join conversation_fact as f
where f.account_id = a.account_id
    and f.created_at >= :start_at
    and f.created_at < :end_at
    and f.created_at <= :as_of
group by f.account_id, f.inbox_id
order by f.account_id, f.inbox_id
