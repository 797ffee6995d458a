//! Exact models of text tools, so that decoding tricks are seen: `echo cm0gLXJmIC8= | base64 -d | sh`.
//!
//! The trace asks here what a program would print when everything that it reads is known. Each tool has a file;
//! an option or an input that its model does not cover exactly yields `None`, never a guess. The oracle in
//! `filter/tests.rs` compares every model with the tool itself.
//!
//! No tool is run and no file is read: `file` answers for the files whose content the script itself fixes.

mod base64;
mod cat;
mod cut;
mod echo;
pub(super) mod escapes;
mod head;
mod input;
mod options;
mod printf;
mod regex;
mod rev;
mod sed;
#[cfg(test)]
mod tests;
mod tr;

use input::Input;

/// The most bytes that are read or printed; more is not followed.
const LIMIT: usize = 1 << 20;

/// What `program` prints on standard output; `None` if that is not exactly known. `stdin` is its standard input
/// if known, `file` answers with the content of the files that are known.
pub(super) fn run(
    program: &str,
    arguments: &[Vec<u8>],
    stdin: Option<&[u8]>,
    file: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let input = &Input { stdin, file };
    let out = match program {
        "base32" => base64::base32(arguments, input),
        "base64" => base64::base64(arguments, input),
        "basenc" => base64::basenc(arguments, input),
        "cat" => cat::cat(arguments, input),
        "cut" => cut::cut(arguments, input),
        "echo" => echo::program(arguments),
        "head" => head::head(arguments, input),
        "printf" => printf::program(arguments),
        "rev" => rev::rev(arguments, input),
        "sed" => sed::sed(arguments, input),
        "tac" => rev::tac(arguments, input),
        "tail" => head::tail(arguments, input),
        "tee" => cat::tee(arguments, input),
        "tr" => tr::tr(arguments, input),
        _ => None,
    }?;
    (out.len() <= LIMIT).then_some(out)
}

/// What bash's own `printf` prints.
pub(super) fn printf(format: &[u8], arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    printf::builtin(format, arguments)
}

/// What bash's own `echo` prints.
pub(super) fn echo(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    echo::builtin(arguments).filter(|out| out.len() <= LIMIT)
}
