-- kpi:     edited_replies
-- version: 2
-- title:   Edited replies of a template in a stretch of time, as they were sent
-- unit:    text
-- reduce:  edit_patterns
-- params:  as_of int, start_at int, end_at int, template text
-- columns: account_id int, reply text, customer_name text
-- source:  decisions, templates, conversations
-- null:    customer_name where the conversation was not exported or names nobody; reply where it was empty
select
    r.account_id,
    t.reply,
    v.customer_name
from account as a
left join calendar as k on k.kind = 'cutoff' and k.label = cast(a.account_id as text)
cross join reply_fact as r
left join decision_text as t
    on t.account_id = r.account_id and t.decided_at = r.decided_at and t.decision_id = r.decision_id
left join conversation as v on v.account_id = r.account_id and v.conversation_id = r.conversation_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at >= coalesce(k.start_at, r.decided_at)
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
    and r.template = :template
    and r.edit_class >= 2
order by r.account_id, r.decided_at, r.decision_id
