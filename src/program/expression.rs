//! Expressions of `find`: which tests have come out true when one of its actions is reached.
//!
//! ```text
//! find . -name a -delete                    what is named a
//! find . ( -name a -o -name b ) -delete     what is named a or b
//! find . -delete -name a                    everything
//! find . -name a -o -delete                 everything but what is named a: no test has come out true
//! ```
//!
//! Built when a reading is finished; what the tests mean is left to those who ask.

use crate::value::Value;

/// The words of an expression that matter to its logic, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Expression(pub(crate) Vec<(usize, Token)>);

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `!`, `-not`
    Not,
    /// `-o`, `-or`
    Or,
    /// `,`
    Comma,
    /// A test or an action.
    Test(Test),
}

/// A test or an action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Test {
    /// Canonical name.
    pub(crate) name: String,
    /// The pattern that names have to match, if it is such a test.
    pub(crate) filter: Option<Value>,
}

/// Tests of which one has come out true. `None`: nothing is known.
type Known<'e> = Option<Vec<&'e Test>>;

/// What is known inside a pair of parentheses.
#[derive(Default)]
struct Group<'e> {
    /// In the alternative that is being read.
    now: Known<'e>,
    /// In the alternatives before it, if there are any.
    before: Option<Known<'e>>,
    /// Whether a `!` stands in front of the next term.
    not: bool,
    /// Whether one stands in front of the parenthesis.
    negated: bool,
}

impl Expression {
    /// The tests of which one is true whenever the word `action` is reached; only those that are `wanted` count.
    pub(crate) fn holds_at(&self, action: usize, wanted: impl Fn(&Test) -> bool) -> Option<Vec<&Test>> {
        let mut outer = Vec::new();
        let mut group = Group::default();
        for (_, token) in self.0.iter().take_while(|(word, _)| *word < action) {
            match token {
                Token::Open => {
                    let negated = std::mem::take(&mut group.not);
                    outer.push(std::mem::replace(&mut group, Group { negated, ..Group::default() }));
                }
                Token::Close => {
                    let Some(around) = outer.pop() else { continue };
                    let closed = std::mem::replace(&mut group, around);
                    if !closed.negated {
                        group.and(closed.either());
                    }
                }
                Token::Not => group.not = !group.not,
                Token::Or => group.next_alternative(),
                Token::Comma => group = Group { negated: group.negated, ..Group::default() },
                Token::Test(test) => {
                    let not = std::mem::take(&mut group.not);
                    if !not && wanted(test) {
                        group.and(Some(vec![test]));
                    }
                }
            }
        }
        std::iter::once(group).chain(outer.into_iter().rev()).find_map(|group| group.now)
    }
}

impl<'e> Group<'e> {
    /// Each term has to hold, so the first that is known says enough.
    fn and(&mut self, known: Known<'e>) {
        if self.now.is_none() {
            self.now = known;
        }
    }

    fn next_alternative(&mut self) {
        let now = self.now.take();
        self.before = Some(match self.before.take() {
            None => now,
            Some(before) => both(before, now),
        });
    }

    /// What is known when the group as a whole has come out true.
    fn either(self) -> Known<'e> {
        match self.before {
            None => self.now,
            Some(before) => both(before, self.now),
        }
    }
}

fn both<'e>(a: Known<'e>, b: Known<'e>) -> Known<'e> {
    let mut all = a?;
    all.extend(b?);
    Some(all)
}
