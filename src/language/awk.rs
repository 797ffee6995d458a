//! What a program of awk executes and writes: `system(…)`, `print | "command"`, `"command" | getline`, `print > "file"`.
//! Its values are those of [`super::plain`]: constants side by side, variables that were given constants, the input.

use super::evaluate::Expression;
use super::plain::expression::{Scope, computed};
use super::plain::token::{Lexeme, Token, tokens};
use super::plain::{AWK, as_word};
use super::{Call, Reading, Surroundings};
use crate::value::{Cause, Match, Piece, Value};
use std::collections::{HashMap, HashSet};

/// The calls in a program.
pub(super) fn read(text: &[u8], surroundings: Surroundings<'_>) -> Reading {
    let tokens = tokens(text, &AWK);
    let given = |(name, value): &(Vec<u8>, Value)| {
        (String::from_utf8_lossy(name).into_owned(), Expression::Text(value.clone()))
    };
    let mut names: HashMap<String, Expression> = surroundings.variables.iter().map(given).collect();
    // What is given several values is not known, where it is used first, either: that may be in a loop.
    let several = Reader::walk(&tokens.list, surroundings, names.clone()).scope.names;
    names.extend(several.into_iter().filter(|(_, value)| *value == Expression::Unknown));
    let reader = Reader::walk(&tokens.list, surroundings, names);
    let is_cut = reader.scope.is_spent() || tokens.is_open;
    Reading { calls: reader.calls, is_cut, ..Reading::default() }
}

struct Reader<'a> {
    scope: Scope<'a>,
    calls: Vec<Call>,
    /// Where the expression in front of a `|` may begin.
    statement: usize,
    /// The nesting of parentheses around a `print` that has not ended.
    printing: Option<usize>,
    /// Where the words of that `print` begin.
    printed: usize,
    /// How many parentheses are open.
    open: usize,
    /// The files that were printed to.
    files: HashSet<Option<Vec<u8>>>,
    /// Whether a command was met that text is read from or written to.
    has_pipe: bool,
}

