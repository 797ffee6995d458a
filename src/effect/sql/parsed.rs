//! The second reading of a text: by the grammar of its dialect (the crate sqlparser). It is stricter than the reading by
//! tokens and knows less of what clients add to the language, so that it often has no opinion; where it has one, what it
//! found counts as well ([`super::agreement`]).
//!
//! A text is refused that is long or deeply nested: the parser calls itself, and looks ahead by trying.

mod condition;
mod read;
mod stream;

use super::lexis::Lexis;
use super::script::{Session, Step};
use super::statement::Found;
use sqlparser::ast::Statement;
use sqlparser::dialect::{
    BigQueryDialect, ClickHouseDialect, Dialect, DuckDbDialect, GenericDialect, HiveDialect, MsSqlDialect,
    MySqlDialect, PostgreSqlDialect, RedshiftSqlDialect, SQLiteDialect, SnowflakeDialect,
};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

/// Longest text that is parsed, in bytes.
const MAX_TEXT: usize = 1 << 16;
/// Most tokens of one statement.
const MAX_TOKENS: usize = 2000;
/// Most open brackets of one statement.
const MAX_BRACKETS: usize = 12;
/// Deepest nesting of the parser's calls.
const MAX_DEPTH: usize = 30;

/// What the statements do that could be parsed, without what is rolled back.
pub(super) fn statements(text: &str, dialect: &str, lexis: Lexis) -> Vec<Found> {
    let mut session = Session::new(lexis);
    let Some(grammar) = grammar(dialect).filter(|_| text.len() <= MAX_TEXT) else { return session.finish() };
    let text = stream::unmarked(text);
    // What is not closed is not lexed: the reading by tokens stands alone.
    let Ok(tokens) = Tokenizer::new(&*grammar, &text).tokenize_with_location() else {
        return session.finish();
    };
    for part in stream::parts(tokens, lexis) {
        parse(part, &*grammar, &mut session);
    }
    session.finish()
}

fn grammar(dialect: &str) -> Option<Box<dyn Dialect>> {
    Some(match dialect {
        "postgres" | "cockroach" => Box::new(PostgreSqlDialect {}),
        "redshift" => Box::new(RedshiftSqlDialect {}),
        "mysql" | "mariadb" => Box::new(MySqlDialect {}),
        "sqlite" => Box::new(SQLiteDialect {}),
        "duckdb" => Box::new(DuckDbDialect {}),
        "clickhouse" => Box::new(ClickHouseDialect {}),
        "mssql" => Box::new(MsSqlDialect {}),
        "bigquery" | "spanner" => Box::new(BigQueryDialect),
        "snowflake" => Box::new(SnowflakeDialect),
        "hive" => Box::new(HiveDialect {}),
        "generic" => Box::new(GenericDialect {}),
        _ => return None,
    })
}

/// Parses the tokens of one statement, or of several where nothing stands between them.
fn parse(tokens: Vec<TokenWithSpan>, grammar: &dyn Dialect, session: &mut Session) {
    if tokens.len() > MAX_TOKENS || deepest(&tokens) > MAX_BRACKETS {
        return;
    }
    let count = tokens.len();
    let mut parser = Parser::new(grammar).with_recursion_limit(MAX_DEPTH).with_tokens_with_locations(tokens);
    let mut parsed = Vec::new();
    for _ in 0..count {
        match parser.parse_statement() {
            Ok(statement) => parsed.push(statement),
            Err(_) => return,
        }
        if parser.peek_token_ref().token == Token::EOF {
            break;
        }
        if !session.lexis().batches {
            // Something stands behind that the grammar does not know: it may change what was read.
            return;
        }
    }
    for statement in &parsed {
        add(statement, session);
    }
}

fn add(statement: &Statement, session: &mut Session) {
    match statement {
        Statement::StartTransaction { statements, .. } if statements.is_empty() => session.step(Step::Begin),
        Statement::Commit { .. } => session.step(Step::Commit),
        Statement::Rollback { savepoint: None, .. } => session.step(Step::Rollback),
        Statement::Rollback { .. } | Statement::Savepoint { .. } | Statement::ReleaseSavepoint { .. } => {
            session.step(Step::Mark);
        }
        _ => {
            let mut found = Vec::new();
            read::read(statement, &mut found);
            session.add(found);
        }
    }
}

fn deepest(tokens: &[TokenWithSpan]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for token in tokens {
        match token.token {
            Token::LParen | Token::LBracket | Token::LBrace => depth += 1,
            Token::RParen | Token::RBracket | Token::RBrace => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests;
