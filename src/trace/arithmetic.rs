//! Arithmetic on known values: `$(( … ))`, `(( … ))`, `let`, subscripts, `-eq`.
//!
//! bash evaluates the *values* of variables as expressions again, subscripts included: `v='a[$(cmd)]'; (( v ))` runs
//! `cmd`. So evaluation may start commands, and it goes on reading where the result is already lost.

use super::Via;
use super::env::Content;
use super::parameter::{Got, Key};
use super::tracer::{Io, Tracer};
use crate::source::Span;
use crate::syntax::ast::{Part, Text};
use crate::value::{Cause, Value};

/// Deepest nesting of parentheses, and of variables that hold expressions.
const MAX_NESTING: usize = 40;
/// Longest expression in bytes that is evaluated.
const MAX_LENGTH: usize = 4096;

/// The number that a text evaluates to; `None` if it cannot be known.
pub(super) fn evaluate(tracer: &mut Tracer<'_>, text: &Value) -> Option<i64> {
    let span = text.origin().unwrap_or_default();
    let bytes = text.known()?;
    run(tracer, &bytes, span, 0)
}

fn run(tracer: &mut Tracer<'_>, bytes: &[u8], span: Span, depth: usize) -> Option<i64> {
    if bytes.len() > MAX_LENGTH || depth > MAX_NESTING {
        return None;
    }
    let mut parser = Parser { tracer, bytes, at: 0, span, depth, dry: 0, unsure: 0 };
    parser.blanks();
    if parser.at >= bytes.len() {
        return Some(0);
    }
    let value = parser.comma().ok()?;
    parser.blanks();
    (parser.at >= parser.bytes.len()).then_some(value).flatten()
}

/// The text is not an expression.
struct Malformed;

/// `None`: well-formed, but not known.
type Number = Result<Option<i64>, Malformed>;

struct Parser<'p, 't> {
    tracer: &'p mut Tracer<'t>,
    bytes: &'p [u8],
    at: usize,
    span: Span,
    depth: usize,
    /// Above zero: the part is skipped by `&&`, `||` or `?:`, nothing is assigned.
    dry: usize,
    /// Above zero: nobody knows whether the part is evaluated.
    unsure: usize,
}

