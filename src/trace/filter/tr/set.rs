//! The sets of `tr`: `a-z`, `[:upper:]`, `\012`, `[x*3]`.

/// One part of a set that is written with letters of one case, or anything else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Case {
    Upper,
    Lower,
}

/// A set in its order, as written.
pub(super) struct Set {
    bytes: Vec<u8>,
    /// Where `[:upper:]` and `[:lower:]` start in `bytes`.
    cases: Vec<(usize, Case)>,
    /// Whether another class is part of it: not allowed as a translation's target.
    has_class: bool,
    /// Where `[x*]` stands and which byte it repeats.
    fill: Option<(usize, u8)>,
}

/// One item of a written set.
enum Item {
    Byte(u8),
    /// A byte that was written with a backslash, and so starts no `[…]`.
    Escaped(u8),
}

impl Item {
    fn byte(&self) -> u8 {
        match self {
            Item::Byte(byte) | Item::Escaped(byte) => *byte,
        }
    }

    fn is(&self, plain: u8) -> bool {
        matches!(self, Item::Byte(byte) if *byte == plain)
    }
}

impl Set {
    /// Reads a set; `None` for errors and for what depends on the locale.
    pub(super) fn parse(written: &[u8]) -> Option<Set> {
        let items = unescape(written)?;
        let mut set = Set { bytes: Vec::new(), cases: Vec::new(), has_class: false, fill: None };
        let mut rest = items.as_slice();
        while let Some((item, tail)) = rest.split_first() {
            if item.is(b'[') {
                if tail.first().is_some_and(|next| next.is(b':')) {
                    let length = tail
                        .windows(2)
                        .skip(1)
                        .position(|pair| matches!(pair, [a, b] if a.is(b':') && b.is(b']')))?;
                    let name: Vec<u8> = tail.get(1..length + 1)?.iter().map(Item::byte).collect();
                    set.push_class(&name)?;
                    rest = tail.get(length + 3..)?;
                    continue;
                }
                if tail.first().is_some_and(|next| next.is(b'=')) {
                    return None;
                }
                if let [repeated, star, count @ ..] = tail
                    && star.is(b'*')
                    && let Some(end) = count
                        .iter()
                        .take_while(|next| matches!(next, Item::Byte(_)))
                        .position(|next| next.is(b']'))
                {
                    let digits: Vec<u8> = count.get(..end)?.iter().map(Item::byte).collect();
                    set.push_repeat(repeated.byte(), &digits)?;
                    rest = count.get(end + 1..)?;
                    continue;
                }
            }
            if let [dash, end, ..] = tail
                && dash.is(b'-')
            {
                if item.byte() > end.byte() {
                    return None;
                }
                set.bytes.extend(item.byte()..=end.byte());
                rest = tail.get(2..)?;
                continue;
            }
            set.bytes.push(item.byte());
            rest = tail;
        }
        (set.bytes.len() <= 4096).then_some(set)
    }

    fn push_class(&mut self, name: &[u8]) -> Option<()> {
        let is_member: fn(&u8) -> bool = match name {
            b"alnum" => u8::is_ascii_alphanumeric,
            b"alpha" => u8::is_ascii_alphabetic,
            b"blank" => |byte| matches!(byte, b' ' | b'\t'),
            b"cntrl" => u8::is_ascii_control,
            b"digit" => u8::is_ascii_digit,
            b"graph" => u8::is_ascii_graphic,
            b"lower" => u8::is_ascii_lowercase,
            b"print" => |byte| matches!(byte, b' '..=b'~'),
            b"punct" => u8::is_ascii_punctuation,
            b"space" => |byte| matches!(byte, b' ' | b'\t'..=b'\r'),
            b"upper" => u8::is_ascii_uppercase,
            b"xdigit" => u8::is_ascii_hexdigit,
            _ => return None,
        };
        match name {
            b"upper" => self.cases.push((self.bytes.len(), Case::Upper)),
            b"lower" => self.cases.push((self.bytes.len(), Case::Lower)),
            _ => self.has_class = true,
        }
        self.bytes.extend((0..=255u8).filter(is_member));
        Some(())
    }

