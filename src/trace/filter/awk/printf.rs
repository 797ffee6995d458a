//! `printf` of awk.

use super::super::LIMIT;
use super::super::printf::Conversion;
use super::program::Expression;
use super::run::Machine;
use super::value::{Value, integer, is_no_number};

impl Machine<'_> {
    /// The text of a `printf`. Too few operands are an error.
    pub(super) fn printf(&mut self, format: &str, operands: &[Expression]) -> Option<String> {
        let mut out = Vec::new();
        let mut rest = format.as_bytes();
        let mut operands = operands.iter();
        while let Some(percent) = rest.iter().position(|byte| *byte == b'%') {
            let (before, conversion) = rest.split_at_checked(percent)?;
            out.extend_from_slice(before);
            let conversion = conversion.get(1..)?;
            if let Some(after) = conversion.strip_prefix(b"%") {
                out.push(b'%');
                rest = after;
                continue;
            }
            let (conversion, after) = Conversion::read_plain(conversion)?;
            rest = after;
            let value = self.evaluate(operands.next()?)?;
            match (conversion.letter(), &value) {
                (b's', _) if conversion.has_only_minus() => {
                    conversion.text(value.text().as_bytes(), &mut out)?
                }
                (b'c', Value::Number(code @ 1..=127)) if conversion.has_only_minus() => {
                    conversion.text(&[u8::try_from(*code).ok()?], &mut out)?;
                }
                (b'c', Value::Input(text)) if conversion.has_only_minus() => {
                    let code = integer(text).filter(|code| (1..=127).contains(code));
                    let byte = match code {
                        Some(code) => u8::try_from(code).ok()?,
                        None if is_no_number(text) && text.is_ascii() => *text.as_bytes().first()?,
                        None => return None,
                    };
                    conversion.text(&[byte], &mut out)?;
                }
                (b'c', Value::Text(text)) if conversion.has_only_minus() && text.is_ascii() => {
                    conversion.text(text.as_bytes().get(..1)?, &mut out)?;
                }
                (b'd' | b'i' | b'o' | b'x' | b'X', _)
                    if value.number()? >= 0 || conversion.letter() == b'd' =>
                {
                    conversion.integer(value.number()?, &mut out)?
                }
                _ => return None,
            }
            if out.len() > LIMIT {
                return None;
            }
        }
        out.extend_from_slice(rest);
        String::from_utf8(out).ok()
    }
}
