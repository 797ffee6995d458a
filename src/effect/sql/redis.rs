//! Commands of Redis: an argv, lines on standard input, calls in Lua scripts.

mod script;

use super::mark::is_mark;
use super::statement::Found;
use crate::value::Match;

/// Commands whose second word says what is done.
const CONTAINERS: [&str; 16] = [
    "acl", "client", "cluster", "command", "config", "debug", "function", "latency", "memory", "module",
    "object", "pubsub", "script", "slowlog", "xgroup", "xinfo",
];

/// The command that words make, and what it runs.
pub(super) fn of_words<'w>(words: impl Iterator<Item = &'w str>, out: &mut Vec<Found>) {
    let mut words = words.peekable();
    // `5 FLUSHALL` on a line repeats it.
    while words.next_if(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())).is_some() {
    }
    let Some(first) = words.next().filter(|word| !word.is_empty() && !word.contains(is_mark)) else { return };
    let mut kind = first.to_lowercase();
    if CONTAINERS.contains(&kind.as_str())
        && let Some(second) = words.next()
    {
        kind = format!("{kind} {}", second.to_lowercase());
    }
    let objects: Vec<String> = words.map(str::to_owned).collect();
    if matches!(kind.as_str(), "eval" | "eval_ro" | "script load" | "function load") {
        objects.iter().for_each(|text| of_script(text, out));
    }
    out.push(Found { kind, objects, without_where: Match::Certain, ..Found::default() });
}

/// Commands, one a line. What is queued and discarded is not run.
pub(super) fn of_lines(text: &str, out: &mut Vec<Found>) {
    let mut queued = None;
    for line in text.lines() {
        let words = split(line);
        of_words(words.iter().map(String::as_str), out);
        match out.last().map(|found| found.kind.as_str()) {
            Some("multi") => queued = Some(out.len()),
            Some("exec") => queued = None,
            Some("discard") => out.truncate(queued.take().unwrap_or(out.len())),
            _ => {}
        }
    }
}

/// The words of a line: blanks separate, quotes protect, a backslash protects in double quotes.
fn split(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match c {
            c if c.is_whitespace() => words.extend(word.take()),
            '"' | '\'' => {
                let quoted = word.get_or_insert_default();
                while let Some(inner) = letters.next().filter(|inner| *inner != c) {
                    match inner {
                        '\\' if c == '"' => quoted.extend(letters.next()),
                        inner => quoted.push(inner),
                    }
                }
            }
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The commands that a Lua script calls: `redis.call('DEL', KEYS[1])`.
pub(super) fn of_script(text: &str, out: &mut Vec<Found>) {
    for words in script::commands(text) {
        match words {
            Some(words) => of_words(words.iter().map(String::as_str), out),
            None => out.push(Found::unread()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::sql::mark::OTHER;

    fn shown(read: impl Fn(&mut Vec<Found>)) -> String {
        let mut out = Vec::new();
        read(&mut out);
        let show = |found: &Found| format!("{} {}", found.kind, found.objects.join(","));
        out.iter().map(show).collect::<Vec<_>>().join("; ").replace(OTHER, "?")
    }

    #[test]
    fn commands_are_read_from_words_lines_and_scripts() {
        for (words, expected) in [
            ("FLUSHDB ASYNC", "flushdb ASYNC"),
            ("del a b", "del a,b"),
            ("Config Set maxmemory 1", "config set maxmemory,1"),
            ("script flush", "script flush "),
            ("3 flushall", "flushall "),
        ] {
            assert_eq!(shown(|out| of_words(words.split(' '), out)), expected);
        }
        for (text, expected) in [
            ("set a 'x y'\nFLUSHALL\n", "set a,x y; flushall "),
            ("multi\ndel a\ndiscard\nget b", "multi ; get b"),
            ("eval \"return redis.call('flushdb')\" 0", "flushdb ; eval return redis.call('flushdb'),0"),
        ] {
            assert_eq!(shown(|out| of_lines(text, out)), expected);
        }
        assert_eq!(shown(|out| of_script("for i=1,2 do redis.pcall (\"DEL\", KEYS[i]) end", out)), "del ?");
    }
}
