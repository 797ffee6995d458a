//! The simple commands of a tree, each in its canonical form (see `form`), and what joins them.
//!
//! The names of functions, the words of `for` and the redirections of compound commands count as commands. What
//! joins the commands of a list, at whatever depth, is one more form: `c|c&&c;`.

use crate::syntax::ast::{
    AndOrOperator, Command, CommandKind, Conditional, List, PipeOperator, Pipeline, Substitution,
};

/// The commands of one tree.
#[derive(Default)]
pub(super) struct Commands {
    forms: Vec<Vec<u8>>,
    /// What joins the commands of the list that is being walked.
    shape: Vec<u8>,
    /// Why a substitution was read in part only, if one was.
    pub(super) unread: Option<String>,
}

impl Commands {
    /// Collects the commands of a list, however deep.
    pub(super) fn of(list: &List) -> Commands {
        let mut commands = Commands::default();
        commands.whole_list(list);
        commands.forms.sort_unstable();
        commands
    }

    /// A command that only one of the two collections has; `None` if they are equal.
    pub(super) fn difference(&self, other: &Commands) -> Option<String> {
        if self.forms == other.forms {
            return None;
        }
        let (mine, theirs) = (&self.forms, &other.forms);
        let same = mine.iter().zip(theirs).take_while(|(mine, theirs)| mine == theirs).count();
        let show =
            |form: Option<&Vec<u8>>| String::from_utf8_lossy(form.map_or(b"", Vec::as_slice)).into_owned();
        Some(match (mine.get(same), theirs.get(same)) {
            (Some(read), Some(tree)) if read > tree => format!("only the tree has `{}`", show(Some(tree))),
            (None, tree) => format!("only the tree has `{}`", show(tree)),
            (read, _) => format!("only the strict reader has `{}`", show(read)),
        })
    }

    /// Collects a list with a shape of its own: the script, a substitution.
    fn whole_list(&mut self, list: &List) {
        let outer = std::mem::take(&mut self.shape);
        self.list(list);
        // The shape of a single command says nothing.
        if self.shape != b"c;" && !self.shape.is_empty() {
            let shape = [b"what joins the commands: ", self.shape.as_slice()].concat();
            self.forms.push(shape);
        }
        self.shape = outer;
    }

    pub(super) fn substitution(&mut self, substitution: &Substitution) {
        self.whole_list(&substitution.list);
        if self.unread.is_none() {
            self.unread.clone_from(&substitution.unread);
        }
    }

    fn list(&mut self, list: &List) {
        for item in &list.items {
            self.pipeline(&item.and_or.first);
            for (operator, pipeline) in &item.and_or.rest {
                self.shape.extend(match operator {
                    AndOrOperator::And => b"&&",
                    AndOrOperator::Or => b"||",
                });
                self.pipeline(pipeline);
            }
            self.shape.push(if item.background { b'&' } else { b';' });
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) {
        if pipeline.negated {
            self.shape.push(b'!');
        }
        let mut operators = pipeline.operators.iter();
        for (index, command) in pipeline.commands.iter().enumerate() {
            if index > 0 {
                self.shape.extend(match operators.next() {
                    Some(PipeOperator::OutputAndError) => b"|&".as_slice(),
                    _ => b"|",
                });
            }
            self.command(command);
        }
    }

    /// A list inside the list that is being walked.
    fn inner(&mut self, list: &List) {
        self.shape.push(b'(');
        self.list(list);
        self.shape.push(b')');
    }

    fn command(&mut self, command: &Command) {
        let mut form = Vec::new();
        if matches!(command.kind, CommandKind::Simple(_)) {
            self.shape.push(b'c');
        }
        match &command.kind {
            CommandKind::Simple(simple) => {
                for assignment in &simple.assignments {
                    self.assignment(assignment, &mut form);
                    form.push(b' ');
                }
                for word in &simple.words {
                    self.word(word, false, &mut form);
                    form.push(b' ');
                }
            }
            CommandKind::Function { name, body, .. } => {
                form.extend(b"function ");
                form.extend(name);
                self.command(body);
            }
            CommandKind::For { name, words, body, .. } => {
                form.extend(b"for ");
                form.extend(name);
                for word in words.iter().flatten() {
                    form.push(b' ');
                    self.word(word, false, &mut form);
                }
                self.inner(body);
            }
            kind => self.compound(kind),
        }
        for redirect in &command.redirects {
            self.redirect(redirect, &mut form);
        }
        if !form.is_empty() {
            self.forms.push(form);
        }
    }

    /// What compound commands without a form of their own contain.
    fn compound(&mut self, kind: &CommandKind) {
        let mut unused = Vec::new();
        match kind {
            CommandKind::Subshell(list) | CommandKind::Group(list) => self.inner(list),
            CommandKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.inner(condition);
                    self.inner(body);
                }
                otherwise.iter().for_each(|list| self.inner(list));
            }
            CommandKind::While { condition, body, .. } => {
                self.inner(condition);
                self.inner(body);
            }
            CommandKind::ArithmeticFor { init, condition, step, body } => {
                for text in [init, condition, step] {
                    self.text(text, &mut unused);
                }
                self.inner(body);
            }
            CommandKind::Case { word, arms } => {
                self.word(word, false, &mut unused);
                for arm in arms {
                    for pattern in &arm.patterns {
                        self.word(pattern, false, &mut unused);
                    }
                    self.inner(&arm.body);
                }
            }
            CommandKind::Coproc { body, .. } => self.command(body),
            CommandKind::Conditional(conditional) => self.conditional(conditional),
            CommandKind::Arithmetic(text) => self.text(text, &mut unused),
            CommandKind::Simple(_) | CommandKind::Function { .. } | CommandKind::For { .. } => {}
        }
    }

    fn conditional(&mut self, conditional: &Conditional) {
        let mut unused = Vec::new();
        match conditional {
            Conditional::Or(left, right) | Conditional::And(left, right) => {
                self.conditional(left);
                self.conditional(right);
            }
            Conditional::Not(inner) | Conditional::Group(inner) => self.conditional(inner),
            Conditional::Unary(_, word) | Conditional::Word(word) => self.word(word, false, &mut unused),
            Conditional::Binary(left, _, right) => {
                self.word(left, false, &mut unused);
                self.word(right, false, &mut unused);
            }
        }
    }
}