/// Binary operators by precedence, weakest first; within a row the longer spelling first.
const BINARY: [&[&str]; 10] = [
    &["||"],
    &["&&"],
    &["|"],
    &["^"],
    &["&"],
    &["==", "!="],
    &["<=", ">=", "<", ">"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

const ASSIGNMENTS: [&str; 11] = ["<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "="];

impl Parser<'_, '_> {
    fn blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn eat(&mut self, text: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(text.as_bytes());
        if found {
            self.at += text.len();
        }
        found
    }

    fn comma(&mut self) -> Number {
        let mut value = self.ternary()?;
        while self.eat(",") {
            value = self.ternary()?;
        }
        Ok(value)
    }

    fn nested<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, Malformed>) -> Result<T, Malformed> {
        self.depth += 1;
        let result = if self.depth > MAX_NESTING { Err(Malformed) } else { body(self) };
        self.depth -= 1;
        result
    }

    /// Reads a part that is evaluated if the condition is not zero.
    fn under<T>(&mut self, condition: Option<bool>, body: impl FnOnce(&mut Self) -> T) -> T {
        let (skipped, unsure) = (usize::from(condition == Some(false)), usize::from(condition.is_none()));
        self.dry += skipped;
        self.unsure += unsure;
        let result = body(self);
        self.dry -= skipped;
        self.unsure -= unsure;
        result
    }

    fn ternary(&mut self) -> Number {
        self.nested(|parser| {
            let condition = parser.binary(0)?;
            if !parser.eat("?") {
                return Ok(condition);
            }
            let holds = condition.map(|number| number != 0);
            let yes = parser.under(holds, Self::comma)?;
            if !parser.eat(":") {
                return Err(Malformed);
            }
            let no = parser.under(holds.map(|holds| !holds), Self::ternary)?;
            Ok(condition.and_then(|number| if number != 0 { yes } else { no }))
        })
    }

    fn operator(&mut self, level: usize) -> Option<&'static str> {
        self.blanks();
        let row = BINARY.get(level)?;
        let rest = self.rest();
        let found = row.iter().find(|operator| {
            let text = operator.as_bytes();
            let next = rest.get(text.len()).copied();
            rest.starts_with(text)
                && match **operator {
                    "|" | "&" => next != text.first().copied() && next != Some(b'='),
                    "<" | ">" => next != text.first().copied(),
                    "*" => next != Some(b'*') && next != Some(b'='),
                    "==" | "!=" | "<=" | ">=" | "||" | "&&" => true,
                    _ => next != Some(b'='),
                }
        })?;
        self.at += found.len();
        Some(found)
    }

    fn binary(&mut self, level: usize) -> Number {
        if level >= BINARY.len() {
            return self.power();
        }
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = self.operator(level) {
            let holds = left.map(|number| number != 0);
            let condition = match operator {
                "&&" => holds,
                "||" => holds.map(|holds| !holds),
                _ => Some(true),
            };
            let right = self.under(condition, |parser| parser.binary(level + 1))?;
            left = compute(operator, left, right);
        }
        Ok(left)
    }

    fn power(&mut self) -> Number {
        let base = self.unary()?;
        if !self.eat("**") {
            return Ok(base);
        }
        let exponent = self.nested(Self::power)?;
        let power = |base: i64, exponent: i64| Some(base.wrapping_pow(u32::try_from(exponent).ok()?));
        Ok(base.zip(exponent).and_then(|(base, exponent)| power(base, exponent)))
    }

    fn unary(&mut self) -> Number {
        self.blanks();
        for (prefix, step) in [("++", 1), ("--", -1)] {
            if self.rest().starts_with(prefix.as_bytes()) {
                let save = self.at;
                self.at += 2;
                self.blanks();
                if let Some(name) = self.name() {
                    let value = self.variable(&name)?.map(|number| number.wrapping_add(step));
                    self.assign(&name, value);
                    return Ok(value);
                }
                self.at = save;
            }
        }
        let Some(first) = self.rest().first().copied() else { return Err(Malformed) };
        if !b"!~+-".contains(&first) {
            return self.postfix();
        }
        self.at += 1;
        let value = self.nested(Self::unary)?;
        Ok(value.map(|number| match first {
            b'!' => i64::from(number == 0),
            b'~' => !number,
            b'-' => number.wrapping_neg(),
            _ => number,
        }))
    }

    fn postfix(&mut self) -> Number {
        if self.eat("(") {
            let value = self.nested(Self::comma)?;
            return if self.eat(")") { Ok(value) } else { Err(Malformed) };
        }
        if self.rest().first().is_some_and(u8::is_ascii_digit) {
            return self.number();
        }
        let Some(name) = self.name() else { return Err(Malformed) };
        let subscripted = self.rest().first() == Some(&b'[');
        if subscripted {
            return self.element(&name);
        }
        self.blanks();
        for operator in ASSIGNMENTS {
            let equality = operator == "=" && self.rest().starts_with(b"==");
            if !equality && self.rest().starts_with(operator.as_bytes()) {
                self.at += operator.len();
                let right = self.nested(Self::ternary)?;
                let arithmetic = operator.trim_end_matches('=');
                let value = match arithmetic {
                    "" => right,
                    arithmetic => compute(arithmetic, self.variable(&name)?, right),
                };
                self.assign(&name, value);
                return Ok(value);
            }
        }
        let value = self.variable(&name)?;
        for (suffix, step) in [("++", 1), ("--", -1)] {
            if self.rest().starts_with(suffix.as_bytes()) {
                self.at += 2;
                self.assign(&name, value.map(|number| number.wrapping_add(step)));
            }
        }
        Ok(value)
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        let rest = self.rest();
        let first = rest.first()?;
        if !(first.is_ascii_alphabetic() || *first == b'_') {
            return None;
        }
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let name = rest.get(..length)?.to_vec();
        self.at += length;
        Some(name)
    }

    /// `name[subscript]`: the subscript is expanded, which runs commands in it.
    fn element(&mut self, name: &[u8]) -> Number {
        let mut depth = 0usize;
        let length = self.rest().iter().position(|byte| {
            match byte {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        });
        let Some(length) = length else { return Err(Malformed) };
        let inside = self.rest().get(1..length).unwrap_or_default().to_vec();
        self.at += length + 1;
        if inside.iter().any(|byte| b"$`".contains(byte)) {
            self.tracer.run_text_as_quoted(&inside, self.span);
            return Ok(None);
        }
        let text = Text { parts: vec![Part::Literal(inside, self.span)], span: self.span };
        let key = self.tracer.subscript(name, &text);
        let value =
            self.tracer.env.variable(name).and_then(|variable| match (variable.contents.as_slice(), &key) {
                ([Content::Array(elements)], Key::One(key) | Key::Either(key)) => elements.get(key).cloned(),
                _ => None,
            });
        match value.as_ref().and_then(Value::known) {
            Some(bytes) => Ok(run(self.tracer, &bytes, self.span, self.depth + 1)),
            None => Ok(None),
        }
    }

    fn variable(&mut self, name: &[u8]) -> Number {
        let got = self.tracer.lookup(name, None, self.span);
        let [got] = got.as_slice() else { return Ok(None) };
        match got {
            Got::Unset => Ok(Some(0)),
            Got::Scalar(value) => match value.known() {
                Some(bytes) => Ok(run(self.tracer, &bytes, self.span, self.depth + 1)),
                None => Ok(None),
            },
            Got::Ambient(_) | Got::List { .. } => Ok(None),
        }
    }

    fn assign(&mut self, name: &[u8], value: Option<i64>) {
        if self.dry > 0 {
            return;
        }
        let value = match value {
            Some(number) => Value::text(number.to_string(), self.span),
            None => Value::unknown(Cause::Number, false, self.span),
        };
        let mut values = vec![value];
        if self.unsure > 0 {
            values.extend(self.tracer.lookup(name, None, self.span).into_iter().map(|got| match got {
                Got::Scalar(value) => value,
                Got::Unset => Value::default(),
                Got::Ambient(_) | Got::List { .. } => Value::unknown(Cause::Unmodelled, true, self.span),
            }));
        }
        self.tracer.env.assign(name, values);
    }

    fn number(&mut self) -> Number {
        let rest = self.rest();
        let word = |byte: &&u8| byte.is_ascii_alphanumeric() || b"#@_".contains(byte);
        let length = rest.iter().take_while(word).count();
        let text = rest.get(..length).and_then(|digits| std::str::from_utf8(digits).ok()).ok_or(Malformed)?;
        let number = match text.split_once('#') {
            Some((base, digits)) => in_base(digits, base.parse().map_err(|_| Malformed)?),
            None => match (text.strip_prefix("0x").or(text.strip_prefix("0X")), text.strip_prefix('0')) {
                (Some(hex), _) => in_base(hex, 16),
                (None, Some(octal)) if !octal.is_empty() => in_base(octal, 8),
                _ => in_base(text, 10),
            },
        };
        self.at += length;
        number.map(Some).ok_or(Malformed)
    }
}

fn in_base(digits: &str, base: i64) -> Option<i64> {
    if !(2..=64).contains(&base) {
        return None;
    }
    let mut number = 0i64;
    for byte in digits.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            b'A'..=b'Z' if base <= 36 => byte - b'A' + 10,
            b'A'..=b'Z' => byte - b'A' + 36,
            b'@' => 62,
            b'_' => 63,
            _ => return None,
        };
        if i64::from(digit) >= base {
            return None;
        }
        number = number.wrapping_mul(base).wrapping_add(i64::from(digit));
    }
    Some(number)
}

