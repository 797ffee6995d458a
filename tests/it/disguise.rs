//! A disguise never helps, and a mention is not a use: destructive commands in up to four disguises at once, and in
//! quotes, comments and files.
//!
//! `DISGUISES=100000 cargo test disguise -- --nocapture` for a long run.

use argvet::{Decision, Facts, Policy, check};
use std::collections::BTreeMap;

/// What is disguised: each is denied as it stands.
const PAYLOADS: [&str; 6] = [
    "rm -rf /",
    "rm -rf /etc/ssh",
    "shred -u /etc/passwd",
    "dd if=/dev/zero of=/dev/sda",
    "find /usr -delete",
    "mv /etc /tmp/x",
];

/// A disguise: a command text becomes another that runs the same.
type Disguise = (&'static str, fn(&str) -> String);

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// `$'…'` with every byte written in octal.
fn octal(text: &str) -> String {
    let digits: String = text.bytes().map(|byte| format!("\\{byte:03o}")).collect();
    format!("$'{digits}'")
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let group =
            chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place) & 63) as usize] as char;
            out.push(if place <= chunk.len() { digit } else { '=' });
        }
    }
    out
}

/// The words of a plain command with the first changed.
fn first_word(text: &str, change: impl Fn(&str) -> String) -> String {
    match text.split_once(' ') {
        Some((first, rest)) if first.chars().all(|c| c.is_ascii_alphanumeric()) => {
            format!("{} {rest}", change(first))
        }
        _ => text.to_owned(),
    }
}

const DISGUISES: &[Disguise] = &[
    ("escaped letter", |c| first_word(c, |w| format!("\\{w}"))),
    ("quoted letter", |c| first_word(c, |w| format!("'{}'{}", &w[..1], &w[1..]))),
    ("empty quotes", |c| first_word(c, |w| format!("{}\"\"{}", &w[..1], &w[1..]))),
    ("ansi c", |c| first_word(c, octal)),
    ("continuation", |c| first_word(c, |w| format!("{}\\\n{}", &w[..1], &w[1..]))),
    ("variable", |c| first_word(c, |w| format!("_v={w}; $_v"))),
    ("two variables", |c| first_word(c, |w| format!("_a={}; _b={}; $_a$_b", &w[..1], &w[1..]))),
    ("default", |c| first_word(c, |w| format!("${{_unset:-{w}}}"))),
    ("unset inside", |c| first_word(c, |w| format!("{}${{_u}}{}", &w[..1], &w[1..]))),
    ("positional inside", |c| first_word(c, |w| format!("{}$@{}", &w[..1], &w[1..]))),
    ("echo", |c| first_word(c, |w| format!("$(echo {w})"))),
    ("backquotes", |c| if c.contains('`') { c.to_owned() } else { first_word(c, |w| format!("`echo {w}`")) }),
    ("printf", |c| first_word(c, |w| format!("$(printf %s {w})"))),
    ("rev", |c| first_word(c, |w| format!("$(echo {} | rev)", reversed(w)))),
    ("array", |c| first_word(c, |w| format!("_a=(x {w}); ${{_a[1]}}"))),
    ("indirection", |c| first_word(c, |w| format!("_w={w}; _p=_w; ${{!_p}}"))),
    ("case change", |c| first_word(c, |w| format!("_w={}; ${{_w,,}}", w.to_uppercase()))),
    ("slice", |c| first_word(c, |w| format!("_w=ab{w}cd; ${{_w:2:{}}}", w.len()))),
    ("loop", |c| {
        first_word(c, |w| {
            let letters: Vec<String> = w.chars().map(|c| c.to_string()).collect();
            format!("_w=; for _c in {}; do _w=$_w$_c; done; $_w", letters.join(" "))
        })
    }),
    ("command", |c| first_word(c, |w| format!("command {w}"))),
    ("directory", |c| {
        let is_program =
            |w: &str| matches!(w, "rm" | "dd" | "mv" | "find" | "shred" | "sudo" | "env" | "bash" | "sh");
        first_word(c, |w| if is_program(w) { format!("/bin/{w}") } else { w.to_owned() })
    }),
    ("sudo", |c| format!("sudo -n -- sh -c {}", single(c))),
    ("env", |c| format!("env -u X A=1 bash -c {}", single(c))),
    ("bash -c", |c| format!("bash -c {}", single(c))),
    ("cluster", |c| format!("bash -euo pipefail -c {}", single(c))),
    ("sh -c octal", |c| format!("sh -c \"$(printf {})\"", single(&octal(c)[2..octal(c).len() - 1]))),
    ("eval", |c| format!("eval {}", single(c))),
    ("eval ansi c", |c| format!("eval {}", octal(c))),
    ("script variable", |c| format!("_s={}; eval \"$_s\"", single(c))),
    ("here-string", |c| format!("bash <<< {}", single(c))),
    ("here-document", |c| format!("sh <<'_E_'\n{c}\n_E_")),
    ("pipe", |c| format!("echo {} | bash", single(c))),
    ("printf pipe", |c| format!("printf '%s\\n' {} | sh -s", single(c))),
    ("base64", |c| format!("echo {} | base64 -d | bash", base64(c))),
    ("base64 eval", |c| format!("eval \"$(base64 -d <<< {})\"", base64(c))),
    ("rev pipe", |c| {
        if c.contains('\n') { c.to_owned() } else { format!("echo {} | rev | sh", single(&reversed(c))) }
    }),
    ("process substitution", |c| format!("bash <(echo {})", single(c))),
    ("source", |c| format!(". <(echo {})", single(c))),
    ("file", |c| format!("echo {} > /tmp/_s.sh; bash /tmp/_s.sh", single(c))),
    ("xargs", |c| format!("echo {} | xargs -0 sh -c", single(c))),
    ("function", |c| format!("_f() {{ {c}\n}}; _f")),
    ("if", |c| format!("if true; then {c}\nfi")),
    ("and", |c| format!("true && {{ {c}\n}}")),
    ("case", |c| format!("case x in x) {c}\nesac")),
    ("while", |c| format!("while :; do {c}\nbreak; done")),
    ("subshell", |c| format!("({c}\n)")),
    ("background", |c| format!("{{ {c}\n}} & wait")),
    ("substitution", |c| format!("echo \"$({c}\n)\"")),
    ("assignment", |c| format!("_x=$({c}\n)")),
    ("trap", |c| format!("trap {} EXIT", single(c))),
    ("nohup", |c| format!("nohup timeout 5 nice -n 3 bash -c {}", single(c))),
    ("ssh", |c| format!("ssh -p 22 host {}", single(c))),
    ("find", |c| format!("find . -maxdepth 0 -exec sh -c {} \\;", single(c))),
    ("later line", |c| format!("echo hello\nls -la | wc -l\n{c}")),
];

