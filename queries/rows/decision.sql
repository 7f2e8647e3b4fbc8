-- kpi:     decision
-- version: 1
-- title:   Each decision in the store
-- unit:    row
-- reduce:  rows
-- params:  as_of int
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, action text, scope text, is_twin int, is_counted int, is_unknown_action int, file text, line int
-- source:  decisions
-- null:    conversation_id where it names none; account_id 0 where no account is known
select
    d.account_id,
    d.decision_id,
    d.decided_at,
    nullif(d.conversation_id, 0) as conversation_id,
    n.name as action,
    c.name as scope,
    d.is_twin,
    case
        when exists (
            select 1 from counted_decision as k
            where k.account_id = d.account_id and k.decided_at = d.decided_at and k.decision_id = d.decision_id)
        then 1
        else 0
    end as is_counted,
    case when n.kind = 0 and c.is_included = 1 and d.is_twin = 0 then 1 else 0 end as is_unknown_action,
    s.name as file,
    d.line
from decision as d
join action as n on n.action_id = d.action_id
join scope as c on c.scope_id = d.scope_id
left join source_file as s on s.file_id = d.file_id
where d.decided_at <= :as_of
order by d.account_id, d.decided_at, d.decision_id
