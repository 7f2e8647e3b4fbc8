-- kpi:     approved_replies
-- version: 1
-- title:   Approved replies of the report week by operator, template and edit
-- unit:    count
-- reduce:  edit_patterns
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, operator text, template text, edit_class int, distance int, longest int, is_suggestion_used int, replies int, tone_sum int, tone_count int, accuracy_sum int, accuracy_count int, policy_sum int, policy_count int, graded int
-- source:  decisions, templates, conversations
-- null:    distance and longest where there was nothing to compare with; template where none is known
select
    r.account_id,
    o.name as operator,
    r.template,
    r.edit_class,
    r.distance,
    r.longest,
    r.is_suggestion_used,
    count(*) as replies,
    coalesce(sum(r.tone_grade), 0) as tone_sum,
    count(r.tone_grade) as tone_count,
    coalesce(sum(r.accuracy_grade), 0) as accuracy_sum,
    count(r.accuracy_grade) as accuracy_count,
    coalesce(sum(r.policy_grade), 0) as policy_sum,
    count(r.policy_grade) as policy_count,
    count(coalesce(r.tone_grade, r.accuracy_grade, r.policy_grade)) as graded
from account as a
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
group by
    r.account_id, o.name, r.template, r.edit_class, r.distance, r.longest, r.is_suggestion_used
order by
    r.account_id, o.name, r.template, r.edit_class, r.distance, r.longest, r.is_suggestion_used
