//! Harmless texts that name a destructive command without running it.

use super::encode::{single, word};

/// A command text becomes a text that only mentions it.
pub(crate) type Mention = fn(&str) -> String;

pub(crate) const MENTIONS: &[(&str, Mention)] = &[
    ("echo", |c| format!("echo {}", single(c))),
    ("echo double", |c| format!("echo \"do not run: {}\"", c.replace(['"', '`', '$', '\\'], "_"))),
    ("echo bare", |c| format!("echo {}", c.split_whitespace().map(word).collect::<Vec<_>>().join(" "))),
    ("printf", |c| format!("printf '%s\\n' {}", single(c))),
    ("echo to a file", |c| format!("echo {} >> notes.md", single(c))),
    ("echo piped", |c| format!("echo {} | wc -c", single(c))),
    ("echo to tee", |c| format!("echo {} | tee -a notes.md", single(c))),
    ("grep", |c| format!("grep -rn -- {} .", single(c))),
    ("grep -e", |c| format!("grep -F -e {} README.md src/*.c", single(c))),
    ("rg", |c| format!("rg -F {} src", single(c))),
    ("history grep", |c| format!("history | grep {}", single(c))),
    ("sed", |c| format!("sed -n '\\|{}|p' README.md", c.replace(['\'', '|', '\\', '\n'], "."))),
    ("awk", |c| format!("awk -v c={} '$0 == c' README.md", single(&c.replace('\\', "/")))),
    ("git commit", |c| format!("git commit -m {}", single(&format!("docs: never run `{c}`")))),
    ("git log", |c| format!("git log --oneline --grep={}", single(c))),
    ("git log -S", |c| format!("git log -S {}", single(c))),
    ("git grep", |c| format!("git grep -n {}", single(c))),
    ("gh pr", |c| format!("gh pr create --title fix --body {}", single(c))),
    ("gh issue", |c| format!("gh issue comment 12 --body {}", single(&format!("do not run {c}")))),
    ("jq", |c| format!("jq -n --arg c {} '{{command: $c}}'", single(c))),
    ("curl data", |c| format!("curl -s -X POST -d {} https://example.com/hook", single(c))),
    ("comment", |c| format!("ls # {}", c.replace('\n', " "))),
    ("comment line", |c| format!("# {}\nls", c.replace('\n', " "))),
    ("here-document to a file", |c| format!("cat > notes.md <<'_E_'\n{c}\n_E_")),
    ("here-document to cat", |c| format!("cat <<'_E_'\n{c}\n_E_")),
    ("here-document to tee", |c| format!("tee notes.md <<'_E_'\n{c}\n_E_")),
    ("here-document comment", |c| format!(": <<'_E_'\n{c}\n_E_")),
    ("here-string", |c| format!("cat <<< {}", single(c))),
    ("variable", |c| format!("x={}; echo \"$x\"", single(c))),
    ("exported variable", |c| format!("export NOTE={}", single(c))),
    ("unused variable", |c| format!("readonly note={}", single(c))),
    ("array", |c| format!("cases=({} 'ls'); echo \"${{#cases[@]}}\"", single(c))),
    ("function that is not called", |c| format!("_f() {{ {c}\n}}; echo defined")),
    ("file name", |c| format!("touch {}", single(&c.replace(['/', '\n'], "_")))),
    ("file name listed", |c| format!("ls -l {}", single(&c.replace(['/', '\n'], "_")))),
    ("test", |c| format!("[ \"$1\" = {} ] && echo same", single(c))),
    ("conditional", |c| format!("if [[ $cmd == {} ]]; then echo no; fi", single(c))),
    ("case", |c| format!("case \"$cmd\" in {}) echo no ;; esac", single(c))),
    ("never reached", |c| format!("if false; then {c}\nfi")),
    ("behind false", |c| format!("false && {{ {c}\n}}")),
    ("behind true", |c| format!("true || {{ {c}\n}}")),
    ("behind exit", |c| format!("echo done\nexit 0\n{c}")),
    ("alias that is not used", |c| format!("alias danger={}", single(c))),
    ("python print", |c| format!("python3 - <<'_E_'\nprint({c:?})\n_E_")),
    ("perl print", |c| format!("perl -e {}", single(&format!("print <<'_P_';\n{c}\n_P_\n")))),
    ("perl pattern", |c| {
        format!("perl -ne {} log.txt", single(&format!("print if m\x01\\Q{}\\E\x01", c.replace('\\', "/"))))
    }),
    ("awk print", |c| {
        format!("awk {} README.md", single(&format!("{{ print \"{}\" }}", c.replace(['\\', '"', '\n'], "_"))))
    }),
    ("sed text", |c| format!("sed {} README.md", single(&format!("1i {}", c.replace('\n', " "))))),
    ("node print", |c| format!("node -e {}", single(&format!("console.log({c:?})")))),
    ("base64 only", |c| format!("echo {} | base64 -d > notes.txt", super::encode::base64(c))),
    ("rev only", |c| format!("echo {} | rev", single(&super::encode::reversed(&c.replace('\n', " "))))),
    ("wc", |c| format!("wc -c <<< {}", single(c))),
    ("diff", |c| format!("diff <(echo {}) README.md", single(c))),
    ("man", |c| format!("man {}", program(c))),
    ("help", |c| format!("{} --help", program(c))),
    ("version", |c| format!("{} --version", program(c))),
    ("which", |c| format!("which {}", program(c))),
    ("command -v", |c| format!("command -v {} > /dev/null && echo there", program(c))),
    ("type", |c| format!("type {}", program(c))),
    ("npm run", |c| format!("npm test -- --grep {}", single(c))),
    ("pytest -k", |c| format!("pytest -k {}", single(&c.replace('/', " ")))),
    ("logger", |c| format!("logger -t deploy {}", single(c))),
    ("read", |c| format!("read -r x <<< {}; echo \"read: $x\"", single(c))),
    ("replaced text", |c| format!("x={}; echo \"${{x//a/b}}\"", single(c))),
    ("substitution", |c| format!("x=$(echo {}); echo \"$x\"", single(c))),
];

/// The first word of a command, if it is a plain name and no word of the shell's grammar.
fn program(command: &str) -> &str {
    let name = command.split_whitespace().next().unwrap_or_default();
    let plain =
        !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char));
    let reserved = ["case", "for", "function", "if", "select", "time", "until", "while"].contains(&name);
    if plain && !reserved { name } else { "rm" }
}
