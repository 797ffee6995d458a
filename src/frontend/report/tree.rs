//! How the command unfolds, in the report: the tree of invocations with the reason why each is run.

use super::super::document::{Certainty, Decision, Gap, Invocation, Judgement, Via};
use super::super::printable::{clip, one_line, width as columns};
use super::paragraph::MARGIN;
use super::{style, words};
use std::io::{self, Write};

/// Rows that are shown before harmless ones are left out.
const MAX_ROWS: usize = 40;

/// Deepest indentation; what is deeper is not indented further.
const MAX_INDENT: usize = 12;

/// Terminals narrower than this get the reasons on lines of their own.
const NARROW: usize = 72;

/// One invocation, laid out.
struct Row<'a> {
    index: usize,
    invocation: &'a Invocation,
    /// What it runs.
    children: Vec<&'a Invocation>,
    /// The branches in front of it: `│  ├─ `.
    branch: String,
    /// The branches in front of what belongs to it: `│  │  `.
    below: String,
}

/// Writes the tree.
pub(super) fn write(out: &mut dyn Write, judgement: &Judgement, width: usize) -> io::Result<()> {
    let rows = rows(judgement);
    if rows.is_empty() {
        return Ok(());
    }
    let dim = style::DIM;
    writeln!(out, "{MARGIN}{dim}would run{dim:#}")?;
    let texts: Vec<String> = rows.iter().map(|row| words::line(row.invocation, &row.children)).collect();
    let longest =
        rows.iter().zip(&texts).map(|(row, text)| columns(&row.branch) + columns(text)).max().unwrap_or(0);
    let left = if width < NARROW { width } else { longest.min(width * 3 / 5) };
    for (row, text) in rows.iter().zip(&texts) {
        write_row(out, row, text, judgement, left, width)?;
    }
    if let Some(more) = judgement.invocations.len().checked_sub(rows.len()).filter(|more| *more > 0) {
        writeln!(out, "{MARGIN}{MARGIN}{dim}… and {more} more, none of them destructive{dim:#}")?;
    }
    writeln!(out)
}

/// The rows in tree order. Of many, those with findings and their ancestors are always there.
fn rows(judgement: &Judgement) -> Vec<Row<'_>> {
    let invocations = &judgement.invocations;
    let kept = kept(judgement);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); invocations.len() + 1];
    for (index, invocation) in
        invocations.iter().enumerate().filter(|(index, _)| kept.get(*index) == Some(&true))
    {
        let parent = invocation.parent.filter(|parent| *parent < index).map_or(0, |parent| parent + 1);
        if let Some(siblings) = children.get_mut(parent) {
            siblings.push(index);
        }
    }
    let mut rows = Vec::new();
    let mut stack: Vec<(usize, String, String)> = Vec::new();
    let roots = children.first().cloned().unwrap_or_default();
    stack.extend(roots.into_iter().rev().map(|index| (index, String::new(), String::new())));
    while let Some((index, branch, below)) = stack.pop() {
        let Some(invocation) = invocations.get(index) else { continue };
        let inner = children.get(index + 1).map(Vec::as_slice).unwrap_or_default();
        let deeper = columns(&below) < MAX_INDENT * 3;
        for (position, child) in inner.iter().enumerate().rev() {
            let last = position + 1 == inner.len();
            let (own, under) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let next = if deeper { format!("{below}{under}") } else { below.clone() };
            stack.push((*child, format!("{below}{own}"), next));
        }
        let children = inner.iter().filter_map(|child| invocations.get(*child)).collect();
        rows.push(Row { index, invocation, children, branch, below });
    }
    rows
}

/// Which invocations are shown.
fn kept(judgement: &Judgement) -> Vec<bool> {
    let count = judgement.invocations.len();
    if count <= MAX_ROWS {
        return vec![true; count];
    }
    let mut kept: Vec<bool> = (0..count).map(|index| index < MAX_ROWS / 2).collect();
    for finding in judgement.findings.iter().take(MAX_ROWS / 2) {
        let mut next = Some(finding.invocation);
        // Parents stand before their children, so this ends.
        while let Some(index) = next {
            let Some(slot) = kept.get_mut(index) else { break };
            *slot = true;
            let parent = judgement.invocations.get(index).and_then(|invocation| invocation.parent);
            next = parent.filter(|parent| *parent < index);
        }
    }
    kept
}

