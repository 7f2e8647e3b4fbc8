-- kpi:     labels_without_escalation
-- version: 1
-- title:   Labels of escalation of the report week without a decision within ten minutes
-- unit:    count
-- reduce:  reconciliation
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, label text, happened_at int
-- source:  messages, decisions
-- null:    none
select
    l.account_id,
    l.conversation_id,
    l.label,
    l.added_at as happened_at
from account as a
cross join escalation_label as l
where l.account_id = a.account_id
    and l.added_at >= :start_at
    and l.added_at < :end_at
    and l.added_at <= :as_of
    and (l.logged_at is null or l.logged_at > :as_of)
order by l.account_id, l.added_at, l.conversation_id