fn compute(operator: &str, left: Option<i64>, right: Option<i64>) -> Option<i64> {
    match (operator, left, right) {
        ("&&", Some(0), _) | ("&&", _, Some(0)) => return Some(0),
        ("||", Some(number), _) if number != 0 => return Some(1),
        _ => {}
    }
    let (left, right) = left.zip(right)?;
    let shift = u32::try_from(right & 63).unwrap_or(0);
    Some(match operator {
        "||" => i64::from(left != 0 || right != 0),
        "&&" => i64::from(left != 0 && right != 0),
        "|" => left | right,
        "^" => left ^ right,
        "&" => left & right,
        "==" => i64::from(left == right),
        "!=" => i64::from(left != right),
        "<=" => i64::from(left <= right),
        ">=" => i64::from(left >= right),
        "<" => i64::from(left < right),
        ">" => i64::from(left > right),
        "<<" => left.wrapping_shl(shift),
        ">>" => left.wrapping_shr(shift),
        "+" => left.wrapping_add(right),
        "-" => left.wrapping_sub(right),
        "*" => left.wrapping_mul(right),
        "/" => left.checked_div(right)?,
        "%" => left.checked_rem(right)?,
        _ => return None,
    })
}

impl Tracer<'_> {
    /// Expands text that is data so far as if it stood in double quotes: subscripts in arithmetic, `${x@P}`. It becomes
    /// a here-document, where a double quote is plain, but not within `$(…)`.
    pub(super) fn run_text_as_quoted(&mut self, text: &[u8], span: Span) {
        let longest = text.split(|byte| *byte != b'_').map(<[u8]>::len).max().unwrap_or(0);
        let delimiter = vec![b'_'; longest + 1];
        let script =
            [b": <<", delimiter.as_slice(), b"\n", text, b"\n", delimiter.as_slice(), b"\n"].concat();
        let script = Value::text(script, span);
        let io = Io::default();
        self.within(self.parent, Via::Text, |tracer| {
            tracer.subshell(|tracer| tracer.run_script(&script, io))
        });
    }
}
