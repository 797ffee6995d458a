//! The simple commands of a tree, each in a canonical form that does not depend on spans and quoting style.
//!
//! A command's form is its assignments, words and redirections as one line: quotes removed and quoted
//! characters escaped, substitutions reduced to a mark (their commands are in the collection themselves). The
//! names of functions, the words of `for` and the redirections of compound commands count as well.

use crate::syntax::ast::{
    ArrayElement, Assignment, AssignmentValue, Command, CommandKind, Conditional, Descriptor, List,
    Parameter, ParameterOperator, Part, Redirect, RedirectTarget, ReplacePlace, Substitution, Text, Word,
};

/// The commands of one tree.
#[derive(Default)]
pub(super) struct Commands {
    forms: Vec<Vec<u8>>,
    /// Why a substitution was read in part only, if one was.
    pub(super) unread: Option<String>,
}

impl Commands {
    /// Collects the commands of a list, however deep.
    pub(super) fn of(list: &List) -> Commands {
        let mut commands = Commands::default();
        commands.list(list);
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

    fn list(&mut self, list: &List) {
        for item in &list.items {
            for pipeline in
                std::iter::once(&item.and_or.first).chain(item.and_or.rest.iter().map(|(_, next)| next))
            {
                for command in &pipeline.commands {
                    self.command(command);
                }
            }
        }
    }

    fn command(&mut self, command: &Command) {
        let mut form = Vec::new();
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
                self.list(body);
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
            CommandKind::Subshell(list) | CommandKind::Group(list) => self.list(list),
            CommandKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.list(condition);
                    self.list(body);
                }
                otherwise.iter().for_each(|list| self.list(list));
            }
            CommandKind::While { condition, body, .. } => {
                self.list(condition);
                self.list(body);
            }
            CommandKind::ArithmeticFor { init, condition, step, body } => {
                for text in [init, condition, step] {
                    self.text(text, &mut unused);
                }
                self.list(body);
            }
            CommandKind::Case { word, arms } => {
                self.word(word, false, &mut unused);
                for arm in arms {
                    for pattern in &arm.patterns {
                        self.word(pattern, false, &mut unused);
                    }
                    self.list(&arm.body);
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

    fn assignment(&mut self, assignment: &Assignment, form: &mut Vec<u8>) {
        form.extend(&assignment.name);
        self.subscript(assignment.subscript.as_ref(), form);
        form.extend(if assignment.append { b"+=".as_slice() } else { b"=" });
        match &assignment.value {
            AssignmentValue::Scalar(word) => self.word(word, false, form),
            AssignmentValue::Array(elements) => {
                form.push(b'(');
                for ArrayElement { subscript, word } in elements {
                    if subscript.is_some() {
                        self.subscript(subscript.as_ref(), form);
                        form.push(b'=');
                    }
                    self.word(word, false, form);
                    form.push(b' ');
                }
                form.push(b')');
            }
        }
    }

    fn subscript(&mut self, subscript: Option<&Text>, form: &mut Vec<u8>) {
        if let Some(text) = subscript {
            form.push(b'[');
            self.text(text, form);
            form.push(b']');
        }
    }

    fn redirect(&mut self, redirect: &Redirect, form: &mut Vec<u8>) {
        match &redirect.descriptor {
            Some(Descriptor::Number(number)) => form.extend(number.to_string().bytes()),
            Some(Descriptor::Variable(name)) => {
                form.push(b'{');
                form.extend(name);
                form.push(b'}');
            }
            None => {}
        }
        form.extend(redirect.operator.as_str().bytes());
        match &redirect.target {
            RedirectTarget::Word(word) => self.word(word, false, form),
            RedirectTarget::Close => form.push(b'-'),
            RedirectTarget::HereDocument(document) => {
                document.delimiter.iter().for_each(|&byte| escaped(byte, form));
                form.push(b'\n');
                document.text().iter().for_each(|text| self.text(text, form));
            }
        }
        form.push(b' ');
    }

    fn text(&mut self, text: &Text, form: &mut Vec<u8>) {
        self.parts(&text.parts, true, form);
    }

    fn word(&mut self, word: &Word, quoted: bool, form: &mut Vec<u8>) {
        self.parts(&word.parts, quoted, form);
    }

    /// `quoted`: unquoted literals are ordinary characters here.
    fn parts(&mut self, parts: &[Part], quoted: bool, form: &mut Vec<u8>) {
        for part in parts {
            match part {
                Part::Literal(text, _) if !quoted => form.extend(text),
                Part::Literal(text, _)
                | Part::Escaped(text, _)
                | Part::SingleQuoted(text, _)
                | Part::AnsiC(text, _) => text.iter().for_each(|&byte| escaped(byte, form)),
                Part::DoubleQuoted(parts, _) => self.parts(parts, true, form),
                Part::Parameter(parameter) => self.parameter(parameter, form),
                Part::CommandSubstitution(substitution) => {
                    form.extend(b"$()");
                    self.substitution(substitution);
                }
                Part::Arithmetic(text) => {
                    form.extend(b"$((");
                    self.text(text, form);
                    form.extend(b"))");
                }
                Part::ProcessSubstitution { output, substitution } => {
                    form.extend(if *output { b">()".as_slice() } else { b"<()" });
                    self.substitution(substitution);
                }
                Part::ExtendedGlob { operator, pattern, .. } => {
                    form.extend([*operator, b'(']);
                    self.parts(pattern, false, form);
                    form.push(b')');
                }
                Part::ArrayAssignment(assignment) => self.assignment(assignment, form),
            }
        }
    }

    fn substitution(&mut self, substitution: &Substitution) {
        self.list(&substitution.list);
        if self.unread.is_none() {
            self.unread.clone_from(&substitution.unread);
        }
    }

    /// Operands are compared without regard to which of their characters are quoted.
    fn parameter(&mut self, parameter: &Parameter, form: &mut Vec<u8>) {
        use ParameterOperator::*;
        form.extend(b"${");
        if parameter.indirect || matches!(parameter.operator, Names | Keys) {
            form.push(b'!');
        }
        if parameter.operator == Length {
            form.push(b'#');
        }
        form.extend(&parameter.name);
        self.subscript(parameter.subscript.as_ref(), form);
        match &parameter.operator {
            Plain | Length | Keys => {}
            Names => form.push(b'*'),
            Conditional { kind, colon, word } => {
                form.extend(if *colon { b":".as_slice() } else { b"" });
                form.extend(format!("{kind:?}").bytes());
                self.word(word, true, form);
            }
            Trim { suffix, longest, pattern } => {
                let sign = if *suffix { b'%' } else { b'#' };
                form.extend(std::iter::repeat_n(sign, if *longest { 2 } else { 1 }));
                self.word(pattern, true, form);
            }
            Replace { place, pattern, replacement } => {
                form.extend(match place {
                    ReplacePlace::First => b"/".as_slice(),
                    ReplacePlace::All => b"//",
                    ReplacePlace::Prefix => b"/#",
                    ReplacePlace::Suffix => b"/%",
                });
                self.word(pattern, true, form);
                if let Some(replacement) = replacement {
                    form.push(b'/');
                    self.word(replacement, true, form);
                }
            }
            Case { operator, all, pattern } => {
                form.extend(std::iter::repeat_n(*operator, if *all { 2 } else { 1 }));
                self.word(pattern, true, form);
            }
            Slice { offset, length } => {
                form.push(b':');
                self.text(offset, form);
                if let Some(length) = length {
                    form.push(b':');
                    self.text(length, form);
                }
            }
            Transform(letter) => form.extend([b'@', *letter]),
        }
        form.push(b'}');
    }
}

/// Adds a quoted character: one that could mean something unquoted gets a backslash.
fn escaped(byte: u8, form: &mut Vec<u8>) {
    if b"*?[]{}~$`!@+()|<>&;#= \t\n\"'\\^".contains(&byte) {
        form.push(b'\\');
    }
    form.push(byte);
}
