//! Other spellings of one word: quotes, escapes, expansions.

use super::encode::*;

/// What comes before the command, and the word's new spelling; `None` where it does not apply. The number makes
/// names unique.
pub(crate) type Spelling = fn(&str, usize) -> Option<(String, String)>;

/// The word in two parts that are not empty.
fn halves(word: &str) -> Option<(&str, &str)> {
    (word.len() > 1 && word.is_ascii()).then(|| word.split_at(1))
}

fn only(spelling: String) -> Option<(String, String)> {
    Some((String::new(), spelling))
}

fn with(setup: String, spelling: String) -> Option<(String, String)> {
    Some((setup, spelling))
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && word(text) == text
}

fn is_lower(text: &str) -> bool {
    is_plain(text) && !text.chars().any(|char| char.is_ascii_uppercase())
}

pub(crate) const SPELLINGS: &[(&str, Spelling)] = &[
    ("escaped letter", |w, _| is_plain(w).then(|| (String::new(), format!("\\{w}")))),
    ("all escaped", |w, _| {
        is_plain(w).then(|| (String::new(), w.chars().map(|c| format!("\\{c}")).collect()))
    }),
    ("single quotes", |w, _| only(single(w))),
    ("double quotes", |w, _| only(double(w))),
    ("translated quotes", |w, _| only(format!("${}", double(w)))),
    ("quoted half", |w, _| halves(w).and_then(|(a, b)| only(format!("{}{}", single(a), double(b))))),
    ("empty quotes", |w, _| halves(w).and_then(|(a, b)| only(format!("{}''{}\"\"", word(a), word(b))))),
    ("octal", |w, _| only(ansi_c(w, octal))),
    ("hex", |w, _| only(ansi_c(w, hex))),
    ("unicode", |w, _| w.is_ascii().then(|| (String::new(), ansi_c(w, |b| format!("\\u{b:04x}"))))),
    ("half octal", |w, _| halves(w).and_then(|(a, b)| only(format!("{}{}", word(a), ansi_c(b, octal))))),
    ("continuation", |w, _| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("{a}\\\n{b}"))
    }),
    ("variable", |w, n| with(format!("_v{n}={}", single(w)), format!("\"$_v{n}\""))),
    ("bare variable", |w, n| is_plain(w).then(|| (format!("_v{n}={w}"), format!("$_v{n}")))),
    ("two variables", |w, n| {
        let (a, b) = halves(w)?;
        with(format!("_a{n}={} _b{n}={}", single(a), single(b)), format!("\"$_a{n}${{_b{n}}}\""))
    }),
    ("exported variable", |w, n| with(format!("export _v{n}={}", single(w)), format!("\"$_v{n}\""))),
    ("appended", |w, n| {
        let (a, b) = halves(w)?;
        with(format!("_v{n}={}; _v{n}+={}", single(a), single(b)), format!("\"$_v{n}\""))
    }),
    ("default", |w, n| is_plain(w).then(|| (String::new(), format!("${{_u{n}:-{w}}}")))),
    ("default in default", |w, n| {
        is_plain(w).then(|| (String::new(), format!("${{_u{n}:-${{_w{n}-{w}}}}}")))
    }),
    ("assigned default", |w, n| is_plain(w).then(|| (format!(": ${{_u{n}:={w}}}"), format!("$_u{n}")))),
    ("alternative", |w, n| is_plain(w).then(|| (format!("_y{n}=1"), format!("${{_y{n}:+{w}}}")))),
    ("unset inside", |w, n| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("{a}${{_u{n}}}{b}"))
    }),
    ("no parameters inside", |w, _| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("{a}$@{b}"))
    }),
    ("star inside", |w, _| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("{a}$*{b}"))
    }),
    ("empty substitution inside", |w, _| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("{a}$(:){b}"))
    }),
    ("echo", |w, _| is_plain(w).then(|| (String::new(), format!("$(echo {w})")))),
    ("backquotes", |w, _| is_plain(w).then(|| (String::new(), format!("`echo {w}`")))),
    ("echo in quotes", |w, _| is_plain(w).then(|| (String::new(), format!("\"$(echo {w})\"")))),
    ("printf", |w, _| only(format!("\"$(printf %s {})\"", single(w)))),
    ("printf in parts", |w, _| {
        let (a, b) = halves(w)?;
        only(format!("\"$(printf '%s%s' {} {})\"", single(a), single(b)))
    }),
    ("printf octal", |w, _| only(format!("\"$(printf {})\"", single(&printf_octal(w))))),
    ("echo -e", |w, _| only(format!("\"$(echo -e {})\"", single(&octal_text(w))))),
    ("printf of a number", |w, _| {
        let (a, b) = halves(w)?;
        only(format!("$(printf \"\\\\$(printf %o {})\"){}", a.as_bytes()[0], word(b)))
    }),
    ("rev", |w, _| is_plain(w).then(|| (String::new(), format!("$(rev <<< {})", reversed(w))))),
    ("rev pipe", |w, _| is_plain(w).then(|| (String::new(), format!("$(echo {} | rev)", reversed(w))))),
    ("base64 word", |w, _| only(format!("\"$(echo {} | base64 -d)\"", base64(w)))),
    ("base32 word", |w, _| only(format!("\"$(echo {} | base32 -d)\"", base32(w)))),
    ("xxd word", |w, _| only(format!("\"$(xxd -r -p <<< {})\"", plain_hex(w)))),
    ("tr word", |w, _| {
        is_plain(w).then(|| (String::new(), format!("$(echo {} | tr a-zA-Z n-za-mN-ZA-M)", rot13(w))))
    }),
    ("tr case", |w, _| {
        is_lower(w).then(|| {
            (String::new(), format!("$(echo {} | tr '[:upper:]' '[:lower:]')", w.to_ascii_uppercase()))
        })
    }),
    ("tr -d", |w, _| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("$(echo '{a}~{b}' | tr -d '~')"))
    }),
    ("sed word", |w, _| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("$(echo '{a}~~{b}' | sed 's/~//g')"))
    }),
    ("cut word", |w, _| is_plain(w).then(|| (String::new(), format!("$(echo 'a {w} b' | cut -d' ' -f2)")))),
    ("awk word", |w, _| {
        is_plain(w).then(|| (String::new(), format!("$(echo 'a {w} b' | awk '{{print $2}}')")))
    }),
    ("head and tail", |w, _| {
        is_plain(w).then(|| (String::new(), format!("$(printf '%s\\n' a {w} b | head -n 2 | tail -n 1)")))
    }),
    ("cat here-string", |w, _| only(format!("\"$(cat <<< {})\"", single(w)))),
    ("cat here-document", |w, n| {
        let fits = !w.contains('\n');
        fits.then(|| (format!("_v{n}=$(cat <<'_H_'\n{w}\n_H_\n)"), format!("\"$_v{n}\"")))
    }),
    ("array element", |w, n| with(format!("_a{n}=(x {} y)", single(w)), format!("\"${{_a{n}[1]}}\""))),
    ("array from the end", |w, n| with(format!("_a{n}=(x {})", single(w)), format!("\"${{_a{n}[-1]}}\""))),
    ("array slice", |w, n| with(format!("_a{n}=(x {} y)", single(w)), format!("\"${{_a{n}[@]:1:1}}\""))),
    ("array in parts", |w, n| {
        let (a, b) = halves(w)?;
        with(format!("_a{n}=({} {})", single(a), single(b)), format!("\"${{_a{n}[0]}}${{_a{n}[1]}}\""))
    }),
    ("map", |w, n| with(format!("declare -A _m{n}=([k]={})", single(w)), format!("\"${{_m{n}[k]}}\""))),
    ("indirection", |w, n| with(format!("_v{n}={}; _p{n}=_v{n}", single(w)), format!("\"${{!_p{n}}}\""))),
    ("nameref", |w, n| with(format!("declare -n _r{n}=_v{n}; _v{n}={}", single(w)), format!("\"$_r{n}\""))),
    ("lower case", |w, n| {
        is_lower(w).then(|| (format!("_v{n}={}", w.to_ascii_uppercase()), format!("${{_v{n},,}}")))
    }),
    ("@L", |w, n| {
        is_lower(w).then(|| (format!("_v{n}={}", w.to_ascii_uppercase()), format!("${{_v{n}@L}}")))
    }),
    ("@E", |w, n| with(format!("_v{n}={}", single(&printf_octal(w))), format!("\"${{_v{n}@E}}\""))),
    ("slice", |w, n| {
        with(format!("_v{n}=ab{}cd", single(w)), format!("\"${{_v{n}:2:{}}}\"", w.chars().count()))
    }),
    ("slice from the end", |w, n| {
        with(format!("_v{n}=ab{}", single(w)), format!("\"${{_v{n}: -{}}}\"", w.chars().count()))
    }),
    ("trimmed prefix", |w, n| with(format!("_v{n}=_:_{}", single(w)), format!("\"${{_v{n}#*:_}}\""))),
    ("trimmed suffix", |w, n| with(format!("_v{n}={}_:_", single(w)), format!("\"${{_v{n}%_:*}}\""))),
    ("replaced", |w, n| {
        let (a, b) = halves(w)?;
        with(format!("_v{n}={}~{}", single(a), single(b)), format!("\"${{_v{n}/\\~/}}\""))
    }),
    ("letters in a loop", |w, n| {
        let letters: Vec<String> = w.chars().map(|char| single(&char.to_string())).collect();
        let setup = format!("_v{n}=; for _c{n} in {}; do _v{n}=$_v{n}$_c{n}; done", letters.join(" "));
        with(setup, format!("\"$_v{n}\""))
    }),
    ("printf -v", |w, n| with(format!("printf -v _v{n} %s {}", single(w)), format!("\"$_v{n}\""))),
    ("printf -v octal", |w, n| {
        with(format!("printf -v _v{n} {}", single(&printf_octal(w))), format!("\"$_v{n}\""))
    }),
    ("read", |w, n| with(format!("read -r _v{n} <<< {}", single(w)), format!("\"$_v{n}\""))),
    ("read array", |w, n| {
        is_plain(w).then(|| (format!("read -ra _a{n} <<< 'x {w} y'"), format!("${{_a{n}[1]}}")))
    }),
    ("mapfile", |w, n| with(format!("mapfile -t _a{n} <<< {}", single(w)), format!("\"${{_a{n}[0]}}\""))),
    ("function", |w, n| with(format!("_f{n}() {{ printf %s {}; }}", single(w)), format!("\"$(_f{n})\""))),
    ("function sets", |w, n| {
        with(format!("_f{n}() {{ _v{n}={}; }}; _f{n}", single(w)), format!("\"$_v{n}\""))
    }),
    ("case sets", |w, n| {
        with(format!("case x in y) ;; *) _v{n}={};; esac", single(w)), format!("\"$_v{n}\""))
    }),
    ("if sets", |w, n| {
        let w = single(w);
        with(format!("if [ -e f ]; then _v{n}={w}; else _v{n}={w}; fi"), format!("\"$_v{n}\""))
    }),
    ("eval sets", |w, n| with(format!("eval _v{n}={}", single(&word(w))), format!("\"$_v{n}\""))),
    ("subshell prints", |w, n| {
        with(format!("_v{n}=$( (_w{n}={}; echo \"$_w{n}\") )", single(w)), format!("\"$_v{n}\""))
    }),
    ("slash from HOME", |w, _| {
        let fits = is_plain(w) && w.contains('/') && !w.starts_with('~');
        fits.then(|| (String::new(), w.replace('/', "${HOME:0:1}")))
    }),
    ("quoted backslash", |w, _| {
        let (a, b) = halves(w).filter(|_| is_plain(w))?;
        only(format!("{a}\"\\\n\"{b}"))
    }),
    ("command substitution in default", |w, n| {
        is_plain(w).then(|| (String::new(), format!("${{_u{n}:-$(echo {w})}}")))
    }),
    ("arithmetic index", |w, n| with(format!("_a{n}=(a b {})", single(w)), format!("\"${{_a{n}[1+1]}}\""))),
    ("computed name", |w, n| {
        with(
            format!("_k{n}=v; eval \"_${{_k{n}}}{n}={}\"", word(w).replace('"', "\\\"")),
            format!("\"$_v{n}\""),
        )
    }),
    ("declared", |w, n| with(format!("declare _v{n}={}", single(w)), format!("\"$_v{n}\""))),
    ("file", |w, n| with(format!("printf %s {} > /tmp/_w{n}", single(w)), format!("\"$(< /tmp/_w{n})\""))),
];
