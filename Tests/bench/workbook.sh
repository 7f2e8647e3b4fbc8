# shellcheck shell=bash disable=SC2154
# Part of scripts/bench: a report of many findings, each with a link, written as a workbook in turn with other libraries.
# It expects `bin`, `scratch` and the function `measure`.

# A folder with a small store, and a report whose query makes the findings.
findings_report() {
    local rows=$1 data=$2
    mkdir -p "$data/queries/reports" "$data/reports/findings"
    cp -r fixtures/week-44/. "$data"
    cat >"$data/queries/reports/findings.sql" <<SQL
-- kpi:     findings
-- version: 1
-- title:   Findings made by the dozen
-- unit:    count
-- reduce:  report
-- params:  none
-- columns: control text, severity text, conversation_id int, decision_id text, happened_at instant, operator text, evidence text
-- source:  none
-- null:    never
with recursive n(i) as (select 1 union all select i + 1 from n where i < $rows)
select
    'CX-00' || (i % 9 + 1) as control,
    case i % 3 when 0 then 'low' when 1 then 'medium' else 'high' end as severity,
    i as conversation_id,
    cast(3 * i as text) as decision_id,
    1792987200000000 + i * 1000000 as happened_at,
    'op-' || (i % 40) as operator,
    'the first reply, note or decision came ' || i || ' s after the breach' as evidence
from n
SQL
    cat >"$data/reports/findings/report.yaml" <<YAML
title: Findings
sections:
  - id: findings
    title: Findings
    blocks:
      - table: findings
        title: Findings
        query: findings
        empty: None.
        columns:
          - {key: control, title: Control, format: text}
          - {key: severity, title: Severity, format: state}
          - {key: conversation_id, title: Conversation, format: conversation}
          - {key: decision_id, title: Decision, format: text}
          - {key: happened_at, title: When, format: instant}
          - {key: operator, title: Operator, format: text}
          - {key: evidence, title: Evidence, format: text}
YAML
    "$bin/countersign" ingest --quiet --config "$data/countersign.yml" --as-of 2026-11-02T05:00:00Z \
        "$data/decisions" "$data/chatwoot" >/dev/null
    "$bin/countersign" report findings --quiet --config "$data/countersign.yml" --as-of 2026-11-02T05:00:00Z --format md
}

workbook() {
    local rows=$1 data=$scratch/workbook venv=.build-venv-workbooks round peer
    if [ ! -x "$venv/bin/python" ]; then
        echo "bench: installing the peers into $venv" >&2
        /usr/bin/python3 -m venv "$venv"
        "$venv/bin/python" -m pip --quiet --disable-pip-version-check install XlsxWriter rustpy-xlsxwriter >&2
    fi
    findings_report "$rows" "$data"
    for round in 1 2 3; do
        for peer in countersign xlsxwriter rust; do
            if [ "$peer" = countersign ]; then
                measure "$data/$peer.$round" "$bin/countersign" report findings --quiet --config "$data/countersign.yml" \
                    --as-of 2026-11-02T05:00:00Z --format xlsx --out "$data/out"
            else
                measure "$data/$peer.$round" "$venv/bin/python" Tests/bench/workbook.py "$peer" "$rows" "$data/$peer.xlsx"
            fi
        done
    done
    echo "$rows findings with links, 7 columns; countersign reads them from its store"
    printf '%-14s %6s %9s %9s %9s %10s %9s\n' program rounds "median s" "min s" "max s" rows/s "peak MB"
    for peer in countersign xlsxwriter rust; do
        cat "$data/$peer".[0-9] | sort -n | awk -v peer="$peer" -v rows="$rows" '
            { seconds[NR] = $1; if ($2 > peak) peak = $2 }
            END {
                median = seconds[int((NR + 1) / 2)]
                printf "%-14s %6d %9.2f %9.2f %9.2f %10.0f %9.1f\n", peer, NR, median, seconds[1], seconds[NR], rows / median, peak / 1024
            }'
    done
}
