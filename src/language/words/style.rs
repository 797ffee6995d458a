//! What the words of Tcl, PowerShell, nu, fish and cmd look like.

/// What `{word}` means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// Nothing.
    Plain,
    /// The word itself.
    Quote,
    /// Several words: `{a,b}`.
    Expand,
}

/// What the words of a language look like.
pub(super) struct Style {
    /// The byte that takes away what the next one means.
    pub(super) escape: u8,
    /// What starts a comment at the beginning of a command.
    pub(super) comment: &'static [u8],
    /// What quotes a word in which names are replaced.
    pub(super) double: u8,
    /// What quotes a word as it is; 0: nothing.
    pub(super) single: u8,
    /// What separates commands, besides a newline.
    pub(super) ends: &'static [u8],
    /// What stands in front of the name of a variable.
    pub(super) variable: u8,
    /// Whether names are the same in any case.
    pub(super) any_case: bool,
    /// What braces around a word without blanks mean.
    pub(super) braces: Braces,
    /// How a command gives a variable its value: `set x text`, `$x = text`.
    pub(super) sets: Option<&'static str>,
    /// What is around a command whose output is a word.
    pub(super) substitutes: (u8, u8),
    /// Between double quotes, whether the mark of a variable stands in front of such a command.
    pub(super) marked: bool,
    /// What calls the value of a variable, where one alone is only shown; 0: one alone is called.
    pub(super) calls: u8,
}

const TCL: Style = Style {
    escape: b'\\',
    comment: b"#",
    double: b'"',
    single: 0,
    ends: b";[]{}",
    variable: b'$',
    any_case: false,
    braces: Braces::Quote,
    sets: Some("set"),
    substitutes: (b'[', b']'),
    marked: false,
    calls: 0,
};

const POWERSHELL: Style = Style {
    escape: b'`',
    comment: b"#",
    double: b'"',
    single: b'\'',
    ends: b";|&(){}",
    variable: b'$',
    any_case: true,
    braces: Braces::Plain,
    sets: None,
    substitutes: (b'(', b')'),
    marked: true,
    calls: b'&',
};

const NU: Style = Style {
    escape: b'\\',
    comment: b"#",
    double: b'"',
    single: b'\'',
    ends: b";|&(){}^",
    variable: b'$',
    any_case: false,
    braces: Braces::Plain,
    sets: None,
    substitutes: (b'(', b')'),
    marked: true,
    calls: b'^',
};

const FISH: Style = Style {
    escape: b'\\',
    comment: b"#",
    double: b'"',
    single: b'\'',
    ends: b";|&(){}",
    variable: b'$',
    any_case: false,
    braces: Braces::Expand,
    sets: Some("set"),
    substitutes: (b'(', b')'),
    marked: true,
    calls: 0,
};

const CMD: Style = Style {
    escape: b'^',
    comment: b"::",
    double: b'"',
    single: 0,
    ends: b"|&()@",
    variable: b'%',
    any_case: true,
    braces: Braces::Plain,
    sets: None,
    substitutes: (0, 0),
    marked: true,
    calls: 0,
};

impl Style {
    /// The style of a language.
    pub(super) fn of(language: &str) -> Style {
        match language {
            "tcl" => TCL,
            "powershell" => POWERSHELL,
            "cmd" => CMD,
            "fish" => FISH,
            _ => NU,
        }
    }
}
