//! Nodes of all languages under common names: the grammars call the same thing differently.

use tree_sitter::Node;

/// What a node is, as far as anybody asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Text between quotes, with interpolations.
    Text,
    /// A command between backquotes.
    Shell,
    /// A number.
    Number,
    /// `true`
    True,
    /// `false`, and what stands for nothing.
    False,
    /// The name of a variable, a module or a function.
    Name,
    /// A name behind a dot, an arrow or `::`.
    Member,
    /// `x[i]`
    Index,
    /// An operator between two expressions.
    Binary,
    /// Strings side by side.
    Adjacent,
    /// Parentheses, `await`, an argument: what is inside.
    Wrapper,
    /// A list.
    List,
    /// `{ key: value }`
    Fields,
    /// `key: value`, `key=value`
    Pair,
    /// `*list`, `...list`
    Spread,
    /// A call.
    Call,
    /// A block: what runs under a condition, or of a callback.
    Block,
    /// `return x`
    Return,
    /// `global x`
    Global,
    /// An assignment.
    Assignment,
    /// `x += y`
    Augmented,
    /// A loop over a list.
    For,
    /// `f(x) for x in list`
    Comprehension,
    /// `import`
    Import,
    /// Anything else.
    Other,
}

/// The kind of a node.
pub(super) fn kind(node: Node<'_>) -> Kind {
    match node.kind() {
        "string" | "template_string" | "encapsed_string" | "bare_string" | "bare_symbol" | "heredoc"
        | "simple_symbol" | "delimited_symbol" | "nowdoc" => Kind::Text,
        "subshell" | "shell_command_expression" | "command_string" => Kind::Shell,
        "integer" | "number" | "float" => Kind::Number,
        "true" | "boolean" => Kind::True,
        "false" | "none" | "null" | "nil" | "undefined" => Kind::False,
        "identifier"
        | "constant"
        | "variable_name"
        | "global_variable"
        | "instance_variable"
        | "name"
        | "qualified_name"
        | "shorthand_property_identifier"
        | "import" => Kind::Name,
        "attribute"
        | "member_expression"
        | "scope_resolution"
        | "dot_index_expression"
        | "method_index_expression"
        | "member_access_expression"
        | "class_constant_access_expression" => Kind::Member,
        "subscript" | "subscript_expression" | "element_reference" | "bracket_index_expression" => {
            Kind::Index
        }
        "binary_operator" | "binary_expression" | "binary" => Kind::Binary,
        "concatenated_string" | "chained_string" => Kind::Adjacent,
        "parenthesized_expression"
        | "await_expression"
        | "await"
        | "argument"
        | "parenthesized_statements"
        | "array_element_initializer"
        | "non_null_expression"
        | "as_expression" => Kind::Wrapper,
        "list"
        | "tuple"
        | "array"
        | "set"
        | "array_creation_expression"
        | "string_array"
        | "symbol_array"
        | "table_constructor" => Kind::List,
        "object" | "dictionary" | "hash" => Kind::Fields,
        "pair" | "keyword_argument" => Kind::Pair,
        "spread_element"
        | "list_splat"
        | "splat_argument"
        | "variadic_unpacking"
        | "dictionary_splat"
        | "hash_splat_argument" => Kind::Spread,
        "call"
        | "call_expression"
        | "new_expression"
        | "function_call_expression"
        | "member_call_expression"
        | "nullsafe_member_call_expression"
        | "scoped_call_expression"
        | "function_call"
        | "ambiguous_function_call_expression"
        | "func0op_call_expression"
        | "func1op_call_expression"
        | "method_call_expression"
        | "coderef_call_expression"
        | "object_creation_expression" => Kind::Call,
        "block" | "do_block" => Kind::Block,
        "return_statement" | "return" | "return_expression" => Kind::Return,
        "global_statement" | "nonlocal_statement" | "global_declaration" => Kind::Global,
        "assignment"
        | "assignment_expression"
        | "variable_declarator"
        | "assignment_statement"
        | "named_expression" => Kind::Assignment,
        "augmented_assignment" | "augmented_assignment_expression" | "operator_assignment" => Kind::Augmented,
        "for_statement" | "for_in_statement" | "foreach_statement" | "for" => Kind::For,
        "list_comprehension" | "set_comprehension" | "generator_expression" => Kind::Comprehension,
        "import_statement" | "import_from_statement" => Kind::Import,
        _ => Kind::Other,
    }
}

/// The first child with one of these roles.
pub(super) fn field<'t>(node: Node<'t>, names: &[&str]) -> Option<Node<'t>> {
    names.iter().find_map(|name| node.child_by_field_name(name))
}

/// The named children, comments left out.
pub(super) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| !child.is_extra()).collect()
}
