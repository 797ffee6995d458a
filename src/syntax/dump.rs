//! A tree as text for tests and people: one line per command, indented by nesting, every part named.

use super::ast::{
    Assignment, AssignmentValue, CaseEnd, Command, CommandKind, Conditional, List, Parameter,
    ParameterOperator, Part, Pipeline, Redirect, RedirectTarget, Text, Word,
};
use std::fmt::Write;

/// The tree as text. Spans are left out.
pub fn dump(list: &List) -> String {
    let mut dump = Dump { out: String::new(), depth: 0 };
    dump.list(list);
    dump.out
}

struct Dump {
    out: String,
    depth: usize,
}

impl Dump {
    fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn block(&mut self, title: &str, list: &List) {
        self.line(title);
        self.depth += 1;
        self.list(list);
        self.depth -= 1;
    }

    fn list(&mut self, list: &List) {
        for item in &list.items {
            self.pipeline("", &item.and_or.first);
            for (operator, pipeline) in &item.and_or.rest {
                let operator = match operator {
                    super::ast::AndOrOperator::And => "&& ",
                    super::ast::AndOrOperator::Or => "|| ",
                };
                self.pipeline(operator, pipeline);
            }
            if item.background {
                self.line("&");
            }
        }
    }

    fn pipeline(&mut self, before: &str, pipeline: &Pipeline) {
        let mut prefix = before.to_owned();
        if pipeline.negated {
            prefix.push_str("! ");
        }
        if pipeline.timed {
            prefix.push_str("time ");
        }
        for (index, command) in pipeline.commands.iter().enumerate() {
            if index > 0 {
                prefix = match pipeline.operators.get(index - 1) {
                    Some(super::ast::PipeOperator::OutputAndError) => "|& ".to_owned(),
                    _ => "| ".to_owned(),
                };
            }
            self.command(&prefix, command);
        }
    }

