//! Commands whose output is modelled: the model must say what the tool says.

mod awk;
mod decoders;
mod jq;
mod layout;
mod lines;
mod printing;
mod programs;
mod sed;
mod tr;

use super::oracle::{is_installed, tool};
use super::{Case, model};
use std::collections::HashMap;

#[test]
fn models_say_what_the_tools_say() {
    let mut installed = HashMap::new();
    let mut wrong = String::new();
    for &(command, stdin) in TABLES.iter().copied().flatten() {
        let words = shell_words::split(command).unwrap();
        if !*installed.entry(words[0].clone()).or_insert_with(|| is_installed(&words[0])) {
            continue;
        }
        let words: Vec<Vec<u8>> = words.into_iter().map(String::into_bytes).collect();
        let expected = tool(&words, stdin.as_bytes());
        let said = model(command, stdin.as_bytes());
        if said.as_ref() != Some(&expected) {
            let said = said.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let expected = String::from_utf8_lossy(&expected);
            wrong.push_str(&format!("{command} <<< {stdin:?}\n   tool {expected:?}\n  model {said:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const TABLES: &[&[Case]] = &[
    awk::AWK,
    awk::AWK_PROGRAMS,
    decoders::DECODERS,
    decoders::DUMPS,
    jq::JQ,
    layout::LAYOUT,
    layout::NUMBERS,
    layout::ENCODINGS,
    lines::CUT,
    lines::GREP,
    lines::LINES,
    lines::SORT,
    printing::ECHO,
    printing::PRINTF,
    programs::EXPR,
    programs::PATHS,
    programs::SEQ,
    sed::SED,
    tr::TR,
];
