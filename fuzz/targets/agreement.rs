//! The two readings against each other. Where one reading was thought to be enough, the second, forced by a
//! harmless line behind the source, must not contradict it.
//!
//! With `ARGVET_FUZZ_DISPUTES=1` every disputed source is a crash: libFuzzer then keeps it for triage with bash.
#![no_main]

use argvet::syntax::{Reading, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &[u8]| {
    match parse(source).reading {
        Reading::Plain => {
            let forced = [source, b"\n: ''"].concat();
            let reading = parse(&forced).reading;
            assert!(matches!(reading, Reading::Certain | Reading::Settled(_)), "{reading:?}");
        }
        Reading::Disputed(difference) if std::env::var_os("ARGVET_FUZZ_DISPUTES").is_some() => {
            panic!("disputed: {difference}");
        }
        _ => {}
    }
});
