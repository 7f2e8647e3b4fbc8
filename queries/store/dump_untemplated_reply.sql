-- store:   dump_untemplated_reply
-- title:   What replies say that came from no template, without what belongs to a customer
-- params:  account int
-- columns: decided_at instant, decision_id text, words text
-- fix:     none
select
    u.decided_at,
    u.decision_id,
    u.words
from untemplated_reply as u
where u.account_id = :account
order by u.decided_at, u.decision_id
