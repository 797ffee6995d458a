//! Logging to standard error, switched on by `ARGVET_LOG` (`debug`, or a filter such as `argvet=trace`).

use tracing_subscriber::EnvFilter;

/// The variable that switches logging on.
const VARIABLE: &str = "ARGVET_LOG";

/// Starts logging if it is asked for. Without the variable this costs one look at the environment.
pub fn start() {
    let Ok(filter) = std::env::var(VARIABLE) else { return };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time();
    // Fails only if logging was started before, which tests in one process may do.
    let _ = subscriber.try_init();
}
