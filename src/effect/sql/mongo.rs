//! Code of the Mongo shell: which methods of which collections it calls. No interpreter: calls count wherever they stand.
//!
//! ```text
//! db.getSiblingDB("app").users.deleteMany({})   →  delete many  [users], limited by nothing
//! db.adminCommand({ dropDatabase: 1 })          →  drop database
//! ```

use super::code::{Code, tokens};
use super::statement::Found;
use std::collections::BTreeMap;

/// Most calls of a text.
const MAX_CALLS: usize = 50_000;

/// Most texts that are executed by a text.
const MAX_TEXTS: usize = 8;

/// The calls, in the order of the text.
pub(super) fn of_text(text: &str, out: &mut Vec<Found>) {
    let mut reader =
        Reader { names: BTreeMap::new(), texts: BTreeMap::new(), database: None, executed: Vec::new(), out };
    let mut text = text.to_owned();
    for read in 0.. {
        if read == MAX_TEXTS {
            reader.out.push(Found::unread());
            break;
        }
        let tokens = tokens(&text);
        let ends = ends(&tokens);
        let mut at = 0;
        while at < tokens.len() && reader.out.len() < MAX_CALLS {
            at = reader.chain(&tokens, &ends, at).max(at + 1);
        }
        if at < tokens.len() {
            reader.out.push(Found::unread());
            break;
        }
        match reader.executed.pop() {
            Some(next) => text = next,
            None => break,
        }
    }
}

struct Reader<'o> {
    /// Variables that hold a collection or database.
    names: BTreeMap<String, Vec<String>>,
    /// Variables that hold a text.
    texts: BTreeMap<String, String>,
    /// `use x`
    database: Option<String>,
    /// `eval("…")`
    executed: Vec<String>,
    out: &'o mut Vec<Found>,
}

