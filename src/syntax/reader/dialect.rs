//! What other shells than bash read in another way, where that changes what runs: see [`crate::facts::Dialect`].

use super::lexical::is_name_start;
use super::{Quoting, Read, Reader};
use crate::syntax::ast::{
    Command, CommandKind, Conditional, Parameter, ParameterOperator, Part, Redirect, RedirectOperator,
    Simple, Text,
};

impl Reader<'_> {
    /// Refuses what a POSIX shell without the extension would run as a command.
    pub(super) fn check_extensions(&self, command: &Command) -> Read<()> {
        if !self.dialect.may_lack_extensions() {
            return Ok(());
        }
        match &command.kind {
            CommandKind::Arithmetic(_) => self.refuse("`((`, which dash reads as two subshells"),
            CommandKind::Conditional(Conditional::And(..) | Conditional::Or(..) | Conditional::Group(_)) => {
                self.refuse("an operator in `[[`, which is a program for dash")
            }
            CommandKind::Simple(simple) if has_word_behind(simple, &command.redirects) => {
                self.refuse("words behind `&>`, which dash reads as `&` and `>`")
            }
            _ => Ok(()),
        }
    }

    /// Refuses `$'…\'…'` where the shell may not know these quotes: they end earlier then.
    pub(super) fn check_ansi_c(&self, text: &[u8]) -> Read<()> {
        if self.dialect.may_lack_extensions() && text.contains(&b'\'') {
            return self.refuse("a single quote inside $'…', which ends it for dash");
        }
        Ok(())
    }

    /// Reads what zsh alone reads as a parameter: `$=x`, `$+x`, `$#x`, `$x[1]`, `$x:t`.
    pub(super) fn zsh_parameter(&mut self, quoting: Quoting) -> Read<Option<Part>> {
        if !self.dialect.has_zsh_words() {
            return Ok(None);
        }
        let start = self.at;
        let sign = self.peek(1);
        let has_sign = matches!(sign, b'=' | b'~' | b'^' | b'+' | b'#') && is_name_start(self.peek(2));
        if !has_sign && !is_name_start(sign) {
            return Ok(None);
        }
        if sign == b'=' && matches!(quoting, Quoting::Double | Quoting::Here) {
            return self.refuse("`$=` between double quotes, which splits");
        }
        self.at += 1 + usize::from(has_sign);
        let mut name = self.name();
        let subscript = if self.peek(0) == b'[' { Some(self.parameter_subscript(quoting)?) } else { None };
        let operator = match sign {
            b'#' => ParameterOperator::Length,
            _ => self.zsh_modifiers(),
        };
        if sign == b'+' {
            // Whether it is set: a number like `$?`.
            name = b"?".to_vec();
        }
        let subscript = subscript.filter(|_| sign != b'+');
        let span = self.span_from(start);
        Ok(Some(Part::Parameter(Box::new(Parameter { name, subscript, indirect: false, operator, span }))))
    }

    /// Skips the `!` of `>!` and `>>!`, which writes even where `noclobber` is set.
    pub(super) fn zsh_clobber(&mut self, operator: RedirectOperator) {
        let may_have = matches!(operator, RedirectOperator::Output | RedirectOperator::Append);
        if may_have && self.dialect.has_zsh_words() && self.peek(0) == b'!' {
            self.at += 1;
        }
    }

    /// Skips what zsh allows between `${` and the name: `${=x}` splits, `${~x}` is a pattern.
    pub(super) fn zsh_signs(&mut self) -> Read<()> {
        if !self.dialect.has_zsh_words() {
            return Ok(());
        }
        while matches!(self.peek(0), b'=' | b'~' | b'^') {
            self.at += 1;
        }
        if self.peek(0) == b'(' {
            return self.refuse("flags of zsh in `${(…)…}`");
        }
        Ok(())
    }

    /// Reads `:t:l` as the operand of a slice, which the trace tells from a number.
    fn zsh_modifiers(&mut self) -> ParameterOperator {
        let start = self.at;
        let mut letters = Vec::new();
        while self.peek(0) == b':' && self.peek(1).is_ascii_alphabetic() {
            letters.push(self.peek(1));
            self.at += 2;
        }
        if letters.is_empty() {
            return ParameterOperator::Plain;
        }
        let span = self.span_from(start);
        let offset = Text { parts: vec![Part::Literal(letters, span)], span };
        ParameterOperator::Slice { offset, length: None }
    }
}

/// Whether a word stands behind `&>file`.
fn has_word_behind(simple: &Simple, redirects: &[Redirect]) -> bool {
    let is_both = |redirect: &&Redirect| {
        matches!(redirect.operator, RedirectOperator::OutputAndError | RedirectOperator::AppendAndError)
    };
    let first = redirects.iter().filter(is_both).map(|redirect| redirect.span.start).min();
    first.is_some_and(|first| simple.words.iter().any(|word| word.span.start > first))
}
