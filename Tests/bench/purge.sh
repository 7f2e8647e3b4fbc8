# shellcheck shell=bash disable=SC2154
# Part of scripts/bench: a purge of one day from a store of ninety, in turn with a plain program that deletes the same rows.
# It expects `bin`, `scratch`, `seed`, `decisions`, `conversations`, `messages` and the function `measure`.

# A copy of the store in its place, in the file cache.
fresh() {
    rm -f "$data"/store.sqlite*
    cp "$data/full.sqlite" "$data/store.sqlite"
    sync "$data/store.sqlite"
    cat "$data/store.sqlite" >/dev/null
}

apply() {
    fresh
    COUNTERSIGN_TIMINGS=$data/$1.steps COUNTERSIGN_PRIVACY_KEY=$data/countersign.key \
        measure "$data/$1" "$bin/countersign" retention apply --quiet --config "$data/countersign.yml" \
        --store "sqlite:$data/store.sqlite" --as-of "$2"
}

plain() {
    fresh
    rm -f "$data/plain.sqlite"
    # The interpreter's start is not counted.
    measure "$data/python" "$python" -I -S Tests/bench/purge.py plain "$data/store.sqlite" "$1" "$data/plain.sqlite" \
        "$data/plain.$round"
}

purge() {
    local data=$scratch/purge end=2026-11-02T05:00:00Z round cutoff python
    cutoff=$(($(date -d "$end" +%s) - 90 * 86400))
    python=$(python3 -c 'import sys; print(sys.executable)')
    echo "bench: generating and loading 91 days, $((decisions * 91 / 90)) decisions" >&2
    "$bin/countersign-generate" --seed "$seed" --accounts "$accounts" --days 91 --end "$end" \
        --decisions $((decisions * 91 / 90)) --conversations $((conversations * 91 / 90)) \
        --messages $((messages * 91 / 90)) "$data"
    COUNTERSIGN_PRIVACY_KEY=$data/countersign.key COUNTERSIGN_RETENTION_ENABLED=false measure "$data/load" \
        "$bin/countersign" ingest --quiet --config "$data/countersign.yml" --store "sqlite:$data/full.sqlite" --as-of "$end"
    [ ! -e "$data/full.sqlite-wal" ] || { echo "bench: the store was not closed" >&2 && exit 70; }
    for round in 1 2 3 4 5 6 7; do
        if ((round % 2)); then
            apply "purge.$round" "$end"
            mv "$data/store.sqlite" "$data/purged.sqlite"
            plain "$cutoff"
        else
            plain "$cutoff"
            apply "purge.$round" "$end"
            mv "$data/store.sqlite" "$data/purged.sqlite"
        fi
        "$python" Tests/bench/purge.py same "$data/purged.sqlite" "$data/plain.sqlite" >"$data/same"
        apply "idle.$round" 2026-11-01T05:00:00Z
    done
    echo "$decisions decisions, $conversations conversations, $messages messages in 90 days and one day more, seed $seed"
    echo "$(nproc) cores; store $(du -m "$data/full.sqlite" | cut -f 1) MB; 7 pairs in turn"
    cat "$data/same"
    "$python" -B Tests/bench/purge.py table "$data"
}
