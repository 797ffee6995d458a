//! `bc` of whole numbers: arithmetic, variables, texts, `obase` and `ibase`.

use super::LIMIT;
use super::input::Input;
use super::options::Options;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// How deep parentheses may be nested.
const MAX_DEPTH: usize = 30;

/// `bc`, which reads standard input. With `-l` a division has a fraction.
pub(super) fn bc(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "ql", &[("quiet", b'q'), ("mathlib", b'l')])?;
    if !options.operands.is_empty() {
        return None;
    }
    let text = input.read(b"-")?;
    let text = std::str::from_utf8(&text).ok().filter(|text| text.len() <= 4096 && text.is_ascii())?;
    // A last line that does not end is left out by some versions.
    if !text.is_empty() && !text.ends_with('\n') {
        return None;
    }
    let mut machine = Machine {
        rest: text.chars().peekable(),
        variables: BTreeMap::new(),
        input_base: 10,
        output_base: 10,
        fractions: options.has(b'l'),
        depth: 0,
        out: String::new(),
    };
    machine.run()?;
    Some(machine.out.into_bytes())
}

struct Machine<'a> {
    rest: Peekable<Chars<'a>>,
    variables: BTreeMap<char, i64>,
    input_base: u32,
    output_base: u32,
    fractions: bool,
    depth: usize,
    out: String,
}

