//! What time it is, in UTC: a file that is read on another machine means the same day there.

use jiff::Timestamp;

/// Now.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The day, as `2026-11-25`.
pub(crate) fn today() -> String {
    now().strftime("%Y-%m-%d").to_string()
}

/// Seconds since 1970.
pub(crate) fn seconds() -> i64 {
    now().as_second()
}
