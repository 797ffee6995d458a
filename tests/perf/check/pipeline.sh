cargo test --workspace 2>&1 | tee test.log | grep -E '^(test |failures)' | sort | uniq -c | sort -rn | head -20 && git diff --stat
