//! Where a piece of text stands in the command that was given: [`Span`], and [`SourceMap`], which leads
//! from decoded text (the script inside `bash -c '…'`, a here-document body) back to the outer bytes.
//!
//! Nothing here knows what the text means.

/// A half-open byte range `start..end` in the outermost source.
///
/// Sources are capped well below 4 GiB (see [`crate::syntax::MAX_SOURCE`]), so `u32` is enough.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`. Offsets over `u32::MAX` are clamped.
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end) }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes of `source` that the span names; empty where it does not fit.
    pub fn of(self, source: &[u8]) -> &[u8] {
        source.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// How the bytes of one text map to spans of the outermost source.
///
/// The text of a nested script is put together from runs: a run that was copied unchanged maps byte by
/// byte, a run that was decoded (`$'\x72'`, a variable's value) maps as a whole. The empty map is the
/// identity: the text *is* the source.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SourceMap {
    runs: Vec<Run>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    /// Offset of the run's first byte in the text.
    at: u32,
    /// Where the run comes from.
    origin: Span,
    /// Whether the run was copied byte by byte.
    exact: bool,
}

impl SourceMap {
    /// The map of a text that is the source itself.
    pub fn identity() -> SourceMap {
        SourceMap::default()
    }

    /// The map of a text of which nothing more is known than that it stems from `origin`.
    pub fn coarse(origin: Span) -> SourceMap {
        SourceMap { runs: vec![Run { at: 0, origin, exact: false }] }
    }

    /// Says that the text from offset `at` on was made from `origin`; `exact` if copied byte by byte.
    /// Runs are added in the order of the text.
    pub fn push(&mut self, at: usize, origin: Span, exact: bool) {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        if let Some(last) = self.runs.last_mut() {
            let joins = last.exact && exact && last.origin.end == origin.start;
            if joins && at.saturating_sub(last.at) == last.origin.end.saturating_sub(last.origin.start) {
                last.origin.end = origin.end;
                return;
            }
        }
        self.runs.push(Run { at, origin, exact });
    }

    /// The span of the outermost source from which `start..end` of the text was made.
    pub fn span(&self, start: usize, end: usize) -> Span {
        if self.runs.is_empty() {
            return Span::new(start, end);
        }
        let first = self.locate(start);
        if end <= start {
            return Span { start: first.start, end: first.start };
        }
        first.to(self.locate(end.saturating_sub(1)))
    }

    /// The span of the one byte at `offset`.
    fn locate(&self, offset: usize) -> Span {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let index = self.runs.partition_point(|run| run.at <= offset).saturating_sub(1);
        let Some(run) = self.runs.get(index) else { return Span::default() };
        if !run.exact {
            return run.origin;
        }
        let start = run.origin.start.saturating_add(offset.saturating_sub(run.at)).min(run.origin.end);
        Span { start, end: start.saturating_add(1).min(run.origin.end.max(start)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_map_returns_the_offsets() {
        assert_eq!(SourceMap::identity().span(3, 7), Span::new(3, 7));
    }

    #[test]
    fn exact_runs_map_byte_by_byte_and_decoded_runs_as_a_whole() {
        // text "ab" copied from 10..12, then one byte decoded from 12..16
        let mut map = SourceMap::default();
        map.push(0, Span::new(10, 12), true);
        map.push(2, Span::new(12, 16), false);
        assert_eq!(map.span(1, 2), Span::new(11, 12));
        assert_eq!(map.span(2, 3), Span::new(12, 16));
        assert_eq!(map.span(0, 3), Span::new(10, 16));
    }
}
