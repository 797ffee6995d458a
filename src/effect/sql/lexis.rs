//! How dialects spell: what is a comment, a string, a quoted name, and what of a transaction can be taken back.

/// The differences between dialects that decide where a statement ends and what it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Lexis {
    /// `# …` is a comment.
    pub(super) hash_comments: bool,
    /// `// …` is a comment.
    pub(super) slash_comments: bool,
    /// `/* /* */ */` is one comment.
    pub(super) nested_comments: bool,
    /// `/*! … */` is executed.
    pub(super) executed_comments: bool,
    /// `--` is a comment only with a blank behind it.
    pub(super) dashes_need_blank: bool,
    /// A backslash protects in strings.
    pub(super) backslash: bool,
    /// `"…"` is a string.
    pub(super) double_is_text: bool,
    /// `[…]` is a name.
    pub(super) brackets: bool,
    /// `$tag$ … $tag$` is a string.
    pub(super) dollar_quotes: bool,
    /// What the client does itself: see [`Client`].
    pub(super) client: Client,
    /// A rolled back transaction takes back `DROP` and `TRUNCATE`, too.
    pub(super) undoes_ddl: bool,
    /// A rolled back transaction takes back `DELETE` and `UPDATE`.
    pub(super) undoes_changes: bool,
    /// Statements need no `;` between them.
    pub(super) batches: bool,
}

/// Whose commands may stand between statements.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Client {
    /// `\x …`, anywhere outside strings.
    Psql,
    /// `\G`, `delimiter //`.
    Mysql,
    /// `.x …`, a line of its own.
    Sqlite,
    /// `GO`, a line of its own.
    Sqlcmd,
    /// None.
    Plain,
}

impl Lexis {
    /// Of a dialect by its name in roles; of an unknown one what most have in common.
    pub(super) fn of(dialect: &str) -> Lexis {
        let plain = Lexis {
            hash_comments: false,
            slash_comments: false,
            nested_comments: false,
            executed_comments: false,
            dashes_need_blank: false,
            backslash: false,
            double_is_text: false,
            brackets: false,
            dollar_quotes: false,
            client: Client::Plain,
            undoes_ddl: false,
            undoes_changes: true,
            batches: false,
        };
        match dialect {
            "postgres" | "cockroach" | "redshift" => Lexis {
                nested_comments: true,
                dollar_quotes: true,
                client: Client::Psql,
                undoes_ddl: true,
                ..plain
            },
            "mysql" | "mariadb" => Lexis {
                hash_comments: true,
                executed_comments: true,
                dashes_need_blank: true,
                backslash: true,
                double_is_text: true,
                client: Client::Mysql,
                ..plain
            },
            "sqlite" => Lexis { brackets: true, client: Client::Sqlite, undoes_ddl: true, ..plain },
            "duckdb" => Lexis {
                nested_comments: true,
                dollar_quotes: true,
                client: Client::Sqlite,
                undoes_ddl: true,
                ..plain
            },
            "mssql" => Lexis {
                nested_comments: true,
                brackets: true,
                client: Client::Sqlcmd,
                undoes_ddl: true,
                batches: true,
                ..plain
            },
            "clickhouse" => Lexis {
                hash_comments: true,
                nested_comments: true,
                backslash: true,
                undoes_changes: false,
                ..plain
            },
            "bigquery" => Lexis { hash_comments: true, backslash: true, double_is_text: true, ..plain },
            "snowflake" => Lexis { backslash: true, dollar_quotes: true, ..plain },
            "cypher" => Lexis { slash_comments: true, backslash: true, double_is_text: true, ..plain },
            "cassandra" => Lexis { undoes_changes: false, ..plain },
            // A client for many databases: what would be a string in one of them must not hide a statement.
            _ => Lexis { dollar_quotes: true, ..plain },
        }
    }
}
