//! Redirections: what a command reads, where its output goes, and the files that the script itself writes.

use super::tracer::{Io, Tracer};
use super::{Invocation, Redirection};
use crate::source::Span;
use crate::syntax::ast::{Descriptor, Redirect, RedirectOperator, RedirectTarget, Word};
use crate::value::{Cause, Match, Value};
use std::rc::Rc;

/// The effect of a command's redirections.
pub(super) struct Redirected {
    /// The connections of the command itself.
    pub(super) io: Io,
    /// The redirections with their expanded targets.
    pub(super) redirections: Vec<Redirection>,
    /// Where standard output goes, if not on.
    output: Option<Output>,
}

/// Where standard output goes.
enum Output {
    /// Into a file; whether it is added to it.
    File { path: Value, append: bool },
    /// Elsewhere: it does not reach whoever reads the command's output.
    Away,
}

impl Tracer<'_> {
    /// Expands redirections and connects what they connect.
    pub(super) fn redirect(&mut self, redirects: &[Redirect], io: Io) -> Redirected {
        let mut redirected = Redirected { io, redirections: Vec::new(), output: None };
        for redirect in redirects {
            let descriptor = match &redirect.descriptor {
                Some(Descriptor::Number(number)) => Some(*number),
                Some(Descriptor::Variable(_)) => Some(u32::MAX),
                None => None,
            };
            let target = match &redirect.target {
                RedirectTarget::Word(word) if redirect.operator == RedirectOperator::HereString => {
                    self.expand_one(word)
                }
                RedirectTarget::Word(word) => self.expand_target(word),
                RedirectTarget::Close => Value::text(b"-".as_slice(), redirect.span),
                RedirectTarget::HereDocument(document) => match document.text() {
                    Some(text) if document.quoted => {
                        // Nothing in it is expanded; its parts are literal.
                        self.expand_text(text)
                    }
                    Some(text) => self.expand_text(text),
                    None => Value::default(),
                },
            };
            self.connect(&mut redirected, redirect.operator, descriptor, &target, redirect.span);
            redirected.redirections.push(Redirection {
                operator: redirect.operator.as_str(),
                descriptor,
                target,
                span: redirect.span,
            });
        }
        redirected
    }

    /// A file name: one field, in which patterns are active.
    fn expand_target(&mut self, word: &Word) -> Value {
        let mut expansions = self.expand_word(word);
        match (expansions.pop(), expansions.is_empty()) {
            (Some(mut fields), true) if fields.len() == 1 => fields.pop().unwrap_or_default(),
            _ => Value::unknown(Cause::Unmodelled, false, word.span),
        }
    }

    fn connect(
        &mut self,
        redirected: &mut Redirected,
        operator: RedirectOperator,
        descriptor: Option<u32>,
        target: &Value,
        span: Span,
    ) {
        match operator {
            RedirectOperator::Input | RedirectOperator::ReadWrite => {
                let text = self.file(target).unwrap_or_else(|| {
                    // The content of a file is out of sight; that is no reason to ask where it is only data.
                    Value::unknown(Cause::Output([b"cat ", target.display().as_bytes()].concat()), true, span)
                });
                self.open_input(redirected, descriptor, text);
            }
            RedirectOperator::HereDocument | RedirectOperator::HereDocumentTabs => {
                self.open_input(redirected, descriptor, target.clone());
            }
            RedirectOperator::HereString => {
                let mut text = target.clone();
                text.pieces.push(crate::value::Piece::text(b"\n".as_slice(), span));
                self.open_input(redirected, descriptor, text);
            }
            RedirectOperator::DuplicateInput => {
                // `<&3-` moves the descriptor.
                let number =
                    target.known_str().and_then(|text| text.trim_end_matches('-').parse::<u32>().ok());
                let stream = number.and_then(|number| self.env.descriptors.get(&number).copied());
                match (descriptor.unwrap_or(0), stream) {
                    (0, Some(stream)) => redirected.io.stdin = Some(stream),
                    (other, Some(stream)) => {
                        Rc::make_mut(&mut self.env.descriptors).insert(other, stream);
                    }
                    (_, None) => {}
                }
            }
            RedirectOperator::Output
            | RedirectOperator::Clobber
            | RedirectOperator::OutputAndError
            | RedirectOperator::Append
            | RedirectOperator::AppendAndError => {
                if descriptor.unwrap_or(1) == 1 {
                    let append =
                        matches!(operator, RedirectOperator::Append | RedirectOperator::AppendAndError);
                    redirected.output = Some(Output::File { path: target.clone(), append });
                    redirected.io.capture = true;
                }
            }
            RedirectOperator::DuplicateOutput => {
                if descriptor.unwrap_or(1) != 1 || target.equals(b"1") == Match::Certain {
                    return;
                }
                let number =
                    target.known_str().is_some_and(|text| text.parse::<u32>().is_ok() || text == "-");
                redirected.output = Some(if number {
                    Output::Away
                } else {
                    redirected.io.capture = true;
                    Output::File { path: target.clone(), append: false }
                });
            }
        }
    }

    fn open_input(&mut self, redirected: &mut Redirected, descriptor: Option<u32>, text: Value) {
        let stream = self.stream(text);
        match descriptor {
            None | Some(0) => redirected.io.stdin = Some(stream),
            Some(number) => {
                Rc::make_mut(&mut self.env.descriptors).insert(number, stream);
            }
        }
    }

    /// Sends a command's output where its redirections say; returns what goes on.
    pub(super) fn deliver(&mut self, redirected: &Redirected, stdout: Value, io: Io) -> Value {
        match &redirected.output {
            None if io.capture => stdout,
            None | Some(Output::Away) => Value::default(),
            Some(Output::File { path, append }) => {
                self.write_file(path, stdout, *append);
                Value::default()
            }
        }
    }

    /// Remembers what the script writes into a file.
    pub(super) fn write_file(&mut self, path: &Value, content: Value, append: bool) {
        let Some(path) = path.known() else { return };
        if path.starts_with(b"/dev/") && !path.starts_with(b"/dev/shm/") {
            return;
        }
        let path = plain_path(&path);
        let files = Rc::make_mut(&mut self.env.files);
        if append {
            let unknown = Value::unknown(Cause::Unmodelled, true, content.origin().unwrap_or_default());
            files.entry(path).or_insert(unknown).pieces.extend(content.pieces);
        } else {
            files.insert(path, content);
        }
    }

    /// The content of a file that the script wrote, or of a process substitution.
    pub(super) fn file(&self, path: &Value) -> Option<Value> {
        let path = path.known()?;
        if *path == *b"/dev/null" {
            return Some(Value::default());
        }
        let plain = plain_path(&path);
        let number =
            [&b"/dev/fd/"[..], b"/proc/self/fd/"].iter().find_map(|folder| plain.strip_prefix(*folder));
        let number = number.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<u32>().ok());
        let stream = number.and_then(|number| self.env.descriptors.get(&number));
        let open = stream.and_then(|stream| self.streams.get(*stream));
        self.env.files.get(&plain).or(open).cloned()
    }

    /// Records an invocation without words for the redirections of a compound command.
    pub(super) fn record_redirections(&mut self, redirected: &Redirected, span: Span) {
        if redirected.redirections.is_empty() {
            return;
        }
        self.groups += 1;
        let invocation = Invocation {
            argv: Vec::new(),
            assignments: Vec::new(),
            redirections: redirected.redirections.clone(),
            stdin: None,
            texts: Vec::new(),
            cwd: self.env.cwd.clone(),
            via: self.via.clone(),
            parent: self.parent,
            group: self.groups,
            alternatives: 1,
            certainty: self.certainty,
            calls: Vec::new(),
            internal: true,
            unknown_code: None,
            span,
        };
        self.invocations.push(invocation);
    }
}

/// A path without a leading `./`, so that `x.sh` and `./x.sh` are one file.
fn plain_path(path: &[u8]) -> Vec<u8> {
    let mut path = path;
    while let Some(rest) = path.strip_prefix(b"./") {
        path = rest;
    }
    path.to_vec()
}
