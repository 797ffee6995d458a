//! The texts that are not read at all, and what is said of the rest; what the readings are of ordinary texts is in
//! `grammar-tests/readings.txt`.

use crate::gap::{GapCause, Limit};
use crate::source::{SourceMap, Span};
use crate::syntax::{MAX_DEPTH, MAX_SOURCE, ReadOptions, Reading, Script, dump, parse, parse_nested};

fn only_gap(script: &Script) -> (&GapCause, Span) {
    let [gap] = script.gaps.as_slice() else { panic!("one gap: {:?}", script.gaps) };
    assert!(matches!(script.reading, Reading::Unread { .. }));
    (&gap.cause, gap.span)
}

#[test]
fn a_text_over_the_limit_is_a_gap() {
    let script = parse(&vec![b'a'; MAX_SOURCE + 1]);
    assert_eq!(only_gap(&script).0, &GapCause::Limit(Limit::SourceSize));
    assert!(script.list.items.is_empty() && script.other.is_none());
}

#[test]
fn a_text_with_nul_is_a_gap() {
    let script = parse(b"wipe\0here");
    assert!(matches!(only_gap(&script).0, GapCause::Syntax(_)));
    assert!(script.list.items.is_empty() && script.other.is_none());
}

#[test]
fn the_gap_reaches_from_the_refusal_to_the_end() {
    let source = b"wipe one\nwipe two )\nwipe three";
    let script = parse(source);
    assert_eq!(only_gap(&script).1, Span::new(18, source.len()));
    assert_eq!(dump(&script.list), "simple wipe one\n");
    assert!(dump(&script.other.unwrap()).contains("wipe three"));
}

#[test]
fn spans_of_both_trees_are_in_the_outer_source() {
    let mut map = SourceMap::default();
    map.push(0, Span::new(100, 109), true);
    let script = parse_nested(b"wipe x; )", &map, ReadOptions::default());
    assert_eq!(only_gap(&script).1, Span::new(108, 109));
    let other = script.other.unwrap();
    let span = other.items[0].and_or.first.span;
    assert!(Span::new(100, 109).contains(span), "{span:?}");
}

#[test]
fn nesting_counts_on_from_the_outer_text() {
    let options = ReadOptions { depth: MAX_DEPTH, ..ReadOptions::default() };
    let script = parse_nested(b"(wipe 'here')", &SourceMap::identity(), options);
    only_gap(&script);
}

#[test]
fn a_substitution_that_was_read_in_part_keeps_both_trees() {
    let script = parse(b"echo `wipe one\nfor`");
    assert!(matches!(&script.reading, Reading::Disputed(_)), "{:?}", script.reading);
    assert!(script.other.is_some());
}
