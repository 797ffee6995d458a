//! The node kinds of tree-sitter-bash that lowering knows: an allow-list. A kind that is not here (a newer
//! grammar) is [`Kind::Unknown`], which lowering reports as an error; `every_kind_is_known` notices it first.

use std::sync::LazyLock;
use tree_sitter::{Language, Node};

macro_rules! kinds {
    ($($variant:ident = $name:literal,)*) => {
        /// What a node of the tree is.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Kind {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// An anonymous token: its text says which.
            Token,
            /// `ERROR`
            Error,
            /// A kind that lowering has never heard of.
            Unknown,
        }

        impl Kind {
            /// The kind with this name in the grammar.
            fn named(name: &str) -> Kind {
                match name {
                    $($name => Kind::$variant,)*
                    _ => Kind::Unknown,
                }
            }
        }
    };
}

kinds! {
    AnsiCString = "ansi_c_string",
    ArithmeticExpansion = "arithmetic_expansion",
    Array = "array",
    BinaryExpression = "binary_expression",
    BraceExpression = "brace_expression",
    CStyleForStatement = "c_style_for_statement",
    CaseItem = "case_item",
    CaseStatement = "case_statement",
    Command = "command",
    CommandName = "command_name",
    CommandSubstitution = "command_substitution",
    Comment = "comment",
    CompoundStatement = "compound_statement",
    Concatenation = "concatenation",
    DeclarationCommand = "declaration_command",
    DoGroup = "do_group",
    ElifClause = "elif_clause",
    ElseClause = "else_clause",
    Expansion = "expansion",
    ExtglobPattern = "extglob_pattern",
    FileDescriptor = "file_descriptor",
    FileRedirect = "file_redirect",
    ForStatement = "for_statement",
    FunctionDefinition = "function_definition",
    HeredocBody = "heredoc_body",
    HeredocContent = "heredoc_content",
    HeredocEnd = "heredoc_end",
    HeredocRedirect = "heredoc_redirect",
    HeredocStart = "heredoc_start",
    HerestringRedirect = "herestring_redirect",
    IfStatement = "if_statement",
    List = "list",
    NegatedCommand = "negated_command",
    Number = "number",
    ParenthesizedExpression = "parenthesized_expression",
    Pipeline = "pipeline",
    PostfixExpression = "postfix_expression",
    ProcessSubstitution = "process_substitution",
    Program = "program",
    RawString = "raw_string",
    RedirectedStatement = "redirected_statement",
    Regex = "regex",
    SimpleExpansion = "simple_expansion",
    SpecialVariableName = "special_variable_name",
    String = "string",
    StringContent = "string_content",
    Subscript = "subscript",
    Subshell = "subshell",
    TernaryExpression = "ternary_expression",
    TestCommand = "test_command",
    TestOperator = "test_operator",
    TranslatedString = "translated_string",
    UnaryExpression = "unary_expression",
    UnsetCommand = "unset_command",
    VariableAssignment = "variable_assignment",
    VariableAssignments = "variable_assignments",
    VariableName = "variable_name",
    WhileStatement = "while_statement",
    Word = "word",
}

/// The kind of every symbol of the grammar, by its number: names are compared once per process, not per node.
static SYMBOLS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let language = Language::from(tree_sitter_bash::LANGUAGE);
    let symbols = u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
    (0..symbols)
        .map(|symbol| match language.node_kind_for_id(symbol) {
            Some(name) if language.node_kind_is_named(symbol) => Kind::named(name),
            Some(_) => Kind::Token,
            None => Kind::Unknown,
        })
        .collect()
});

impl Kind {
    /// The kind of a node of the parser's tree.
    pub(crate) fn of(node: &Node<'_>) -> Kind {
        if node.is_error() {
            return Kind::Error;
        }
        SYMBOLS.get(usize::from(node.kind_id())).copied().unwrap_or(Kind::Unknown)
    }

    /// Whether the node is a redirection.
    pub(crate) fn is_redirect(self) -> bool {
        matches!(self, Kind::FileRedirect | Kind::HerestringRedirect | Kind::HeredocRedirect)
    }

    /// Whether the node is a statement or holds statements.
    pub(crate) fn is_statement(self) -> bool {
        use Kind::*;
        matches!(
            self,
            CStyleForStatement
                | CaseStatement
                | Command
                | CompoundStatement
                | DeclarationCommand
                | ForStatement
                | FunctionDefinition
                | IfStatement
                | List
                | NegatedCommand
                | Pipeline
                | RedirectedStatement
                | Subshell
                | TestCommand
                | UnsetCommand
                | VariableAssignment
                | VariableAssignments
                | WhileStatement
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Supertypes never appear in a tree.
    const SUPERTYPES: &[&str] = &["_expression", "_primary_expression", "_statement"];

    #[test]
    fn every_kind_is_known() {
        let types: serde_json::Value = serde_json::from_str(tree_sitter_bash::NODE_TYPES).unwrap();
        let unknown: Vec<&str> = types
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["named"] == true)
            .map(|entry| entry["type"].as_str().unwrap())
            .filter(|name| !SUPERTYPES.contains(name) && Kind::named(name) == Kind::Unknown)
            .collect();
        assert!(
            unknown.is_empty(),
            "tree-sitter-bash has new node kinds, lowering must learn them: {unknown:?}"
        );
    }
}
