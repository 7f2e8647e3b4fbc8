-- kpi:     duplicate_decision
-- version: 2
-- title:   Each decision id of the report week that another decision of the account has too
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decision_id text, message_id int, happened_at int, file text, line int
-- source:  decisions
-- null:    file and line where the row that it was read from is purged
select
    d.account_id,
    null as conversation_id,
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
    and (
        d.is_contested = 1
        or exists (
            select 1 from decision as o
            where o.decision_id = d.decision_id
                and o.account_id = d.account_id
                and o.decided_at <> d.decided_at
                and o.decided_at <= :as_of)
        or exists (
            select 1 from purged_decision as p
            where p.decision_id = d.decision_id
                and p.account_id = d.account_id
                and p.decided_at <> d.decided_at
                and p.decided_at <= :as_of))
    and not exists (
        select 1 from counted_decision as p
        where p.account_id = d.account_id
            and p.decision_id = d.decision_id
            and p.decided_at >= :start_at
            and p.decided_at < d.decided_at
            and p.decided_at <= :as_of)
order by d.account_id, d.decided_at, d.decision_id
