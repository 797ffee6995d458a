//! Which texts the two readings cannot differ on: plain words on one line. Most commands of an agent are that,
//! and the second reading, with the start of the parser, would be most of their cost.

/// Whether `source` is one simple command of unquoted words without anything special in them.
pub(super) fn is_plain(source: &[u8]) -> bool {
    if !source.iter().all(|byte| byte.is_ascii_alphanumeric() || b" \t_./:,@%+-=".contains(byte)) {
        return false;
    }
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    // The first word may not be an assignment; no word may be reserved where only the first could be read as such.
    source
        .split(is_blank)
        .find(|word| !word.is_empty())
        .is_some_and(|command| !command.contains(&b'=') && !may_be_reserved(command))
}

/// Reserved words, and the builtins for which the grammar has a command of their own.
fn may_be_reserved(word: &[u8]) -> bool {
    matches!(
        word,
        b"case"
            | b"coproc"
            | b"declare"
            | b"do"
            | b"done"
            | b"elif"
            | b"else"
            | b"esac"
            | b"export"
            | b"fi"
            | b"for"
            | b"function"
            | b"if"
            | b"in"
            | b"local"
            | b"readonly"
            | b"select"
            | b"then"
            | b"time"
            | b"typeset"
            | b"unset"
            | b"unsetenv"
            | b"until"
            | b"while"
    )
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_words_without_anything_special_are_plain() {
        for plain in ["ls", "  git -C app push -f", "dd if=a.img of=/dev/sda bs=4M", "echo if then"] {
            assert!(is_plain(plain.as_bytes()), "{plain}");
        }
        for special in [
            "",
            " ",
            "a=b",
            "a=b rm x",
            "rm x\n",
            "echo 'a'",
            "echo $x",
            "a | b",
            "a;b",
            "time rm x",
            "if a",
            "ls *",
            "cd ~",
            "echo a # b",
            "\\rm x",
            "{ a",
            "! a",
            "[ a ]",
            "rm x\r",
            "export a=b",
        ] {
            assert!(!is_plain(special.as_bytes()), "{special}");
        }
    }
}
