-- store:   dump_account
-- title:   The account, as rows name it
-- params:  account int
-- columns: shop text, chatwoot_account int
-- fix:     none
select
    a.shop,
    a.chatwoot_account
from account as a
where a.account_id = :account
order by a.account_id
