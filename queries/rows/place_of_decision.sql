-- kpi:     place_of_decision
-- version: 1
-- title:   Where a decision was read from
-- unit:    row
-- reduce:  rows
-- params:  account_id int, decision_id text
-- columns: account_id int, decision_id text, decided_at int, file text, line int
-- source:  decisions
-- null:    none
select
    d.account_id,
    d.decision_id,
    d.decided_at,
    s.name as file,
    d.line
from decision as d
join source_file as s on s.file_id = d.file_id
where d.account_id = :account_id and d.decision_id = :decision_id
order by d.is_twin, d.decided_at
