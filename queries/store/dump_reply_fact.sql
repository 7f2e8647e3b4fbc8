-- store:   dump_reply_fact
-- title:   Facts of approved replies, with the name of their actor
-- params:  account int
-- columns: decided_at instant, decision_id text, conversation_id int, actor text, template text, edit_class int, distance int, longest int, is_suggestion_used int, tone_grade int, accuracy_grade int, policy_grade int, action_kind int, message_id int, message_at instant, customer_at instant, other_act_at instant, ack_due_at instant, has_unfilled_variable int, has_stand_in_name int
-- fix:     none
select
    r.decided_at,
    r.decision_id,
    r.conversation_id,
    a.name as actor,
    r.template,
    r.edit_class,
    r.distance,
    r.longest,
    r.is_suggestion_used,
    r.tone_grade,
    r.accuracy_grade,
    r.policy_grade,
    r.action_kind,
    r.message_id,
    r.message_at,
    r.customer_at,
    r.other_act_at,
    r.ack_due_at,
    r.has_unfilled_variable,
    r.has_stand_in_name
from reply_fact as r
left join actor as a on a.actor_id = r.actor_id
where r.account_id = :account
order by r.decided_at, r.decision_id
