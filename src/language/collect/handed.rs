//! Functions that are handed over in a call, and called by whoever gets them.

use super::super::Call;
use super::super::evaluate::local::Given;
use super::super::evaluate::perl::TOPIC;
use super::super::evaluate::regex::REGEX;
use super::super::evaluate::{Evaluator, Expression};
use super::super::node::field;
use super::super::parse::Language;
use super::Collector;
use crate::value::Piece;
use tree_sitter::Node;

/// Most calls that are followed for one function that is handed over with a list.
const MAX_HANDED: usize = 64;

/// Functions that show what they are given.
const SHOW: &[&str] = &[
    "print",
    "help",
    "dir",
    "type",
    "repr",
    "str",
    "hasattr",
    "getattr",
    "callable",
    "id",
    "isinstance",
    "log",
    "puts",
    "p",
    "pp",
    "inspect",
    "var_dump",
    "echo",
    "defined",
    "require",
    "promisify",
    "bind",
    "partial",
    "keys",
    "patch",
    "spyOn",
    "mock",
    "signature",
    "len",
    "tostring",
];

impl<'a> Collector<'a> {
    /// Whether a call does no more with a function than to show it, or to give it another form.
    fn shows(&mut self, node: Node<'a>, depth: usize) -> bool {
        let name = match self.evaluator.callee(node, depth) {
            Expression::Name { path, .. } => path,
            _ => return true,
        };
        let last = name.rsplit('.').next().unwrap_or_default();
        let is_inspection =
            name.starts_with("inspect.") || name.starts_with("dis.") || name.starts_with("util.");
        is_inspection || SHOW.contains(&last)
    }

    /// `find(sub { … }, "directory")` of Perl: `$_` is each file in it.
    fn find_of_perl(&mut self, node: Node<'a>, words: &[Expression]) {
        let name = field(node, &["function"]).map(|name| self.evaluator.bytes(name)).unwrap_or_default();
        let is_find = self.evaluator.language == Language::Perl
            && matches!(name, b"find" | b"finddepth" | b"File::Find::find" | b"File::Find::finddepth");
        if let (true, Some(Expression::Text(directory))) = (is_find, words.first()) {
            let mut inside = directory.clone();
            inside.pieces.push(Piece::Glob { pattern: b"/*".to_vec(), origin: Evaluator::span(node) });
            self.bind_as(TOPIC, Expression::Text(inside), false);
        }
    }

    /// Functions that are handed over in a call: `map(f, list)`, `submit(f, x)`, `Thread(target=f, args=(x,))`,
    /// `list.forEach(f)`. It is taken for granted that they are called with what stands beside them.
    pub(super) fn handed_over(&mut self, node: Node<'a>, depth: usize) {
        let (mut given, receiver) = self.evaluator.handed(node, depth);
        let arguments =
            given.named.iter().position(|(name, _)| name == "args").map(|at| given.named.remove(at).1);
        let named = given.named.into_iter().map(|(_, value)| value);
        let words: Vec<Expression> = given.words.into_iter().chain(named).collect();
        for (at, word) in words.iter().enumerate() {
            let is_callable = match word {
                Expression::Function(_) => true,
                Expression::Name { path, .. } => path != REGEX,
                _ => false,
            };
            if !is_callable {
                continue;
            }
            let mut beside = words.get(at + 1..).unwrap_or_default();
            // `setTimeout(f, 100, x)`
            if let [time, rest @ ..] = beside
                && !rest.is_empty()
                && self.evaluator.language == Language::JavaScript
                && super::super::evaluate::is_number(time)
            {
                beside = rest;
            }
            let before = words.get(..at).unwrap_or_default();
            let list = beside.iter().chain(&receiver).chain(before).find_map(|value| match value {
                Expression::List(list) => Some(list.clone()),
                _ => None,
            });
            // What is found is handed over, not what is searched.
            let is_search = field(node, &["function"])
                .is_some_and(|name| self.evaluator.bytes(name).starts_with(b"preg_replace_callback"));
            let calls: Vec<Vec<Expression>> = match (&arguments, list) {
                _ if is_search => vec![vec![Expression::Unknown]],
                (Some(Expression::List(list)), _) => vec![list.clone()],
                (Some(_), _) => Vec::new(),
                (None, Some(list)) => list.into_iter().map(|element| vec![element]).collect(),
                // `promise.then(f)`
                (None, None) if beside.is_empty() && self.is_then(node) => match &receiver {
                    Some(Expression::Name { receivers, .. }) if !receivers.is_empty() => {
                        vec![receivers.iter().cloned().map(Expression::Text).collect()]
                    }
                    _ => Vec::new(),
                },
                // Whoever gets the function may call it with anything.
                (None, None) if beside.is_empty() => match self.shows(node, depth) {
                    true => Vec::new(),
                    false => vec![vec![Expression::Unknown]],
                },
                (None, None) => vec![beside.to_vec()],
            };
            let is_followed = !calls.is_empty() && calls.len() <= MAX_HANDED;
            match word {
                Expression::Function(function) if is_followed => {
                    for words in calls {
                        self.find_of_perl(node, &words);
                        self.invoke(*function, Given { words, ..Given::default() }, depth);
                    }
                }
                Expression::Function(function) => {
                    self.evaluator.functions.escaped.insert(*function);
                }
                Expression::Name { path, .. } if is_followed => {
                    let span = Evaluator::span(node);
                    for words in calls {
                        let words = words.into_iter().map(|word| Evaluator::word(word, span)).collect();
                        self.calls.push(Call::new(path, words, span));
                    }
                }
                _ => {}
            }
        }
    }
}
