-- store:   dump_decision
-- title:   Decisions, with the names of their shop, scope, actor and action
-- params:  account int
-- columns: decided_at instant, decision_id text, conversation_id int, shop text, scope text, actor text, action text, has_payload int, is_suggestion_used int, tone_grade int, accuracy_grade int, policy_grade int, is_twin int, content int, is_contested int
-- fix:     none
select
    d.decided_at,
    d.decision_id,
    d.conversation_id,
    s.name as shop,
    c.name as scope,
    a.name as actor,
    n.name as action,
    d.has_payload,
    d.is_suggestion_used,
    d.tone_grade,
    d.accuracy_grade,
    d.policy_grade,
    d.is_twin,
    d.content,
    d.is_contested
from decision as d
left join shop as s on s.shop_id = d.shop_id
left join scope as c on c.scope_id = d.scope_id
left join actor as a on a.actor_id = d.actor_id
left join action as n on n.action_id = d.action_id
where d.account_id = :account
order by d.decided_at, d.decision_id
