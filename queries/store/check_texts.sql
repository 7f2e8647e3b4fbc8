-- store:   check_texts
-- title:   every text of a decision has its decision
-- params:  none
-- columns: what text, found int
-- fix:     read the sources again into a new store: move this one away, then countersign run
select
    'decision_text' as what,
    count(*) as found
from decision_text as t
where not exists (
    select 1 from decision as d
    where d.account_id = t.account_id and d.decided_at = t.decided_at and d.decision_id = t.decision_id)
