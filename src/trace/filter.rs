//! Exact models of text tools, so that decoding tricks are seen: `echo cm0gLXJmIC8= | base64 -d | sh`.
//!
//! The trace asks here what a program would print when everything that it reads is known. Each tool has a file;
//! an option or an input that its model does not cover exactly yields `None`, never a guess. The oracle in
//! `filter/tests.rs` compares every model with the tool itself.
//!
//! No tool is run and no file is read: `file` answers for the files whose content the script itself fixes.

mod archive;
mod awk;
mod base64;
mod basename;
mod bc;
mod cat;
mod compress;
mod cut;
mod date;
mod dd;
mod digest;
mod echo;
mod envsubst;
pub(super) mod escapes;
mod expr;
mod fold;
mod grep;
mod head;
mod iconv;
mod input;
mod jq;
mod layout;
mod numbers;
mod od;
mod openssl;
mod options;
mod pairs;
mod print;
mod printf;
mod regex;
mod rev;
mod sed;
mod seq;
mod sort;
mod split;
#[cfg(test)]
mod tests;
mod tr;
mod wc;
mod xargs;
mod xxd;

use crate::facts::Dialect;
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
        "awk" | "gawk" | "mawk" => awk::awk(arguments, input),
        "base32" => base64::base32(arguments, input),
        "base64" => base64::base64(arguments, input),
        "basename" => basename::basename(arguments),
        "bunzip2" | "bzcat" | "bzip2" => compress::bunzip2(program, arguments, input),
        "basenc" => base64::basenc(arguments, input),
        "bc" => bc::bc(arguments, input),
        "cat" => cat::cat(arguments, input),
        "column" => layout::column(arguments, input),
        "comm" => pairs::comm(arguments, input),
        "cut" => cut::cut(arguments, input),
        "date" => date::date(arguments),
        "dd" => dd::dd(arguments, input),
        "dirname" => basename::dirname(arguments),
        "echo" => echo::program(arguments),
        "egrep" | "fgrep" | "grep" => grep::grep(program, arguments, input),
        "envsubst" => envsubst::envsubst(arguments, input),
        "expand" => layout::expand(arguments, input),
        "expr" => expr::expr(arguments),
        "factor" => numbers::factor(arguments, input),
        "fmt" => layout::fmt(arguments, input),
        "fold" => fold::fold(arguments, input),
        "gunzip" | "gzip" | "zcat" => compress::gunzip(program, arguments, input),
        "head" => head::head(arguments, input),
        "hexdump" => od::hexdump(arguments, input),
        "iconv" => iconv::iconv(arguments, input),
        "join" => pairs::join(arguments, input),
        "lzcat" | "lzma" | "unlzma" => compress::unlzma(program, arguments, input),
        "md5sum" | "sha1sum" | "sha256sum" => digest::digest(program, arguments, input),
        "jq" => jq::jq(arguments, input),
        "nl" => layout::nl(arguments, input),
        "numfmt" => numbers::numfmt(arguments, input),
        "od" => od::od(arguments, input),
        "openssl" => openssl::openssl(arguments, input),
        "paste" => fold::paste(arguments, input),
        "pr" => layout::pr(arguments, input),
        "printf" => printf::program(arguments),
        "realpath" => basename::realpath(arguments),
        "rev" => rev::rev(arguments, input),
        "sed" => sed::sed(arguments, input),
        "seq" => seq::seq(arguments),
        "shuf" => sort::shuf(arguments, input),
        "sort" => sort::sort(arguments, input),
        "strings" => iconv::strings(arguments, input),
        "tac" => rev::tac(arguments, input),
        "tail" => head::tail(arguments, input),
        "tar" => archive::tar(arguments, input),
        "tee" => cat::tee(arguments, input),
        "tr" => tr::tr(arguments, input),
        "tsort" => pairs::tsort(arguments, input),
        "unexpand" => layout::unexpand(arguments, input),
        "uniq" => sort::uniq(arguments, input),
        "unzip" => archive::unzip(arguments, input),
        "unxz" | "xz" | "xzcat" => compress::unxz(program, arguments, input),
        "unzstd" | "zstd" | "zstdcat" => compress::unzstd(program, arguments, input),
        "wc" => wc::wc(arguments, input),
        "xargs" => xargs::xargs(arguments, input),
        "xxd" => xxd::xxd(arguments, input),
        _ => None,
    }?;
    (out.len() <= LIMIT).then_some(out)
}

