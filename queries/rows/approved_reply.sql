-- kpi:     approved_reply
-- version: 1
-- title:   Each approved reply of the report week with how it was changed
-- unit:    row
-- reduce:  rows
-- params:  as_of int, start_at int, end_at int
-- columns: account_id int, decision_id text, decided_at int, conversation_id int, operator text, template text, edit_class text, is_suggestion_used int, distance int, similar_tokens int, longest_tokens int, tone_grade int, accuracy_grade int, policy_grade int, is_graded int, file text, line int
-- source:  decisions, templates, conversations
-- null:    template where none is known; distance and tokens where there was nothing to compare with; grades that were not given; file and line where the row that it was read from is purged
select
    r.account_id,
    r.decision_id,
    r.decided_at,
    r.conversation_id,
    o.name as operator,
    r.template,
    case r.edit_class
        when 1 then 'verbatim' when 2 then 'light' when 3 then 'heavy' when 4 then 'rewrite' else 'unmatched'
    end as edit_class,
    r.is_suggestion_used,
    r.distance,
    case when r.longest = 0 then 1 else r.longest - r.distance end as similar_tokens,
    case when r.longest = 0 then 1 else r.longest end as longest_tokens,
    r.tone_grade,
    r.accuracy_grade,
    r.policy_grade,
    case when coalesce(r.tone_grade, r.accuracy_grade, r.policy_grade) is null then 0 else 1 end as is_graded,
    s.name as file,
    d.line
from account as a
cross join reply_fact as r
join actor as o on o.actor_id = r.actor_id
left join decision as d
    on d.account_id = r.account_id and d.decided_at = r.decided_at and d.decision_id = r.decision_id
left join source_file as s on s.file_id = d.file_id
where r.account_id = a.account_id
    and r.decided_at >= :start_at
    and r.decided_at < :end_at
    and r.decided_at <= :as_of
order by r.account_id, r.decided_at, r.decision_id
