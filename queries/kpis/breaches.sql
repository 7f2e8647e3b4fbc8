-- kpi:     breaches
-- version: 2
-- title:   Conversations by the time of their SLA breach
-- unit:    count
-- reduce:  breach_trend
-- params:  as_of int
-- columns: account_id int, kind text, label text, breaches int, over_2h int, after_reply int
-- source:  conversations, messages, decisions
-- null:    a week, day, hour or period without breaches has no row
select
    f.account_id,
    c.kind,
    c.label,
    count(*) as breaches,
    count(
        case
            when coalesce(case when f.breach_resolved_at <= :as_of then f.breach_resolved_at end, :as_of)
                > f.over_2h_at
            then 1
        end
    ) as over_2h,
    count(case when f.first_reply_at <= f.breached_at then 1 end) as after_reply
from account as a
cross join calendar as c
cross join conversation_fact as f
where f.account_id = a.account_id
    and f.breached_at >= c.start_at
    and f.breached_at < c.end_at
    and f.breached_at < :as_of
group by f.account_id, c.kind, c.label
order by f.account_id, c.kind, c.label
