//! Walks through a text in its order: binds names, follows loops over lists, and lists the calls.

mod assign;
mod changes;
mod function;
mod handed;
mod handle;
mod import;
mod loops;
mod mutate;
mod perl;
mod printing;
mod scope;

use super::binding::Bindings;
use super::evaluate::{Evaluator, Expression, MAX_DEPTH};
use super::function::{Functions, is_argument, is_function};
use super::node::{Kind, children, field, kind};
use super::parse::Language;
use super::{Call, Reading, Surroundings};
use crate::source::Span;
use crate::value::Value;
pub(super) use printing::printed;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use tree_sitter::Node;

/// Most nodes that are visited, loops counted as often as they run.
const MAX_STEPS: usize = 200_000;

/// The function that stands for a command between backquotes.
const SHELL: &str = "`";

/// All calls below a node.
pub(super) fn collect<'a>(
    language: Language,
    root: Node<'a>,
    text: &'a [u8],
    surroundings: Surroundings<'a>,
) -> Reading {
    let evaluator = Evaluator {
        language,
        text,
        bindings: Bindings::default(),
        surroundings,
        environment: Vec::new(),
        looked_up: 0,
        applied: 0,
        depth_of_text: 0,
        is_cut: false,
        heredocs: HashMap::new(),
        functions: Functions::default(),
        changes_directory: super::evaluate::paths::may_change_directory(text),
    };
    let mut collector = Collector {
        evaluator,
        calls: Vec::new(),
        unread: Vec::new(),
        steps: 0,
        block: 0,
        defined: HashSet::new(),
        waiting: Vec::new(),
        callbacks: Vec::new(),
        stars: Vec::new(),
        printed_to: None,
        left: Left::default(),
        mutated: HashSet::new(),
        handles: HashMap::new(),
        is_repeated: false,
        texts: HashSet::new(),
        parts: RefCell::default(),
    };
    if language == Language::Perl {
        collector.prepare_perl(root);
    }
    if language == Language::Ruby {
        collector.prepare_ruby(root);
    }
    collector.mutated = collector.changes(root).inside;
    collector.steps = 0;
    collector.declare_functions(root);
    collector.run(root);
    collector.visit_uncalled();
    let is_cut = collector.evaluator.is_cut;
    let Collector { calls, unread, evaluator, .. } = collector;
    let environment = evaluator.environment;
    Reading { calls, unread, environment, is_cut }
}

struct Collector<'a> {
    evaluator: Evaluator<'a>,
    calls: Vec<Call>,
    unread: Vec<Span>,
    steps: usize,
    /// How many branches, loops and functions are open.
    block: usize,
    /// The functions that were met.
    defined: HashSet<usize>,
    /// Those that have not been walked where they stand.
    waiting: Vec<Node<'a>>,
    /// Functions that stand among the arguments of a call that is being walked.
    callbacks: Vec<Node<'a>>,
    /// Modules all of whose names are imported.
    stars: Vec<String>,
    /// The file that the call that is being looked at prints to.
    printed_to: Option<Value>,
    /// The variables whose values the text changes in place.
    mutated: HashSet<String>,
    /// What has been left in a branch.
    left: Left,
    /// The handles that were opened.
    handles: HashMap<String, Call>,
    /// Whether all of the text may run any number of times.
    is_repeated: bool,
    /// Variables that hold text for certain, in languages that keep bytes apart.
    texts: HashSet<String>,
    /// The parts that were looked for in the whole text, and whether it has them.
    parts: RefCell<HashMap<&'static [u8], bool>>,
}

/// What a jump in a branch may have left: what stands behind it may not run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Left {
    /// The loop.
    broke: bool,
    /// The function.
    returned: bool,
}

