-- kpi:     edit_changes
-- version: 1
-- title:   What operators changed in the replies of the report week, by template and place; changes that few decisions share aside
-- unit:    count
-- reduce:  edit_patterns
-- params:  as_of int, start_at int, end_at int, min_support int
-- columns: account_id int, template text, deleted text, inserted text, written text, before_text text, after_text text, operator text, decisions int
-- source:  decisions, templates, conversations
-- null:    none; an empty text where nothing was deleted or inserted, or where the reply begins or ends
with
-- A pattern is there once for a decision.
changes as (
    select
        p.account_id,
        r.template,
        p.deleted,
        p.inserted,
        p.written,
        p.before_text,
        p.after_text,
        r.actor_id,
        count(*) as decisions
    from account as a
    cross join edit_pattern as p
    join reply_fact as r
        on r.account_id = p.account_id and r.decided_at = p.decided_at and r.decision_id = p.decision_id
    where p.account_id = a.account_id
        and p.decided_at >= :start_at
        and p.decided_at < :end_at
        and p.decided_at <= :as_of
        and r.template is not null
    group by
        p.account_id, r.template, p.deleted, p.inserted, p.written, p.before_text, p.after_text, r.actor_id
),
shared as (
    select
        c.template,
        c.deleted,
        c.inserted
    from changes as c
    group by c.template, c.deleted, c.inserted
    having sum(c.decisions) >= :min_support
)
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
from shared as s
join changes as c on c.template = s.template and c.deleted = s.deleted and c.inserted = s.inserted
join actor as o on o.actor_id = c.actor_id
order by
    c.account_id, c.template, c.deleted, c.inserted, c.written, c.before_text, c.after_text, o.name
