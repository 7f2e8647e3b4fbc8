-- store:   check_names
-- title:   every id of a name has its name
-- params:  none
-- columns: what text, found int
-- fix:     read the sources again into a new store: move this one away, then countersign run
select
    'decision.scope_id' as what,
    count(*) as found
from decision as d
where not exists (select 1 from scope as x where x.scope_id = d.scope_id)
union all
select
    'decision.actor_id' as what,
    count(*) as found
from decision as d
where not exists (select 1 from actor as x where x.actor_id = d.actor_id)
union all
select
    'decision.action_id' as what,
    count(*) as found
from decision as d
where not exists (select 1 from action as x where x.action_id = d.action_id)
union all
select
    'decision.shop_id' as what,
    count(*) as found
from decision as d
where d.shop_id <> 0 and not exists (select 1 from shop as x where x.shop_id = d.shop_id)
union all
select
    'sync_attempt.scope_id' as what,
    count(*) as found
from sync_attempt as y
where not exists (select 1 from scope as x where x.scope_id = y.scope_id)
union all
select
    'sync_attempt.error_id' as what,
    count(*) as found
from sync_attempt as y
where y.error_id is not null and not exists (select 1 from delivery_error as x where x.error_id = y.error_id)
union all
select
    'message.error_id' as what,
    count(*) as found
from message as m
where m.error_id is not null and not exists (select 1 from delivery_error as x where x.error_id = m.error_id)
union all
select
    'reply_fact.actor_id' as what,
    count(*) as found
from reply_fact as r
where not exists (select 1 from actor as x where x.actor_id = r.actor_id)
union all
select
    'suggestion.text_id' as what,
    count(*) as found
from suggestion as g
where g.text_id <> 0 and not exists (select 1 from suggestion_text as x where x.text_id = g.text_id)
union all
select
    'purged_attempt.scope_id' as what,
    count(*) as found
from purged_attempt as y
where not exists (select 1 from scope as x where x.scope_id = y.scope_id)
union all
select
    'given_source.scope_id' as what,
    count(*) as found
from given_source as g
where g.source = 'decision_sync' and not exists (select 1 from scope as x where x.scope_id = g.scope_id)
