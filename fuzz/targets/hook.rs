//! Whatever a host sends, the answer is one that it understands; and no payload around a destructive command gets an
//! answer that lets it run.
#![no_main]

use argvet::frontend::hook::{self, Heard};
use argvet::{Decision, Facts, Policy, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for host in hook::host_names().map(Some).chain([None]) {
        let (answer, heard) = hook::exchange(host, bytes);
        assert!(heard.is_some(), "{host:?} does not understand {answer:?}");
    }

    let command = String::from_utf8_lossy(bytes);
    let facts = Facts { arguments: Some(Vec::new()), ..Facts::default() };
    let decision = check(command.as_bytes(), &Policy::default(), &facts).decision;
    if decision == Decision::Allow {
        return;
    }
    for (host, payload) in hook::payloads(&command) {
        for flag in [None, Some(host), Some("claude-code")] {
            let (answer, heard) = hook::exchange(flag, payload.as_bytes());
            let is_stopped = match decision {
                Decision::Deny => heard == Some(Heard::Blocks),
                _ => matches!(heard, Some(Heard::Asks | Heard::Blocks)),
            };
            assert!(is_stopped, "{host}: {answer:?}");
        }
    }
});
