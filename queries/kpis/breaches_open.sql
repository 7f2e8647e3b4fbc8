-- kpi:     breaches_open
-- version: 3
-- title:   Breached conversations without a resolution since
-- unit:    count
-- reduce:  breach_trend
-- params:  as_of int
-- columns: account_id int, breached int, over_2h int, oldest_breach_at int
-- source:  conversations, messages, decisions
-- null:    an account without open breaches has no row
select
    f.account_id,
    count(*) as breached,
    count(case when :as_of > f.over_2h_at then 1 end) as over_2h,
    min(f.breached_at) as oldest_breach_at
from account as a
left join calendar as k on k.kind = 'activity' and k.label = cast(a.account_id as text)
cross join conversation_fact as f
where f.account_id = a.account_id
    and f.breached_at < :as_of
    and (f.breach_resolved_at is null or f.breach_resolved_at > :as_of)
    and f.last_activity_at >= coalesce(k.start_at, f.last_activity_at)
group by f.account_id
order by f.account_id
