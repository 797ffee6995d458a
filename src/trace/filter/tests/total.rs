//! Random arguments and input: no model panics or runs away.

use super::model_of;
use crate::Dialect;
use proptest::prelude::*;

const PROGRAMS: &[&str] = &[
    "awk", "base32", "base64", "basename", "basenc", "bc", "cat", "column", "comm", "cut", "date", "dd",
    "dirname", "echo", "egrep", "envsubst", "expand", "expr", "factor", "fgrep", "fmt", "fold", "grep",
    "head", "hexdump", "iconv", "join", "nl", "numfmt", "od", "openssl", "paste", "pr", "printf", "rev",
    "sed", "seq", "shuf", "sort", "strings", "tac", "tail", "tee", "tr", "tsort", "unexpand", "uniq",
    "unlzma", "unxz", "unzstd", "wc", "xargs", "xxd",
];

/// Bytes that mean something to one of the tools, and a few that do not.
fn argument() -> impl Strategy<Value = Vec<u8>> {
    let telling = prop::sample::select(b"-+aenNdsfc:[]\\/.*^$%0129,;|(){}&= \n\xff\xc3\xa9".to_vec());
    let word = prop::sample::select(vec![
        "-d",
        "-n",
        "-c",
        "-f",
        "-e",
        "-E",
        "--",
        "-s",
        "[:upper:]",
        "s/a/b/g",
        ".a[0]|@base64d",
        "%s",
    ]);
    prop_oneof![prop::collection::vec(telling, 0..12), word.prop_map(|word| word.as_bytes().to_vec())]
}

proptest! {
    #[test]
    fn no_model_panics(
        program in prop::sample::select(PROGRAMS),
        arguments in prop::collection::vec(argument(), 0..4),
        stdin in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let words: Vec<Vec<u8>> = std::iter::once(program.as_bytes().to_vec()).chain(arguments).collect();
        let _ = model_of(&words, &stdin);
        let _ = crate::trace::filter::printf(&words[words.len() - 1], &words);
        let _ = crate::trace::filter::echo(&words, Dialect::Bash);
    }
}
