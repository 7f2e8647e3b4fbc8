-- store:   check_accounts
-- title:   every row is of an account that is there
-- params:  none
-- columns: what text, found int
-- fix:     read the sources again into a new store: move this one away, then countersign run
select
    'decision.account_id' as what,
    count(*) as found
from decision as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'sync_attempt.account_id' as what,
    count(*) as found
from sync_attempt as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'conversation.account_id' as what,
    count(*) as found
from conversation as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'conversation_number.account_id' as what,
    count(*) as found
from conversation_number as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'message.account_id' as what,
    count(*) as found
from message as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'event.account_id' as what,
    count(*) as found
from event as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'suggestion.account_id' as what,
    count(*) as found
from suggestion as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'breach_snapshot.account_id' as what,
    count(*) as found
from breach_snapshot as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'chatwoot_figure.account_id' as what,
    count(*) as found
from chatwoot_figure as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'known_name.account_id' as what,
    count(*) as found
from known_name as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'identity.account_id' as what,
    count(*) as found
from identity as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'staff.account_id' as what,
    count(*) as found
from staff as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'conversation_fact.account_id' as what,
    count(*) as found
from conversation_fact as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'escalation.account_id' as what,
    count(*) as found
from escalation as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'reply_fact.account_id' as what,
    count(*) as found
from reply_fact as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'edit_pattern.account_id' as what,
    count(*) as found
from edit_pattern as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'untemplated_reply.account_id' as what,
    count(*) as found
from untemplated_reply as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'purged_decision.account_id' as what,
    count(*) as found
from purged_decision as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'purged_attempt.account_id' as what,
    count(*) as found
from purged_attempt as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
union all
select
    'given_source.account_id' as what,
    count(*) as found
from given_source as r
where r.account_id <> 0 and not exists (select 1 from account as x where x.account_id = r.account_id)
