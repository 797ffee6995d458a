//! The words of a simple command as a whole: other ways to hand them to the shell, wrappers in front of them.

use super::encode::{single, word};

/// The words become a command text.
pub(crate) type Rewording = fn(&[String], usize) -> Option<String>;

fn joined(words: &[String]) -> String {
    words.iter().map(|text| word(text)).collect::<Vec<_>>().join(" ")
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|text| single(text)).collect::<Vec<_>>().join(" ")
}

/// Words that contain none of what braces and splitting care about.
fn plain(words: &[String]) -> Option<&[String]> {
    let fits = |text: &String| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./=@%+".contains(c))
    };
    words.iter().all(fits).then_some(words)
}

fn wrapped(wrapper: &str, words: &[String]) -> Option<String> {
    Some(format!("{wrapper} {}", joined(words)))
}

fn base(words: &[String]) -> Option<&String> {
    words.first().filter(|name| !name.contains('/') && super::is_program(name))
}

pub(crate) const REWORDINGS: &[(&str, Rewording)] = &[
    ("braces", |w, _| {
        let fits = plain(w)?.len() > 1 && !joined(w).contains('=');
        fits.then(|| format!("{{{}}}", w.join(",")))
    }),
    ("IFS between", |w, _| Some(plain(w)?.join("${IFS}"))),
    ("IFS split", |w, n| Some(format!("IFS=: _v{n}=; IFS=:; _v{n}={}; $_v{n}", plain(w)?.join(":")))),
    ("one variable", |w, n| Some(format!("_v{n}='{}'; $_v{n}", plain(w)?.join(" ")))),
    ("set", |w, _| Some(format!("set -- {}; \"$@\"", quoted(w)))),
    ("set and split", |w, _| Some(format!("set -- {}; $*", plain(w)?.join(" ")))),
    ("shift", |w, _| Some(format!("set -- x {}; shift; \"$@\"", quoted(w)))),
    ("array", |w, n| Some(format!("_a{n}=({}); \"${{_a{n}[@]}}\"", quoted(w)))),
    ("array of rest", |w, n| {
        let (first, rest) = w.split_first()?;
        Some(format!("_a{n}=({}); {} \"${{_a{n}[@]}}\"", quoted(rest), word(first)))
    }),
    ("appended array", |w, n| {
        let appends: Vec<String> = w.iter().map(|text| format!("_a{n}+=({})", single(text))).collect();
        Some(format!("{}; \"${{_a{n}[@]}}\"", appends.join("; ")))
    }),
    ("substituted whole", |w, _| Some(format!("$(echo {})", plain(w)?.join(" ")))),
    ("read words", |w, n| Some(format!("read -ra _a{n} <<< '{}'; \"${{_a{n}[@]}}\"", plain(w)?.join(" ")))),
    ("mapfile words", |w, n| {
        let lines: Vec<String> = plain(w)?.to_vec();
        Some(format!("mapfile -t _a{n} < <(printf '%s\\n' {}); \"${{_a{n}[@]}}\"", lines.join(" ")))
    }),
    ("function of words", |w, n| Some(format!("_f{n}() {{ \"$@\"; }}; _f{n} {}", quoted(w)))),
    ("function of rest", |w, n| {
        let (first, rest) = w.split_first()?;
        Some(format!("_f{n}() {{ {} \"$@\"; }}; _f{n} {}", word(first), quoted(rest)))
    }),
    ("shadowed name", |w, _| {
        let (first, rest) = w.split_first()?;
        let command = if base(w).is_some() { format!("command {first}") } else { word(first) };
        Some(format!("ls() {{ {command} \"$@\"; }}; ls {}", quoted(rest)))
    }),
    ("alias", |w, n| {
        let (first, rest) = w.split_first()?;
        let text =
            format!("shopt -s expand_aliases\nalias _l{n}={}\n_l{n} {}", single(&word(first)), joined(rest));
        Some(text)
    }),
    ("arguments of a script", |w, _| Some(format!("bash -c '\"$@\"' _ {}", quoted(w)))),
    ("zero of a script", |w, _| {
        let (first, rest) = w.split_first()?;
        Some(format!("bash -c '$0 \"$@\"' {} {}", single(first), quoted(rest)))
    }),
    ("directory", |w, _| base(w).map(|_| format!("/bin/{}", joined(w)))),
    ("glob", |w, _| {
        let name = base(w).filter(|name| name.len() > 1)?;
        let (head, tail) = name.split_at(1);
        Some(format!("/bin/[{head}]{tail} {}", joined(&w[1..])))
    }),
    ("command", |w, _| base(w).and_then(|_| wrapped("command", w))),
    ("command -p", |w, _| base(w).and_then(|_| wrapped("command -p --", w))),
    ("exec", |w, _| base(w).and_then(|_| wrapped("exec", w))),
    ("exec in a subshell", |w, _| base(w).map(|_| format!("(exec -a x {})", joined(w)))),
    ("hash", |w, n| {
        let (first, rest) = w.split_first()?;
        base(w).map(|_| format!("hash -p /bin/{first} _h{n}; _h{n} {}", joined(rest)))
    }),
    ("sudo", |w, _| base(w).and_then(|_| wrapped("sudo", w))),
    ("sudo -u", |w, _| base(w).and_then(|_| wrapped("sudo -n -u root --", w))),
    ("doas", |w, _| base(w).and_then(|_| wrapped("doas -u root", w))),
    ("env", |w, _| {
        base(w).and_then(|_| wrapped("env A=1 -u X", w)).map(|t| t.replace("A=1 -u X", "-u X A=1"))
    }),
    ("env -i", |w, _| base(w).map(|_| format!("env -i /bin/{}", joined(w)))),
    ("env -S", |w, _| base(w).and_then(|_| Some(format!("env -S '{}'", plain(w)?.join(" "))))),
    ("nice", |w, _| base(w).and_then(|_| wrapped("nice -n 5", w))),
    ("ionice", |w, _| base(w).and_then(|_| wrapped("ionice -c 3", w))),
    ("nohup", |w, _| base(w).and_then(|_| wrapped("nohup", w))),
    ("setsid", |w, _| base(w).and_then(|_| wrapped("setsid -w", w))),
    ("timeout", |w, _| base(w).and_then(|_| wrapped("timeout -k 1 5s", w))),
    ("stdbuf", |w, _| base(w).and_then(|_| wrapped("stdbuf -oL", w))),
    ("time", |w, _| wrapped("time -p", w)),
    ("strace", |w, _| base(w).and_then(|_| wrapped("strace -f -o f", w))),
    ("systemd-run", |w, _| base(w).and_then(|_| wrapped("systemd-run --user --scope", w))),
    ("flock", |w, _| base(w).and_then(|_| wrapped("flock -n /tmp/lock", w))),
    ("chroot", |w, _| base(w).and_then(|_| wrapped("chroot /", w))),
    ("unbuffer", |w, _| base(w).and_then(|_| wrapped("unbuffer", w))),
    ("find -exec", |w, _| base(w).map(|_| format!("find . -maxdepth 0 -exec {} \\;", quoted(w)))),
    ("find -execdir", |w, _| base(w).map(|_| format!("find . -maxdepth 0 -execdir {} ';'", quoted(w)))),
    ("xargs first word", |w, _| {
        let (first, rest) = plain(w)?.split_first()?;
        base(w).map(|_| format!("echo {} | xargs {first}", rest.join(" ")))
    }),
    ("xargs all words", |w, _| {
        base(w).and_then(|_| Some(format!("echo {} | xargs env", plain(w)?.join(" "))))
    }),
    ("xargs -I", |w, _| {
        let (last, rest) = plain(w)?.split_last()?;
        (!rest.is_empty()).then(|| base(w))??;
        Some(format!("echo {last} | xargs -I% {} %", rest.join(" ")))
    }),
    ("xargs -0", |w, _| {
        let (first, rest) = w.split_first()?;
        base(w).map(|_| format!("printf '%s\\0' {} | xargs -0 {first}", quoted(rest)))
    }),
    ("parallel", |w, _| {
        let (last, rest) = plain(w)?.split_last()?;
        (!rest.is_empty()).then(|| base(w))??;
        Some(format!("parallel {} ::: {last}", rest.join(" ")))
    }),
    ("redirections inside", |w, _| {
        let (first, rest) = w.split_first()?;
        Some(format!("{} 2>&1 {} < /dev/null", word(first), joined(rest)))
    }),
    ("redirection in front", |w, _| Some(format!("2> /dev/null {}", joined(w)))),
    ("assignment in front", |w, _| Some(format!("A=1 B=\"$(echo x)\" {}", joined(w)))),
    ("tabs", |w, _| Some(w.iter().map(|text| word(text)).collect::<Vec<_>>().join(" \t\\\n  "))),
];
