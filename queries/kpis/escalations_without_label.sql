-- kpi:     escalations_without_label
-- version: 1
-- title:   Escalate decisions of the report week without a label within ten minutes
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, happened_at int
-- source:  decisions, messages
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
    and d.action_kind = 3
    and not exists (
        select 1 from escalation_label as l
        where l.account_id = d.account_id
            and l.conversation_id = d.conversation_id
            and l.added_at >= d.decided_at - 600000000
            and l.added_at <= d.decided_at + 600000000
            and l.added_at <= :as_of)
order by d.account_id, d.decided_at, d.decision_id