impl Reader<'_> {
    /// Reads `db.a.b("x").c` from here on; returns where reading goes on. Arguments are read again on their own.
    fn chain(&mut self, tokens: &[Code], ends: &[usize], start: usize) -> usize {
        let end_of = |opening: usize| ends.get(opening).copied().unwrap_or(tokens.len());
        let Some(root) = tokens.get(start).and_then(Code::word) else { return start + 1 };
        if start > 0 && tokens.get(start - 1) == Some(&Code::Symbol('.')) {
            return start + 1;
        }
        if root == "use" {
            self.database = tokens.get(start + 1).and_then(Code::word_or_text).map(str::to_owned);
            return start + 2;
        }
        let mut at = start + 1;
        if let ([Code::Symbol('=')], Some(Code::Text(text))) =
            (tokens.get(at..=at).unwrap_or_default(), tokens.get(at + 1))
        {
            // `const name = "users"`
            self.texts.insert(root.to_owned(), text.clone());
        }
        if let ("eval", [Code::Symbol('('), Code::Text(text), ..]) =
            (root, tokens.get(at..).unwrap_or_default())
        {
            self.executed.push(text.clone());
        }
        let connects = matches!(root, "connect" | "Mongo") && tokens.get(at) == Some(&Code::Symbol('('));
        if connects {
            at = end_of(at) + 1;
        }
        let is_database = root == "db" || connects;
        let known = self.names.get(root).cloned();
        let mut chain = Chain {
            parts: known.unwrap_or_else(|| if is_database { Vec::new() } else { vec![root.to_owned()] }),
            filter: None,
            explained: false,
        };
        let mut first_call = None;
        loop {
            let (name, next) = match tokens.get(at) {
                Some(Code::Symbol('.')) => {
                    (tokens.get(at + 1).and_then(Code::word).map(str::to_owned), at + 2)
                }
                Some(Code::Symbol('?')) if tokens.get(at + 1) == Some(&Code::Symbol('.')) => {
                    at += 1;
                    continue;
                }
                Some(Code::Symbol('[')) => {
                    let end = end_of(at);
                    (self.key(tokens.get(at + 1..end).unwrap_or_default()), end + 1)
                }
                _ => break,
            };
            let Some(name) = name else { break };
            at = next;
            if tokens.get(at) != Some(&Code::Symbol('(')) {
                chain.parts.push(name);
                continue;
            }
            first_call = first_call.or(Some(at + 1));
            let end = end_of(at);
            self.call(&mut chain, &name, tokens.get(at + 1..end).unwrap_or_default());
            at = end + 1;
        }
        if let Some(name) = assigned(tokens, start) {
            self.names.insert(name.to_owned(), chain.parts);
        }
        // What stands in the arguments is read, too.
        first_call.unwrap_or(at)
    }

    /// The name in `db["a" + b]`. A variable that is not known is taken for its own name.
    fn key(&self, tokens: &[Code]) -> Option<String> {
        let mut name = String::new();
        for part in tokens.split(|token| *token == Code::Symbol('+')) {
            match part {
                [Code::Text(text)] => name.push_str(text),
                [Code::Word(word)] => name.push_str(self.texts.get(word).unwrap_or(word)),
                _ => return None,
            }
        }
        Some(name)
    }

    fn call(&mut self, chain: &mut Chain, method: &str, arguments: &[Code]) {
        let first_text = match arguments.first() {
            Some(Code::Text(text)) => Some(text.clone()),
            _ => None,
        };
        match method {
            "getCollection" => chain.parts.extend(first_text),
            // `db.users.explain().remove({})` shows what would be done, in each of its modes.
            "explain" => chain.explained = true,
            _ if chain.explained => {}
            "getSiblingDB" | "getDB" => {
                self.database = first_text;
                chain.parts.clear();
            }
            "runCommand" | "adminCommand" | "command" | "_adminCommand" => self.command(arguments),
            "bulkWrite" => self.bulk(chain, arguments),
            _ => {
                let own = if chain.parts.is_empty() { first_text.or(self.database.clone()) } else { None };
                let objects = if chain.parts.is_empty() {
                    own.into_iter().collect()
                } else {
                    vec![chain.parts.join(".")]
                };
                let empty = match method {
                    // `findAndModify({ query: {}, remove: true })`
                    "findAndModify" => value_of(arguments, "query").is_none_or(is_unlimited),
                    _ => is_unlimited(arguments),
                };
                if method == "find" {
                    chain.filter = Some(empty);
                }
                // `bulk.find({…}).remove()`: the filter stands before.
                let without = if arguments.is_empty() { chain.filter.unwrap_or(true) } else { empty };
                self.push(method, objects, without);
            }
        }
        if method == "aggregate" {
            let out = ["$out", "$merge"].iter().filter_map(|stage| value_of(arguments, stage));
            for value in out {
                let object = value.first().and_then(Code::word_or_text).map(str::to_owned);
                self.push("out", object.into_iter().collect(), true);
            }
        }
    }

    /// `{ drop: "users" }`: the first key is the command.
    fn command(&mut self, arguments: &[Code]) {
        let key = match arguments {
            [Code::Symbol('{'), key, ..] => key.word_or_text(),
            [Code::Text(text), ..] => Some(text.as_str()),
            _ => None,
        };
        let Some(key) = key else { return };
        let value = value_of(arguments, key).and_then(<[Code]>::first).and_then(Code::text);
        let object = value.map(str::to_owned).or(self.database.clone());
        let without = value_of(arguments, "q").is_none_or(is_unlimited);
        self.push(key, object.into_iter().collect(), without);
    }

    fn bulk(&mut self, chain: &Chain, arguments: &[Code]) {
        for pair in arguments.windows(3) {
            let [key, Code::Symbol(':'), Code::Symbol('{')] = pair else { continue };
            let Some(key) =
                key.word_or_text().filter(|key| key.starts_with("delete") || key.starts_with("update"))
            else {
                continue;
            };
            let without = value_of(arguments, "filter").is_some_and(is_unlimited);
            self.push(key, vec![chain.parts.join(".")], without);
        }
    }

    fn push(&mut self, method: &str, objects: Vec<String>, without: bool) {
        self.out.push(Found {
            kind: words(method),
            objects,
            without_where: without.into(),
            ..Found::default()
        });
    }
}

struct Chain {
    /// The names of the collection.
    parts: Vec<String>,
    /// Whether a `find` before was about everything.
    filter: Option<bool>,
    /// Whether what follows is only explained.
    explained: bool,
}

/// `deleteMany` in words: `delete many`.
fn words(method: &str) -> String {
    let mut words = String::new();
    for c in method.chars() {
        if c.is_uppercase() && !words.is_empty() && !words.ends_with(|last: char| last.is_uppercase()) {
            words.push(' ');
        }
        words.push(c);
    }
    words.to_lowercase()
}

/// The name that the chain is assigned to.
fn assigned(tokens: &[Code], start: usize) -> Option<&str> {
    let before = tokens.get(..start)?;
    match before {
        [.., Code::Word(name), Code::Symbol('=')] => Some(name),
        _ => None,
    }
}