fn write_row(
    out: &mut dyn Write,
    row: &Row<'_>,
    text: &str,
    judgement: &Judgement,
    left: usize,
    width: usize,
) -> io::Result<()> {
    let dim = style::DIM;
    let decision = judgement.findings.iter().filter(|f| f.invocation == row.index).map(|f| f.decision).max();
    let (mark, style) = match decision {
        Some(Decision::Deny) => ("◀ deny", style::mark(Decision::Deny).bold()),
        Some(Decision::Ask) => ("◀ ask", style::mark(Decision::Ask).bold()),
        Some(Decision::Allow) => ("◀ note", style::mark(Decision::Allow).bold()),
        None if is_unseen(row.index, judgement) => ("◀ unseen", style::UNKNOWN.bold()),
        None => ("", anstyle::Style::new()),
    };
    let notes = notes(row, judgement).join(" · ");
    let used = columns(&row.branch);
    let indent = MARGIN.len() * 2;
    let beside = width >= NARROW;
    let alone = mark.is_empty() && (notes.is_empty() || !beside);
    let room = match (alone, beside) {
        (true, _) => width.saturating_sub(indent + used),
        (false, true) => left.saturating_sub(used),
        (false, false) => width.saturating_sub(indent + used + columns(mark) + 2),
    };
    let shown = clip(text, room.max(10));
    write!(out, "{MARGIN}{MARGIN}{dim}{}{dim:#}{style}{shown}{style:#}", row.branch)?;
    let mut column = used + columns(&shown);
    if !mark.is_empty() {
        let gap = if beside { left.saturating_sub(column) + 2 } else { 2 };
        write!(out, "{:gap$}{style}{mark}{style:#}", "")?;
        column += gap + columns(mark);
    }
    if beside && !notes.is_empty() {
        // Notes of all rows stand below each other; a mark that reaches into their column moves its own.
        let gap = (left + 2).saturating_sub(column).max(2);
        let rest = width.saturating_sub(indent + column + gap);
        write!(out, "{:gap$}{dim}{}{dim:#}", "", clip(&notes, rest.max(10)))?;
    }
    writeln!(out)?;
    let mut details = Vec::new();
    if !beside && !notes.is_empty() {
        details.push(notes);
    }
    details.extend(words::reading(row.invocation, decision.is_some()).map(|reading| format!("= {reading}")));
    for detail in details {
        let detail = clip(&detail, width.saturating_sub(indent + columns(&row.below) + 2)).into_owned();
        writeln!(out, "{MARGIN}{MARGIN}{dim}{}  {detail}{dim:#}", row.below)?;
    }
    Ok(())
}

/// Whether a gap that matters lies in the words of this invocation and of none further inside.
fn is_unseen(index: usize, judgement: &Judgement) -> bool {
    let holds = |invocation: &Invocation, gap: &Gap| {
        invocation.span.start <= gap.span.start && gap.span.end <= invocation.span.end
    };
    let innermost = |gap: &Gap| judgement.invocations.iter().rposition(|invocation| holds(invocation, gap));
    judgement.verdict > Decision::Allow && judgement.gaps.iter().any(|gap| innermost(gap) == Some(index))
}

/// Why it is run, and what is special about it.
fn notes(row: &Row<'_>, judgement: &Judgement) -> Vec<String> {
    let invocation = row.invocation;
    let parent = invocation.parent.and_then(|index| judgement.invocations.get(index));
    let mut notes = Vec::new();
    notes.extend(reason(invocation, parent));
    let before = parent.or(judgement.invocations.first()).and_then(|other| other.cwd.as_ref());
    if let Some(cwd) = invocation.cwd.as_ref().filter(|cwd| before != Some(cwd)) {
        notes.push(format!("in {}", one_line(cwd.as_bytes())));
    }
    if invocation.alternatives > 1 {
        notes.push(format!("one of {} possibilities", invocation.alternatives));
    } else if invocation.certainty == Certainty::Possible {
        notes.push("possible".to_owned());
    }
    notes
}

/// Why an invocation is run, in the words of the report.
fn reason(invocation: &Invocation, parent: Option<&Invocation>) -> Option<String> {
    let program = parent.and_then(|parent| parent.argv.first()).map_or("its parent", String::as_str);
    let program = one_line(program.rsplit('/').next().unwrap_or(program).as_bytes());
    Some(match &invocation.via {
        Via::Script => return None,
        Via::Pipeline => "in the pipeline".to_owned(),
        Via::CommandSubstitution => "in $(…)".to_owned(),
        Via::ProcessSubstitution => "in <(…)".to_owned(),
        Via::Operands | Via::Text => format!("via {program}"),
        Via::Option(name) => format!("via {program} {}", one_line(name.as_bytes())),
        Via::Stdin => format!("{} of {program}", stdin(parent)),
        Via::File => "from a file that this command writes".to_owned(),
        Via::Function(name) => format!("in the function {}", one_line(name.as_bytes())),
        Via::Environment(name) => format!("via ${} of {program}", one_line(name.as_bytes())),
    })
}

/// What the parent's standard input is.
fn stdin(parent: Option<&Invocation>) -> &'static str {
    let operators = parent.map(|parent| parent.redirections.as_slice()).unwrap_or_default();
    match operators.iter().rev().find(|redirection| redirection.operator.starts_with('<')) {
        Some(redirection) if redirection.operator == "<<<" => "from the here-string",
        Some(redirection) if redirection.operator.starts_with("<<") => "from the here-document",
        _ => "from the standard input",
    }
}