/// Harmless texts that name a destructive command.
const MENTIONS: &[fn(&str) -> String] = &[
    |c| format!("echo {}", single(c)),
    |c| format!("printf '%s\\n' {}", single(c)),
    |c| format!("grep -rn {} .", single(c)),
    |c| format!("rg -F {} src", single(c)),
    |c| format!("git commit -m {}", single(&format!("never {c}"))),
    |c| format!("git log --grep={}", single(c)),
    |c| format!("ls # {c}"),
    |c| format!("x={}; echo \"$x\"", single(c)),
    |c| format!("cat > notes.md <<'_E_'\n{c}\n_E_"),
    |c| format!("cat <<'_E_' | tee notes.md\n{c}\n_E_"),
    |c| format!("_f() {{ {c}\n}}; echo defined"),
    |c| format!("jq -n --arg c {} '$c'", single(c)),
    |c| format!("sed -n {} f", single(&format!("/{}/p", c.replace('/', ".")))),
    |c| format!("test x = {} || true", single(c)),
    |c| format!("gh pr create --title x --body {}", single(c)),
    |c| format!("curl -d {} https://example.com/x", single(c)),
    |c| format!("if [ \"$1\" = {} ]; then echo no; fi", single(c)),
    |c| format!("echo {} >> TODO", single(c)),
    |c| format!("echo {} | wc -c", single(c)),
    |c| format!("python3 - <<'_E_'\nprint({c:?})\n_E_"),
    |c| format!("touch {}", single(&c.replace('/', "_"))),
    |c| format!("[[ $x == {} ]] && echo yes", single(c)),
];

fn facts() -> Facts {
    Facts {
        arguments: Some(Vec::new()),
        cwd: Some(b"/home/me/project".to_vec()),
        home: Some(b"/home/me".to_vec()),
        ..Facts::default()
    }
}

/// A small generator of numbers; the cases are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }
}

#[test]
fn disguise_never_helps() {
    let count: usize = std::env::var("DISGUISES").ok().and_then(|n| n.parse().ok()).unwrap_or(3000);
    let policy = Policy::default();
    let mut numbers = Numbers(7);
    let mut by_name: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut totals = [0usize; 3];
    for _ in 0..count {
        let payload = PAYLOADS[numbers.below(PAYLOADS.len())];
        let mut command = payload.to_owned();
        let mut names = Vec::new();
        for _ in 0..1 + numbers.below(4) {
            let (name, disguise) = DISGUISES[numbers.below(DISGUISES.len())];
            command = disguise(&command);
            names.push(name);
        }
        let decision = check(command.as_bytes(), &policy, &facts()).decision;
        totals[decision as usize] += 1;
        for name in &names {
            by_name.entry(name).or_default()[decision as usize] += 1;
        }
        if std::env::var_os("SHOW_ASKED").is_some() && decision == Decision::Ask {
            println!("asked: {names:?}\n{command}\n");
        }
        if decision == Decision::Allow {
            missed.push(format!("{names:?}\n{command}"));
        }
    }
    println!("{:24} allow   ask  deny", "disguise");
    for (name, [allow, ask, deny]) in &by_name {
        println!("{name:24} {allow:5} {ask:5} {deny:5}");
    }
    println!("{:24} {:5} {:5} {:5}", "all", totals[0], totals[1], totals[2]);
    assert!(
        missed.is_empty(),
        "{} of {count} got past, such as\n{}",
        missed.len(),
        missed[..missed.len().min(5)].join("\n\n")
    );
    assert!(totals[2] * 100 >= count * 95, "only {} of {count} are denied", totals[2]);
}

#[test]
fn mention_is_not_use() {
    let policy = Policy::default();
    let mut wrong = Vec::new();
    for payload in PAYLOADS {
        for mention in MENTIONS {
            let command = mention(payload);
            let verdict = check(command.as_bytes(), &policy, &facts());
            if verdict.decision != Decision::Allow {
                wrong.push(format!("{:?}: {command}", verdict.decision));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
