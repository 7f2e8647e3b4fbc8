# shellcheck shell=bash disable=SC2154
# Part of scripts/bench: how times grow with the data, and what a day costs that is added to ninety.
# It expects `bin`, `scratch`, `seed`, `decisions` (the base) and the function `measure`.

# timed FILE.steps COMMAND...: one command on the data in $data, its seconds beside the steps.
timed() {
    local steps=$1
    shift
    COUNTERSIGN_TIMINGS=$steps COUNTERSIGN_PRIVACY_KEY=$scratch/countersign.key measure "${steps%.steps}.whole" \
        "$bin/countersign" "$@" --config "$data/countersign.yml" --store "sqlite:$data/countersign.sqlite"
}

generate() {
    "$bin/countersign-generate" --seed "$seed" --decisions "$decisions" --conversations $((decisions / 5)) \
        --messages $((decisions * 2)) "$@"
}

# 1×, 4× and 16× the data of the same ninety days: one first run each, then the report alone three times.
growth() {
    local base=$decisions size round
    for size in 1 4 16; do
        decisions=$((base * size)) data=$scratch/growth-$size
        echo "bench: generating and running, $decisions decisions" >&2
        generate "$data"
        timed "$data/run.steps" run --out "$data/out" --as-of 2026-11-02T05:00:00Z
        for round in 1 2 3; do
            timed "$data/report-$round.steps" report weekly --out "$data/out" --as-of 2026-11-02T05:00:00Z
        done
    done
    decisions=$base
    python3 -B Tests/bench/growth.py sizes "$scratch" queries
}

# Ninety days in one first run; then the files of one more day, as a nightly export writes them, in a second, three times
# from the same store.
day() {
    local data=$scratch/day file folder round
    decisions=$((decisions * 4 * 91 / 90))
    echo "bench: generating 90 days and one more, $decisions decisions" >&2
    generate --days 91 --until 2026-11-01T05:00:00Z "$data"
    generate --days 91 --from 2026-11-01T05:00:00Z "$data/next"
    timed "$data/first.steps" run --out "$data/out" --as-of 2026-11-01T05:00:00Z
    for folder in chatwoot decisions; do
        for file in "$data/next/$folder"/*; do mv "$file" "$data/$folder/next-${file##*/}"; done
    done
    mkdir "$data/store"
    cp "$data"/countersign.sqlite* "$data/store"
    for round in 1 2 3; do
        rm "$data"/countersign.sqlite*
        cp "$data"/store/* "$data"
        timed "$data/second-$round.steps" run --out "$data/out" --as-of 2026-11-02T05:00:00Z
    done
    timed "$data/unchanged.steps" run --out "$data/out" --as-of 2026-11-02T05:00:00Z
    python3 -B Tests/bench/growth.py day "$data"
}
