//! Option reading as `getopt_long` does it, for the tools of this module.
//!
//! Only what a tool lists is accepted: an unknown option, an abbreviated long option or a missing value means
//! that the call is not modelled.

/// The options and operands of a call.
pub(super) struct Options<'a> {
    /// Each option by its short letter, with its value, in order.
    pub(super) flags: Vec<(u8, Option<&'a [u8]>)>,
    /// What is no option.
    pub(super) operands: Vec<&'a [u8]>,
}

impl<'a> Options<'a> {
    /// Reads `arguments`. `short` is written as for `getopt` (`"dw:"`); `long` maps long names to letters.
    pub(super) fn parse(arguments: &'a [Vec<u8>], short: &str, long: &[(&str, u8)]) -> Option<Options<'a>> {
        let mut options = Options { flags: Vec::new(), operands: Vec::new() };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_slice() {
                b"--" => {
                    options.operands.extend(rest.by_ref().map(Vec::as_slice));
                }
                [b'-', b'-', name @ ..] => {
                    let mut parts = name.splitn(2, |&byte| byte == b'=');
                    let name = parts.next()?;
                    let attached = parts.next();
                    let letter = long.iter().find(|(known, _)| known.as_bytes() == name)?.1;
                    let value = match (takes_value(short, letter)?, attached) {
                        (true, Some(value)) => Some(value),
                        (true, None) => Some(rest.next()?.as_slice()),
                        (false, None) => None,
                        (false, Some(_)) => return None,
                    };
                    options.flags.push((letter, value));
                }
                [b'-', cluster @ ..] if !cluster.is_empty() => {
                    let mut cluster = cluster;
                    while let Some((&letter, tail)) = cluster.split_first() {
                        cluster = tail;
                        if !takes_value(short, letter)? {
                            options.flags.push((letter, None));
                            continue;
                        }
                        let value = if tail.is_empty() { rest.next()?.as_slice() } else { tail };
                        options.flags.push((letter, Some(value)));
                        break;
                    }
                }
                operand => options.operands.push(operand),
            }
        }
        Some(options)
    }

    /// Whether the option is given.
    pub(super) fn has(&self, letter: u8) -> bool {
        self.flags.iter().any(|(flag, _)| *flag == letter)
    }

    /// The last value of the option.
    pub(super) fn value(&self, letter: u8) -> Option<&'a [u8]> {
        self.flags.iter().rev().find(|(flag, _)| *flag == letter)?.1
    }
}

/// Whether the option takes a value; `None` if there is no such option.
fn takes_value(short: &str, letter: u8) -> Option<bool> {
    let bytes = short.as_bytes();
    let at = bytes.iter().position(|&byte| byte == letter && byte != b':')?;
    Some(bytes.get(at + 1) == Some(&b':'))
}

/// A plain decimal number.
pub(super) fn number(text: &[u8]) -> Option<usize> {
    if text.is_empty() || text.len() > 9 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}
