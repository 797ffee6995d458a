//! A whole command text on its way to a shell: arguments, standard input, files, encodings, wrappers with scripts.

use super::encode::*;

/// A command text becomes another; `None` where it does not apply. The number makes names unique.
pub(crate) type Disguise = fn(&str, usize) -> Option<String>;

fn always(text: String) -> Option<String> {
    Some(text)
}

/// A string of Perl.
fn perl(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// All bytes in hexadecimal.
fn hexes(text: &str) -> String {
    text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
}

/// All bytes in octal.
fn octals(text: &str) -> String {
    text.bytes().map(|byte| format!("\\{byte:03o}")).collect()
}

fn one_line(text: &str) -> Option<&str> {
    (!text.contains('\n')).then_some(text)
}

pub(crate) const TRANSPORTS: &[(&str, Disguise)] = &[
    ("bash -c", |c, _| always(format!("bash -c {}", single(c)))),
    ("bash -c double", |c, _| always(format!("bash -c {}", double(c)))),
    ("bash -c octal", |c, _| always(format!("bash -c {}", ansi_c(c, octal)))),
    ("sh -c", |c, _| always(format!("sh -c {}", single(c)))),
    ("bash -lc", |c, _| always(format!("/bin/bash -lc {}", single(c)))),
    ("bash -euo pipefail -c", |c, _| always(format!("bash -euo pipefail -c {}", single(c)))),
    ("bash -O", |c, _| always(format!("bash -O extglob -c {}", single(c)))),
    ("bash -c twice", |c, _| always(format!("bash -c {}", single(&format!("sh -c {}", single(c)))))),
    ("script in a variable", |c, n| always(format!("_s{n}={}; bash -c \"$_s{n}\"", single(c)))),
    ("script in the environment", |c, n| always(format!("_s{n}={} bash -c 'eval \"$_s{n}\"'", single(c)))),
    ("printf octal script", |c, _| always(format!("sh -c \"$(printf {})\"", single(&printf_octal(c))))),
    ("eval", |c, _| always(format!("eval {}", single(c)))),
    ("eval octal", |c, _| always(format!("eval {}", ansi_c(c, octal)))),
    ("eval variable", |c, n| always(format!("_s{n}={}; eval \"$_s{n}\"", single(c)))),
    ("eval eval", |c, _| always(format!("eval eval {}", single(&single(c))))),
    ("eval in parts", |c, _| {
        let at = c.char_indices().map(|(at, _)| at).nth(c.chars().count() / 2)?;
        let (a, b) = c.split_at(at);
        always(format!("_a={}; _b={}; eval \"$_a$_b\"", single(a), single(b)))
    }),
    ("here-string", |c, _| always(format!("bash <<< {}", single(c)))),
    ("here-document", |c, n| always(format!("bash <<'_E{n}_'\n{c}\n_E{n}_"))),
    ("here-document dash", |c, n| {
        always(format!("sh -s <<-\"_E{n}_\"\n{c}\n_E{n}_")).filter(|_| !c.contains('\t'))
    }),
    ("open here-document", |c, n| {
        let escaped: String = c
            .chars()
            .flat_map(|char| if "$`\\".contains(char) { vec!['\\', char] } else { vec![char] })
            .collect();
        always(format!("bash <<_E{n}_\n{escaped}\n_E{n}_"))
    }),
    ("cat here-document", |c, n| always(format!("cat <<'_E{n}_' | bash\n{c}\n_E{n}_"))),
    ("pipe", |c, _| always(format!("echo {} | bash", single(c))).filter(|_| !c.starts_with('-'))),
    ("printf pipe", |c, _| always(format!("printf '%s\\n' {} | sh -s", single(c)))),
    ("pipe through tools", |c, _| {
        always(format!("printf '%s\\n' {} | cat | tee /dev/null | bash", single(c)))
    }),
    ("pipe into a group", |c, _| always(format!("printf '%s\\n' {} | {{ bash; }}", single(c)))),
    ("pipe to sudo", |c, _| always(format!("printf '%s\\n' {} | sudo sh", single(c)))),
    ("base64", |c, _| always(format!("echo {} | base64 -d | bash", base64(c)))),
    ("base64 here-string", |c, _| always(format!("base64 --decode <<< {} | sh", base64(c)))),
    ("base64 eval", |c, _| always(format!("eval \"$(echo {} | base64 -d)\"", base64(c)))),
    ("base64 script", |c, _| always(format!("bash -c \"$(base64 -d <<< {})\"", base64(c)))),
    ("base64 process substitution", |c, _| always(format!("bash <(echo {} | base64 -d)", base64(c)))),
    ("base32", |c, _| always(format!("echo {} | base32 -d | sh", base32(c)))),
    ("xxd", |c, _| always(format!("echo {} | xxd -r -p | bash", plain_hex(c)))),
    ("rev", |c, _| {
        always(format!("echo {} | rev | sh", single(&reversed(one_line(c)?)))).filter(|_| !c.ends_with('-'))
    }),
    ("rot13", |c, _| always(format!("printf '%s\\n' {} | tr A-Za-z N-ZA-Mn-za-m | bash", single(&rot13(c))))),
    ("sed", |c, _| {
        let text = one_line(c)?.replace('e', "~");
        always(format!("printf '%s\\n' {} | sed 's/~/e/g' | bash", single(&text)))
            .filter(|_| !c.contains('~'))
    }),
    ("tr script", |c, _| {
        let text = one_line(c)?.replace(' ', "~");
        always(format!("echo {} | tr '~' ' ' | sh", single(&text))).filter(|_| !c.contains(['~', '\\']))
    }),
    ("openssl", |c, _| always(format!("printf '%s' {} | openssl base64 -d -A | bash", base64(c)))),
    ("perl", |c, _| always(format!("perl -e {}", single(&format!("system({})", perl(c)))))),
    ("perl hex", |c, _| always(format!("perl -e {}", single(&format!("exec \"{}\"", hexes(c)))))),
    ("perl variable", |c, _| always(format!("perl -e {}", single(&format!("my $c = {}; `$c`", perl(c)))))),
    ("perl arguments", |c, _| always(format!("perl -e 'system @ARGV' -- bash -c {}", single(c)))),
    ("perl here-document", |c, n| {
        always(format!("perl <<'_E{n}_'\nsystem(<<'_P{n}_');\n{c}\n_P{n}_\n_E{n}_"))
    }),
    ("awk", |c, _| always(format!("awk {}", single(&format!("BEGIN {{ system(\"{}\") }}", octals(c)))))),
    ("awk pipe", |c, _| {
        always(format!("awk {}", single(&format!("BEGIN {{ print \"{}\" | \"sh\" }}", octals(c)))))
    }),
    ("awk variable", |c, _| {
        always(format!("awk -v c={} 'BEGIN {{ system(c) }}'", single(c))).filter(|_| !c.contains('\\'))
    }),
    ("awk input", |c, _| always(format!("printf '%s\\n' {} | awk '{{ system($0) }}'", single(one_line(c)?)))),
    ("sed e", |c, _| always(format!("echo x | sed {}", single(&format!("1e {}", one_line(c)?))))),
    ("process substitution", |c, _| always(format!("bash <(printf '%s\\n' {})", single(c)))),
    ("process substitution input", |c, _| always(format!("bash < <(printf '%s\\n' {})", single(c)))),
    ("source", |c, _| always(format!(". <(printf '%s\\n' {})", single(c)))),
    ("source input", |c, _| always(format!("source /dev/stdin <<< {}", single(c)))),
    ("file", |c, n| always(format!("printf '%s\\n' {} > /tmp/_s{n}.sh; bash /tmp/_s{n}.sh", single(c)))),
    ("sourced file", |c, n| always(format!("printf '%s\\n' {} > _s{n}.sh && . ./_s{n}.sh", single(c)))),
    ("here-document file", |c, n| always(format!("cat > _s{n}.sh <<'_E{n}_'\n{c}\n_E{n}_\nbash ./_s{n}.sh"))),
    ("executable file", |c, n| {
        always(format!("printf '%s\\n' '#!/bin/bash' {} > _s{n}; chmod +x _s{n}; ./_s{n}", single(c)))
    }),
    ("tee file", |c, n| {
        always(format!("printf '%s\\n' {} | tee /tmp/_s{n} > /dev/null; sh /tmp/_s{n}", single(c)))
    }),
    ("appended file", |c, n| {
        always(format!("echo '# x' > _s{n}; printf '%s\\n' {} >> _s{n}; bash _s{n}", single(c)))
    }),
    ("file as input", |c, n| always(format!("printf '%s\\n' {} > _s{n}; bash < _s{n}", single(c)))),
    ("read and eval", |c, n| always(format!("read -r _s{n} <<< {}; eval \"$_s{n}\"", single(one_line(c)?)))),
    ("read in a loop", |c, n| {
        always(format!(
            "printf '%s\\n' {} | while IFS= read -r _s{n}; do eval \"$_s{n}\"; done",
            single(one_line(c)?)
        ))
    }),
    ("printf -v and eval", |c, n| always(format!("printf -v _s{n} %s {}; eval \"$_s{n}\"", single(c)))),
    ("array of scripts", |c, n| always(format!("_s{n}=({}); eval \"${{_s{n}[0]}}\"", single(c)))),
    ("exported function", |c, n| always(format!("_f{n}() {{ {c}\n}}; export -f _f{n}; bash -c _f{n}"))),
    ("BASH_ENV", |c, n| {
        always(format!("printf '%s\\n' {} > /tmp/_e{n}; BASH_ENV=/tmp/_e{n} bash -c :", single(c)))
            .filter(|_| !c.contains("bash"))
    }),
    ("sudo bash -c", |c, _| always(format!("sudo -H bash -c {}", single(c)))),
    ("sudo -s", |c, _| always(format!("sudo -s <<< {}", single(c)))),
    ("su -c", |c, _| always(format!("su - root -c {}", single(c)))),
    ("env bash -c", |c, _| always(format!("env -u X A=1 bash -c {}", single(c)))),
    ("wrappers", |c, _| always(format!("nohup timeout 5 nice -n 3 setsid bash -c {}", single(c)))),
    ("ssh", |c, _| always(format!("ssh -p 22 -o BatchMode=yes me@host {}", single(c)))),
    ("ssh input", |c, n| always(format!("ssh host bash -s <<'_E{n}_'\n{c}\n_E{n}_"))),
    ("docker exec", |c, _| always(format!("docker exec -it x sh -c {}", single(c)))),
    ("docker run", |c, _| always(format!("docker run --rm -v /:/h alpine sh -c {}", single(c)))),
    ("kubectl exec", |c, _| always(format!("kubectl -n n exec -it pod -- bash -c {}", single(c)))),
    ("flock -c", |c, _| always(format!("flock /tmp/lock -c {}", single(c)))),
    ("script -c", |c, _| always(format!("script -qc {} /dev/null", single(c)))),
    ("watch", |c, _| always(format!("watch -n 1 {}", single(c)))),
    ("xargs script", |c, _| {
        always(format!("echo x | xargs -I% bash -c {}", single(c))).filter(|_| !c.contains('%'))
    }),
    ("xargs -0 script", |c, _| always(format!("printf %s {} | xargs -0 sh -c", single(c)))),
    ("find -exec script", |c, _| {
        always(format!("find . -maxdepth 0 -exec sh -c {} \\;", single(c))).filter(|_| !c.contains("{}"))
    }),
    ("parallel script", |c, _| {
        always(format!("parallel -j1 {} ::: x", single(&format!("{}; :", one_line(c)?))))
            .filter(|_| !c.contains("{}"))
    }),
    ("git alias", |c, _| always(format!("git -c alias.x={} x", single(&format!("!{}", one_line(c)?))))),
    ("git bisect run", |c, _| always(format!("git bisect run sh -c {}", single(c)))),
    ("git rebase", |c, _| always(format!("git rebase --exec {} main", single(c)))),
    ("git submodule", |c, _| always(format!("git submodule foreach --quiet {}", single(c)))),
    ("tar checkpoint", |c, _| {
        always(format!("tar cf x.tar --checkpoint=1 --checkpoint-action=exec={} src", single(c)))
    }),
    ("awk system", |c, _| {
        let text = one_line(c)?.replace('\\', "\\\\").replace('"', "\\\"");
        always(format!("awk 'BEGIN {{ system(\"{}\") }}'", text.replace('\'', "'\\''")))
    }),
    ("nix-shell", |c, _| always(format!("nix-shell --run {}", single(c)))),
    ("doppler", |c, _| always(format!("doppler run -- bash -c {}", single(c)))),
];
