//! The library path: one command, judged by a policy that is already loaded.

use argvet::{Catalog, Facts, PackSelection, Policy, check};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::rc::Rc;

/// The same inputs whose instructions are counted in `tests/perf`.
const INPUTS: [(&str, &str); 6] = [
    ("git-status", include_str!("../tests/perf/check/git-status.sh")),
    ("pipeline", include_str!("../tests/perf/check/pipeline.sh")),
    ("disguised", include_str!("../tests/perf/check/disguised.sh")),
    ("script-30-lines", include_str!("../tests/perf/check/script-30-lines.sh")),
    ("nested-shells", include_str!("../tests/perf/check/nested-shells.sh")),
    ("alternatives", include_str!("../tests/perf/check/alternatives.sh")),
];

fn all_packs() -> Policy {
    let all = PackSelection { all: true, ..PackSelection::default() };
    Policy::new(Rc::new(Catalog::builtin()), &all)
}

fn judge(criterion: &mut Criterion) {
    let policy = all_packs();
    let mut group = criterion.benchmark_group("judge");
    for (name, source) in INPUTS {
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| check(black_box(source.as_bytes()), &policy, &Facts::default()));
        });
    }
    group.finish();
}

/// Time must grow linearly with the length: compare the throughput of the sizes.
fn growth(criterion: &mut Criterion) {
    let policy = all_packs();
    let script = include_str!("../tests/perf/check/script-30-lines.sh");
    let mut group = criterion.benchmark_group("growth");
    group.sample_size(10);
    for kibibytes in [16, 128, 1000] {
        let source = script.repeat(kibibytes * 1024 / script.len());
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_function(format!("{kibibytes} KiB"), |bencher| {
            bencher.iter(|| check(black_box(source.as_bytes()), &policy, &Facts::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, judge, growth);
criterion_main!(benches);
