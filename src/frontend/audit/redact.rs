//! Takes secrets out of a command before it is recorded. Going by the text, so it may take out too much, and what does
//! not look like a secret stays.
//!
//! Taken out is
//!
//! - the value of an assignment, an option, a header or a field whose name says password, passphrase, secret, token, key or
//!   credential: `DB_PASSWORD=…`, `--token …`, `--api-key=…`, `Authorization: …`, `"password": "…"`;
//! - what stands behind `Bearer` or `Basic`, and behind the colon of `-u name:…` and of `https://name:…@host`;
//! - words with the form of well-known tokens: `ghp_…`, `AKIA…`, `sk-…`, `eyJ…`.

/// What stands in its place.
const HIDDEN: &str = "[redacted]";

/// Parts of names of secrets, in lower case and without `-` and `_`.
const NAMES: [&str; 11] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "credential",
    "authorization",
    "pgpass",
];

/// How well-known tokens begin.
const TOKENS: [&str; 15] = [
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "sk-",
    "xoxb-",
    "xoxp-",
    "xapp-",
    "AKIA",
    "ASIA",
    "AIza",
    "eyJ",
];

/// Shortest word that is taken for a token by its beginning.
const SHORTEST_TOKEN: usize = 16;

/// What is hidden next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hide {
    Nothing,
    /// The next word, or all of the next quoted text.
    Next,
    /// What stands behind a colon in the next word.
    BehindColon,
    /// The rest of the quoted text, or of the line.
    Rest,
}

/// The command without secrets.
pub(super) fn redact(command: &str) -> String {
    let mut out = String::with_capacity(command.len());
    let mut hide = Hide::Nothing;
    let mut quote = None;
    let mut rest = command;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => {
                match quote {
                    Some(open) if open == first => {
                        quote = None;
                        hide = if hide == Hide::Rest { Hide::Nothing } else { hide };
                    }
                    None => {
                        quote = Some(first);
                        // A quoted value is hidden as a whole: `PASSWORD='two words'`.
                        hide = if hide == Hide::Next { Hide::Rest } else { hide };
                    }
                    Some(_) => {}
                }
                first.len_utf8()
            }
            _ if is_separator(first) => {
                if matches!(first, ';' | '\n' | '|' | '&') && quote.is_none() {
                    hide = Hide::Nothing;
                }
                first.len_utf8()
            }
            _ => rest.find(|c| is_separator(c) || matches!(c, '\'' | '"')).unwrap_or(rest.len()),
        };
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let is_word = !(is_separator(first) || matches!(first, '\'' | '"'));
        match hide {
            _ if !is_word => out.push_str(part),
            Hide::Rest => hide_once(&mut out),
            Hide::BehindColon => {
                let (name, secret) = part.split_once(':').unwrap_or((part, ""));
                out.push_str(name);
                if !secret.is_empty() {
                    out.push(':');
                    out.push_str(HIDDEN);
                }
                hide = Hide::Nothing;
            }
            Hide::Next => {
                // `"password": "…"`: a colon alone is no value. An option is none either: `--token --verbose`.
                if matches!(part, ":" | "=" | ",") || (part.starts_with("--") && part.len() > 2) {
                    hide = word(part, after, &mut out);
                    hide = if hide == Hide::Nothing && !part.starts_with('-') { Hide::Next } else { hide };
                } else {
                    hide_once(&mut out);
                    hide = Hide::Nothing;
                }
            }
            Hide::Nothing => hide = word(part, after, &mut out),
        }
        rest = after;
    }
    out
}

fn hide_once(out: &mut String) {
    if !out.trim_end().ends_with(HIDDEN) {
        out.push_str(HIDDEN);
    }
}

