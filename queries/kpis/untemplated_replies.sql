-- kpi:     untemplated_replies
-- version: 1
-- title:   Approved replies of the report week that came from no template, as they were generalised
-- unit:    text
-- reduce:  edit_patterns
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, conversation_id int, decided_at int, operator text, words text
-- source:  decisions, templates, conversations
-- null:    none; 0 where the decision names no conversation
select
    u.account_id,
    r.conversation_id,
    u.decided_at,
    o.name as operator,
    u.words
from account as a
cross join untemplated_reply as u
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
where u.account_id = a.account_id
    and u.decided_at >= :start_at
    and u.decided_at < :end_at
    and u.decided_at <= :as_of
    and r.account_id = u.account_id
    and r.decided_at = u.decided_at
    and r.decision_id = u.decision_id
order by u.account_id, u.decided_at, u.decision_id
