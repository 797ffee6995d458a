//! The words that make up the kind of a statement.

use super::cursor::Cursor;
use super::token::Token;

/// Kinds of objects of more than one word; any other is one word.
const TYPES: [&[&str]; 35] = [
    &["materialized", "view"],
    &["foreign", "data", "wrapper"],
    &["foreign", "table"],
    &["event", "trigger"],
    &["access", "method"],
    &["external", "table"],
    &["external", "schema"],
    &["owned", "by"],
    &["user", "mapping"],
    &["operator", "class"],
    &["operator", "family"],
    &["row", "access", "policy"],
    &["row", "policy"],
    &["masking", "policy"],
    &["network", "policy"],
    &["text", "search", "configuration"],
    &["text", "search", "dictionary"],
    &["database", "link"],
    &["database", "role"],
    &["database", "encryption", "key"],
    &["settings", "profile"],
    &["named", "collection"],
    &["search", "index"],
    &["vector", "index"],
    &["resource", "group"],
    &["resource", "monitor"],
    &["workload", "group"],
    &["retention", "policy"],
    &["continuous", "query"],
    &["server", "audit"],
    &["availability", "group"],
    &["symmetric", "key"],
    &["storage", "integration"],
    &["dynamic", "table"],
    &["snapshot", "table"],
];

/// Words in front of the kind of object that say nothing here.
const MODIFIERS: [&str; 14] = [
    "temporary",
    "temp",
    "global",
    "local",
    "public",
    "unlogged",
    "transient",
    "recursive",
    "unique",
    "concurrently",
    "force",
    "secure",
    "volatile",
    "clustered",
];

/// Statements whose kind is more than one word, besides `drop`, `create` and `alter`.
const HEADS: [&[&str]; 52] = [
    &["reset", "master"],
    &["reset", "slave"],
    &["reset", "replica"],
    &["reset", "binary", "logs"],
    &["reset", "persist"],
    &["purge", "binary", "logs"],
    &["purge", "master", "logs"],
    &["optimize", "table"],
    &["repair", "table"],
    &["rename", "table"],
    &["rename", "user"],
    &["rename", "database"],
    &["rename", "schema"],
    &["load", "data"],
    &["load", "xml"],
    &["lock", "tables"],
    &["detach", "table"],
    &["detach", "database"],
    &["detach", "view"],
    &["detach", "dictionary"],
    &["attach", "database"],
    &["attach", "table"],
    &["refresh", "materialized", "view"],
    &["backup", "database"],
    &["backup", "log"],
    &["backup", "table"],
    &["restore", "database"],
    &["restore", "table"],
    &["restore", "log"],
    &["kill", "mutation"],
    &["kill", "query"],
    &["undrop", "table"],
    &["undrop", "database"],
    &["undrop", "schema"],
    &["reassign", "owned"],
    &["import", "foreign", "schema"],
    &["update", "statistics"],
    &["export", "data"],
    &["cancel", "job"],
    &["cancel", "jobs"],
    &["cancel", "query"],
    &["cancel", "queries"],
    &["cancel", "sessions"],
    &["system", "drop", "replica"],
    &["system", "stop"],
    &["system", "start"],
    &["system", "flush"],
    &["system", "shutdown"],
    &["system", "kill"],
    &["system", "drop"],
    &["start", "slave"],
    &["stop", "slave"],
];

/// Takes the kind of object: `table`, `materialized view`.
pub(super) fn object_type(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut is_temporary = false;
    while let Some(modifier) = cursor.peek().and_then(Token::word).filter(|word| MODIFIERS.contains(word)) {
        is_temporary |= matches!(modifier, "temporary" | "temp");
        cursor.next();
    }
    if is_temporary && cursor.take("table") {
        return Some("temporary table".to_owned());
    }
    if let Some(words) = TYPES.iter().find(|words| cursor.take_all(words)) {
        let words: Vec<&str> = words.iter().copied().filter(|word| *word != "by").collect();
        return Some(words.join(" "));
    }
    let word = cursor.peek()?.word()?.to_owned();
    cursor.next();
    Some(word)
}

/// Takes the words that a statement begins with.
pub(super) fn head(cursor: &mut Cursor<'_>) -> Option<String> {
    if let Some(words) = HEADS.iter().find(|words| cursor.take_all(words)) {
        return Some(words.join(" "));
    }
    let word = cursor.peek()?.word()?.to_owned();
    cursor.next();
    Some(word)
}

/// Second words of what `ALTER TABLE` does.
const ACTED_ON: [&[&str]; 22] = [
    &["primary", "key"],
    &["foreign", "key"],
    &["column"],
    &["constraint"],
    &["partition"],
    &["partitions"],
    &["detached", "partition"],
    &["part"],
    &["index"],
    &["key"],
    &["check"],
    &["default"],
    &["trigger"],
    &["rule"],
    &["row"],
    &["ttl"],
    &["projection"],
    &["settings"],
    &["comment"],
    &["period"],
    &["tablespace"],
    &["where"],
];

/// Takes one action of `ALTER TABLE`: `drop column`, `rename`, `add`, `delete`.
pub(super) fn action(cursor: &mut Cursor<'_>) -> Option<String> {
    let verb = cursor.peek()?.word()?.to_owned();
    cursor.next();
    cursor.take_condition();
    if let Some(words) = ACTED_ON.iter().find(|words| cursor.take_all(words)) {
        return Some(if *words == ["where"] { verb } else { format!("{verb} {}", words.join(" ")) });
    }
    // `DROP name` drops a column, too.
    Some(if verb == "drop" { "drop column".to_owned() } else { verb })
}

/// Words in front of a parenthesis that call nothing.
pub(super) const NO_FUNCTIONS: [&str; 67] = [
    "in",
    "values",
    "value",
    "and",
    "or",
    "not",
    "exists",
    "any",
    "all",
    "some",
    "as",
    "on",
    "using",
    "where",
    "from",
    "join",
    "select",
    "by",
    "into",
    "set",
    "over",
    "filter",
    "union",
    "except",
    "intersect",
    "when",
    "then",
    "else",
    "case",
    "return",
    "returning",
    "key",
    "references",
    "check",
    "with",
    "partition",
    "interval",
    "array",
    "row",
    "between",
    "like",
    "is",
    "distinct",
    "having",
    "limit",
    "offset",
    "lateral",
    "only",
    "unique",
    "primary",
    "index",
    "options",
    "format",
    "if",
    "while",
    "begin",
    "end",
    "materialized",
    "cast",
    "explain",
    "vacuum",
    "copy",
    "exec",
    "execute",
    "immediate",
    "top",
    "call",
];
