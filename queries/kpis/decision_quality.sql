-- kpi:     decision_quality
-- version: 1
-- title:   Decisions that are no decision of their own or of no account
-- unit:    count
-- reduce:  data_quality
-- params:  as_of int
-- columns: account_id int, decisions int, twins int
-- source:  decisions
-- null:    an account without decisions has no row; account 0 holds what no account is known for
select
    d.account_id,
    count(*) as decisions,
    count(case when d.is_twin = 1 then 1 end) as twins
from decision as d
where d.decided_at <= :as_of
group by d.account_id
order by d.account_id
