//! `case` commands.

use super::{Read, Reader};
use crate::syntax::ast::{CaseArm, CaseEnd, CommandKind, List};

impl Reader<'_> {
    /// Reads `case word in … esac`.
    pub(super) fn case_command(&mut self) -> Read<CommandKind> {
        self.take_reserved("case", "expected `case`")?;
        self.blanks();
        let word = self.word(false)?;
        self.newlines()?;
        self.take_reserved("in", "expected `in`")?;
        let mut arms = Vec::new();
        loop {
            self.newlines()?;
            if self.reserved() == Some("esac") {
                break;
            }
            let (arm, last) = self.case_arm()?;
            arms.push(arm);
            if last {
                self.newlines()?;
                break;
            }
        }
        self.take_reserved("esac", "expected `esac`")?;
        Ok(CommandKind::Case { word, arms })
    }

    /// Reads an arm; whether it has no terminator and is the last.
    fn case_arm(&mut self) -> Read<(CaseArm, bool)> {
        if self.peek(0) == b'(' {
            self.at += 1;
        }
        let mut patterns = Vec::new();
        loop {
            self.blanks();
            if self.sees_no_word() || self.sees_process_substitution() {
                return self.refuse("expected a pattern");
            }
            patterns.push(self.word(false)?);
            self.blanks();
            if self.peek(0) != b'|' {
                break;
            }
            self.at += 1;
        }
        if self.peek(0) != b')' {
            return self.refuse("expected `)` behind a pattern");
        }
        self.at += 1;
        let mut body = List::default();
        self.list(&mut body)?;
        self.blanks();
        let (end, length) = match (self.peek(0), self.peek(1), self.peek(2)) {
            (b';', b';', b'&') => (CaseEnd::Continue, 3),
            (b';', b';', _) => (CaseEnd::Break, 2),
            (b';', b'&', _) => (CaseEnd::FallThrough, 2),
            (b';', ..) => return self.refuse("expected `;;`"),
            _ => return Ok((CaseArm { patterns, body, end: CaseEnd::Break }, true)),
        };
        self.at += length;
        Ok((CaseArm { patterns, body, end }, false))
    }
}
