//! Any bytes can be judged, and the verdict is consistent: it is the strictest of its parts, findings point to
//! invocations and into the source, and what hides an execution is never allowed.
#![no_main]

use argvet::{Decision, Facts, PackSelection, Policy, Verdict, check};
use libfuzzer_sys::fuzz_target;
use std::rc::Rc;

thread_local! {
    static POLICY: Policy = {
        let all = PackSelection { all: true, ..PackSelection::default() };
        Policy::new(Rc::new(argvet::Catalog::builtin()), &all)
    };
}

fuzz_target!(|source: &[u8]| {
    let verdict = POLICY.with(|policy| check(source, policy, &Facts::default()));
    inspect(source, &verdict);
});

fn inspect(source: &[u8], verdict: &Verdict) {
    for finding in &verdict.findings {
        assert!(finding.decision <= verdict.decision, "{finding:?}");
        assert!(!finding.spans.is_empty(), "{finding:?}");
        for span in &finding.spans {
            assert!(span.start <= span.end && span.end as usize <= source.len(), "{finding:?}");
        }
    }
    if !verdict.gaps.is_empty() {
        assert!(verdict.decision >= Decision::Ask, "{verdict:?}");
    }
}
