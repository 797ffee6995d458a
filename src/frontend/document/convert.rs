//! Core types to wire types.

use super::{
    Call, Certainty, Decision, Document, Excused, Finding, Flag, Gap, Invocation, Judgement, Range, Reading,
    ReadingStatus, Redirection, SCHEMA, Setting, Severity, Via,
};
use crate::frontend::judge::Judged;
use crate::{Match, Span};

impl Document {
    /// The document of what was judged of `source`.
    pub(crate) fn new(source: &[u8], judged: &Judged) -> Document {
        Document {
            schema: SCHEMA,
            command: String::from_utf8_lossy(source).into_owned(),
            judgement: Judgement::from(judged),
        }
    }
}

impl From<&Judged> for Judgement {
    fn from(judged: &Judged) -> Judgement {
        Judgement {
            verdict: judged.verdict.decision.into(),
            reading: Reading::from(&judged.reading),
            findings: judged.verdict.findings.iter().map(|finding| Finding::new(finding, judged)).collect(),
            invocations: judged.trace.invocations.iter().map(Invocation::from).collect(),
            gaps: judged.verdict.gaps.iter().map(Gap::from).collect(),
            excused: judged.verdict.excused.iter().map(Excused::from).collect(),
        }
    }
}

impl From<&crate::Excused> for Excused {
    fn from(excused: &crate::Excused) -> Excused {
        Excused {
            rule: excused.finding.rule.clone(),
            invocation: excused.finding.invocation,
            reason: excused.reason.clone(),
        }
    }
}

impl From<crate::Decision> for Decision {
    fn from(decision: crate::Decision) -> Decision {
        match decision {
            crate::Decision::Allow => Decision::Allow,
            crate::Decision::Ask => Decision::Ask,
            crate::Decision::Deny => Decision::Deny,
        }
    }
}

impl From<crate::Severity> for Severity {
    fn from(severity: crate::Severity) -> Severity {
        match severity {
            crate::Severity::Low => Severity::Low,
            crate::Severity::Medium => Severity::Medium,
            crate::Severity::High => Severity::High,
            crate::Severity::Critical => Severity::Critical,
        }
    }
}

impl From<Match> for Certainty {
    fn from(certainty: Match) -> Certainty {
        match certainty {
            Match::Certain => Certainty::Certain,
            Match::Possible | Match::No => Certainty::Possible,
        }
    }
}

impl From<Span> for Range {
    fn from(span: Span) -> Range {
        Range { start: span.start, end: span.end }
    }
}

impl From<&crate::syntax::Reading> for Reading {
    fn from(reading: &crate::syntax::Reading) -> Reading {
        use crate::syntax::Reading as Core;
        let (status, detail, span) = match reading {
            Core::Plain => (ReadingStatus::Plain, None, None),
            Core::Certain => (ReadingStatus::Certain, None, None),
            Core::Settled(why) => (ReadingStatus::Settled, Some(why), None),
            Core::Disputed(difference) => (ReadingStatus::Disputed, Some(difference), None),
            Core::Unread { reason, at } => (ReadingStatus::Unread, Some(reason), Some(Range::from(*at))),
        };
        Reading { status, detail: detail.cloned(), span }
    }
}

impl Finding {
    fn new(finding: &crate::Finding, judged: &Judged) -> Finding {
        // The evidence of a rule about an effect is the file alone; a reader wants to see who does it.
        let invocation = judged.trace.invocations.get(finding.invocation);
        let program = invocation.and_then(|invocation| invocation.argv.first()).map(|word| word.span);
        let mut spans: Vec<Span> = finding.spans.iter().copied().chain(program).collect();
        spans.sort_unstable();
        spans.dedup();
        let whole = spans.iter().copied().reduce(Span::to).unwrap_or_default();
        Finding {
            rule: finding.rule.clone(),
            severity: finding.severity.into(),
            certainty: finding.certainty.into(),
            decision: finding.decision.into(),
            invocation: finding.invocation,
            span: whole.into(),
            spans: spans.into_iter().map(Range::from).collect(),
            title: finding.title.clone(),
            why: finding.why.clone(),
            instead: finding.instead.clone(),
        }
    }
}

impl From<&crate::trace::Invocation> for Invocation {
    fn from(invocation: &crate::trace::Invocation) -> Invocation {
        let words = || invocation.argv.iter().map(|word| &word.value);
        Invocation {
            argv: words().map(crate::Value::display).collect(),
            unknown: words()
                .enumerate()
                .filter(|(_, word)| word.has_unknown())
                .map(|(index, _)| index)
                .collect(),
            via: Via::from(&invocation.via),
            parent: invocation.parent,
            certainty: invocation.certainty.into(),
            alternatives: invocation.alternatives,
            internal: invocation.internal,
            assignments: invocation
                .assignments
                .iter()
                .map(|(name, value)| Setting {
                    name: String::from_utf8_lossy(name).into_owned(),
                    value: value.display(),
                })
                .collect(),
            redirections: invocation.redirections.iter().map(Redirection::from).collect(),
            cwd: invocation.cwd.as_ref().and_then(crate::Value::known_str).map(std::borrow::Cow::into_owned),
            read_as: invocation.calls.iter().map(Call::from).collect(),
            span: invocation.span.into(),
        }
    }
}

impl From<&crate::trace::Via> for Via {
    fn from(via: &crate::trace::Via) -> Via {
        match via {
            crate::trace::Via::Script => Via::Script,
            crate::trace::Via::Pipeline => Via::Pipeline,
            crate::trace::Via::CommandSubstitution => Via::CommandSubstitution,
            crate::trace::Via::ProcessSubstitution => Via::ProcessSubstitution,
            crate::trace::Via::Operands => Via::Operands,
            crate::trace::Via::Option(name) => Via::Option(name.clone()),
            crate::trace::Via::Stdin => Via::Stdin,
            crate::trace::Via::File => Via::File,
            crate::trace::Via::Text => Via::Text,
            crate::trace::Via::Function(name) => Via::Function(name.clone()),
            crate::trace::Via::Environment(name) => Via::Environment(name.clone()),
        }
    }
}

impl From<&crate::trace::Redirection> for Redirection {
    fn from(redirection: &crate::trace::Redirection) -> Redirection {
        Redirection {
            operator: redirection.operator.to_owned(),
            descriptor: redirection.descriptor,
            target: redirection.target.display(),
        }
    }
}

impl From<&crate::program::Call> for Call {
    fn from(call: &crate::program::Call) -> Call {
        let flag = |flag: &crate::program::Flag| Flag {
            name: flag.name.clone(),
            value: flag.value.as_ref().map(crate::Value::display),
        };
        Call {
            path: call.path.clone(),
            flags: call.flags.iter().map(flag).collect(),
            operands: call.operands.iter().map(|operand| operand.value.display()).collect(),
            certainty: call.certainty.into(),
        }
    }
}

impl From<&crate::Gap> for Gap {
    fn from(gap: &crate::Gap) -> Gap {
        Gap { cause: gap.cause.to_string(), span: gap.span.into() }
    }
}
