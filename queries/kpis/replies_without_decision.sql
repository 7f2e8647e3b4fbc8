-- kpi:     replies_without_decision
-- version: 1
-- title:   Replies of the report week on breached conversations that no decision logs
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, message_id int, happened_at int
-- source:  messages, decisions, conversations
-- null:    none
select
    r.account_id,
    r.conversation_id,
    r.message_id,
    r.sent_at as happened_at
from account as a
cross join staff_reply as r
cross join conversation_fact as f
where r.account_id = a.account_id
    and f.account_id = r.account_id
    and f.conversation_id = r.conversation_id
    and r.sent_at >= :start_at
    and r.sent_at < :end_at
    and r.sent_at <= :as_of
    and (r.logged_at is null or r.logged_at > :as_of)
    and f.breached_at <= r.sent_at
    and f.breached_at < :as_of
order by r.account_id, r.sent_at, r.message_id
