//! Numbers that operators make of numbers. A text of digits is told from a number by where it stands.

use super::super::node::{Kind, children, field, kind};
use super::super::parse::Language;
use super::Evaluator;
use tree_sitter::Node;

impl Evaluator<'_> {
    /// Whether the value of a node is a number, and no text of digits.
    pub(super) fn is_numeric(&self, node: Node<'_>) -> bool {
        /// Functions and methods that return numbers.
        const NUMBERS: &[&[u8]] =
            &[b"ord", b"int", b"len", b"parseInt", b"Number", b"charCodeAt", b"codePointAt"];
        let is_arithmetic = |node: Node<'_>| {
            let Some((left, right)) = field(node, &["left"]).zip(field(node, &["right"])) else {
                return false;
            };
            let operator =
                self.text.get(left.end_byte()..right.start_byte()).unwrap_or_default().trim_ascii();
            matches!(operator, b"-" | b"/" | b"//" | b"^" | b"&" | b"|" | b"<<" | b">>")
                || (matches!(operator, b"+" | b"*" | b"%")
                    && (self.is_numeric(left) || self.is_numeric(right)))
        };
        match kind(node) {
            Kind::Number => true,
            Kind::Wrapper => children(node).as_slice().iter().all(|inner| self.is_numeric(*inner)),
            Kind::Binary => is_arithmetic(node),
            Kind::Call => {
                let function = field(node, &["function", "method"]);
                let name =
                    function.and_then(|function| field(function, &["property", "attribute"])).or(function);
                name.is_some_and(|name| NUMBERS.contains(&self.bytes(name)))
            }
            _ => false,
        }
    }
}

/// The number that an operator makes of two.
pub(super) fn calculated(operator: &[u8], left: i64, right: i64, language: Language) -> Option<i64> {
    /// Beyond it, some languages round.
    const EXACT: u64 = 1 << 53;
    let whole = || left.checked_div(right).filter(|_| left.checked_rem(right) == Some(0));
    let number = match operator {
        b"+" => left.checked_add(right),
        b"-" => left.checked_sub(right),
        b"*" => left.checked_mul(right),
        b"^" if language != Language::Lua => Some(left ^ right),
        b"//" if matches!(language, Language::Python | Language::Lua) => whole(),
        // Elsewhere, it makes `3.0` of six and two.
        b"/" if !matches!(language, Language::Python | Language::Lua) => whole(),
        // The languages differ where one is negative.
        b"%" if left >= 0 && right > 0 => left.checked_rem(right),
        _ => None,
    };
    number.filter(|number| number.unsigned_abs() < EXACT)
}
