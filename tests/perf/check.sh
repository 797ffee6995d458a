#!/usr/bin/env bash
# Counts the instructions (valgrind's callgrind) of fixed inputs through the hook process and the library, and
# compares them with tests/perf/baseline.tsv. Instructions, unlike seconds, do not depend on what else the machine
# does. Fails where an input needs more than 10 % more than its baseline.
#
#   tests/perf/check.sh             compare
#   tests/perf/check.sh --accept    make the present counts the baseline
set -euo pipefail
cd "$(dirname "$0")/../.."

allowed_percent=10
# A judgement in the library is the difference of many and one, so that start-up does not hide it.
times=20
baseline=tests/perf/baseline.tsv

cargo build --quiet --release --locked --bin argvet --example judge

# instructions INPUT PROGRAM ARGUMENT...
instructions() {
    local input=$1 log
    shift
    log=$(env -i HOME=/home/dev valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" <"$input" 2>&1 >/dev/null) ||
        { echo "$log" >&2; return 1; }
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' <<<"$log"
}

measure() {
    local input name one many
    for input in tests/perf/hook/*.json; do
        name=$(basename "$input" .json)
        printf 'hook/%s\t%s\n' "$name" "$(instructions "$input" target/release/argvet hook)"
    done
    for input in tests/perf/check/*.sh; do
        name=$(basename "$input" .sh)
        one=$(instructions "$input" target/release/examples/judge 1)
        many=$(instructions "$input" target/release/examples/judge "$((times + 1))")
        printf 'check/%s\t%s\n' "$name" "$(((many - one) / times))"
    done
}

measured=$(measure)
if [[ "${1:-}" == --accept ]]; then
    printf '%s\n' "$measured" >"$baseline"
    cat "$baseline"
    exit
fi

failed=0
while IFS=$'\t' read -r name now; do
    before=$(awk -F'\t' -v name="$name" '$1 == name { print $2 }' "$baseline")
    if [[ -z "$before" ]]; then
        echo "$name: $now instructions, and no baseline: --accept makes it one"
        failed=1
        continue
    fi
    change=$(((now - before) * 1000 / before))
    sign=+
    ((change < 0)) && sign=-
    printf '%-26s %12d instructions, %s%d.%d %%\n' "$name" "$now" "$sign" "$((${change#-} / 10))" "$((${change#-} % 10))"
    if ((change > allowed_percent * 10)); then
        echo "  more than $allowed_percent % over the baseline of $before" && failed=1
    fi
done <<<"$measured"
if ((failed)); then
    echo "slower: make it faster, or run 'tests/perf/check.sh --accept' and say in the commit what it buys" >&2
    exit 1
fi
