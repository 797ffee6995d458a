//! Whether a trace foresaw an argv that was really executed.

use super::sandbox::Argv;
use argvet::trace::Trace;
use argvet::{Cause, Gap, GapCause, Match, Piece, Unknown, Value};

/// How an executed argv appears in a trace, the best way first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Foreseen {
    /// As it is.
    Certain,
    /// With the right words, but not certainly.
    Possible,
    /// With unknown parts that leave room for it.
    Fits,
    /// Not, but a gap says that something is out of sight.
    Gap,
    /// Not at all.
    Missing,
}

/// How the trace of the command foresaw the argv.
pub(crate) fn foreseen(command: &str, trace: &Trace, argv: &Argv) -> Foreseen {
    let hidden = trace.gaps.iter().any(|gap| covers(gap, command.as_bytes(), argv));
    let mut best = if hidden { Foreseen::Gap } else { Foreseen::Missing };
    for invocation in &trace.invocations {
        let values: Vec<Value> = invocation.argv.iter().map(|argument| argument.value.clone()).collect();
        let Some((program, rest)) = values.split_first() else { continue };
        let known: Option<Vec<Vec<u8>>> =
            rest.iter().map(|value| Some(value.known()?.into_owned())).collect();
        let same_program = program.known().is_some_and(|name| base(&name) == argv[0].as_slice());
        let found = if same_program && known.as_deref() == Some(&argv[1..]) {
            let alone = invocation.alternatives <= 1 && invocation.certainty == Match::Certain;
            if alone { Foreseen::Certain } else { Foreseen::Possible }
        } else if fits(&values, argv) {
            Foreseen::Fits
        } else {
            continue;
        };
        best = best.min(found);
    }
    best
}

/// Whether the gap is where the argv comes from. Text that could not be read covers what stands in its line or behind
/// it, a limit what stands behind the place where it was reached. No gap covers what is written out elsewhere: that had
/// to be seen.
fn covers(gap: &Gap, command: &[u8], argv: &Argv) -> bool {
    let (start, end) = (gap.span.start as usize, gap.span.end as usize);
    let places = |text: &[u8]| -> Vec<usize> {
        let windows = command.windows(text.len().max(1)).enumerate();
        windows.filter(|(_, window)| *window == text).map(|(at, _)| at).collect()
    };
    let is_behind = |from: usize, text: &[u8]| {
        let places = places(text);
        places.is_empty() || places.iter().any(|at| *at >= from)
    };
    match &gap.cause {
        GapCause::Syntax(_) => is_behind(line_start(command, start), &argv[0]),
        GapCause::Limit(_) | GapCause::Internal(_) => is_behind(start, &argv[0]),
        GapCause::UnknownCode(_) | GapCause::UnknownProgram(_) => {
            places(&argv.join(&b' ')).iter().all(|at| (start..end).contains(at))
        }
    }
}

/// Where the line starts that holds the offset; lines that a backslash joins are one.
fn line_start(text: &[u8], offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    let ends = |at: &usize| before[*at] == b'\n' && (*at == 0 || before[*at - 1] != b'\\');
    (0..before.len()).rev().find(ends).map_or(0, |at| at + 1)
}

