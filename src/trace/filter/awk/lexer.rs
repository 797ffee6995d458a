//! The tokens of an awk program.

/// Words that are no variables.
pub(super) const KEYWORDS: &[&str] = &[
    "BEGIN", "END", "print", "printf", "next", "exit", "if", "else", "while", "for", "do", "break",
    "continue", "function", "func", "getline", "delete", "in", "return", "nextfile", "switch",
];

/// Keywords and built-in functions: what may stand before a `(` without being a function of the program.
const WORDS: &[&str] = &[
    "print", "printf", "exit", "if", "while", "for", "return", "in", "index", "int", "length", "match",
    "split", "sprintf", "sub", "gsub", "substr", "tolower", "toupper", "else", "do",
];

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    Number(i64),
    Text(String),
    /// `/…/`, as written inside.
    Regex(String),
    Name(String),
    /// A name with a `(` directly behind it: of a function that the program defines.
    Call(String),
    Symbol(&'static str),
    /// A newline: it ends a statement as `;` does.
    Newline,
}

/// Longer symbols first. `|` and `<` of `getline` are among them so that the parser can refuse them.
const SYMBOLS: &[&str] = &[
    "&&", "||", "==", "!=", "<=", ">=", "!~", "++", "--", "+=", "-=", "*=", "%=", "{", "}", "(", ")", "[",
    "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "~", "<", ">", "=", "$", "|", "?", ":",
];

/// Splits a program; `None` for what is not modelled.
pub(super) fn tokens(program: &str) -> Option<Vec<Token>> {
    if program.len() > 4096 {
        return None;
    }
    let mut tokens = Vec::new();
    let mut rest = program;
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            ' ' | '\t' => {
                rest = rest.trim_start_matches([' ', '\t']);
                continue;
            }
            '#' => {
                rest = rest.find('\n').map_or("", |end| rest.get(end..).unwrap_or_default());
                continue;
            }
            '\\' => {
                rest = rest.strip_prefix("\\\n")?;
                continue;
            }
            '\n' => (Token::Newline, rest.strip_prefix('\n')?),
            '0'..='9' => number(rest)?,
            'A'..='Z' | 'a'..='z' | '_' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                let (name, after) = rest.split_at_checked(end)?;
                let is_call = after.starts_with('(') && !WORDS.contains(&name);
                let name = name.to_owned();
                (if is_call { Token::Call(name) } else { Token::Name(name) }, after)
            }
            '"' => text(rest)?,
            '/' if !tokens.last().is_some_and(ends_operand) => regex(rest)?,
            _ => {
                let symbol = *SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol))?;
                (Token::Symbol(symbol), rest.strip_prefix(symbol)?)
            }
        };
        tokens.push(token);
        rest = after;
    }
    Some(tokens)
}

/// Whether a `/` behind the token divides.
fn ends_operand(token: &Token) -> bool {
    match token {
        Token::Number(_) | Token::Text(_) | Token::Symbol(")" | "]" | "++" | "--") => true,
        Token::Name(name) => !KEYWORDS.contains(&name.as_str()),
        _ => false,
    }
}

/// A whole number in decimal; leading zeros are read in different ways.
fn number(rest: &str) -> Option<(Token, &str)> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end)?;
    let odd = after.starts_with(|c: char| c == '.' || c.is_ascii_alphabetic());
    if odd || digits.len() > 15 || (digits.len() > 1 && digits.starts_with('0')) {
        return None;
    }
    Some((Token::Number(digits.parse().ok()?), after))
}

/// A text with the escapes that every awk reads alike.
fn text(rest: &str) -> Option<(Token, &str)> {
    let mut text = String::new();
    let mut characters = rest.strip_prefix('"')?.chars();
    loop {
        match characters.next()? {
            '"' => return Some((Token::Text(text), characters.as_str())),
            '\n' => return None,
            '\\' => text.push(match characters.next()? {
                '"' => '"',
                '\\' => '\\',
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'a' => '\x07',
                'b' => '\x08',
                'f' => '\x0c',
                'v' => '\x0b',
                'x' => {
                    let digits: String = characters.by_ref().take(2).collect();
                    if characters.as_str().starts_with(|next: char| next.is_ascii_hexdigit()) {
                        return None;
                    }
                    ascii(u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 2)?)?
                }
                digit @ '0'..='7' => {
                    let mut value = digit.to_digit(8)?;
                    for _ in 0..2 {
                        let Some(next) = characters.as_str().chars().next().and_then(|c| c.to_digit(8))
                        else {
                            break;
                        };
                        value = value * 8 + next;
                        characters.next();
                    }
                    ascii(value)?
                }
                _ => return None,
            }),
            other => text.push(other),
        }
    }
}

fn ascii(value: u32) -> Option<char> {
    char::from_u32(value).filter(|character| character.is_ascii() && *character != '\0')
}

/// An expression between slashes. Where awks differ (escaped letters, intervals, escapes in brackets) it is not
/// modelled.
fn regex(rest: &str) -> Option<(Token, &str)> {
    let mut pattern = String::new();
    let mut characters = rest.strip_prefix('/')?.chars();
    loop {
        match characters.next()? {
            '/' => {
                let odd = pattern.contains('{') || (pattern.contains('[') && pattern.contains('\\'));
                return (!odd).then_some((Token::Regex(pattern), characters.as_str()));
            }
            '\n' => return None,
            '\\' => match characters.next()? {
                '/' => pattern.push('/'),
                escaped if escaped.is_ascii_punctuation() && !"<>'`&\"".contains(escaped) => {
                    pattern.extend(['\\', escaped]);
                }
                _ => return None,
            },
            // A slash in brackets ends the expression for some.
            '[' => {
                pattern.push('[');
                let brackets = characters.as_str();
                let end = brackets.find(']')?;
                if brackets.get(..end)?.contains('/') {
                    return None;
                }
            }
            other => pattern.push(other),
        }
    }
}