impl<'a> Reader<'a> {
    fn walk(
        tokens: &'a [Lexeme],
        surroundings: Surroundings<'a>,
        names: HashMap<String, Expression>,
    ) -> Reader<'a> {
        let mut scope = Scope::new(tokens, &AWK, surroundings);
        scope.names = names;
        let mut reader = Reader {
            scope,
            calls: Vec::new(),
            statement: 0,
            printing: None,
            printed: 0,
            open: 0,
            files: HashSet::new(),
            has_pipe: false,
        };
        for at in 0..tokens.len() {
            reader.token(at);
        }
        reader
    }

    fn token(&mut self, at: usize) {
        let Some(token) = self.scope.token(at) else { return };
        match token {
            Token::Name(name) => match name.as_str() {
                "print" | "printf" => {
                    self.printing = Some(self.open);
                    self.printed = at + 1;
                }
                "system" if self.scope.is(at + 1, b'(') => {
                    let (words, _) = self.scope.list(at + 2, b')', 0);
                    self.add("system", None, words.into_iter().next(), at);
                }
                // `sub(/a/, "b", x)` changes the variable, or the line.
                "sub" | "gsub" if self.scope.is(at + 1, b'(') => self.replaced(at),
                "while" | "if" | "else" | "do" => self.statement = at + 1,
                // `getline x`; without a name, it is the line.
                "getline" => match self.scope.token(at + 1) {
                    Some(Token::Name(name)) => {
                        let name = name.clone();
                        self.scope.names.insert(name, Expression::Unknown);
                    }
                    _ => self.scope.surroundings.stdin = None,
                },
                // Its parameters hide variables.
                "function" | "func" => {
                    let names = self.scope.tokens.iter().skip(at + 2).map(|lexeme| &lexeme.token);
                    for token in names.take_while(|token| **token != Token::Symbol(b')')) {
                        if let Token::Name(name) = token {
                            self.scope.names.insert(name.clone(), Expression::Unknown);
                        }
                    }
                }
                name => {
                    let name = name.to_owned();
                    self.assignment(at, &name);
                }
            },
            Token::Newline | Token::Symbol(b';' | b'{' | b'}') => {
                self.statement = at + 1;
                self.printing = None;
            }
            Token::Symbol(b'(') => {
                self.open += 1;
                self.statement = at + 1;
            }
            Token::Symbol(b')') => self.open = self.open.saturating_sub(1),
            // `@name(…)` calls the function whose name the variable holds.
            Token::Symbol(b'@') if self.scope.is(at + 2, b'(') => {
                let name = match self.scope.token(at + 1) {
                    Some(Token::Name(name)) => self.scope.names.get(name),
                    _ => None,
                };
                let is_system = match name {
                    Some(Expression::Text(name)) => name.equals(b"system") != Match::No,
                    _ => true,
                };
                if is_system {
                    let (words, _) = self.scope.list(at + 3, b')', 0);
                    self.add("system", None, words.into_iter().next(), at);
                }
            }
            // `$1 = "x"` changes the line.
            Token::Symbol(b'$') if self.scope.is(at + 2, b'=') && !self.scope.is(at + 3, b'=') => {
                self.scope.surroundings.stdin = None;
            }
            Token::Symbol(b'=' | b'!') => self.statement = at + 1,
            Token::Symbol(b'|') => self.pipe(at),
            Token::Symbol(b'>') if self.printing == Some(self.open) => {
                let appends = self.scope.is(at + 1, b'>');
                if !self.scope.is(at.saturating_sub(1), b'>') {
                    let (path, _) = self.scope.expression(at + 1 + usize::from(appends), 0);
                    self.write(path, appends, at);
                }
            }
            _ => {}
        }
    }

    /// `print > file`, which cuts the file the first time only.
    fn write(&mut self, path: Expression, appends: bool, at: usize) {
        let span = self.scope.span(at);
        let path = as_word(path, span);
        let is_open = !self.files.insert(path.written());
        let mode = if appends || is_open { "--append" } else { "--write" };
        let printed = self.printed(at);
        let is_known = printed.pieces.iter().any(|piece| match piece {
            Piece::Text { bytes, .. } => !bytes.trim_ascii().is_empty(),
            _ => false,
        });
        // Nothing but the newline is known; what commands print is text of the program.
        let is_own = is_known || self.has_pipe;
        let text = if is_own { printed } else { Value::unknown(Cause::Unmodelled, false, span) };
        self.calls.push(Call { mode: Some(mode), ..Call::new("print", vec![path, text], span) });
    }

    /// `print | command`, `command | getline`
    fn pipe(&mut self, at: usize) {
        if self.scope.is(at + 1, b'|') || (at > 0 && self.scope.is(at - 1, b'|')) {
            return;
        }
        let next = at + 1 + usize::from(self.scope.is(at + 1, b'&'));
        let reads = matches!(self.scope.token(next), Some(Token::Name(name)) if name == "getline");
        let (command, _) = match (reads, self.printing) {
            (true, _) => self.scope.expression(self.statement, 0),
            (false, Some(_)) => self.scope.expression(next, 0),
            (false, None) => return,
        };
        self.has_pipe = true;
        if reads {
            return self.add("|", None, Some(command), at);
        }
        // What is printed is the input of the command, as in a pipeline of the shell.
        let span = self.scope.span(at);
        let mut script = Value::text(b"printf %s ".as_slice(), span);
        match self.printed(at).known_str() {
            Some(text) => script.push_text(shell_words::quote(&text).as_bytes(), span),
            None => script.pieces.extend(Value::unknown(Cause::Input, false, span).pieces),
        }
        script.push_text(b" | ", span);
        script.pieces.extend(as_word(command, span).pieces);
        self.add("|", None, Some(Expression::Text(script)), at);
    }

    /// What the `print` or `printf` in front of a `|` or `>` prints.
    fn printed(&self, at: usize) -> Value {
        let span = self.scope.span(at);
        let unknown = || Value::unknown(Cause::Unmodelled, false, span);
        let end = if self.scope.is(at, b'>') { b'>' } else { b'|' };
        let (mut words, _) = self.scope.list(self.printed, end, 0);
        // `print(a, b)`
        if let [Expression::List(list)] = words.as_mut_slice() {
            words = std::mem::take(list);
        }
        let is_format = matches!(
            self.scope.token(self.printed.saturating_sub(1)),
            Some(Token::Name(name)) if name == "printf"
        );
        if is_format {
            let text = computed("sprintf", &words, span);
            return text.map_or_else(unknown, |text| as_word(text, span));
        }
        let between = |name: &str, usual: &str| match self.scope.names.get(name) {
            None => Value::text(usual, span),
            Some(value) => as_word(value.clone(), span),
        };
        let mut text = match words.is_empty() {
            true => self.scope.surroundings.input().cloned().unwrap_or_else(unknown),
            false => Value::default(),
        };
        for (at, word) in words.into_iter().enumerate() {
            if at > 0 {
                text.pieces.extend(between("OFS", " ").pieces);
            }
            text.pieces.extend(as_word(word, span).pieces);
        }
        text.pieces.extend(between("ORS", "\n").pieces);
        text
    }

    /// The variable that a replacement changes is not known from then on.
    fn replaced(&mut self, at: usize) {
        let (mut open, mut at) = (0_usize, at + 1);
        let mut last = None;
        while let Some(token) = self.scope.token(at) {
            match token {
                Token::Symbol(b'(') => open += 1,
                Token::Symbol(b')') if open <= 1 => break,
                Token::Symbol(b')') => open -= 1,
                Token::Name(name) if open == 1 => last = Some(name.clone()),
                Token::Symbol(b',') if open == 1 => last = None,
                _ => {}
            }
            at += 1;
        }
        match last {
            Some(name) => {
                self.scope.names.insert(name, Expression::Unknown);
            }
            // The line itself.
            None => self.scope.surroundings.stdin = None,
        }
    }

    /// `name = value`. A name that is given several values holds any of them.
    fn assignment(&mut self, at: usize, name: &str) {
        let is = |place: usize, bytes: &[u8]| matches!(self.scope.token(place), Some(Token::Symbol(byte)) if bytes.contains(byte));
        // `x += 1`, `x++`, `--x`
        let is_changed = is(at + 1, b"+-*/%^") && is(at + 2, b"=")
            || [b"+", b"-"].iter().any(|sign| {
                is(at + 1, *sign) && is(at + 2, *sign)
                    || at > 1 && is(at - 1, *sign) && is(at - 2, *sign)
            })
            // `for (x in a)`
            || matches!(self.scope.token(at + 1), Some(Token::Name(word)) if word == "in")
                && matches!(at.checked_sub(2).and_then(|at| self.scope.token(at)), Some(Token::Name(word)) if word == "for");
        if is_changed {
            self.scope.names.insert(name.to_owned(), Expression::Unknown);
            return;
        }
        if !self.scope.is(at + 1, b'=') || self.scope.is(at + 2, b'=') {
            return;
        }
        let (value, end) = self.scope.expression(at + 2, 0);
        let ends = matches!(
            self.scope.token(end),
            None | Some(Token::Newline | Token::Symbol(b';' | b'}' | b')' | b','))
        );
        let value = if ends { value } else { Expression::Unknown };
        let differs = self.scope.names.get(name).is_some_and(|known| *known != value);
        self.scope.names.insert(name.to_owned(), if differs { Expression::Unknown } else { value });
    }

    fn add(&mut self, name: &str, mode: Option<&'static str>, word: Option<Expression>, at: usize) {
        let span = self.scope.span(at);
        let words = word.map(|word| as_word(word, span)).into_iter().collect();
        self.calls.push(Call { mode, ..Call::new(name, words, span) });
    }
}
