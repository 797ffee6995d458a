//! Cypher: what is deleted, and which labels limit it.

use super::cursor::Cursor;
use super::lexis::Lexis;
use super::statement::{Found, read as read_statement};
use super::token::{Token, tokens};

/// The statements of a text.
pub(super) fn of_text(text: &str, lexis: Lexis, depth: usize, out: &mut Vec<Found>) {
    let tokens = tokens(text, lexis);
    for part in tokens.split(|token| matches!(token, Token::End | Token::Symbol(';'))) {
        match part.first().and_then(Token::word) {
            None | Some("explain") => {}
            Some("drop" | "create" | "alter" | "grant" | "revoke" | "deny" | "stop" | "start")
                if !is_graph(part) =>
            {
                read_statement(part, &mut |_, _| {}, out);
            }
            Some(_) => graph(part, lexis, depth, out),
        }
    }
}

/// `CREATE (n)`, not `CREATE INDEX`
fn is_graph(tokens: &[Token]) -> bool {
    tokens.get(1) == Some(&Token::Symbol('('))
}

/// The clauses that change the graph.
fn graph(tokens: &[Token], lexis: Lexis, depth: usize, out: &mut Vec<Found>) {
    let labels = labels(tokens);
    let limits = |token: &Token| token.is_any(&["where", "limit"]) || *token == Token::Symbol('{');
    let in_match =
        tokens.iter().take_while(|token| !token.is_any(&["detach", "delete", "set", "remove", "return"]));
    let without_where = (!in_match.into_iter().any(limits)).into();
    let mut push = |kind: &str, objects: Vec<String>| {
        out.push(Found { kind: kind.to_owned(), objects, without_where, ..Found::default() });
    };
    let mut texts = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let is_part = matches!(before, Some(Token::Symbol('.' | ':')));
        match token.word().filter(|_| !is_part) {
            Some("delete") if before.is_some_and(|token| token.is("detach")) => {
                push("detach delete", labels.clone())
            }
            Some(word @ ("delete" | "remove" | "set" | "merge" | "create")) => push(word, labels.clone()),
            Some("call") => {
                let mut cursor = Cursor { rest: tokens.get(at + 1..).unwrap_or_default() };
                if let Some(name) = cursor.name() {
                    push("call", vec![name]);
                }
                // `apoc.periodic.iterate("MATCH …", "DETACH DELETE n", {})`
                texts.extend(cursor.group().unwrap_or_default().iter().filter_map(Token::text));
            }
            _ => {}
        }
    }
    match depth.checked_sub(1) {
        Some(depth) => texts.into_iter().for_each(|text| of_text(text, lexis, depth, out)),
        None if texts.is_empty() => {}
        None => out.push(Found::unread()),
    }
}

/// The labels and types of the patterns: `(n:User:Admin)`, `[:KNOWS]`; not the keys of maps.
fn labels(tokens: &[Token]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    let mut in_map = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Symbol('{') => in_map += 1,
            Token::Symbol('}') => in_map = in_map.saturating_sub(1),
            Token::Symbol(':') if in_map == 0 => match tokens.get(at + 1) {
                Some(Token::Word(label) | Token::Name(label)) if !labels.contains(label) => {
                    labels.push(label.clone())
                }
                _ => {}
            },
            _ => {}
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Match;

    #[test]
    fn clauses_that_delete_are_found_with_their_labels() {
        for (text, expected) in [
            ("MATCH (n) DETACH DELETE n", "detach delete !"),
            ("match (n:User) detach delete n", "detach delete user!"),
            ("MATCH (n:User {id: 1}) DELETE n", "delete user"),
            ("MATCH (n)-[r:KNOWS]->() WHERE n.a = 1 DELETE r", "delete knows"),
            ("MATCH (n) RETURN n // DELETE n", ""),
            ("DROP DATABASE neo4j IF EXISTS", "drop database neo4j!"),
            ("drop index i; drop constraint c", "drop index i!; drop constraint c!"),
            ("EXPLAIN MATCH (n) DETACH DELETE n", ""),
            ("MATCH (n) REMOVE n.delete", "remove !"),
            (
                "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {})",
                "call apoc.periodic.iterate; detach delete !",
            ),
            ("RETURN 'MATCH (n) DELETE n'", ""),
        ] {
            let mut out = Vec::new();
            of_text(text, Lexis::of("cypher"), 2, &mut out);
            let show = |found: &Found| {
                let mark = if found.without_where == Match::Certain { "!" } else { "" };
                format!("{} {}{mark}", found.kind, found.objects.join(","))
            };
            assert_eq!(out.iter().map(show).collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }
}