    fn command(&mut self, prefix: &str, command: &Command) {
        let redirects: String =
            command.redirects.iter().map(|redirect| format!(" {}", redirect_text(redirect))).collect();
        match &command.kind {
            CommandKind::Simple(simple) => {
                let assignments = simple.assignments.iter().map(|one| format!(" {}", assignment_text(one)));
                let words = simple.words.iter().map(|word| format!(" {}", word_text(word)));
                let all: String = assignments.chain(words).collect();
                self.line(&format!("{prefix}simple{all}{redirects}"));
            }
            CommandKind::Subshell(list) => self.block(&format!("{prefix}subshell{redirects}"), list),
            CommandKind::Group(list) => self.block(&format!("{prefix}group{redirects}"), list),
            CommandKind::If { branches, otherwise } => {
                for (index, (condition, body)) in branches.iter().enumerate() {
                    let word = if index == 0 { "if" } else { "elif" };
                    self.block(&format!("{prefix}{word}{redirects}"), condition);
                    self.block("then", body);
                }
                if let Some(list) = otherwise {
                    self.block("else", list);
                }
            }
            CommandKind::While { until, condition, body } => {
                let word = if *until { "until" } else { "while" };
                self.block(&format!("{prefix}{word}{redirects}"), condition);
                self.block("do", body);
            }
            CommandKind::For { name, words, body, select } => {
                let word = if *select { "select" } else { "for" };
                let words: String = match words {
                    Some(words) => words.iter().map(|word| format!(" {}", word_text(word))).collect(),
                    None => " \"$@\"".to_owned(),
                };
                self.block(&format!("{prefix}{word} {} in{words}{redirects}", lossy(name)), body);
            }
            CommandKind::ArithmeticFor { init, condition, step, body } => {
                let texts = [init, condition, step].map(text_text).join("; ");
                self.block(&format!("{prefix}for (({texts})){redirects}"), body);
            }
            CommandKind::Case { word, arms } => {
                self.line(&format!("{prefix}case {}{redirects}", word_text(word)));
                for arm in arms {
                    let patterns: Vec<_> = arm.patterns.iter().map(word_text).collect();
                    let end = match arm.end {
                        CaseEnd::Break => ";;",
                        CaseEnd::FallThrough => ";&",
                        CaseEnd::Continue => ";;&",
                    };
                    self.block(&format!("arm {} {end}", patterns.join(" | ")), &arm.body);
                }
            }
            CommandKind::Function { name, body, .. } => {
                self.line(&format!("{prefix}function {}", lossy(name)));
                self.depth += 1;
                self.command("", body);
                self.depth -= 1;
            }
            CommandKind::Coproc { name, body } => {
                let name = name.as_ref().map(|name| format!(" {}", lossy(name))).unwrap_or_default();
                self.line(&format!("{prefix}coproc{name}"));
                self.depth += 1;
                self.command("", body);
                self.depth -= 1;
            }
            CommandKind::Conditional(expression) => {
                self.line(&format!("{prefix}[[ {} ]]{redirects}", condition_text(expression)));
            }
            CommandKind::Arithmetic(text) => {
                self.line(&format!("{prefix}(( {} )){redirects}", text_text(text)))
            }
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

fn word_text(word: &Word) -> String {
    parts_text(&word.parts)
}

fn text_text(text: &Text) -> String {
    parts_text(&text.parts)
}

fn parts_text(parts: &[Part]) -> String {
    let texts: Vec<_> = parts.iter().map(part_text).collect();
    match texts.as_slice() {
        [one] => one.clone(),
        _ => format!("[{}]", texts.join(" ")),
    }
}

fn part_text(part: &Part) -> String {
    match part {
        Part::Literal(bytes, _) => lossy(bytes).replace(' ', "\\x20"),
        Part::Escaped(bytes, _) => format!("escaped({})", lossy(bytes)),
        Part::SingleQuoted(bytes, _) => format!("single({})", lossy(bytes)),
        Part::AnsiC(bytes, _) => format!("ansi({})", lossy(bytes)),
        Part::DoubleQuoted(parts, _) => {
            let parts: Vec<_> = parts.iter().map(part_text).collect();
            format!("double({})", parts.join(" "))
        }
        Part::Parameter(parameter) => parameter_text(parameter),
        Part::CommandSubstitution(substitution) => {
            nested("$", &substitution.list, substitution.unread.as_deref())
        }
        Part::Arithmetic(text) => format!("arith({})", text_text(text)),
        Part::ProcessSubstitution { output, substitution } => {
            let sign = if *output { ">" } else { "<" };
            nested(sign, &substitution.list, substitution.unread.as_deref())
        }
        Part::ExtendedGlob { operator, pattern, .. } => {
            format!("glob({}{})", char::from(*operator), parts_text(pattern))
        }
        Part::ArrayAssignment(assignment) => assignment_text(assignment),
    }
}

/// Commands inside a word, on one line.
fn nested(sign: &str, list: &List, unread: Option<&str>) -> String {
    let inner = dump(list);
    let lines: Vec<_> = inner.lines().map(str::trim).collect();
    let unread = unread.map(|reason| format!(" unread: {reason}")).unwrap_or_default();
    format!("{sign}({}{unread})", lines.join("; "))
}

fn parameter_text(parameter: &Parameter) -> String {
    let mut text = String::from("${");
    if parameter.indirect {
        text.push('!');
    }
    text.push_str(&lossy(&parameter.name));
    if let Some(subscript) = &parameter.subscript {
        let _ = write!(text, "[{}]", text_text(subscript));
    }
    let operator = match &parameter.operator {
        ParameterOperator::Plain => String::new(),
        ParameterOperator::Length => " length".to_owned(),
        ParameterOperator::Conditional { kind, colon, word } => {
            let colon = if *colon { " or-empty" } else { "" };
            format!(" {}{colon} {}", format!("{kind:?}").to_lowercase(), word_text(word))
        }
        ParameterOperator::Trim { suffix, longest, pattern } => {
            let sign = if *suffix { '%' } else { '#' };
            let sign: String = std::iter::repeat_n(sign, 1 + usize::from(*longest)).collect();
            format!(" {sign} {}", word_text(pattern))
        }
        ParameterOperator::Replace { place, pattern, replacement } => {
            let replacement = replacement.as_ref().map(word_text).unwrap_or_default();
            format!(
                " replace-{} {} by {replacement}",
                format!("{place:?}").to_lowercase(),
                word_text(pattern)
            )
        }
        ParameterOperator::Case { operator, all, pattern } => {
            let sign: String = std::iter::repeat_n(char::from(*operator), 1 + usize::from(*all)).collect();
            format!(" {sign} {}", word_text(pattern))
        }
        ParameterOperator::Slice { offset, length } => {
            let length = length.as_ref().map(|text| format!(" {}", text_text(text))).unwrap_or_default();
            format!(" slice {}{length}", text_text(offset))
        }
        ParameterOperator::Transform(operator) => format!(" @{}", char::from(*operator)),
        ParameterOperator::Names => " names".to_owned(),
        ParameterOperator::Keys => " keys".to_owned(),
    };
    text.push_str(&operator);
    text.push('}');
    text
}

fn assignment_text(assignment: &Assignment) -> String {
    let subscript =
        assignment.subscript.as_ref().map(|text| format!("[{}]", text_text(text))).unwrap_or_default();
    let sign = if assignment.append { "+=" } else { "=" };
    let value = match &assignment.value {
        AssignmentValue::Scalar(word) => word_text(word),
        AssignmentValue::Array(elements) => {
            let elements: Vec<_> = elements
                .iter()
                .map(|element| match &element.subscript {
                    Some(subscript) => format!("[{}]={}", text_text(subscript), word_text(&element.word)),
                    None => word_text(&element.word),
                })
                .collect();
            format!("({})", elements.join(" "))
        }
    };
    format!("assign({}{subscript}{sign}{value})", lossy(&assignment.name))
}

fn redirect_text(redirect: &Redirect) -> String {
    let descriptor = match &redirect.descriptor {
        None => String::new(),
        Some(super::ast::Descriptor::Number(number)) => number.to_string(),
        Some(super::ast::Descriptor::Variable(name)) => format!("{{{}}}", lossy(name)),
    };
    let target = match &redirect.target {
        RedirectTarget::Word(word) => word_text(word),
        RedirectTarget::Close => "-".to_owned(),
        RedirectTarget::HereDocument(document) => {
            let quoted = if document.quoted { "quoted " } else { "" };
            let body = document.text().map(text_text).unwrap_or_else(|| "missing".to_owned());
            format!("{quoted}{}: {body}", lossy(&document.delimiter))
        }
    };
    format!("redirect({descriptor}{} {target})", redirect.operator.as_str())
}

fn condition_text(expression: &Conditional) -> String {
    match expression {
        Conditional::Or(left, right) => format!("or({}, {})", condition_text(left), condition_text(right)),
        Conditional::And(left, right) => format!("and({}, {})", condition_text(left), condition_text(right)),
        Conditional::Not(inner) => format!("not({})", condition_text(inner)),
        Conditional::Group(inner) => format!("group({})", condition_text(inner)),
        Conditional::Unary(operator, word) => format!("{} {}", lossy(operator), word_text(word)),
        Conditional::Binary(left, operator, right) => {
            format!("{} {} {}", word_text(left), lossy(operator), word_text(right))
        }
        Conditional::Word(word) => word_text(word),
    }
}
