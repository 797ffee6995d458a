//! Characters, blanks, comments, newlines and reserved words.

use super::{Read, Reader};

/// The reserved words of bash.
const RESERVED: [&str; 22] = [
    "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "select",
    "then", "time", "until", "while", "[[", "coproc", "in", "]]",
];

/// Whether a word is reserved where a command can start.
pub(in crate::syntax) fn is_reserved(word: &[u8]) -> bool {
    RESERVED.iter().any(|reserved| reserved.as_bytes() == word)
}

/// Whether a byte ends a word.
pub(super) fn is_meta(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'|' | b'&' | b';' | b'(' | b')' | b'<' | b'>')
}

pub(super) fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl Reader<'_> {
    /// Skips a backslash and newline.
    pub(super) fn continuation(&mut self) -> bool {
        let found = self.peek(0) == b'\\' && self.peek(1) == b'\n';
        if found {
            self.at += 2;
        }
        found
    }

    /// Skips backslashes with newlines.
    pub(super) fn continuations(&mut self) {
        while self.continuation() {}
    }

    /// Whether `byte` stands here or behind backslashes with newlines.
    pub(super) fn sees_behind_continuations(&self, byte: u8) -> bool {
        let mut ahead = 0;
        while self.peek(ahead) == b'\\' && self.peek(ahead + 1) == b'\n' {
            ahead += 2;
        }
        self.peek(ahead) == byte
    }

    /// Skips blanks, continuations and a comment.
    pub(super) fn blanks(&mut self) {
        while matches!(self.peek(0), b' ' | b'\t') || self.continuation() {
            if matches!(self.peek(0), b' ' | b'\t') {
                self.at += 1;
            }
        }
        if self.peek(0) == b'#' {
            while !self.at_end() && self.peek(0) != b'\n' {
                self.at += 1;
            }
        }
    }

    /// Skips blanks, comments and newlines; here-documents that are due are read.
    pub(super) fn newlines(&mut self) -> Read<()> {
        loop {
            self.blanks();
            if self.at_end() || self.peek(0) != b'\n' {
                return Ok(());
            }
            self.end_line()?;
        }
    }

    /// The reserved word that stands here, if one does.
    pub(super) fn reserved(&mut self) -> Option<&'static str> {
        self.blanks();
        let mut word = [0u8; 10];
        let mut length = 0;
        let mut at = self.at;
        while let Some(byte) = self.source.get(at).copied() {
            if is_meta(byte) {
                // `{<(a)` is one word.
                let goes_on = matches!(byte, b'<' | b'>') && self.source.get(at + 1) == Some(&b'(');
                if goes_on && length > 0 {
                    return None;
                }
                break;
            }
            if byte == b'\\' && self.source.get(at + 1) == Some(&b'\n') {
                at += 2;
                continue;
            }
            *word.get_mut(length)? = byte;
            length += 1;
            at += 1;
        }
        let word = word.get(..length)?;
        RESERVED.into_iter().find(|reserved| reserved.as_bytes() == word)
    }

    /// Whether one of these reserved words stands here.
    pub(super) fn sees_reserved(&mut self, words: &[&str]) -> bool {
        self.reserved().is_some_and(|word| words.contains(&word))
    }

    /// Takes a reserved word, or refuses for the named reason.
    pub(super) fn take_reserved(&mut self, word: &str, otherwise: &'static str) -> Read<()> {
        if self.reserved() != Some(word) {
            return self.refuse(otherwise);
        }
        let mut left = word.len();
        while left > 0 {
            if !self.continuation() {
                self.at += 1;
                left -= 1;
            }
        }
        Ok(())
    }

    /// Whether a process substitution starts here.
    pub(super) fn sees_process_substitution(&self) -> bool {
        matches!(self.peek(0), b'<' | b'>') && self.peek(1) == b'('
    }

    /// Whether a word cannot start here.
    pub(super) fn sees_no_word(&self) -> bool {
        self.at_end() || (is_meta(self.peek(0)) && !self.sees_process_substitution())
    }
}
