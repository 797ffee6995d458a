//! The languages that are read, and their tree-sitter parsers within a budget.

use std::ops::ControlFlow;
use tree_sitter::{ParseOptions, Parser, Tree};

/// Progress reports (one for each hundred operations of the parser) that a text may use, on top of
/// [`REPORTS_PER_HUNDRED_BYTES`]: what needs more is ambiguous text, at a cost that grows with the square.
const REPORTS: usize = 200;

/// Progress reports for each hundred bytes.
const REPORTS_PER_HUNDRED_BYTES: usize = 4;

/// Largest sum of the squares of the lines of a Perl program. Its grammar asks for the column of each token, which is
/// counted from the beginning of the line each time.
const MAX_COLUMNS: usize = 24 << 20;

/// A language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Language {
    JavaScript,
    Lua,
    Perl,
    Php,
    Python,
    Ruby,
}

impl Language {
    /// By the name in the role `code:<language>`.
    pub(super) fn named(name: &str) -> Option<Language> {
        match name {
            "javascript" => Some(Language::JavaScript),
            "lua" => Some(Language::Lua),
            "perl" => Some(Language::Perl),
            "php" => Some(Language::Php),
            "python" => Some(Language::Python),
            "ruby" => Some(Language::Ruby),
            _ => None,
        }
    }

    fn grammar(self) -> tree_sitter::Language {
        match self {
            Language::JavaScript => tree_sitter_javascript::LANGUAGE.into(),
            Language::Lua => tree_sitter_lua::LANGUAGE.into(),
            Language::Perl => ts_parser_perl::LANGUAGE.into(),
            Language::Php => tree_sitter_php::LANGUAGE_PHP_ONLY.into(),
            Language::Python => tree_sitter_python::LANGUAGE.into(),
            Language::Ruby => tree_sitter_ruby::LANGUAGE.into(),
        }
    }
}

/// The tree of a text; `None` where the budget is used up.
pub(super) fn parse(language: Language, text: &[u8]) -> Option<Tree> {
    let columns = text.split(|byte| *byte == b'\n').map(|line| line.len().saturating_mul(line.len()));
    if language == Language::Perl && columns.fold(0, usize::saturating_add) > MAX_COLUMNS {
        return None;
    }
    let mut parser = Parser::new();
    parser.set_language(&language.grammar()).ok()?;
    let mut left = REPORTS + text.len().saturating_mul(REPORTS_PER_HUNDRED_BYTES) / 100;
    let mut progress = |_: &_| {
        left = left.saturating_sub(1);
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    // As the bash parser (`syntax::tree`), it must not see bytes that are no UTF-8; one byte stands for one, so that
    // offsets stay right.
    let text: Vec<u8> = if std::str::from_utf8(text).is_ok() {
        text.to_vec()
    } else {
        text.iter().map(|byte| if byte.is_ascii() { *byte } else { b'?' }).collect()
    };
    let mut read = |offset: usize, _| text.get(offset..).unwrap_or_default();
    parser.parse_with_options(&mut read, None, Some(ParseOptions::new().progress_callback(&mut progress)))
}