impl Machine<'_> {
    fn run(&mut self) -> Option<()> {
        loop {
            while self.rest.next_if(|next| matches!(next, ' ' | '\t' | ';' | '\n')).is_some() {}
            if self.rest.peek().is_none() {
                return Some(());
            }
            self.statement()?;
            self.skip_blanks();
            match self.rest.next() {
                // Behind `quit` nothing is left.
                None | Some(';' | '\n') if self.out.len() <= LIMIT => {}
                _ => return None,
            }
        }
    }

    fn skip_blanks(&mut self) {
        while self.rest.next_if(|next| matches!(next, ' ' | '\t')).is_some() {}
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.skip_blanks();
        self.rest.next_if_eq(&wanted).is_some()
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(letter) = self.rest.next_if(|next| next.is_ascii_lowercase() || *next == '_') {
            word.push(letter);
        }
        word
    }

    fn statement(&mut self) -> Option<()> {
        match *self.rest.peek()? {
            '"' => {
                let text = self.text()?;
                self.out.push_str(&text);
            }
            'a'..='z' => match self.word().as_str() {
                "quit" => self.rest = "".chars().peekable(),
                "print" => self.print()?,
                "obase" if self.takes('=') => {
                    self.output_base =
                        u32::try_from(self.sum()?).ok().filter(|base| (2..=16).contains(base))?;
                }
                "ibase" if self.takes('=') => {
                    self.input_base =
                        u32::try_from(self.sum()?).ok().filter(|base| (2..=16).contains(base))?;
                }
                // Only divisions have a fraction.
                "scale" if self.takes('=') => self.fractions |= self.sum()? != 0,
                name => {
                    let name = only(name)?;
                    if self.takes('=') {
                        if matches!(self.rest.peek(), Some('=')) {
                            return None;
                        }
                        let value = self.sum()?;
                        self.variables.insert(name, value);
                    } else {
                        let first = *self.variables.get(&name).unwrap_or(&0);
                        let value = self.sum_from(first)?;
                        self.show(value);
                        self.out.push('\n');
                    }
                }
            },
            _ => {
                let value = self.sum()?;
                self.show(value);
                self.out.push('\n');
            }
        }
        Some(())
    }

    /// `print 1, "text"`, where texts have escapes.
    fn print(&mut self) -> Option<()> {
        loop {
            self.skip_blanks();
            if matches!(self.rest.peek(), Some('"')) {
                let text = self.text()?;
                let mut escaped = text.chars();
                while let Some(character) = escaped.next() {
                    self.out.push(match character {
                        '\\' => match escaped.next()? {
                            'n' => '\n',
                            't' => '\t',
                            '\\' => '\\',
                            _ => return None,
                        },
                        other => other,
                    });
                }
            } else {
                let value = self.sum()?;
                self.show(value);
            }
            if !self.takes(',') {
                return Some(());
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        self.rest.next();
        let mut text = String::new();
        loop {
            match self.rest.next()? {
                '"' => return Some(text),
                character => text.push(character),
            }
        }
    }

    fn sum(&mut self) -> Option<i64> {
        let first = self.power()?;
        self.sum_from(first)
    }

    /// What follows the first operand, by precedence.
    fn sum_from(&mut self, first: i64) -> Option<i64> {
        let first = self.power_from(first)?;
        let mut left = self.product_from(first)?;
        loop {
            if self.takes('+') {
                left = self.product()?.checked_add(left)?;
            } else if self.takes('-') {
                left = left.checked_sub(self.product()?)?;
            } else {
                return Some(left).filter(|value| value.unsigned_abs() < 1 << 60);
            }
        }
    }

    fn product(&mut self) -> Option<i64> {
        let first = self.power()?;
        self.product_from(first)
    }

    fn product_from(&mut self, first: i64) -> Option<i64> {
        let mut left = first;
        loop {
            left = if self.takes('*') {
                left.checked_mul(self.power()?)?
            } else if self.takes('/') && !self.fractions {
                left.checked_div(self.power()?)?
            } else if self.takes('%') && !self.fractions {
                left.checked_rem(self.power()?)?
            } else {
                return Some(left);
            };
        }
    }

    fn power(&mut self) -> Option<i64> {
        let base = self.operand()?;
        self.power_from(base)
    }

    fn power_from(&mut self, base: i64) -> Option<i64> {
        if !self.takes('^') {
            return Some(base);
        }
        let exponent = self.power()?;
        base.checked_pow(u32::try_from(exponent).ok()?)
    }

    fn operand(&mut self) -> Option<i64> {
        self.skip_blanks();
        match *self.rest.peek()? {
            '(' => {
                self.rest.next();
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return None;
                }
                let value = self.sum()?;
                self.depth -= 1;
                self.takes(')').then_some(value)
            }
            // A sign in front of a number; of anything else its precedence is not modelled.
            '-' => {
                self.rest.next();
                matches!(self.rest.peek(), Some('0'..='9')).then_some(())?;
                let value = self.number()?;
                (!self.takes('^')).then_some(-value)
            }
            '0'..='9' | 'A'..='F' => self.number(),
            'a'..='z' => {
                let name = only(&self.word())?;
                Some(*self.variables.get(&name).unwrap_or(&0))
            }
            _ => None,
        }
    }

    /// A number in the base of the input. A single digit has its value in every base.
    fn number(&mut self) -> Option<i64> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(|next| matches!(next, '0'..='9' | 'A'..='F')) {
            digits.push(digit);
        }
        let followed = matches!(self.rest.peek(), Some('.' | 'G'..='Z' | 'a'..='z' | '_' | '\\'));
        if digits.len() > 15 || followed {
            return None;
        }
        let base = if digits.len() == 1 { 16 } else { self.input_base };
        i64::from_str_radix(&digits, base).ok()
    }

    /// Writes a number in the base of the output.
    fn show(&mut self, value: i64) {
        let (mut rest, base) = (value.unsigned_abs(), u64::from(self.output_base));
        let mut digits = Vec::new();
        loop {
            digits.extend(char::from_digit(u32::try_from(rest % base).unwrap_or(0), 16));
            rest /= base;
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            self.out.push('-');
        }
        self.out.extend(digits.iter().rev().map(char::to_ascii_uppercase));
    }
}

/// A name of one letter; longer ones are keywords and functions, too.
fn only(name: &str) -> Option<char> {
    let mut letters = name.chars();
    let first = letters.next()?;
    letters.next().is_none().then_some(first)
}