impl<'a> Collector<'a> {
    fn visit(&mut self, node: Node<'a>, depth: usize) {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps > MAX_STEPS {
            self.evaluator.is_cut = true;
            return;
        }
        if node.is_error() {
            self.unread(Evaluator::span(node));
        }
        if self.evaluator.language == Language::Perl && self.visit_perl(node, depth) {
            return;
        }
        if is_function(node) {
            return if is_argument(node) { self.callbacks.push(node) } else { self.define(node) };
        }
        match kind(node) {
            _ if self.visit_choice(node, depth) => {}
            // A context of Python that goes on behind an exception.
            _ if node.kind() == "with_statement" && self.may_be_left(node) => self.visit_block(node, depth),
            _ if node.kind() == "const_element" => self.constant(node, depth),
            Kind::Import => self.import(node),
            Kind::Assignment => {
                self.visit_children(node, depth);
                self.assignment(node, depth);
                self.note_text(node);
                self.share_text(node);
            }
            // `$x = &$y` of PHP
            _ if matches!(node.kind(), "reference_assignment_expression" | "by_ref") => {
                self.visit_children(node, depth);
                self.share(node);
            }
            _ if matches!(node.kind(), "update_expression" | "delete_statement" | "unset_statement") => {
                self.visit_children(node, depth);
                children(node).into_iter().for_each(|target| self.forget_target(target));
            }
            Kind::Augmented => {
                self.visit_children(node, depth);
                self.augmented(node, depth);
            }
            _ if self.prints_without_call(node, depth) => {}
            Kind::Binary if self.evaluator.language == Language::Ruby => {
                self.visit_children(node, depth);
                self.pushed_to_stream(node, depth);
                self.appended_in_place(node, depth);
            }
            Kind::Index if self.evaluator.language == Language::Ruby => {
                self.visit_children(node, depth);
                self.called_by_index(node, depth);
            }
            _ if node.kind() == "as_pattern" => {
                self.visit_children(node, depth);
                self.bind_alias(node, depth);
            }
            Kind::For => self.each_of_loop(node, depth),
            Kind::Comprehension => self.comprehension(node, depth),
            Kind::Call => self.call(node, depth),
            Kind::Shell => {
                let span = Evaluator::span(node);
                let words = vec![self.evaluator.string(node, depth)];
                self.calls.push(Call::new(SHELL, words, span));
            }
            // `alias new old` of Ruby
            _ if node.kind() == "alias" => self.alias(node),
            Kind::Return => self.visit_return(node, depth),
            Kind::Global => self.visit_global(node),
            _ if is_jump(node) => {
                self.visit_children(node, depth);
                self.left.broke = true;
            }
            _ if is_callback(node, self.evaluator.language) || is_block(node) => {
                self.visit_branch(node, depth);
            }
            _ if matches!(node.kind(), "statement_block" | "block_statement" | "do_statement") => {
                let outside = self.open_scope(node);
                self.visit_children(node, depth);
                self.close_scope(outside);
            }
            _ => self.visit_children(node, depth),
        }
    }

    /// What may run, or runs more than once.
    fn visit_branch(&mut self, node: Node<'a>, depth: usize) {
        self.forget_parameters(node);
        let left = self.left;
        if is_loop(node, self.evaluator.language) {
            self.forget_changed(node);
        }
        let outside = self.open_scope(node);
        self.block += 1;
        self.visit_branches(node, depth);
        self.block -= 1;
        self.close_scope(outside);
        if is_loop(node, self.evaluator.language) || node.kind().starts_with("switch") {
            self.left.broke = left.broke;
        }
    }

    /// Whether what stands in a `with` may be left by an exception, and what stands behind it runs all the same.
    fn may_be_left(&self, node: Node<'a>) -> bool {
        let clause = children(node).first().map(|clause| self.evaluator.bytes(*clause)).unwrap_or_default();
        let has = |text: &[u8], word: &[u8]| text.windows(word.len()).any(|part| part == word);
        let is_own =
            [b"__exit__".as_slice(), b"contextmanager"].iter().any(|word| has(self.evaluator.text, word));
        is_own || [b"suppress".as_slice(), b"ExitStack", b"raises"].iter().any(|word| has(clause, word))
    }

    /// Variables that are references of each other: what changes one changes the other.
    fn share(&mut self, node: Node<'a>) {
        for variable in children(node) {
            self.evaluator.bindings.share(&self.evaluator.name_of(variable));
        }
    }

    /// Notes a region that the grammar does not fit, once.
    fn unread(&mut self, span: Span) {
        if self.unread.last().is_none_or(|last| last.end < span.end) {
            self.unread.push(span);
        }
    }

    fn visit_children(&mut self, node: Node<'a>, depth: usize) {
        for child in children(node) {
            self.visit(child, depth + 1);
        }
    }

    fn visit_block(&mut self, node: Node<'a>, depth: usize) {
        self.block += 1;
        self.visit_children(node, depth);
        self.block -= 1;
    }

    /// Gives a name its value; whether it is one of the innermost function depends on the language.
    fn bind(&mut self, name: &str, value: Expression) {
        let own = matches!(self.evaluator.language, Language::Python | Language::Php | Language::Ruby);
        self.bind_as(name, value, own);
    }

    /// Gives a name its value: in the innermost function if it is its own.
    fn bind_as(&mut self, name: &str, value: Expression, own: bool) {
        let mut outside = 0;
        let mut is_local = false;
        if let Some(frame) = self.evaluator.functions.active.last_mut() {
            if own && !frame.global.contains(name) && !frame.locals.contains_key(name) {
                frame.locals.insert(name.to_owned(), self.evaluator.bindings.take(name));
            }
            if frame.locals.contains_key(name) {
                outside = frame.block;
                is_local = true;
            }
        }
        let may_be_left = self.left.broke || (self.left.returned && !is_local);
        self.evaluator.bindings.set(name, value, self.block > outside || may_be_left);
    }

    fn call(&mut self, node: Node<'a>, depth: usize) {
        let is_ruby = self.evaluator.language == Language::Ruby;
        if is_ruby && (self.appended_without_blanks(node) || self.concatenated_in_place(node, depth)) {
            return;
        }
        let block = field(node, &["block"]);
        let before = self.callbacks.len();
        for child in children(node).into_iter().filter(|child| Some(*child) != block) {
            self.visit(child, depth + 1);
        }
        self.changed_list(node, depth);
        if !self.local_call(node, depth) {
            let from = self.calls.len();
            self.handed_over(node, depth);
            self.printed_to = self.evaluator.printed_to(node, depth);
            let call = self.evaluator.call(node, depth);
            self.of_stars(call.as_ref());
            self.of_unknown_module(call.as_ref());
            self.written_to(call.as_ref());
            if let Some(call) = call.as_ref().filter(|_| self.evaluator.language == Language::Perl) {
                self.follow_handle(node, call);
            }
            let call = call.map(|call| self.placed(call, node, depth));
            // What is called for a value that is known does nothing else.
            if call.as_ref().is_some_and(|call| call.printing.is_silent || call.printing.texts.is_some()) {
                self.calls.iter_mut().skip(from).for_each(|call| call.printing.is_silent = true);
            }
            self.calls.extend(call);
        }
        self.changed_by_call(node);
        let callbacks = self.callbacks.split_off(before.min(self.callbacks.len()));
        if self.evaluator.lambda_block(node).is_none() && self.each_of_callback(node, depth) {
            return;
        }
        match block {
            Some(block) if self.evaluator.lambda_block(node).is_some() => self.define(block),
            Some(block) => self.visit(block, depth + 1),
            None => {}
        }
        for callback in callbacks {
            self.visit_callback(callback, depth);
        }
    }

    /// Parameters hide variables of the same name.
    fn forget_parameters(&mut self, node: Node<'a>) {
        let Some(parameters) = field(node, &["parameters", "parameter"]) else { return };
        let own = if kind(parameters) == Kind::Name { vec![parameters] } else { children(parameters) };
        for parameter in own {
            let name = field(parameter, &["name"]).unwrap_or(parameter);
            let name = self.evaluator.name_of(name);
            self.evaluator.bindings.forget(&name);
        }
    }
}

