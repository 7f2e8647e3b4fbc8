-- kpi:     decisions_without_conversation
-- version: 1
-- title:   Decisions of the report week on a conversation that is not there
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, happened_at int
-- source:  decisions, conversations
-- null:    none
select
    d.account_id,
    d.conversation_id,
    d.decision_id,
    d.decided_at as happened_at
from account as a
cross join counted_decision as d
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
    and d.conversation_id <> 0
    and not exists (
        select 1 from conversation as v
        where v.account_id = d.account_id and v.conversation_id = d.conversation_id)
    and not exists (
        select 1 from conversation_fact as f
        where f.account_id = d.account_id and f.conversation_id = d.conversation_id and f.created_at is not null)
order by d.account_id, d.decided_at, d.decision_id