/// Writes a word without the secrets in it; what is to be hidden behind it.
fn word(word: &str, after: &str, out: &mut String) -> Hide {
    if let Some((before, host)) = word.rsplit_once('@')
        && let Some((scheme, user)) = before.split_once("://")
    {
        let name = user.split_once(':').map_or(user, |(name, _)| name);
        let secret = if user.contains(':') { format!(":{HIDDEN}") } else { String::new() };
        out.push_str(&format!("{scheme}://{name}{secret}@{host}"));
        return Hide::Nothing;
    }
    let split = word.find(['=', ':']).filter(|at| is_secret(word.get(..*at).unwrap_or_default()));
    if let Some((name, value)) = split.and_then(|at| word.split_at_checked(at + 1)) {
        out.push_str(name);
        // `TOKEN=$'…'`
        let is_quoted = value == "$" && after.starts_with(['\'', '"']);
        if is_quoted {
            out.push_str(value);
            return Hide::Next;
        }
        if !value.is_empty() {
            out.push_str(HIDDEN);
            return Hide::Nothing;
        }
        let is_header = name.to_ascii_lowercase().starts_with("authorization") || name.ends_with(':');
        let is_followed = after.starts_with(['\'', '"', ' ', '$']);
        return match (is_header, is_followed) {
            (true, _) => Hide::Rest,
            (false, true) if !after.starts_with(' ') => Hide::Next,
            _ => Hide::Nothing,
        };
    }
    if is_token(word) {
        out.push_str(HIDDEN);
        return Hide::Nothing;
    }
    out.push_str(word);
    let lower = word.to_ascii_lowercase();
    let is_option = word.starts_with('-') && !word.contains('=') && is_secret(word);
    // The name of a field: `"password": …`.
    let is_field = after.starts_with("\":") && is_secret(word);
    // `aws configure set aws_secret_access_key …`
    let is_key = word.contains('_') && is_secret(word);
    match lower.as_str() {
        "-u" | "--user" => Hide::BehindColon,
        "bearer" | "basic" => Hide::Next,
        _ if is_option || is_field || is_key => Hide::Next,
        _ => Hide::Nothing,
    }
}

fn is_secret(name: &str) -> bool {
    let name: String =
        name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
    NAMES.iter().any(|known| name.contains(known))
}

fn is_token(word: &str) -> bool {
    word.len() >= SHORTEST_TOKEN && TOKENS.iter().any(|begin| word.starts_with(begin))
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ';' | '|' | '&' | '(' | ')' | '{' | '}' | '<' | '>' | ',')
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn secrets_are_taken_out() {
        for (command, recorded) in [
            ("DB_PASSWORD=hunter2 psql", "DB_PASSWORD=[redacted] psql"),
            ("export API_TOKEN='a b' && x", "export API_TOKEN='[redacted] ' && x"),
            ("mysql --password hunter2 db", "mysql --password [redacted] db"),
            ("tool --api-key=abc -v", "tool --api-key=[redacted] -v"),
            (
                "curl -H 'Authorization: Bearer abc.def' https://x",
                "curl -H 'Authorization: [redacted] ' https://x",
            ),
            ("curl -H \"X-Api-Key: abc\" u", "curl -H \"X-Api-Key: [redacted]\" u"),
            (
                "curl -d '{\"password\": \"hunter2\", \"a\": 1}' u",
                "curl -d '{\"password\": \"[redacted]\", \"a\": 1}' u",
            ),
            ("git clone https://me:hunter2@host/x.git", "git clone https://me:[redacted]@host/x.git"),
            ("echo ghp_0123456789abcdef0123 | x", "echo [redacted] | x"),
            ("tool --token --verbose x", "tool --token --verbose x"),
            ("git log --author=me; ls -la", "git log --author=me; ls -la"),
            ("rm -rf 'two words' \"$x\"", "rm -rf 'two words' \"$x\""),
        ] {
            assert_eq!(redact(command), recorded);
        }
    }

    #[test]
    fn nothing_of_a_secret_is_left() {
        for command in [
            "PGPASSWORD=\"hunter2\" psql",
            "TOKEN=$'hunter2' x",
            "aws configure set aws_secret_access_key hunter2",
            "curl -u me:hunter2 https://x",
            "vault login -method=token token=hunter2",
        ] {
            assert!(!redact(command).contains("hunter2"), "{}", redact(command));
        }
    }
}
