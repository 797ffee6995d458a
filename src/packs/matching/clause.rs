//! One reading of an argv against a rule, field by field.

use super::doings::{Doings, Seen};
use super::{Hit, request, statement};
use crate::effect::{Effect, Evidence, FileEffect};
use crate::packs::compare::Comparison;
use crate::packs::pattern::{Pattern, Patterns};
use crate::packs::rule::{Clause, CodeOrigin, Direction, FlagTest, Rule, Test};
use crate::program::{Call, EffectKind};
use crate::source::Span;
use crate::trace::{Invocation, UnknownCode};
use crate::value::{Cause, Match, Piece, Value};

/// A reading with its effects.
pub(super) struct Reading<'a> {
    invocation: &'a Invocation,
    call: Option<&'a Call>,
    doings: &'a Doings<'a>,
    comparison: Comparison<'a>,
}

/// What a test found.
pub(super) type Found = (Match, Vec<Evidence>);

const NOTHING: Found = (Match::No, Vec::new());

impl<'a> Reading<'a> {
    pub(super) fn new(
        invocation: &'a Invocation,
        call: Option<&'a Call>,
        doings: &'a Doings<'a>,
        comparison: Comparison<'a>,
    ) -> Reading<'a> {
        Reading { invocation, call, doings, comparison }
    }

    /// Whether one of the matches holds and no exception does.
    pub(super) fn judge(&self, rule: &Rule) -> Hit {
        let mut best = Hit::default();
        for clause in &rule.matches {
            let hit = self.clause(clause, false);
            if hit.matched > best.matched {
                best = hit;
            }
        }
        if best.matched == Match::No {
            return best;
        }
        let excused =
            rule.unless.iter().map(|clause| self.clause(clause, true).matched).fold(Match::No, Match::or);
        best.matched = best.matched.and(excused.negate());
        best
    }

    fn clause(&self, clause: &Clause, exception: bool) -> Hit {
        let of_effect = clause.commands.is_empty();
        let mut hit = Hit { matched: Match::Certain, of_effect, ..Hit::default() };
        let mut known_only = exception;
        let mut is_outer = false;
        if !clause.commands.is_empty() {
            let Some(call) = self.call else { return Hit::default() };
            let Some(command) = clause.commands.iter().find(|command| call.path.starts_with(command)) else {
                return Hit::default();
            };
            hit.evidence.extend(self.command_words(call, command.len()));
            hit.has_syntax = command.len() > 1;
            // `git push $OPTS`: what stands there is no option of git itself.
            is_outer = command.len() < call.path.len();
            known_only |= !call.keeps_outer_options && is_outer;
            // `kubectl exec "$pod"`: an operand with a role of its own is no subcommand of a plugin.
            is_outer &= call.has_roles;
        }
        for test in &clause.tests {
            let (matched, evidence) = match test {
                Test::Assignment(pairs) => (self.assignment(pairs, exception), Vec::new()),
                Test::OperandAt(place, patterns) if is_outer => {
                    known(self.operand_at(*place as usize, patterns))
                }
                test => self.test(test, known_only),
            };
            hit.matched = hit.matched.and(matched);
            if hit.matched == Match::No {
                return Hit::default();
            }
            hit.has_syntax |= matches!(test, Test::Flag(_) | Test::AllFlags(_)) && !evidence.is_empty();
            // `rm -r`; what is recursive without an option (rimraf) says nothing about the words.
            let has_option = self.call.is_some_and(|call| !call.flags.is_empty());
            hit.has_syntax |= has_option && matches!(test, Test::File { recursive: Some(true), .. });
            hit.is_guess |= matched == Match::Possible && self.is_guess(test, &evidence);
            hit.evidence.extend(evidence);
        }
        if clause.known && hit.matched == Match::Possible {
            return Hit::default();
        }
        hit.evidence.sort_unstable();
        hit.evidence.dedup();
        hit
    }

    /// Whether the test is about particular paths, and nothing is known of the path that was compared.
    fn is_guess(&self, test: &Test, evidence: &[Evidence]) -> bool {
        let Test::File { path, .. } = test else { return false };
        let adrift = |seen: &Seen| match &seen.effect {
            Effect::File(effect) if evidence.contains(&effect.evidence) => {
                let places = seen.places.get().map(Vec::as_slice).unwrap_or_default();
                !places.is_empty() && places.iter().all(|located| located.location.is_adrift())
            }
            _ => false,
        };
        !path.any.contains(&Pattern::Any) && self.doings.seen.iter().any(adrift)
    }

    /// The words that name the program and its subcommands: known words that are neither operands nor options.
    fn command_words(&self, call: &Call, depth: usize) -> Vec<Evidence> {
        let is_taken = |word: usize| {
            call.operands.iter().any(|operand| operand.word == word)
                || call.flags.iter().any(|flag| flag.word == word || flag.value_word == word)
        };
        let mut words = vec![Evidence::Word(0)];
        let free = (1..self.invocation.argv.len()).filter(|word| !is_taken(*word));
        words.extend(free.take(depth.saturating_sub(1)).map(Evidence::Word));
        words
    }

    fn test(&self, test: &Test, known_only: bool) -> Found {
        match test {
            Test::Flag(flags) => best(flags.iter().map(|flag| self.flag(flag, known_only))),
            Test::AllFlags(flags) => all(flags.iter().map(|flag| self.flag(flag, known_only))),
            Test::Operand(patterns) => self.operand(patterns),
            Test::OperandCount(least, most) => (self.operand_count(*least, *most), Vec::new()),
            Test::OperandAt(place, patterns) => self.operand_at(*place as usize, patterns),
            Test::Assignment(pairs) => (self.assignment(pairs, false), Vec::new()),
            Test::Redirect(pairs) => self.redirect(pairs),
            Test::Stdin(patterns) => {
                let stdin = self.invocation.stdin.as_ref();
                (stdin.map_or(Match::No, |text| self.comparison.text(text, patterns)), Vec::new())
            }
            Test::File { kind, path, recursive } => self.file(*kind, path, *recursive),
            Test::Code(origins) => self.code(origins),
            Test::Http(test) => {
                let requests = self.doings.requests().iter();
                best(requests.map(|sent| request::fits(sent, test, self.comparison)))
            }
            Test::Sql(test) => {
                let statements = self.doings.statements().iter();
                best(statements.map(|given| statement::fits(given, test, self.comparison)))
            }
        }
    }

    fn flag(&self, test: &FlagTest, known_only: bool) -> Found {
        let Some(call) = self.call else { return NOTHING };
        let mut found = call.flag(&test.name);
        let given = call.flags.iter().filter(|flag| flag.name == test.name && !flag.negated);
        let mut evidence = Vec::new();
        let mut value = Match::No;
        for flag in given {
            let fits = match (&test.value, &flag.value) {
                (None, _) => Match::Certain,
                (Some(pattern), Some(value)) => self.comparison.text_one(value, pattern),
                (Some(pattern), None) => (*pattern == Pattern::Text(String::new())).into(),
            };
            if fits != Match::No {
                evidence.extend([Evidence::Word(flag.word), Evidence::Word(flag.value_word)]);
            }
            value = value.or(fits);
        }
        if test.value.is_some() {
            found = found.and(value);
        }
        let unknown = call.unknown_words.iter().filter(|word| !known_only && self.is_meant_as_option(**word));
        if found == Match::No {
            let words: Vec<Evidence> = unknown.map(|word| Evidence::Word(*word)).collect();
            return if words.is_empty() { NOTHING } else { (Match::Possible, words) };
        }
        (found, evidence)
    }

    /// Whether an unknown word seems to stand for options: `$OPTS`, `"$@"`, text from the network.
    fn is_meant_as_option(&self, word: usize) -> bool {
        let Some([Piece::Unknown(unknown), ..]) =
            self.invocation.argv.get(word).map(|word| word.value.pieces.as_slice())
        else {
            return false;
        };
        match &unknown.cause {
            Cause::Parameter(name) => matches!(name.as_slice(), b"@" | b"*"),
            Cause::Variable(name) => {
                let name = name.to_ascii_lowercase();
                let has = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
                has(b"opt") || has(b"flag") || has(b"arg") || has(b"param")
            }
            Cause::Network(_) | Cause::Packed(_) | Cause::Unmodelled => true,
            _ => false,
        }
    }

    fn operand(&self, patterns: &Patterns) -> Found {
        let operands = self.call.map(|call| call.operands.as_slice()).unwrap_or_default();
        best(operands.iter().map(|operand| {
            (self.comparison.text(&operand.value, patterns), vec![Evidence::Word(operand.word)])
        }))
    }

    fn operand_at(&self, place: usize, patterns: &Patterns) -> Found {
        let operands = self.call.map(|call| call.operands.as_slice()).unwrap_or_default();
        let shifts = operands.iter().take(place).any(|operand| operand.value.may_split());
        let Some(operand) = operands.get(place) else {
            return if shifts { (Match::Possible, Vec::new()) } else { NOTHING };
        };
        let found = self.comparison.text(&operand.value, patterns);
        let found = if shifts { found.or(Match::Possible).weaken() } else { found };
        (found, vec![Evidence::Word(operand.word)])
    }

    fn operand_count(&self, least: u32, most: Option<u32>) -> Match {
        let Some(call) = self.call else { return Match::No };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let fixed = number(call.operands.iter().filter(|operand| !operand.value.may_split()).count());
        let may_grow = number(call.operands.len()) > fixed;
        let is_over = most.is_some_and(|most| fixed > most);
        match (is_over, fixed >= least, may_grow) {
            (true, ..) => Match::No,
            (false, enough, false) => Match::from(enough),
            (false, true, true) if most.is_none() => Match::Certain,
            (false, _, true) => Match::Possible,
        }
    }

    /// Assignments in front. What excuses a command may stand in its environment as well; there the last value counts.
    fn assignment(&self, pairs: &[(Pattern, Pattern)], excuses: bool) -> Match {
        let own = &self.invocation.assignments;
        let inherited = self.invocation.environment.iter().filter(|_| excuses);
        let all: Vec<&(Vec<u8>, Value)> = inherited.chain(own).collect();
        let is_last = |at: usize, name: &[u8]| !all.iter().skip(at + 1).any(|(later, _)| later == name);
        let fits = |(name, value): &(Pattern, Pattern)| {
            let given = all.iter().enumerate().filter(|(at, (given, _))| !excuses || is_last(*at, given));
            let given = given.map(|(_, (given, text))| {
                let given = Value::text(given.clone(), Span::default());
                self.comparison.text_one(&given, name).and(self.comparison.text_one(text, value))
            });
            given.fold(Match::No, Match::or)
        };
        pairs.iter().map(fits).fold(Match::No, Match::or)
    }

    fn redirect(&self, pairs: &[(Direction, Pattern)]) -> Found {
        let wanted = |direction: Direction, operator: &str| match direction {
            Direction::Write => matches!(operator, ">" | ">|" | "&>" | ">&"),
            Direction::Append => matches!(operator, ">>" | "&>>"),
            Direction::Read => operator == "<",
        };
        let all = self.invocation.redirections.iter().enumerate();
        best(all.flat_map(|(index, redirection)| {
            let fitting = pairs.iter().filter(move |(direction, _)| wanted(*direction, redirection.operator));
            fitting.map(move |(_, pattern)| {
                (self.comparison.path_one(&redirection.target, pattern), vec![Evidence::Redirection(index)])
            })
        }))
    }

    fn file(&self, kind: EffectKind, path: &Patterns, recursive: Option<bool>) -> Found {
        let judge = |seen: &Seen, effect: &FileEffect| {
            let depth = match recursive {
                None => Match::Certain,
                Some(true) => effect.recursive,
                Some(false) => effect.recursive.negate(),
            };
            if effect.kind != kind || depth == Match::No {
                return NOTHING;
            }
            let places = seen.places.get_or_init(|| self.comparison.locate(&effect.path));
            if kind == EffectKind::Delete && self.comparison.is_scratch(places) {
                return NOTHING;
            }
            // A tree that is deleted may be any tree; a single unknown file is no reason to suspect the worst.
            let takes_much = effect.recursive != Match::No;
            let found = self.comparison.path(places, path, takes_much);
            (found.and(depth).and(effect.certainty), vec![effect.evidence])
        };
        best(self.doings.seen.iter().map(|seen| match &seen.effect {
            Effect::File(effect) => judge(seen, effect),
            _ => NOTHING,
        }))
    }

    fn code(&self, origins: &[CodeOrigin]) -> Found {
        let wanted = |code: &UnknownCode| match code {
            UnknownCode::Network => origins.contains(&CodeOrigin::Network),
            UnknownCode::Other => origins.contains(&CodeOrigin::Unknown),
        };
        let found =
            self.doings.seen.iter().any(|seen| matches!(&seen.effect, Effect::Code(code) if wanted(code)));
        (Match::from(found), vec![Evidence::Source(self.invocation.span)])
    }
}

/// The strongest; of equally strong ones all evidence.
fn best(found: impl Iterator<Item = Found>) -> Found {
    found.fold(NOTHING, |mut best, (matched, evidence)| {
        match matched.cmp(&best.0) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal if matched == Match::No => {}
            std::cmp::Ordering::Equal => best.1.extend(evidence),
            std::cmp::Ordering::Greater => best = (matched, evidence),
        }
        best
    })
}

/// Nothing but what is certain.
fn known(found: Found) -> Found {
    if found.0 == Match::Certain { found } else { NOTHING }
}

/// The weakest, with all evidence.
fn all(found: impl Iterator<Item = Found>) -> Found {
    found.fold((Match::Certain, Vec::new()), |mut all, (matched, evidence)| {
        all.0 = all.0.and(matched);
        all.1.extend(evidence);
        all
    })
}