    /// `[x*3]`, `[x*010]`, `[x*]`.
    fn push_repeat(&mut self, byte: u8, digits: &[u8]) -> Option<()> {
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let radix = if digits.first() == Some(&b'0') { 8 } else { 10 };
        let count = match digits {
            [] => 0,
            _ => usize::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?,
        };
        if count > 4096 {
            return None;
        }
        if count == 0 && self.fill.replace((self.bytes.len(), byte)).is_some() {
            return None;
        }
        self.bytes.resize(self.bytes.len() + count, byte);
        Some(())
    }

    /// All other bytes, in order.
    pub(super) fn complement(self) -> Set {
        let members = self.members();
        let bytes =
            (0..=255u8).filter(|byte| !members.get(usize::from(*byte)).copied().unwrap_or(false)).collect();
        Set { bytes, cases: Vec::new(), has_class: true, fill: None }
    }

    /// Whether `[x*]` is part of it, which is as long as the other set needs it.
    pub(super) fn is_filled_up(&self) -> bool {
        self.fill.is_some()
    }

    /// Which bytes are in the set.
    pub(super) fn members(&self) -> [bool; 256] {
        let mut members = [false; 256];
        for byte in &self.bytes {
            if let Some(member) = members.get_mut(usize::from(*byte)) {
                *member = true;
            }
        }
        members
    }

    /// The members of a target set after it was filled up for `from`.
    pub(super) fn expanded_members(&self, from: &Set) -> Option<[bool; 256]> {
        let filled =
            Set { bytes: self.filled(from.bytes.len())?, cases: Vec::new(), has_class: false, fill: None };
        Some(filled.members())
    }

    /// The target bytes with `[x*]` filled up to `length`.
    fn filled(&self, length: usize) -> Option<Vec<u8>> {
        let mut bytes = self.bytes.clone();
        if let Some((at, byte)) = self.fill {
            let missing = length.saturating_sub(bytes.len());
            let tail = bytes.split_off(at);
            bytes.resize(at + missing, byte);
            bytes.extend(tail);
        }
        Some(bytes)
    }

    /// The table of a translation to `to`, whose last byte is repeated unless `truncate`.
    pub(super) fn translation(&self, to: &Set, truncate: bool, complement: bool) -> Option<Vec<u8>> {
        let paired = self.cases.len() == to.cases.len()
            && self.cases.iter().zip(&to.cases).all(|(from, to)| from.0 == to.0 && from.1 != to.1);
        if to.has_class || (!to.cases.is_empty() && (complement || !paired)) {
            return None;
        }
        let target = to.filled(self.bytes.len())?;
        let last = *target.last()?;
        // A class at the end cannot be repeated, and a complement cannot be cut to size.
        let is_shorter = target.len() < self.bytes.len();
        if (complement && truncate) || (is_shorter && !to.cases.is_empty()) {
            return None;
        }
        if complement && target.iter().any(|byte| *byte != last) {
            return None;
        }
        let mut table: Vec<u8> = (0..=255).collect();
        for (index, from) in self.bytes.iter().enumerate() {
            let to = match target.get(index) {
                Some(to) => *to,
                None if truncate => break,
                None => last,
            };
            if let Some(entry) = table.get_mut(usize::from(*from)) {
                *entry = to;
            }
        }
        Some(table)
    }
}

/// Takes the backslash escapes out of a written set.
fn unescape(written: &[u8]) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    let mut rest = written;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if !byte.is_ascii() {
            return None;
        }
        if byte != b'\\' {
            items.push(Item::Byte(byte));
            continue;
        }
        let (&letter, after) = tail.split_first()?;
        rest = after;
        items.push(Item::Escaped(match letter {
            b'a' => 0x07,
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0b,
            b'\\' => b'\\',
            b'0'..=b'7' => {
                let length = tail.iter().take(3).take_while(|digit| matches!(digit, b'0'..=b'7')).count();
                let (digits, after) = tail.split_at_checked(length)?;
                rest = after;
                u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()?
            }
            _ if letter.is_ascii_alphanumeric() || !letter.is_ascii() => return None,
            _ => letter,
        }));
    }
    Some(items)
}
