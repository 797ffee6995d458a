//! The command word: which program it may name where it is not wholly known.

use super::super::Argument;
use super::super::pattern::{self, Units};
use super::super::tracer::Tracer;
use crate::program::Grammar;
use crate::syntax::ast::{Part, Word};
use crate::value::{Cause, Piece, Unknown, Value};
use std::borrow::Cow;
use std::rc::Rc;

impl Tracer<'_> {
    /// The words as zsh reads them: `=rm` is the path of rm.
    pub(super) fn with_paths<'w>(&self, words: &'w [Word]) -> Cow<'w, [Word]> {
        let is_equals = |word: &Word| match word.parts.first() {
            Some(Part::Literal(text, _)) => text.len() > 1 && text.starts_with(b"="),
            _ => false,
        };
        if !self.env.options.dialect.has_zsh_words() || !words.iter().any(is_equals) {
            return Cow::Borrowed(words);
        }
        let mut words = words.to_vec();
        for word in words.iter_mut().filter(|word| is_equals(word)) {
            if let Some(Part::Literal(text, _)) = word.parts.first_mut() {
                text.splice(..1, *b"/usr/bin/");
            }
        }
        Cow::Owned(words)
    }

    /// What a command with an unknown word may be: a known program whose name fits a glob; if the word may vanish
    /// or be a wrapper, the words behind it.
    pub(super) fn candidates(&self, argv: &[Argument]) -> Vec<Vec<Argument>> {
        /// Most programs that are tried for a glob. One that more fit says nothing, and counts as unknown.
        const MAX_CANDIDATES: usize = 16;
        let Some((first, rest)) = argv.split_first() else { return Vec::new() };
        if let Some(name_pattern) = NamePattern::of(&first.value) {
            let fits = |name: &String| name_pattern.fits(name);
            let programs = self.grammars.programs();
            let names: Vec<&String> =
                programs.iter().filter(|name| fits(name)).take(MAX_CANDIDATES + 1).collect();
            let counts = names.len() <= MAX_CANDIDATES;
            return names.into_iter().filter(|_| counts).map(|name| as_program(name, first, rest)).collect();
        }
        let starts_unknown = matches!(first.value.pieces.as_slice(), [Piece::Unknown(Unknown { .. })]);
        let command = rest.first().is_some_and(|word| {
            let prefix = word.value.known_prefix();
            !prefix.is_empty() && !prefix.starts_with(b"-")
        });
        // `$MAKE clean` is make, whose `clean` is no program; `$CMD rm -rf x` may as well be rm.
        let named = self.named_after(&first.value);
        let is_own = |grammar: &Grammar| {
            rest.first()
                .and_then(|word| word.value.known())
                .is_some_and(|word| grammar.subcommands.called(&word).is_some())
        };
        let counts = starts_unknown && command && !named.as_ref().is_some_and(|(_, grammar)| is_own(grammar));
        let named = named.map(|(program, _)| as_program(&program, first, rest));
        named.into_iter().chain(counts.then(|| rest.to_vec())).collect()
    }
}

/// The words with another first one.
fn as_program(name: &str, first: &Argument, rest: &[Argument]) -> Vec<Argument> {
    let word = Argument { value: Value::text(name, first.span), span: first.span };
    std::iter::once(word).chain(rest.iter().cloned()).collect()
}

/// Names that scripts give to variables which hold any command, though programs are called so, too.
const ANY_COMMAND: &[&str] = &["cmd", "command", "exec", "run", "tool"];

impl Tracer<'_> {
    /// The program that a variable of the environment is named after: `$MAKE`, `$SUDO`.
    fn named_after(&self, word: &Value) -> Option<(String, Rc<Grammar>)> {
        let [Piece::Unknown(Unknown { cause: Cause::Variable(name), .. })] = word.pieces.as_slice() else {
            return None;
        };
        let program = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
        if ANY_COMMAND.contains(&program.as_str()) {
            return None;
        }
        self.grammars.grammar(&program).map(|grammar| (program, grammar))
    }
}