fn base(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// Whether partly unknown words may be these.
fn fits(values: &[Value], argv: &Argv) -> bool {
    let Some((program, rest)) = values.split_first() else { return false };
    let mut whole = vec![without_directory(program)];
    whole.extend(rest.iter().cloned());
    // reachable[j]: the values so far may be the first j words.
    let mut reachable = vec![false; argv.len() + 1];
    reachable[0] = true;
    for value in &whole {
        let mut next = vec![false; argv.len() + 1];
        for from in (0..=argv.len()).filter(|from| reachable[*from]) {
            for to in from..=argv.len() {
                if !next[to] && words_fit(value, &argv[from..to]) {
                    next[to] = true;
                }
            }
        }
        reachable = next;
    }
    reachable[argv.len()]
}

/// The program's name without its directory: a stub does not know by which path it was started.
fn without_directory(program: &Value) -> Value {
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in &program.pieces {
        match piece {
            Piece::Text { bytes, origin } if bytes.contains(&b'/') => {
                pieces = vec![Piece::text(base(bytes), *origin)];
            }
            Piece::Glob { pattern, origin } if pattern.contains(&b'/') => {
                pieces = vec![Piece::Glob { pattern: base(pattern).to_vec(), origin: *origin }];
            }
            other => pieces.push(other.clone()),
        }
    }
    Value { pieces }
}

/// Whether one value may become exactly these words.
fn words_fit(value: &Value, words: &[Vec<u8>]) -> bool {
    // A pattern, and what a program finds, may be many names.
    let many = |piece: &Piece| match piece {
        Piece::Glob { .. } => true,
        Piece::Unknown(unknown) => matches!(unknown.cause, Cause::Found(_)),
        Piece::Text { .. } => false,
    };
    let is_many = value.pieces.iter().any(many);
    // A pattern that matches nothing stays as it is written.
    let as_written: Vec<u8> = value
        .pieces
        .iter()
        .flat_map(|piece| match piece {
            Piece::Text { bytes, .. } => bytes.clone(),
            Piece::Glob { pattern, .. } => unescaped(pattern),
            Piece::Unknown(_) => Vec::new(),
        })
        .collect();
    match words {
        [word] if is_many && *word == as_written => true,
        [] => {
            let found =
                |piece: &Piece| matches!(piece, Piece::Unknown(Unknown { cause: Cause::Found(_), .. }));
            let empty = |piece: &Piece| match piece {
                Piece::Text { bytes, .. } => bytes.is_empty(),
                Piece::Glob { .. } => false,
                Piece::Unknown(unknown) => unknown.may_be_empty,
            };
            // A pattern that no file fits is no word with nullglob, and what lists files may list none.
            is_many || value.pieces.iter().any(found) || (value.may_split() && value.pieces.iter().all(empty))
        }
        [word] => wildcard(&tokens(value), word),
        words if value.may_split() => wildcard(&tokens(value), &words.join(&b' ')),
        words if is_many => words.iter().all(|word| wildcard(&tokens(value), word)),
        _ => false,
    }
}

/// A pattern's text without the backslashes that quote in it.
fn unescaped(pattern: &[u8]) -> Vec<u8> {
    let mut bytes = pattern.iter();
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        text.extend(if *byte == b'\\' { bytes.next() } else { Some(byte) });
    }
    text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Byte(u8),
    One,
    Any,
}

fn tokens(value: &Value) -> Vec<Token> {
    let mut all = Vec::new();
    for piece in &value.pieces {
        match piece {
            Piece::Text { bytes, .. } => all.extend(bytes.iter().map(|byte| Token::Byte(*byte))),
            Piece::Unknown(_) => all.push(Token::Any),
            Piece::Glob { pattern, .. } => {
                let mut rest = pattern.as_slice();
                while let Some((byte, behind)) = rest.split_first() {
                    rest = behind;
                    match byte {
                        b'?' | b'*' | b'@' | b'+' | b'!' if behind.first() == Some(&b'(') => {
                            rest = behind_group(behind);
                            all.push(Token::Any);
                        }
                        b'?' => all.push(Token::One),
                        b'[' => {
                            let end = behind.iter().skip(1).position(|byte| *byte == b']');
                            rest = &behind[end.map_or(behind.len(), |end| end + 2)..];
                            all.push(Token::One);
                        }
                        b'*' => all.push(Token::Any),
                        b'\\' => {}
                        byte => all.push(Token::Byte(*byte)),
                    }
                }
            }
        }
    }
    all
}

/// What stands behind the parentheses that the text starts with.
fn behind_group(text: &[u8]) -> &[u8] {
    let mut depth = 0;
    let end = text.iter().position(|byte| {
        depth += i32::from(*byte == b'(') - i32::from(*byte == b')');
        depth == 0
    });
    &text[end.map_or(text.len(), |end| end + 1)..]
}

fn wildcard(tokens: &[Token], text: &[u8]) -> bool {
    let mut reachable = vec![false; text.len() + 1];
    reachable[0] = true;
    for token in tokens {
        let mut next = vec![false; text.len() + 1];
        match token {
            Token::Any => {
                let first = reachable.iter().position(|reached| *reached).unwrap_or(text.len() + 1);
                next.iter_mut().skip(first).for_each(|reached| *reached = true);
            }
            Token::One => next[1..].copy_from_slice(&reachable[..text.len()]),
            Token::Byte(byte) => {
                for at in 0..text.len() {
                    next[at + 1] = reachable[at] && text[at] == *byte;
                }
            }
        }
        reachable = next;
    }
    reachable[text.len()]
}
