-- kpi:     approvals
-- version: 1
-- title:   Approved replies of the report week with their own message
-- unit:    instant
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, happened_at int, message_id int, message_at int
-- source:  decisions, messages
-- null:    message_id and message_at where no message is it
select
    r.account_id,
    r.conversation_id,
    r.decision_id,
    r.decided_at as happened_at,
    case when r.message_at <= :as_of then r.message_id end as message_id,
    case when r.message_at <= :as_of then r.message_at end as message_at
from account as a
cross join reply_fact as r
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
order by r.account_id, r.decided_at, r.decision_id
