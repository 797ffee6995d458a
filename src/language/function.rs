//! Functions that the text defines: which node a value stands for, what its calls returned, and the names that hold
//! in it alone.

use super::evaluate::Expression;
use super::node::{Kind, children, field, kind};
use std::collections::{BTreeSet, HashMap, HashSet};
use tree_sitter::Node;

/// The functions of a text. A function is known by the number of its node.
#[derive(Default)]
pub(super) struct Functions<'a> {
    /// Those that are anybody's value.
    pub(super) nodes: HashMap<usize, Node<'a>>,
    /// Methods of classes by their names; `None` where two classes have one.
    pub(super) methods: HashMap<String, Option<usize>>,
    /// The names of classes.
    pub(super) classes: HashSet<String>,
    /// Those that were walked with the arguments of a call.
    pub(super) called: BTreeSet<usize>,
    /// Those that may also be called with anything, because somebody else got them.
    pub(super) escaped: BTreeSet<usize>,
    /// What calls returned, by the number of their node.
    pub(super) results: HashMap<usize, Expression>,
    /// Those that are being walked.
    pub(super) active: Vec<Frame>,
}

/// A function that is being walked.
#[derive(Default)]
pub(super) struct Frame {
    /// Its number.
    pub(super) function: usize,
    /// How many branches and loops were open where it was called.
    pub(super) block: usize,
    /// What its own names were outside.
    pub(super) locals: HashMap<String, Option<Expression>>,
    /// Whether the code that calls it may have been left before.
    pub(super) left: (bool, bool),
    /// Names that it has said are not its own.
    pub(super) global: HashSet<String>,
    /// What it returns.
    pub(super) returned: Vec<Expression>,
}

impl Frame {
    /// The value that the call has.
    pub(super) fn result(&self) -> Expression {
        match self.returned.split_first() {
            Some((first, rest)) if rest.iter().all(|other| other == first) => first.clone(),
            _ => Expression::Unknown,
        }
    }
}

/// Whether the node is a function: its body runs when it is called.
pub(super) fn is_function(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "function_definition"
            | "function_declaration"
            | "generator_function_declaration"
            | "generator_function"
            | "function_expression"
            | "arrow_function"
            | "lambda"
            | "anonymous_function"
            | "method"
            | "singleton_method"
            | "method_definition"
            | "method_declaration"
            | "subroutine_declaration_statement"
            | "anonymous_subroutine_expression"
    )
}

/// The name under which a declaration makes a function known.
pub(super) fn declared_name(node: Node<'_>) -> Option<Node<'_>> {
    field(node, &["name"]).filter(|_| is_function(node) && node.kind() != "function_expression")
}

/// The class around a method.
pub(super) fn class_of(node: Node<'_>) -> Option<Node<'_>> {
    /// Between a class and its methods are its body and decorators.
    const NEAR: usize = 3;
    let around = std::iter::successors(node.parent(), |node| node.parent());
    around.take(NEAR).find(|node| is_class(*node))
}

/// Whether the node is a class or a module of Ruby.
pub(super) fn is_class(node: Node<'_>) -> bool {
    // The whole text is a module, too, in Python.
    matches!(node.kind(), "class_definition" | "class_declaration" | "class" | "module")
        && field(node, &["name"]).is_some()
}

/// Whether a function is handed over in a call, and runs then.
pub(super) fn is_argument(node: Node<'_>) -> bool {
    let parent = node.parent().map(|parent| parent.kind()).unwrap_or_default();
    matches!(parent, "arguments" | "argument_list" | "argument" | "keyword_argument")
}

/// A parameter.
pub(super) struct Parameter<'a> {
    /// The names that it gives values to: one, or those of a pattern.
    pub(super) names: Vec<Node<'a>>,
    /// What it takes.
    pub(super) takes: Takes,
    /// Its value where the call has none.
    pub(super) default: Option<Node<'a>>,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Takes {
    /// The next argument, or the one with its name.
    One,
    /// The fields of the next argument.
    Fields,
    /// All arguments that are left.
    Rest,
    /// All named arguments that are left, or what is not followed.
    Other,
}

/// The parameters of a function.
pub(super) fn parameters(function: Node<'_>) -> Vec<Parameter<'_>> {
    let signature = || children(function).into_iter().find(|child| child.kind() == "signature");
    let Some(list) = field(function, &["parameters", "parameter"]).or_else(signature) else {
        return Vec::new();
    };
    let own = if kind(list) == Kind::Name { vec![list] } else { children(list) };
    own.into_iter().map(parameter).collect()
}

fn parameter(node: Node<'_>) -> Parameter<'_> {
    let inner = children(node).first().copied().unwrap_or(node);
    let of = |names, takes| Parameter { names, takes, default: None };
    match node.kind() {
        "list_splat_pattern" | "rest_pattern" | "slurpy_parameter" => of(vec![inner], Takes::Rest),
        "splat_parameter" | "variadic_parameter" => {
            of(vec![field(node, &["name"]).unwrap_or(inner)], Takes::Rest)
        }
        "vararg_expression" => of(vec![node], Takes::Rest),
        "dictionary_splat_pattern" | "hash_splat_parameter" | "block_parameter" => {
            of(vec![field(node, &["name"]).unwrap_or(inner)], Takes::Other)
        }
        "object_pattern" => of(children(node), Takes::Fields),
        "array_pattern" | "tuple_pattern" | "destructured_parameter" => of(children(node), Takes::Other),
        "typed_parameter" => parameter(inner),
        "mandatory_parameter" => of(vec![inner], Takes::One),
        _ => {
            let name = field(node, &["name", "left"]);
            let default = field(node, &["value", "default_value", "right"])
                .or_else(|| children(node).get(1).copied().filter(|_| node.kind() == "optional_parameter"));
            match name {
                Some(name) if name.kind() == "object_pattern" => {
                    Parameter { names: children(name), takes: Takes::Fields, default: None }
                }
                Some(name) => Parameter { names: vec![name], takes: Takes::One, default },
                None if kind(node) == Kind::Name => of(vec![node], Takes::One),
                None => Parameter { names: vec![inner], takes: Takes::One, default },
            }
        }
    }
}