/// Whether what is assigned in a node may not be assigned at all.
fn is_block(node: Node<'_>) -> bool {
    /// What the kinds begin with.
    const BEGINNINGS: &[&str] = &[
        "if",
        "unless",
        "while",
        "until",
        "loop",
        "repeat",
        "try",
        "rescue",
        "except",
        "catch",
        "else",
        "elif",
        "elsif",
        "case",
        "when",
        "switch",
        "match_",
        "postfix_",
        "conditional",
        "function_de",
        "eval_expression",
        "cstyle_for",
    ];
    let kind = node.kind();
    // The condition of a loop of Perl.
    let is_pattern = matches!(kind, "match_regexp" | "match_condition_list");
    (!is_pattern && BEGINNINGS.iter().any(|beginning| kind.starts_with(beginning)))
        || matches!(kind, "method" | "method_definition" | "begin" | "in_clause" | "do_expression")
        || (kind == "do_statement" && field(node, &["condition"]).is_some())
}

/// Whether a node is a block that runs when a function wants it, or for which nothing else says when it runs. In Python
/// and Lua, the statement around it does.
fn is_callback(node: Node<'_>, language: Language) -> bool {
    kind(node) == Kind::Block && !matches!(language, Language::Python | Language::Lua)
}

/// Whether a node runs what is in it more than once.
fn is_loop(node: Node<'_>, language: Language) -> bool {
    let kind = node.kind();
    (language == Language::Ruby && self::kind(node) == Kind::Block)
        || ["while", "until", "loop", "repeat", "postfix_loop", "cstyle_for", "do_statement"]
            .iter()
            .any(|beginning| kind.starts_with(beginning))
}

/// Whether a node leaves a loop.
fn is_jump(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "break_statement"
            | "continue_statement"
            | "break"
            | "next"
            | "redo"
            | "loopex_expression"
            | "goto_statement"
    )
}
