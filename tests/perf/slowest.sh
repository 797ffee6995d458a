#!/usr/bin/env bash
# Times the judgement of every example of every pack in a release build and prints the slowest of each; fails where one
# takes more than 500 microseconds. Seconds depend on the machine, so this is no part of .ci/run.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo run --quiet --release --locked --example slowest -- 500
