//! The expression of `[[ … ]]`.

use super::brackets::Bracket;
use super::lexical::is_meta;
use super::{Quoting, Read, Reader};
use crate::syntax::ast::{Conditional, Part, Word};

impl Reader<'_> {
    /// Reads the expression and the `]]` behind it.
    pub(super) fn conditional(&mut self) -> Read<Conditional> {
        let expression = self.condition_or()?;
        self.condition_blanks()?;
        if !self.sees_closing() {
            return self.refuse("expected `]]`");
        }
        self.at += 2;
        Ok(expression)
    }

    fn condition_blanks(&mut self) -> Read<()> {
        self.newlines()
    }

    fn sees_closing(&self) -> bool {
        self.sees(b"]]") && (self.at + 2 >= self.source.len() || is_meta(self.peek(2)))
    }

    fn condition_or(&mut self) -> Read<Conditional> {
        let mut terms = vec![self.condition_and()?];
        loop {
            self.condition_blanks()?;
            if !self.sees(b"||") {
                return self.joined(terms, Conditional::Or);
            }
            self.at += 2;
            terms.push(self.condition_and()?);
        }
    }

    fn condition_and(&mut self) -> Read<Conditional> {
        let mut terms = vec![self.condition_term()?];
        loop {
            self.condition_blanks()?;
            if !self.sees(b"&&") {
                return self.joined(terms, Conditional::And);
            }
            self.at += 2;
            terms.push(self.condition_term()?);
        }
    }

    /// Joins terms in pairs: a chain that nested to the left would be as deep as it is long.
    fn joined(
        &self,
        mut terms: Vec<Conditional>,
        join: fn(Box<Conditional>, Box<Conditional>) -> Conditional,
    ) -> Read<Conditional> {
        while terms.len() > 1 {
            let mut rest = terms.into_iter();
            let mut joined = Vec::with_capacity(rest.len().div_ceil(2));
            while let Some(left) = rest.next() {
                joined.push(match rest.next() {
                    Some(right) => join(Box::new(left), Box::new(right)),
                    None => left,
                });
            }
            terms = joined;
        }
        match terms.pop() {
            Some(term) => Ok(term),
            None => self.refuse("expected an operand in `[[`"),
        }
    }

    fn condition_term(&mut self) -> Read<Conditional> {
        self.deeper(|reader| {
            reader.condition_blanks()?;
            if reader.at_end() {
                return reader.refuse("expected an operand in `[[`");
            }
            if reader.peek(0) == b'(' {
                reader.at += 1;
                let inner = reader.condition_or()?;
                reader.condition_blanks()?;
                if reader.peek(0) != b')' {
                    return reader.refuse("expected `)` in `[[`");
                }
                reader.at += 1;
                return Ok(Conditional::Group(Box::new(inner)));
            }
            if reader.sees(b"!") && (is_meta(reader.peek(1)) || reader.at + 1 >= reader.source.len()) {
                reader.at += 1;
                return Ok(Conditional::Not(Box::new(reader.condition_term()?)));
            }
            reader.condition_test()
        })
    }

    fn condition_test(&mut self) -> Read<Conditional> {
        let first = self.condition_word()?;
        if let Some(operator) = unary(&first) {
            // What follows is the operand, even if it looks like an operator.
            let operator = operator.to_vec();
            self.blanks();
            let operand = self.condition_word()?;
            return Ok(Conditional::Unary(operator, operand));
        }
        self.blanks();
        let Some(operator) = self.binary_operator() else {
            // Behind a lone word bash wants an operator on the same line.
            let ends = self.sees_closing() || self.sees(b"&&") || self.sees(b"||") || self.peek(0) == b')';
            return if ends {
                Ok(Conditional::Word(first))
            } else {
                self.refuse("expected an operator in `[[`")
            };
        };
        self.blanks();
        let right = if operator == b"=~" { self.condition_regex()? } else { self.condition_word()? };
        Ok(Conditional::Binary(first, operator, right))
    }

    fn condition_word(&mut self) -> Read<Word> {
        if self.sees_no_word() || self.sees_closing() {
            return self.refuse("expected an operand in `[[`");
        }
        let start = self.at;
        let word = self.word(true)?;
        if self.ends_in_descriptor(start, false) {
            return self.refuse("a descriptor in `[[`");
        }
        Ok(word)
    }

    /// Takes a binary operator.
    fn binary_operator(&mut self) -> Option<Vec<u8>> {
        if matches!(self.peek(0), b'<' | b'>') && self.peek(1) != b'(' {
            let operator = vec![self.peek(0)];
            self.at += 1;
            return Some(operator);
        }
        let rest = self.source.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| is_meta(*byte)).unwrap_or(rest.len()).min(4);
        let word = rest.get(..length).unwrap_or_default();
        let known = matches!(
            word,
            b"=="
                | b"="
                | b"!="
                | b"=~"
                | b"-eq"
                | b"-ne"
                | b"-lt"
                | b"-le"
                | b"-gt"
                | b"-ge"
                | b"-ef"
                | b"-nt"
                | b"-ot"
        );
        let ends = rest.get(length).is_none_or(|byte| is_meta(*byte));
        if !known || !ends {
            return None;
        }
        self.at += length;
        Some(word.to_vec())
    }

    /// Reads a regular expression: `(`, `)` and `|` are ordinary within it.
    fn condition_regex(&mut self) -> Read<Word> {
        if self.sees_closing() {
            return self.refuse("expected a regular expression");
        }
        let start = self.at;
        let mut parts: Vec<Part> = Vec::new();
        while !self.at_end() {
            match self.peek(0) {
                b'(' => {
                    let open = self.at;
                    self.at += 1;
                    let end = self.closing(Bracket::Parenthesis)?;
                    self.literal(b'(', open, &mut parts);
                    parts.extend(self.parts_to(end, Quoting::None)?);
                    self.at = end + 1;
                    self.literal(b')', end, &mut parts);
                }
                b'|' => {
                    self.at += 1;
                    let at = self.at - 1;
                    self.literal(b'|', at, &mut parts);
                }
                byte if is_meta(byte) => break,
                _ => self.part(Quoting::None, &mut parts)?,
            }
        }
        if self.at == start {
            return self.refuse("expected a regular expression");
        }
        Ok(Word { parts, span: self.span_from(start) })
    }
}

/// The unary operator that a word is.
fn unary(word: &Word) -> Option<&[u8]> {
    let [Part::Literal(bytes, _)] = word.parts.as_slice() else { return None };
    match bytes.as_slice() {
        [b'-', letter] if b"abcdefghknoprstuvwxzGLNORS".contains(letter) => Some(bytes),
        _ => None,
    }
}
