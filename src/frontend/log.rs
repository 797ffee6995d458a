//! Logging to standard error, switched on by `ARGVET_LOG`: `error`, `warn`, `info`, `debug` or `trace`.

use tracing_subscriber::filter::LevelFilter;

/// The variable that switches logging on.
const VARIABLE: &str = "ARGVET_LOG";

/// Starts logging if it is asked for. Without the variable this costs one look at the environment.
pub fn start() {
    let Ok(level) = std::env::var(VARIABLE) else { return };
    // A level that does not exist is more likely a typing error than a wish for silence.
    let level = level.parse().unwrap_or(LevelFilter::DEBUG);
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .finish();
    // Fails only if logging was started before, which tests in one process may do.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
