-- store:   dump_quarantine
-- title:   Rejected rows, each once, by the digest of the sealed row
-- params:  none
-- columns: code text, field text, row_sha256 text
-- fix:     none
select distinct
    q.code,
    q.field,
    sha256(q.row) as row_sha256
from quarantine as q
order by q.code, q.field, row_sha256
