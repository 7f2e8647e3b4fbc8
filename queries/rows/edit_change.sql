-- kpi:     edit_change
-- version: 1
-- title:   Each change in an approved reply of the report week that came from a template
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, decided_at int, operator text, template text, deleted text, inserted text, file text, line int
-- source:  decisions, templates, conversations
-- null:    none; an empty text where nothing was deleted or inserted
select
    p.account_id,
    p.decision_id,
    p.decided_at,
    o.name as operator,
    r.template,
    p.deleted,
    p.inserted,
    s.name as file,
    d.line
from account as a
cross join edit_pattern as p
join reply_fact as r on r.account_id = p.account_id and r.decided_at = p.decided_at and r.decision_id = p.decision_id
join actor as o on o.actor_id = r.actor_id
left join decision as d
    on d.account_id = p.account_id and d.decided_at = p.decided_at and d.decision_id = p.decision_id
left join source_file as s on s.file_id = d.file_id
where p.account_id = a.account_id
    and p.decided_at >= :start_at
    and p.decided_at < :end_at
    and p.decided_at <= :as_of
    and r.template is not null
order by p.account_id, p.decided_at, p.decision_id, p.deleted, p.inserted
