//! Which operand of the usage line each operand word is.

use crate::program::Operand;
use crate::program::grammar::{OperandSpec, Role, Style};
use crate::program::parse::operand::is_displaced;
use crate::program::parse::reading::Reading;
use crate::program::word::is_assignment;
use crate::value::{Piece, Value};

/// The operands with their names and roles, without the words of a command.
pub(super) fn operands(argv: &[Value], reading: &Reading<'_>) -> Vec<Operand> {
    let known = if reading.unlisted { None } else { reading.level() };
    let specs: Vec<&OperandSpec> =
        known.iter().flat_map(|level| &level.operands).filter(|slot| !is_displaced(reading, slot)).collect();
    let tail = specs.iter().position(|slot| slot.role.is_tail()).unwrap_or(specs.len());
    let (before, behind) = specs.split_at_checked(tail).unwrap_or((&specs, &[]));
    let start = reading.tail.as_ref().map_or(argv.len(), |range| range.start);
    let words = reading.operands.iter().copied();
    let mut out = Vec::with_capacity(reading.operands.len());
    let first = words.clone().filter(|&word| word < start);
    // `[tree...] -- [path...]`
    let divided =
        before.iter().position(|slot| slot.many && slot.ends_options).map_or(before.len(), |at| at + 1);
    let (left, right) = before.split_at_checked(divided).unwrap_or((before, &[]));
    let dashes = reading.dashes.filter(|_| !right.is_empty()).unwrap_or(start);
    assign(argv, first.clone().filter(|&word| word < dashes).collect(), left, &mut out);
    assign(argv, first.filter(|&word| word > dashes).collect(), right, &mut out);
    assign(
        argv,
        words.filter(|&word| word >= start).collect(),
        behind.get(1..).unwrap_or_default(),
        &mut out,
    );
    if out.is_empty() && reading.style() == Style::Find {
        out.extend(working_directory(argv, before));
    }
    out
}

/// Gives words to operands from the left. An operand that takes any number leaves one word for each that takes one
/// behind it (`ln -s <source...> [target]`), one that may be left out those that others need.
fn assign(argv: &[Value], words: Vec<usize>, specs: &[&OperandSpec], out: &mut Vec<Operand>) {
    let mut needed = specs.iter().filter(|slot| !slot.optional).count();
    let mut single = specs.iter().filter(|slot| !slot.many).count();
    let mut left = words.as_slice();
    for slot in specs {
        needed -= usize::from(!slot.optional);
        single -= usize::from(!slot.many);
        let least = usize::from(!slot.optional);
        let count = match (&slot.role, slot.many) {
            (Role::Assignment, _) => left.iter().take_while(|&&word| may_be_assignment(argv, word)).count(),
            (_, true) => left.len().saturating_sub(needed.max(single)).max(least),
            (_, false) => left.len().saturating_sub(needed).clamp(least, 1),
        };
        let (taken, others) = left.split_at_checked(count).unwrap_or((left, &[]));
        out.extend(taken.iter().filter_map(|&word| operand(argv, word, Some(slot))));
        left = others;
    }
    out.extend(left.iter().filter_map(|&word| operand(argv, word, None)));
}

fn may_be_assignment(argv: &[Value], word: usize) -> bool {
    argv.get(word).is_some_and(|value| is_assignment(value) != Some(false))
}

fn operand(argv: &[Value], word: usize, slot: Option<&OperandSpec>) -> Option<Operand> {
    let (name, role) =
        slot.map_or((String::new(), Role::Data), |slot| (slot.name.clone(), slot.role.clone()));
    Some(Operand { value: argv.get(word)?.clone(), word, role, name })
}

/// `find` without a start point starts here.
fn working_directory(argv: &[Value], specs: &[&OperandSpec]) -> Option<Operand> {
    let slot = specs.first()?;
    let origin = argv.first().and_then(Value::origin).unwrap_or_default();
    let value = Value { pieces: vec![Piece::text(*b".", origin)] };
    Some(Operand { value, word: 0, role: slot.role.clone(), name: slot.name.clone() })
}
