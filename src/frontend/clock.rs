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

/// A day as it is written, if it is one.
pub(crate) fn day(text: &str) -> Result<String, String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(day) => Ok(day.to_string()),
        Err(_) => Err(format!("expected a day such as 2026-11-25, found {text}")),
    }
}

/// Seconds since 1970.
pub(crate) fn seconds() -> i64 {
    now().as_second()
}
