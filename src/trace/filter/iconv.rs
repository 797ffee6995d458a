//! `iconv` between the encodings of Unicode and Latin-1, and `strings`.

use super::input::Input;
use super::options::{Options, number};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Ascii,
    Latin1,
    Utf8,
    /// Of two or four bytes.
    Wide {
        bytes: usize,
        big: bool,
        marked: bool,
    },
}

impl Encoding {
    /// An encoding by its name; what should happen to characters that it lacks plays no part where it has all.
    fn parse(name: &[u8]) -> Option<Encoding> {
        let name = std::str::from_utf8(name).ok()?.to_ascii_uppercase();
        let name = name.split("//").next()?;
        let wide = |bytes, big, marked| Encoding::Wide { bytes, big, marked };
        Some(match name {
            "ASCII" | "US-ASCII" => Encoding::Ascii,
            "ISO-8859-1" | "ISO8859-1" | "LATIN1" | "L1" => Encoding::Latin1,
            "UTF-8" | "UTF8" => Encoding::Utf8,
            "UTF-16LE" | "UTF16LE" | "UCS-2LE" => wide(2, false, false),
            "UTF-16BE" | "UTF16BE" | "UCS-2BE" => wide(2, true, false),
            "UTF-32LE" | "UTF32LE" | "UCS-4LE" => wide(4, false, false),
            "UTF-32BE" | "UTF32BE" | "UCS-4BE" | "UCS-4" => wide(4, true, false),
            "UTF-16" | "UTF16" => wide(2, false, true),
            "UTF-32" | "UTF32" => wide(4, false, true),
            _ => return None,
        })
    }

    fn decode(self, text: &[u8]) -> Option<String> {
        match self {
            Encoding::Ascii | Encoding::Utf8 if self == Encoding::Utf8 || text.is_ascii() => {
                String::from_utf8(text.to_vec()).ok()
            }
            Encoding::Ascii | Encoding::Utf8 => None,
            Encoding::Latin1 => Some(text.iter().map(|byte| char::from(*byte)).collect()),
            // Without a mark the order differs.
            Encoding::Wide { bytes, marked: true, .. } => {
                let (little, big): (&[u8], &[u8]) =
                    if bytes == 2 { (b"\xff\xfe", b"\xfe\xff") } else { (b"\xff\xfe\0\0", b"\0\0\xfe\xff") };
                let plain = |big| Encoding::Wide { bytes, big, marked: false };
                match (text.strip_prefix(little), text.strip_prefix(big)) {
                    (Some(rest), _) => plain(false).decode(rest),
                    (None, Some(rest)) => plain(true).decode(rest),
                    (None, None) => None,
                }
            }
            Encoding::Wide { bytes, big, marked: false } => {
                let units: Vec<u32> = text
                    .chunks(bytes)
                    .map(|unit| {
                        let join = |all: u32, byte: &u8| (all << 8) | u32::from(*byte);
                        let whole = unit.len() == bytes;
                        whole.then(|| {
                            if big { unit.iter().fold(0, join) } else { unit.iter().rev().fold(0, join) }
                        })
                    })
                    .collect::<Option<_>>()?;
                if bytes == 4 {
                    return units.into_iter().map(char::from_u32).collect();
                }
                let units: Option<Vec<u16>> =
                    units.into_iter().map(|unit| u16::try_from(unit).ok()).collect();
                String::from_utf16(&units?).ok()
            }
        }
    }

    fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Encoding::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Encoding::Latin1 => {
                text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect()
            }
            Encoding::Utf8 => Some(text.as_bytes().to_vec()),
            // It would start with a mark.
            Encoding::Wide { marked: true, .. } => None,
            Encoding::Wide { bytes: 2, big, .. } => {
                let order = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                Some(text.encode_utf16().flat_map(order).collect())
            }
            Encoding::Wide { big, .. } => {
                let order = |character: char| {
                    let code = u32::from(character);
                    if big { code.to_be_bytes() } else { code.to_le_bytes() }
                };
                Some(text.chars().flat_map(order).collect())
            }
        }
    }
}

/// `iconv`; without `-f` or `-t` the locale decides.
pub(super) fn iconv(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let long = [("from-code", b'f'), ("to-code", b't'), ("silent", b's')];
    let options = Options::parse(arguments, "f:t:s", &long)?;
    let (from, to) = (options.value(b'f'), options.value(b't'));
    let text = input.all(&options.operands)?;
    // ASCII is the same in every locale.
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) => (Encoding::parse(from)?, Encoding::parse(to)?),
        (Some(from), None) => (Encoding::parse(from)?, Encoding::Ascii),
        (None, Some(to)) => (Encoding::Ascii, Encoding::parse(to)?),
        (None, None) => return None,
    };
    let text = from.decode(&text)?;
    // Marks inside the text are kept or dropped.
    if text.contains(['\u{feff}', '\u{fffe}']) {
        return None;
    }
    to.encode(&text)
}

/// `strings`: the runs of at least four printable characters.
pub(super) fn strings(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "an:", &[("all", b'a'), ("bytes", b'n')])?;
    let least = options.value(b'n').map_or(Some(4), number).filter(|least| *least > 0)?;
    let text = input.all(&options.operands)?;
    // Of files in other formats only parts are read.
    if text.starts_with(b"\x7fELF") || text.starts_with(b"!<arch>") || text.starts_with(b"MZ") {
        return None;
    }
    let printable = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t');
    let runs = text.split(|byte| !printable(byte)).filter(|run| run.len() >= least);
    Some(runs.flat_map(|run| run.iter().copied().chain([b'\n'])).collect())
}
