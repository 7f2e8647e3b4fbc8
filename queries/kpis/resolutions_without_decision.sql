-- kpi:     resolutions_without_decision
-- version: 1
-- title:   Resolutions of the report week without a decision within ten minutes
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, happened_at int
-- source:  messages, decisions
-- null:    none
select
    r.account_id,
    r.conversation_id,
    r.changed_at as happened_at
from account as a
cross join resolution as r
where r.account_id = a.account_id
    and r.changed_at >= :start_at
    and r.changed_at < :end_at
    and r.changed_at <= :as_of
    and r.resolved_at >= :start_at - 600000000
    and r.resolved_at < :end_at
    and (r.decided_at is null or r.decided_at > :as_of)
order by r.account_id, r.resolved_at, r.conversation_id
