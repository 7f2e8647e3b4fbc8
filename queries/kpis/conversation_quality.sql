-- kpi:     conversation_quality
-- version: 1
-- title:   Conversations by what is known of them
-- unit:    count
-- reduce:  data_quality
-- params:  as_of int
-- columns: account_id int, conversations int, without_messages int, incomplete_messages int, approximate_resolutions int
-- source:  conversations, messages
-- null:    an account without conversations has no row
select
    f.account_id,
    count(*) as conversations,
    count(case when f.first_message_at is null or f.first_message_at > :as_of then 1 end) as without_messages,
    count(
        case
            when f.first_message_at <= :as_of and (f.complete_at is null or f.complete_at > :as_of) then 1
        end
    ) as incomplete_messages,
    count(case when f.is_resolution_approximate = 1 and f.resolved_at <= :as_of then 1 end) as approximate_resolutions
from account as a
cross join conversation_fact as f
where f.account_id = a.account_id and f.created_at <= :as_of
group by f.account_id
order by f.account_id
