-- kpi:     escalation_without_label
-- version: 1
-- title:   Each escalate decision of the report week without a label within ten minutes
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, message_id int, happened_at int, file text, line int
-- source:  decisions, messages
-- null:    file and line where the row that it was read from is purged
select
    d.account_id,
    nullif(d.conversation_id, 0) as conversation_id,
    d.decision_id,
    null as message_id,
    d.decided_at as happened_at,
    s.name as file,
    w.line
from account as a
cross join counted_decision as d
join decision as w on w.account_id = d.account_id and w.decided_at = d.decided_at and w.decision_id = d.decision_id
left join source_file as s on s.file_id = w.file_id
where d.account_id = a.account_id
    and d.decided_at >= :start_at
    and d.decided_at < :end_at
    and d.decided_at <= :as_of
    and d.action_kind = 3
    and not exists (
        select 1 from escalation_label as l
        where l.account_id = d.account_id
            and l.conversation_id = d.conversation_id
            and l.added_at between d.decided_at - 600000000 and d.decided_at + 600000000
            and l.added_at <= :as_of)
order by d.account_id, d.decided_at, d.decision_id
