//! The parser's reading alone: where it has an opinion, and that it always ends.

use super::super::lexis::Lexis;
use super::statements;
use crate::value::Match;

fn read(dialect: &str, text: &str) -> String {
    let shown = |found: &super::Found| {
        let mark = if found.without_where == Match::Certain { "!" } else { "" };
        format!("{} {}{mark}", found.kind, found.objects.join(","))
    };
    statements(text, dialect, Lexis::of(dialect)).iter().map(shown).collect::<Vec<_>>().join("; ")
}

#[test]
fn statements_are_parsed_in_their_dialect() {
    for (dialect, text, expected) in [
        ("postgres", "DROP TABLE IF EXISTS App.\"Users\", logs CASCADE", "drop table app.Users,logs!"),
        ("postgres", "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "delete t!"),
        ("postgres", "EXPLAIN DELETE FROM t", ""),
        ("postgres", "EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t", "delete t!"),
        ("postgres", "BEGIN; DELETE FROM t; ROLLBACK; TRUNCATE u", "truncate u!"),
        ("postgres", "SELECT * FROM t FOR UPDATE", ""),
        ("postgres", "SELECT 'drop table t' \\gexec\nDROP TABLE u", "drop table u!"),
        ("postgres", "\\connect prod\nDROP TABLE t;", "drop table t!"),
        ("postgres", "COPY t TO PROGRAM 'cat > x'", "copy to program cat > x!"),
        ("postgres", "delete from t where id = \u{e000}", "delete t"),
        ("postgres", "drop table app_\u{e001}.x", "drop table app_\u{e001}.x!"),
        ("mysql", "/*!50000 DROP TABLE `T` */", "drop table T!"),
        ("mysql", "DELETE FROM t WHERE 2 > 1\\G", "delete t!"),
        ("mysql", "delete from t where name like '%'", "delete t!"),
        ("mssql", "USE db DROP TABLE [my t]\nGO\nDELETE FROM x WHERE a = 1", "drop table my t!; delete x"),
        ("sqlite", ".tables\nDELETE FROM [my table];", "delete my table!"),
        ("bigquery", "DELETE FROM `p.d.t` WHERE true", "delete p.d.t!"),
        ("snowflake", "CREATE OR REPLACE TABLE t (a INT)", "create or replace table t!"),
        ("clickhouse", "TRUNCATE TABLE t ON CLUSTER c", "truncate t!"),
        ("duckdb", "INSERT OR REPLACE INTO t VALUES (1)", "replace t"),
    ] {
        assert_eq!(read(dialect, text), expected, "{text}");
    }
}

#[test]
fn what_it_does_not_know_it_leaves_to_the_other_reading() {
    for text in [
        "drop frobnicator x",
        "delete from t frobnicate the rows",
        "create function f() returns trigger as $$ begin delete from t; end $$ language plpgsql; drop table u",
        "select 'never closed; drop table t",
    ] {
        assert_eq!(read("postgres", text), "", "{text}");
    }
}

#[test]
fn texts_that_are_hard_to_parse_cost_little() {
    let repeated = [
        "(",
        "((select ",
        "[",
        "case when ",
        "not ",
        "- ",
        "a or ",
        "a.",
        "f(",
        "cast(",
        "array[",
        "struct<",
        "interval ",
        "exists (",
        "a between ",
        "select * from (",
        "with a as (",
        "x in (",
        "{",
        "values (",
        "'a' ",
        "/* ",
        "$$",
        "a::",
        "explain ",
        "begin ",
        "if a then ",
        "from a join ",
        "a,",
        "array<",
        "create table t (a ",
        "lateral ",
        "? : ",
    ];
    let start = std::time::Instant::now();
    for dialect in DIALECTS {
        for part in repeated {
            for text in [part.repeat(900), format!("delete from t where {}", part.repeat(900))] {
                read(dialect, &text);
            }
        }
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    /// The parser is foreign code: whatever it is given, it ends without a panic.
    #[test]
    fn any_tokens_are_read(tokens in proptest::collection::vec(0..TOKENS.len(), 0..40), dialect in 0..DIALECTS.len()) {
        let text: Vec<&str> = tokens.iter().filter_map(|at| TOKENS.get(*at).copied()).collect();
        read(DIALECTS.get(dialect).copied().unwrap_or_default(), &text.join(" "));
    }
}

const DIALECTS: [&str; 9] =
    ["postgres", "mysql", "sqlite", "duckdb", "clickhouse", "mssql", "bigquery", "snowflake", "generic"];

const TOKENS: [&str; 96] = [
    "select",
    "insert",
    "update",
    "delete",
    "merge",
    "drop",
    "truncate",
    "alter",
    "create",
    "table",
    "from",
    "where",
    "set",
    "values",
    "into",
    "database",
    "schema",
    "view",
    "index",
    "with",
    "as",
    "recursive",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ".",
    "*",
    "=",
    "<",
    ">",
    "||",
    "::",
    ":",
    "?",
    "$1",
    "@a",
    "#b",
    "'text'",
    "\"name\"",
    "`name`",
    "$$body$$",
    "1",
    "1.5e3",
    "0x1F",
    "E'a\\n'",
    "N'b'",
    "null",
    "true",
    "not",
    "and",
    "or",
    "in",
    "is",
    "like",
    "between",
    "case",
    "when",
    "then",
    "else",
    "end",
    "exists",
    "join",
    "left",
    "on",
    "using",
    "group",
    "by",
    "order",
    "limit",
    "union",
    "begin",
    "commit",
    "rollback",
    "transaction",
    "copy",
    "to",
    "program",
    "explain",
    "analyze",
    "if",
    "grant",
    "revoke",
    "vacuum",
    "full",
    "execute",
    "call",
    "\\gexec\n",
    "-- c\n",
    "/* c */",
    "/*! d */",
    "\u{e000}",
];