/// Whether the tool may write files besides what it prints, by a model of [`written`].
pub(super) fn writes(program: &str) -> bool {
    matches!(program, "csplit" | "split" | "zip") || is_language(program) || unpacks(program)
}

/// Whether the files of a program that [`written`] does not model are followed elsewhere: by the language of its code, or by
/// its grammar.
pub(super) fn is_followed(program: &str) -> bool {
    is_language(program) || matches!(program, "tar" | "unzip" | "zip")
}

fn is_language(program: &str) -> bool {
    matches!(program, "awk" | "gawk" | "mawk")
}

/// Whether the tool opens what a compressor packed.
pub(super) fn unpacks(program: &str) -> bool {
    compress::Format::of(program).is_some() || matches!(program, "tar" | "unzip")
}

/// Whether these are bytes that only a tool of [`unpacks`] may read.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    compress::is_packed_here(bytes)
}

/// The files that a tool writes besides what it prints, by their paths as it names them; `None` if that is not exactly known.
pub(super) fn written(
    program: &str,
    arguments: &[Vec<u8>],
    stdin: Option<&[u8]>,
    file: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
    let input = &Input { stdin, file };
    match program {
        "awk" | "gawk" | "mawk" => awk::written(arguments, input),
        "csplit" => split::csplit(arguments, input),
        "split" => split::split(arguments, input),
        "tar" => archive::tar_written(arguments, input),
        "unzip" => archive::unzip_written(arguments, input),
        "zip" => archive::zip_written(arguments, input),
        _ => compress::written(program, arguments, input),
    }
}

/// The commands that a tool executes, with what they read on standard input if it is not the tool's own; `None` if that is
/// not exactly known.
pub(super) fn executed(
    program: &str,
    arguments: &[Vec<u8>],
    stdin: Option<&[u8]>,
    file: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<(String, Option<String>)>> {
    match is_language(program) {
        true => awk::executed(arguments, &Input { stdin, file }),
        false => None,
    }
}

/// What `[[ text =~ pattern ]]` finds: the match and its groups, or that there is none. `None` if that is not exactly
/// known.
pub(super) fn find(pattern: &str, ignore_case: bool, text: &str) -> Option<Option<Vec<Vec<u8>>>> {
    const EXTENDED: regex::Syntax = regex::Syntax { extended: true, escapes: false };
    let pattern = regex::Pattern::compile(pattern, EXTENDED, ignore_case, regex::Meaning::Extent)?;
    let captures = pattern.on(text)?.captures(text);
    let group =
        |found: Option<::regex::Match<'_>>| found.map_or("", |found| found.as_str()).as_bytes().to_vec();
    Some(captures.map(|captures| captures.iter().map(group).collect()))
}

/// What bash's own `printf` prints.
pub(super) fn printf(format: &[u8], arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    printf::builtin(format, arguments)
}

/// What the `echo` of a shell prints; `None` too where it depends on which shell it is.
pub(super) fn echo(arguments: &[Vec<u8>], dialect: Dialect) -> Option<Vec<u8>> {
    let bash = || echo::builtin(arguments);
    let same = |other: Option<Vec<u8>>| other.filter(|out| bash().as_ref() == Some(out));
    let out = match dialect {
        Dialect::Bash => bash(),
        Dialect::Zsh => echo::escaping(arguments),
        Dialect::Sh => same(echo::posix(arguments)),
        Dialect::Ksh => same(echo::escaping(arguments)),
    };
    out.filter(|out| out.len() <= LIMIT)
}

/// What `print` of zsh and the Korn shells prints.
pub(super) fn print(arguments: &[Vec<u8>], dialect: Dialect) -> Option<Vec<u8>> {
    print::builtin(arguments, dialect).filter(|out| out.len() <= LIMIT)
}
