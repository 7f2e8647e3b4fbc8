-- kpi:     edit_changes
-- version: 1
-- title:   What operators changed in the replies of the report week, by template and place; changes that few decisions share aside
-- unit:    count
-- reduce:  edit_patterns
-- params:  as_of int, start_at int, end_at int, min_support int
-- columns: account_id int, template text, deleted text, inserted text, written text, before_text text, after_text text, operator text, decisions int
-- source:  decisions, templates, conversations
-- null:    none; an empty text where nothing was deleted or inserted, or where the reply begins or ends
select
    c.account_id,
    c.template,
    c.deleted,
    c.inserted,
    c.written,
    c.before_text,
    c.after_text,
    o.name as operator,
    c.decisions
from (
    select
        p.account_id,
        r.template,
        p.deleted,
        p.inserted,
        p.written,
        p.before_text,
        p.after_text,
        r.actor_id,
        -- A pattern is there once for a decision.
        count(*) as decisions,
        sum(count(*)) over (partition by r.template, p.deleted, p.inserted) as shared
    from account as a
    cross join edit_pattern as p
    cross join reply_fact as r
    where p.account_id = a.account_id
        and p.decided_at >= :start_at
        and p.decided_at < :end_at
        and p.decided_at <= :as_of
        and r.account_id = p.account_id
        and r.decided_at = p.decided_at
        and r.decision_id = p.decision_id
        and r.template is not null
    group by
        p.account_id, r.template, p.deleted, p.inserted, p.written, p.before_text, p.after_text, r.actor_id
) as c
join actor as o on o.actor_id = c.actor_id
where c.shared >= :min_support
order by
    c.account_id, c.template, c.deleted, c.inserted, c.written, c.before_text, c.after_text, o.name
