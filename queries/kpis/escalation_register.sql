-- kpi:     escalation_register
-- version: 1
-- title:   Escalations that began in the report week, with their number, severity and first response
-- unit:    instant
-- reduce:  escalations
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, year int, number int, conversation_id int, started_at int, escalated_by text, reason text, severity text, acknowledged_at int, acknowledged_by text, updated_at int, response_at int, response_by text, response_due_at int, resolved_at int, resolved_by text, breached_at int, contact_id int, customer_name text, rating int
-- source:  decisions, messages, conversations
-- null:    what no source tells, or has not happened
select
    e.account_id,
    n.year,
    n.number,
    e.conversation_id,
    e.started_at,
    e.escalated_by,
    e.reason,
    e.severity,
    e.acknowledged_at,
    e.acknowledged_by,
    e.updated_at,
    e.response_at,
    e.response_by,
    e.response_due_at,
    e.resolved_at,
    r.resolved_by,
    f.breached_at,
    f.contact_id,
    v.customer_name,
    (
        select max(c.value)
        from chatwoot_figure as c
        where c.account_id = e.account_id
            and c.kind = 1
            and c.conversation_id = e.conversation_id
            and c.happened_at = (
                select max(o.happened_at)
                from chatwoot_figure as o
                where o.account_id = e.account_id
                    and o.kind = 1
                    and o.conversation_id = e.conversation_id
                    and o.happened_at >= e.started_at
                    and o.happened_at <= :as_of)
    ) as rating
from account as a
cross join escalation as e
left join escalation_number as n
    on n.account_id = e.account_id and n.conversation_id = e.conversation_id and n.started_at = e.started_at
left join resolution as r
    on r.account_id = e.account_id and r.conversation_id = e.conversation_id and r.resolved_at = e.resolved_at
left join conversation_fact as f on f.account_id = e.account_id and f.conversation_id = e.conversation_id
left join conversation as v on v.account_id = e.account_id and v.conversation_id = e.conversation_id
where e.account_id = a.account_id
    and e.started_at >= :start_at
    and e.started_at < :end_at
    and e.started_at <= :as_of
order by e.account_id, e.started_at, e.conversation_id