/// The unknown text that is executed as a command when its words stand where the program is named: `$(curl …)`, what
/// `read` has taken. Not what a variable of the environment holds (`$EDITOR x`), nor what a program found with
/// arguments behind it (`$(pyenv which python) x.py`).
pub(super) fn text_run(argv: &[Argument]) -> Option<Unknown> {
    let (word, operands) = argv.split_first()?;
    let [Piece::Unknown(unknown), rest @ ..] = word.value.pieces.as_slice() else { return None };
    let counts = match &unknown.cause {
        _ if is_folder(unknown, rest) => false,
        // Text of the command that nobody can compute here counts, too.
        Cause::Network(_)
        | Cause::File(_)
        | Cause::Input
        | Cause::Descriptor
        | Cause::Packed(_)
        | Cause::Unmodelled => true,
        Cause::Output(_) => unknown.may_split && operands.is_empty(),
        _ => false,
    };
    counts.then(|| unknown.clone())
}

/// Whether an unknown part with `rest` behind it is a folder, and not any text: `$(npm bin)/eslint`, `$(mktemp -d)/x`.
pub(super) fn is_folder(unknown: &Unknown, rest: &[Piece]) -> bool {
    let may_be_path = match &unknown.cause {
        Cause::Network(_) | Cause::File(_) | Cause::Input | Cause::Descriptor | Cause::Packed(_) => false,
        Cause::Variable(_)
        | Cause::Parameter(_)
        | Cause::Output(_)
        | Cause::Trusted(_)
        | Cause::Temporary
        | Cause::Found(_)
        | Cause::Number
        | Cause::Unmodelled => true,
    };
    may_be_path && matches!(rest, [Piece::Text { bytes, .. }, ..] if bytes.starts_with(b"/"))
}

/// A pattern in the place of a program's name.
pub(crate) struct NamePattern {
    base: Vec<u8>,
    /// Whether it stands in a folder of programs (`/usr/bin`).
    in_programs: bool,
}

impl NamePattern {
    /// The pattern behind the last slash; `None` if a part of the name is unknown.
    pub(crate) fn of(program: &Value) -> Option<NamePattern> {
        let mut base = Vec::new();
        for piece in program.pieces.iter().rev() {
            let text = match piece {
                Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => bytes,
                Piece::Unknown(_) => return None,
            };
            let slash = text.iter().rposition(|byte| *byte == b'/');
            let (folder, name) = text.split_at(slash.map_or(0, |slash| slash + 1));
            base.splice(..0, name.iter().copied());
            if slash.is_some() {
                return Some(NamePattern { base, in_programs: folder.ends_with(b"bin/") });
            }
        }
        Some(NamePattern { base, in_programs: false })
    }

    /// Whether the program may be meant. `./*.sh` means the scripts there, not the programs of `PATH` that end like them.
    pub(crate) fn fits(&self, program: &str) -> bool {
        (self.in_programs || !program.contains('.'))
            && pattern::matches(&self.base, program.as_bytes(), Units::Characters)
    }
}

/// The name of a program whose directory alone is unknown: `$dir/rm`, `$(which rm)`. With its slash, so that it is
/// no function or builtin.
pub(super) fn known_name(program: &Value) -> Option<Vec<u8>> {
    let mut tail: Vec<&[u8]> = Vec::new();
    for piece in program.pieces.iter().rev() {
        match piece {
            Piece::Text { bytes, .. } => tail.insert(0, bytes),
            // `/usr/*bin/rm`: the folder alone is a pattern.
            Piece::Glob { pattern, .. } => {
                let wild = pattern.iter().rposition(|byte| b"*?[]()|\\".contains(byte));
                tail.insert(0, pattern.get(wild.map_or(0, |wild| wild + 1)..).unwrap_or_default());
                break;
            }
            Piece::Unknown(_) => break,
        }
    }
    let tail = tail.concat();
    let slash = tail.iter().rposition(|byte| *byte == b'/')?;
    // `$HOME/bin/x` may split in theory; the output of a command may be a whole command.
    let is_folder = |piece: &Piece| match piece {
        Piece::Unknown(unknown) => {
            !unknown.may_split || matches!(unknown.cause, Cause::Variable(_) | Cause::Parameter(_))
        }
        _ => true,
    };
    let alone = program.pieces.iter().all(is_folder) && tail.len() > slash + 1;
    alone.then(|| tail.get(slash..).unwrap_or_default().to_vec())
}

/// What an assignment to a name that is not known assigns: `$name=value` in a text.
pub(super) fn assigned_somewhere(word: &Value) -> Option<(&Unknown, Value)> {
    let (Piece::Unknown(unknown), rest) = word.pieces.split_first()? else { return None };
    let (Piece::Text { bytes, origin }, behind) = rest.split_first()? else { return None };
    let mut value = Value::text(bytes.strip_prefix(b"=")?, *origin);
    value.pieces.extend(behind.iter().cloned());
    Some((unknown, value))
}