/// Nothing, `{}`, or a filter that every document fits.
fn is_unlimited(arguments: &[Code]) -> bool {
    match arguments {
        [] | [Code::Symbol('{'), Code::Symbol('}'), ..] => true,
        [
            Code::Symbol('{'),
            Code::Word(id) | Code::Text(id),
            Code::Symbol(':'),
            Code::Symbol('{'),
            test,
            Code::Symbol(':'),
            value,
            ..,
        ] => {
            let test = test.word_or_text().unwrap_or_default();
            let value = value.word_or_text().unwrap_or_default();
            id == "_id" && matches!((test, value), ("$exists", "true") | ("$ne", "null"))
        }
        _ => false,
    }
}

/// What stands behind the key.
fn value_of<'t>(tokens: &'t [Code], key: &str) -> Option<&'t [Code]> {
    let is_key =
        |pair: &[Code]| matches!(pair, [name, Code::Symbol(':')] if name.word_or_text() == Some(key));
    let at = tokens.windows(2).position(is_key)?;
    tokens.get(at + 2..)
}

/// Where the bracket at each place is closed: the place of what closes it, or the end. One pass, as texts are long.
fn ends(tokens: &[Code]) -> Vec<usize> {
    let mut ends = vec![tokens.len(); tokens.len()];
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Code::Symbol('(' | '[' | '{') => open.push(at),
            Code::Symbol(')' | ']' | '}') => {
                if let Some(end) = open.pop().and_then(|opening: usize| ends.get_mut(opening)) {
                    *end = at;
                }
            }
            _ => {}
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Match;

    #[test]
    fn calls_are_found_with_their_collections() {
        for (text, expected) in [
            ("db.users.deleteMany({})", "delete many users!"),
            ("db.users.deleteMany({ a: 1 })", "delete many users"),
            ("db.users.explain('executionStats').remove({})", ""),
            ("db.users.findAndModify({ query: {}, remove: true })", "find and modify users!"),
            ("db.users.findAndModify({ query: { a: 1 }, remove: true })", "find and modify users"),
            ("db.users.remove({}); db.users.explain().find({})", "remove users!"),
            ("db.dropDatabase()", "drop database !"),
            ("use app\ndb.dropDatabase()", "drop database app!"),
            ("db.getSiblingDB('app').dropDatabase()", "drop database app!"),
            ("db.getCollection(\"a b\").drop()", "drop a b!"),
            ("db['users'].drop()", "drop users!"),
            ("db.a.b.remove({}, true)", "remove a.b!"),
            ("db.adminCommand({dropDatabase:1})", "drop database !"),
            ("db.runCommand({ drop: 'users' })", "drop users!"),
            ("db.runCommand({ delete: 'users', deletes: [{ q: {a:1}, limit: 0 }] })", "delete users"),
            ("db.dropUser('bob')", "drop user bob"),
            ("const c = db.getCollection('x'); c.drop()", "drop x!"),
            ("db.u.find({}).forEach(d => db.v.deleteOne({_id: d._id}))", "find u!; for each u; delete one v"),
            ("db.u.bulkWrite([{ deleteMany: { filter: {} } }])", "delete many u!"),
            ("db.u.aggregate([{ $out: 'x' }])", "aggregate u; out x!"),
            (
                "b = db.u.initializeOrderedBulkOp(); b.find({a: 1}).remove()",
                "initialize ordered bulk op u!; find u; remove u",
            ),
            ("// db.users.drop()\nprint('db.users.drop()')", ""),
            ("db.u.deleteMany({_id: {$exists: true}})", "delete many u!"),
            ("db.\u{e000}.drop()", "drop \u{e000}!"),
            ("db['drop' + 'Database']()", "drop database !"),
            ("let f = 'dropDatabase'; db[f]()", "drop database !"),
            ("new Mongo('h').getDB('app').dropDatabase()", "drop database app!"),
            ("connect('h/app').users.drop()", "drop users!"),
            ("eval('db.dropDatabase()')", "drop database !"),
            ("db.users.drop", ""),
        ] {
            let mut out = Vec::new();
            of_text(text, &mut out);
            let show = |found: &Found| {
                let mark = if found.without_where == Match::Certain { "!" } else { "" };
                format!("{} {}{mark}", found.kind, found.objects.join(","))
            };
            assert_eq!(out.iter().map(show).collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }
}
