//! The hook path without the process around it: payload in, reply out, with a policy that is loaded for the one
//! question, as each call of the hook does it. The process is measured in `tests/perf`.

use argvet::frontend::hook;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

const PAYLOADS: [(&str, &str); 3] = [
    ("harmless", include_str!("../tests/perf/hook/harmless.json")),
    ("destructive", include_str!("../tests/perf/hook/destructive.json")),
    ("other-tool", include_str!("../tests/perf/hook/other-tool.json")),
];

fn reply(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hook");
    for (name, payload) in PAYLOADS {
        group.bench_function(name, |bencher| {
            bencher.iter(|| hook::exchange(Some("claude-code"), black_box(payload.as_bytes())));
        });
    }
    group.finish();
}

criterion_group!(benches, reply);
criterion_main!(benches);
