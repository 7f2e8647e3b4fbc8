-- control:  CX-009
-- version:  1
-- sop:      job aid: retry once
-- title:    No reply is sent twice to one conversation within 5 min
-- severity: low
-- needs:    messages
-- params:   as_of int, start_at int, end_at int
-- columns:  account_id int, conversation_id int, decision_id text, happened_at int, operator text, is_passed int, reason text, since int
-- source:   messages
-- pass:     no reply with the same text lies in the 5 min before it on the conversation
-- evidence: repeated: the same text had been sent {since|duration} before
select
    r.account_id,
    r.conversation_id,
    null as decision_id,
    r.sent_at as happened_at,
    r.sent_by as operator,
    case when r.repeats_at is null then 1 else 0 end as is_passed,
    'repeated' as reason,
    r.sent_at - r.repeats_at as since
from account as a
cross join staff_reply as r
where r.account_id = a.account_id
    and r.sent_at >= :start_at
    and r.sent_at < :end_at
    and r.sent_at <= :as_of
