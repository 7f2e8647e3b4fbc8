-- kpi:     counted_decision
-- version: 1
-- title:   Each decision of the report week that enters the figures, with who took it
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, operator text, is_person int, act text, file text, line int
-- source:  decisions
-- null:    conversation_id where it names none
select
    k.account_id,
    k.decision_id,
    k.decided_at,
    nullif(k.conversation_id, 0) as conversation_id,
    k.operator,
    k.is_person,
    case k.action_kind
        when 1 then 'approval'
        when 2 then 'approval'
        when 3 then 'escalation'
        when 4 then 'resolution'
        else 'other'
    end as act,
    s.name as file,
    d.line
from account as a
cross join counted_decision as k
cross join decision as d
left join source_file as s on s.file_id = d.file_id
where k.account_id = a.account_id
    and k.decided_at >= :start_at
    and k.decided_at < :end_at
    and k.decided_at <= :as_of
    and d.account_id = k.account_id
    and d.decided_at = k.decided_at
    and d.decision_id = k.decision_id
order by k.account_id, k.decided_at, k.decision_id
