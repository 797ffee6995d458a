//! The parts of a rule that can be left out one at a time: whether an example would notice says whether the part is
//! exercised at all.

use super::pattern::Patterns;
use super::rule::{Clause, HttpTest, Rule, SqlTest, Test};

/// A rule without one of its parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Element {
    /// The part, as a pack writes it: `flag = ["--force"]`.
    pub(crate) text: String,
    /// The rule without it.
    pub(crate) without: Rule,
}

/// All parts of a rule that are one of several: entries of `match` and `unless`, and of the lists in them. What stands
/// alone is not listed, since the rule would be another without it.
pub(crate) fn elements(rule: &Rule) -> Vec<Element> {
    let mut elements = Vec::new();
    loop {
        let mut without = rule.clone();
        let mut remover = Remover { left: elements.len(), removed: None };
        remover.rule(&mut without);
        match remover.removed {
            Some(text) => elements.push(Element { text, without }),
            None => return elements,
        }
    }
}

/// Walks through a rule and takes the part out whose turn it is.
struct Remover {
    /// How many parts to pass over.
    left: usize,
    removed: Option<String>,
}

impl Remover {
    /// Takes a part out of a list that has to keep `least` of them.
    fn list<T>(&mut self, list: &mut Vec<T>, least: usize, text: impl Fn(&T) -> String) {
        if self.removed.is_some() || list.len() <= least {
            return;
        }
        if self.left < list.len() {
            self.removed = Some(text(&list.remove(self.left)));
        } else {
            self.left -= list.len();
        }
    }

    fn rule(&mut self, rule: &mut Rule) {
        self.list(&mut rule.matches, 1, |clause| format!("match = {{ {clause} }}"));
        self.list(&mut rule.unless, 0, |clause| format!("unless = {{ {clause} }}"));
        for clause in rule.matches.iter_mut().chain(&mut rule.unless) {
            self.clause(clause);
        }
    }

    fn clause(&mut self, clause: &mut Clause) {
        self.list(&mut clause.commands, 1, |command| format!("command = \"{}\"", command.join(" ")));
        for test in &mut clause.tests {
            self.test(test);
        }
    }

    fn test(&mut self, test: &mut Test) {
        match test {
            Test::Flag(flags) => self.list(flags, 1, |flag| format!("flag = \"{flag}\"")),
            Test::AllFlags(flags) => self.list(flags, 1, |flag| format!("all-flags = \"{flag}\"")),
            Test::Operand(patterns) => self.patterns(patterns, "operand"),
            Test::OperandAt(0, patterns) => self.patterns(patterns, "first"),
            Test::OperandAt(_, patterns) => self.patterns(patterns, "second"),
            Test::Stdin(patterns) => self.patterns(patterns, "stdin"),
            Test::File { kind, path, .. } => self.patterns(path, kind.name()),
            Test::Assignment(pairs) => {
                self.list(pairs, 1, |(name, value)| format!("assignment = \"{name}={value}\""))
            }
            Test::Redirect(pairs) => self.list(pairs, 1, |(_, pattern)| format!("redirect = \"{pattern}\"")),
            Test::Http(test) => self.http(test),
            Test::Sql(test) => self.sql(test),
            Test::OperandCount(..) | Test::Code(_) => {}
        }
    }

    fn http(&mut self, test: &mut HttpTest) {
        let HttpTest { method, host, path, query, header, body, telling: _ } = test;
        let fields = [
            (method, "method"),
            (host, "host"),
            (path, "path"),
            (query, "query"),
            (header, "header"),
            (body, "body"),
        ];
        for (patterns, name) in fields {
            self.optional(patterns, name);
        }
    }

    fn sql(&mut self, test: &mut SqlTest) {
        let SqlTest { statement, object, dialect, without_where: _ } = test;
        for (patterns, name) in [(statement, "statement"), (object, "object"), (dialect, "dialect")] {
            self.optional(patterns, name);
        }
    }

    fn optional(&mut self, patterns: &mut Option<Patterns>, name: &str) {
        if let Some(patterns) = patterns {
            self.patterns(patterns, name);
        }
    }

    fn patterns(&mut self, patterns: &mut Patterns, name: &str) {
        self.list(&mut patterns.any, 1, |pattern| format!("{name} = \"{pattern}\""));
        self.list(&mut patterns.not, 0, |pattern| format!("{name} = \"!{pattern}\""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs::rule::FlagTest;

    #[test]
    fn each_part_of_several_is_left_out_once() {
        let command = |name: &str| vec![name.to_owned()];
        let flag = |name: &str| FlagTest { name: name.to_owned(), value: None };
        let rule = Rule {
            matches: vec![Clause {
                commands: vec![command("a"), command("b")],
                tests: vec![Test::Flag(vec![flag("--x"), flag("--y")]), Test::AllFlags(vec![flag("--z")])],
                known: false,
            }],
            unless: vec![Clause {
                commands: Vec::new(),
                tests: vec![Test::Flag(vec![flag("--n")])],
                known: false,
            }],
        };
        let elements = elements(&rule);
        let texts: Vec<&str> = elements.iter().map(|element| element.text.as_str()).collect();
        let expected = [
            "unless = { flag = [\"--n\"] }",
            "command = \"a\"",
            "command = \"b\"",
            "flag = \"--x\"",
            "flag = \"--y\"",
        ];
        assert_eq!(texts, expected);
        assert!(elements.iter().all(|element| element.without != rule));
    }
}
