#!/usr/bin/env bash
# The long form of the generated tests, with other cases each day:
#
#   disguises   every destructive example in up to four disguises; bash shows that each still runs what it hides
#   millions    the same, but bash is only asked about those that argvet would let pass or ask about
#   mutants     small changes to every shell text of the project, read by argvet and by bash
#
#   tests/oracle/nightly.sh                          all of it, about an hour on four processors
#   ORACLE_SEED=7 MILLIONS=100000 tests/oracle/nightly.sh
#   ORACLE_DEV=1 …                                   with the build of `cargo test`, which is there already
#
# What fails is printed as a case for corpus/. ARGVET_BASH_ORACLE may name a loadable builtin `dumpcmds` that prints
# bash's own parse (see tests/it/mutants.rs).
set -euo pipefail
cd "$(dirname "$0")/../.."

export REQUIRE_BASH=1
export ORACLE_SEED=${ORACLE_SEED:-$(date +%Y%m%d)}
export ORACLE_SHOW=${ORACLE_SHOW:-20}
echo "ORACLE_SEED=$ORACLE_SEED"

profile=(--release)
[[ -z ${ORACLE_DEV-} ]] || profile=()

# run NAME TEST: one test; goes on when it fails.
failed=()
run() {
    printf '\n== %s\n' "$1"
    cargo test --locked ${profile[@]+"${profile[@]}"} --test it -- --nocapture --exact "$2" || failed+=("$1")
}

ORACLE_CASES=${DISGUISES:-100000} ORACLE_VERIFIED=${DISGUISES:-100000} run disguises property::no_disguise_gets_past
ORACLE_VERIFIED=0 ORACLE_CASES=${MILLIONS:-3000000} run millions property::no_disguise_gets_past
ORACLE_MUTANTS=${MUTANTS:-1000000} run mutants mutants::mutants_are_read_as_bash_reads_them

if ((${#failed[@]})); then
    printf '\nfailed with ORACLE_SEED=%s: %s\n' "$ORACLE_SEED" "${failed[*]}" >&2
    exit 1
fi
