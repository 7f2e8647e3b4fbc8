-- kpi:     past_reply
-- version: 2
-- title:   Each edited reply of a template in the weeks before the report week
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int, template text
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, template text, file text, line int
-- source:  decisions, templates
-- null:    none
select
    r.account_id,
    r.decision_id,
    r.decided_at,
    r.conversation_id,
    r.template,
    s.name as file,
    d.line
from account as a
left join calendar as k on k.kind = 'cutoff' and k.label = cast(a.account_id as text)
cross join reply_fact as r
left join decision as d
    on d.account_id = r.account_id and d.decided_at = r.decided_at and d.decision_id = r.decision_id
left join source_file as s on s.file_id = d.file_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at >= coalesce(k.start_at, r.decided_at)
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
    and r.template = :template
    and r.edit_class >= 2
order by r.account_id, r.decided_at, r.decision_id
