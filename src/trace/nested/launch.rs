//! The argv that a program starts where its first word stands apart from the others: in an option
//! (`docker run --entrypoint`), in the usage line (`capsh -- -c x` is for bash), in a container image.

use super::super::Argument;
use super::super::tracer::Tracer;
use crate::program::{Call, Nested, NestedWord, Role};
use crate::source::Span;
use crate::value::Value;

impl Tracer<'_> {
    /// What is started with the words of a command: one argv, or two where it cannot be known which.
    pub(super) fn started(&self, index: usize, call: &Call, nested: &Nested) -> Vec<Vec<Argument>> {
        let words = self.arguments_of(index, &nested.words);
        let before = |mut first: Vec<Argument>| {
            first.extend(words.iter().cloned());
            first
        };
        if let Role::WordsOf(program) = &nested.role {
            let span = words.first().map(|word| word.span).unwrap_or_default();
            return vec![before(program.split(',').map(|word| argument(word, span)).collect())];
        }
        if nested.role == Role::PackageCommand {
            return vec![of_package(words)];
        }
        let of = |role: Role| call.nested.iter().find(|other| other.role == role);
        if let Some(entrypoint) = of(Role::Entrypoint).and_then(|other| self.started_alone(index, other)) {
            return vec![before(entrypoint)];
        }
        let Some(image) = of(Role::Image).and_then(|other| other.words.first()) else { return vec![words] };
        let span = self.word_span(index, image.word);
        let first = words.first().map(|word| word.value.known_prefix()).unwrap_or_default();
        if let Some(program) = self.program_of_image(image) {
            // Many images start a program of their own only if the words do not name another.
            let name = String::from_utf8_lossy(base_name(&first)).into_owned();
            let names_program = self.grammars.grammar(&name).is_some();
            let own = before(vec![argument(&program, span)]);
            return if names_program { vec![words, own] } else { vec![own] };
        }
        if first.starts_with(b"-") {
            // The image of a program takes options for those of the program: `docker run node -e TEXT`.
            let name = image_name(&image.value.known_prefix());
            let program = String::from_utf8_lossy(base_name(&name)).into_owned();
            return vec![before(vec![argument(&program, span)])];
        }
        vec![words]
    }

    /// What an option or an image says is started, without the words of a command.
    pub(super) fn started_alone(&self, index: usize, nested: &Nested) -> Option<Vec<Argument>> {
        let first = nested.words.first()?;
        let span = self.word_span(index, first.word);
        if nested.role == Role::Image {
            return Some(vec![argument(&self.program_of_image(first)?, span)]);
        }
        let Some(text) = first.value.known_str() else {
            return Some(vec![Argument { value: first.value.clone(), span }]);
        };
        // podman and compose take a list, too: `--entrypoint '["sh", "-c"]'`.
        let plain = text.replace(['[', ']', ','], " ");
        let text = if text.starts_with('[') { &*plain } else { &*text };
        let words = shell_words::split(text).ok()?;
        let argv: Vec<Argument> = words.iter().map(|word| argument(word, span)).collect();
        (!argv.is_empty()).then_some(argv)
    }

    /// The program that an image starts whatever the words are.
    fn program_of_image(&self, image: &NestedWord) -> Option<String> {
        let written = image.value.known_prefix();
        let name = image_name(&written);
        // `name:$TAG` is known well enough, `name$x` is not.
        if image.value.has_unknown() && !written.ends_with(b":") {
            return None;
        }
        let grammar = self.grammars.grammar(&format!("image:{}", String::from_utf8_lossy(&name)))?;
        Some(grammar.name.clone())
    }
}

fn argument(text: &str, span: Span) -> Argument {
    Argument { value: Value::text(text, span), span }
}

/// The words with the program in place of its package.
fn of_package(mut words: Vec<Argument>) -> Vec<Argument> {
    let Some((first, written)) = words.first_mut().and_then(|first| {
        let written = first.value.known_str()?.into_owned();
        Some((first, written))
    }) else {
        return words;
    };
    let name = written.rsplit([':', '#', '/']).next().unwrap_or_default();
    let name = name.split(['@', '=']).next().unwrap_or_default();
    // A path is one, and `@scope` alone says nothing of the program.
    if name.is_empty() || written.starts_with(['/', '.']) {
        return words;
    }
    if name != written {
        first.value = Value::text(name, first.span);
    }
    // Behind a flake `--` ends the options of nix.
    let is_divided = written.contains('#')
        && words.get(1).is_some_and(|word| word.value.written().as_deref() == Some(b"--"));
    if is_divided {
        words.remove(1);
    }
    words
}

fn base_name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// An image's name without registry, tag and digest: `rclone/rclone` of `docker.io/rclone/rclone:1.2`.
fn image_name(written: &[u8]) -> Vec<u8> {
    let name = written.split(|byte| *byte == b'@').next().unwrap_or_default();
    let base = base_name(name);
    let tag = base.iter().position(|byte| *byte == b':').map_or(0, |colon| base.len() - colon);
    let name = name.get(..name.len() - tag).unwrap_or_default();
    let mut parts: Vec<&[u8]> = name.split(|byte| *byte == b'/').collect();
    let is_registry = |part: &&[u8]| {
        part.contains(&b'.') || part.contains(&b':') || **part == *b"localhost" || **part == *b"library"
    };
    while parts.len() > 1 && parts.first().is_some_and(is_registry) {
        parts.remove(0);
    }
    parts.join(&b'/')
}
