//! Files of options that a program reads besides its argv, in the form of curl's: one option a line, with or without dashes,
//! its value behind a blank, `=` or `:`.

/// The words that the file stands for; `None` if they are more than `most`.
pub(crate) fn words(text: &[u8], most: usize) -> Option<Vec<Vec<u8>>> {
    let mut words = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() || line.starts_with(b"#") {
            continue;
        }
        let end = line.iter().position(|byte| byte.is_ascii_whitespace() || b"=:".contains(byte));
        let (name, rest) = line.split_at_checked(end.unwrap_or(line.len())).unwrap_or((line, b""));
        let dashes: &[u8] = if name.starts_with(b"-") { b"" } else { b"--" };
        words.push([dashes, name].concat());
        let behind = rest.iter().position(|byte| !byte.is_ascii_whitespace() && !b"=:".contains(byte));
        if let Some(written) = behind.and_then(|at| rest.get(at..)) {
            words.push(value(written));
        }
        if words.len() > most {
            return None;
        }
    }
    Some(words)
}

/// A value: in double quotes with escapes, or up to the next blank.
fn value(written: &[u8]) -> Vec<u8> {
    let Some(quoted) = written.strip_prefix(b"\"") else {
        return written.split(u8::is_ascii_whitespace).next().unwrap_or_default().to_vec();
    };
    let mut value = Vec::new();
    let mut bytes = quoted.iter();
    while let Some(byte) = bytes.next().filter(|byte| **byte != b'"') {
        match byte {
            b'\\' => value.extend(bytes.next().map(|escaped| match escaped {
                b't' => b'\t',
                b'n' => b'\n',
                b'r' => b'\r',
                other => *other,
            })),
            byte => value.push(*byte),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_words() {
        let text = b"# DELETE\nurl = \"http://h/a b\\\"\"\n-X DELETE\nrequest=PUT\n--silent\nheader: x\n\nuser-agent  y z";
        let words: Vec<String> =
            words(text, 11).unwrap().iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        let expected = [
            "--url",
            "http://h/a b\"",
            "-X",
            "DELETE",
            "--request",
            "PUT",
            "--silent",
            "--header",
            "x",
            "--user-agent",
            "y",
        ];
        assert_eq!(words, expected);
        assert_eq!(super::words(text, 10), None);
    }
}
