//! A command text inside the shell's own constructs.

use super::encode::single;
use super::transport::Disguise;

fn always(text: String) -> Option<String> {
    Some(text)
}

/// Inside backquotes a backslash and a backquote mean something else.
fn in_backquotes(text: &str) -> Option<String> {
    (!text.contains(['`', '\\'])).then(|| format!("`{text}\n`"))
}

pub(crate) const CONTROLS: &[(&str, Disguise)] = &[
    ("later line", |c, _| always(format!("echo hello\nls -la | wc -l\n{c}"))),
    ("behind a comment", |c, _| always(format!("# it's \"harmless\" (really\n: # $(\n{c}"))),
    ("behind a here-document", |c, _| always(format!("cat <<'E' > /dev/null\nit's \"text\" $((1)\nE\n{c}"))),
    ("and", |c, _| always(format!("true && {{ {c}\n}}"))),
    ("or", |c, _| always(format!("false || {{ {c}\n}}"))),
    ("and of a test", |c, _| always(format!("[ 1 -eq 1 ] && {{ {c}\n}}"))),
    ("not", |c, _| always(format!("! {{ {c}\n}}"))),
    ("group", |c, _| always(format!("{{ {c}\n}} 2> /dev/null"))),
    ("subshell", |c, _| always(format!("( {c}\n)"))),
    ("two subshells", |c, _| always(format!("( ( {c}\n) )"))),
    ("background", |c, _| always(format!("{{ {c}\n}} & wait"))),
    ("coproc", |c, _| always(format!("coproc {{ {c}\n}}; wait"))),
    ("if", |c, _| always(format!("if true; then {c}\nfi"))),
    ("if condition", |c, _| always(format!("if {c}\nthen :; fi"))),
    ("else", |c, _| always(format!("if false; then :; else {c}\nfi"))),
    ("elif", |c, _| always(format!("if false; then :; elif [[ a == a* ]]; then {c}\nfi"))),
    ("if unknown", |c, _| always(format!("if [ -d src ]; then {c}\nfi"))),
    ("case", |c, _| always(format!("case x in y) ;; x) {c}\nesac"))),
    ("case default", |c, _| always(format!("case \"$_nothing\" in a) ;; *) {c}\nesac"))),
    ("case falls through", |c, _| always(format!("case x in x) ;& y) {c}\nesac"))),
    ("for", |c, n| always(format!("for _i{n} in 1; do {c}\ndone"))),
    ("for with braces", |c, n| always(format!("for _i{n} in 1; {{ {c}\n}}"))),
    ("arithmetic for", |c, n| always(format!("for ((_i{n} = 0; _i{n} < 1; _i{n}++)); do {c}\ndone"))),
    ("while", |c, _| always(format!("while :; do {c}\nbreak; done"))),
    ("while condition", |c, _| always(format!("while {c}\nfalse; do :; done"))),
    ("until", |c, _| always(format!("until false; do {c}\nbreak; done"))),
    ("select", |c, n| always(format!("select _i{n} in a; do break; done <<< 1; {c}"))),
    ("function", |c, n| always(format!("_f{n}() {{ {c}\n}}; _f{n}"))),
    ("function keyword", |c, n| always(format!("function _f{n} {{ {c}\n}}\n_f{n}"))),
    ("function subshell", |c, n| always(format!("_f{n}() ( {c}\n); _f{n}"))),
    ("function in a function", |c, n| always(format!("_f{n}() {{ _g{n}; }}; _g{n}() {{ {c}\n}}; _f{n}"))),
    ("shadowed echo", |c, _| always(format!("ls() {{ {c}\n}}; ls -la")).filter(|_| !c.contains("ls"))),
    ("function in a variable", |c, n| always(format!("_f{n}() {{ {c}\n}}; _x{n}=_f{n}; \"$_x{n}\""))),
    ("trap EXIT", |c, _| always(format!("trap {} EXIT", single(c)))),
    ("trap ERR", |c, _| always(format!("trap {} ERR; false; trap - ERR", single(c)))),
    ("trap function", |c, n| always(format!("_f{n}() {{ {c}\n}}; trap _f{n} EXIT"))),
    ("alias of all", |c, n| {
        always(format!("shopt -s expand_aliases\nalias _l{n}={}\n_l{n}", single(c)))
            .filter(|_| !c.contains('\n'))
    }),
    ("substitution", |c, _| always(format!("echo \"$({c}\n)\" > /dev/null"))),
    ("bare substitution", |c, _| always(format!(": $({c}\n)"))),
    ("backquotes", |c, _| always(format!("echo {}", in_backquotes(c)?))),
    ("assignment", |c, n| always(format!("_x{n}=$({c}\n)"))),
    ("array assignment", |c, n| always(format!("_x{n}=(a \"$({c}\n)\")"))),
    ("export assignment", |c, n| always(format!("export _x{n}=\"$({c}\n)\""))),
    ("redirection target", |c, _| always(format!(": > \"/tmp/x$({c}\n)\""))),
    ("here-document body", |c, n| always(format!("cat <<_B{n}_ > /dev/null\ntext $({c}\n) text\n_B{n}_"))),
    ("here-string word", |c, _| always(format!("cat <<< \"$({c}\n)\" > /dev/null"))),
    ("arithmetic", |c, _| always(format!(": $(( 1 + $({c}\n) 0 ))"))),
    ("arithmetic command", |c, _| always(format!("(( $({c}\n) 0 + 1 ))"))),
    ("array subscript", |c, n| always(format!("_x{n}[$({c}\n)0]=1"))),
    ("conditional word", |c, _| always(format!("[[ -n $({c}\n) ]]"))),
    ("conditional pattern", |c, _| always(format!("[[ a == $({c}\n) ]]"))),
    ("test word", |c, _| always(format!("[ x = \"$({c}\n)\" ]"))),
    ("case word", |c, _| always(format!("case $({c}\n) in *) ;; esac"))),
    ("case pattern", |c, _| always(format!("case x in $({c}\n)) ;; esac"))),
    ("for list", |c, n| always(format!("for _i{n} in $({c}\n); do :; done"))),
    ("default operand", |c, n| always(format!(": ${{_u{n}:-$({c}\n)}}"))),
    ("quoted default operand", |c, n| always(format!(": \"${{_u{n}:=$({c}\n)}}\""))),
    ("pattern operand", |c, n| always(format!("_v{n}=x; : ${{_v{n}#$({c}\n)}}"))),
    ("replacement operand", |c, n| always(format!("_v{n}=x; : ${{_v{n}/x/$({c}\n)}}"))),
    ("slice operand", |c, n| always(format!("_v{n}=x; : ${{_v{n}:$({c}\n)0}}"))),
    ("process substitution read", |c, _| always(format!("cat <({c}\n) > /dev/null"))),
    ("process substitution write", |c, _| always(format!("echo > >({c}\n); wait"))),
    ("argument of a known tool", |c, _| always(format!("printf '%s\\n' \"$({c}\n)\" | wc -l"))),
    ("first stage", |c, _| always(format!("{{ {c}\n}} | cat"))),
    ("last stage", |c, _| always(format!("echo x | {{ {c}\n}}"))),
    ("evaluated subscript", |c, n| {
        always(format!("_v{n}={}; (( _v{n} ))", single(&format!("a[$({c}\n)0]"))))
    }),
    ("evaluated test", |c, n| {
        always(format!("_v{n}={}; [[ $_v{n} -eq 1 ]]", single(&format!("a[$({c}\n)0]"))))
    }),
    ("prompt expansion", |c, n| {
        always(format!("_v{n}={}; : \"${{_v{n}@P}}\"", single(&format!("$({c}\n)"))))
    }),
    ("mapfile callback", |c, n| {
        always(format!("mapfile -C {} -c 1 _x{n} <<< a", single(&format!("{c}\n:"))))
    }),
    ("local in a function", |c, n| {
        always(format!("_f{n}() {{ local _s={}; eval \"$_s\"; }}; _f{n}", single(c)))
    }),
    ("positional script", |c, n| always(format!("_f{n}() {{ eval \"$1\"; }}; _f{n} {}", single(c)))),
    ("set and eval", |c, _| always(format!("set -- {}; eval \"$1\"", single(c)))),
    ("cd in front", |c, _| always(format!("(cd src); {c}"))),
    ("exit in a subshell", |c, _| always(format!("(exit 1); {c}"))),
    ("strict mode", |c, _| always(format!("set -euo pipefail\n{c}")).filter(|_| !c.contains('$'))),
    ("syntax error later", |c, _| always(format!("{c}\n)")).filter(|_| !c.contains('\n'))),
];
