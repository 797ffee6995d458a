//! Any bytes can be read: no panic, no endless loop, and every gap lies inside the source.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &[u8]| {
    let script = argvet::syntax::parse(source);
    for gap in &script.gaps {
        assert!(gap.span.start <= gap.span.end && gap.span.end as usize <= source.len(), "{gap:?}");
    }
});
