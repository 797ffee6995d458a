//! What a tool reads: its operands as files, or its standard input.

use super::LIMIT;
use std::borrow::Cow;

/// Where the bytes come from.
pub(super) struct Input<'a> {
    /// Standard input, if known.
    pub(super) stdin: Option<&'a [u8]>,
    /// The content of a file, if known.
    pub(super) file: &'a dyn Fn(&[u8]) -> Option<Vec<u8>>,
}

impl<'a> Input<'a> {
    /// The content of one operand; `-` is standard input.
    pub(super) fn read(&self, path: &[u8]) -> Option<Cow<'a, [u8]>> {
        let content = match path {
            b"-" | b"/dev/stdin" | b"/dev/fd/0" | b"/proc/self/fd/0" => Cow::Borrowed(self.stdin?),
            b"/dev/null" => Cow::Borrowed(b"".as_slice()),
            _ => Cow::Owned((self.file)(path)?),
        };
        (content.len() <= LIMIT).then_some(content)
    }

    /// All operands, or standard input without operands, one after the other.
    pub(super) fn all(&self, operands: &[&[u8]]) -> Option<Cow<'a, [u8]>> {
        match operands {
            [] => self.read(b"-"),
            [only] => self.read(only),
            many => {
                let mut all = Vec::new();
                for content in self.each(many)? {
                    all.extend_from_slice(&content);
                }
                (all.len() <= LIMIT).then_some(Cow::Owned(all))
            }
        }
    }

    /// The contents of the operands. Standard input can be read only once, and so can the pipes of `<(…)`.
    pub(super) fn each(&self, operands: &[&[u8]]) -> Option<Vec<Cow<'a, [u8]>>> {
        let streams: Vec<&&[u8]> = operands.iter().filter(|path| is_stream(path)).collect();
        let substituted = |path: &&[u8]| {
            let descriptor = path.strip_prefix(b"/dev/fd/");
            descriptor.is_some_and(|digits| digits.len() == 2 && digits.iter().all(u8::is_ascii_digit))
        };
        let repeated =
            streams.iter().enumerate().any(|(at, path)| streams.iter().skip(at + 1).any(|next| next == path));
        if repeated || streams.iter().filter(|path| !substituted(path)).count() > 1 {
            return None;
        }
        let mut total = 0;
        let mut contents = Vec::new();
        for path in operands {
            let content = self.read(path)?;
            total += content.len();
            if total > LIMIT {
                return None;
            }
            contents.push(content);
        }
        Some(contents)
    }
}

/// Whether reading a path twice gives something else the second time.
fn is_stream(path: &[u8]) -> bool {
    path == b"-" || path.starts_with(b"/dev/") && path != b"/dev/null" || path.starts_with(b"/proc/")
}

/// The lines of `text`, each with its newline (the last one perhaps without).
pub(super) fn lines(text: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n')
}

/// The line without its newline, and whether it had one.
pub(super) fn chomp(line: &[u8]) -> (&[u8], bool) {
    match line.split_last() {
        Some((b'\n', body)) => (body, true),
        _ => (line, false),
    }
}
