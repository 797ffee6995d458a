//! Usage strings and what they mean, as a table.

use super::{operands, option, role};
use crate::program::grammar::{OptionSpec, OptionValue, Role};

fn check_option(text: &str, expected: &str) {
    let found = match option(text) {
        Ok(OptionSpec { names, value, attached, fills }) => {
            let attached = if attached { " attached" } else { "" };
            let fills = if fills.is_empty() { String::new() } else { format!(" fills {fills}") };
            format!("{} {value:?}{attached}{fills}", names.join("|"))
        }
        Err(error) => format!("error: {error}"),
    };
    assert_eq!(found, expected, "{text}");
}

fn check_operands(text: &str, expected: &str) {
    let found = match operands(text) {
        Ok(specs) => {
            let show = |spec: &crate::program::OperandSpec| {
                let optional = if spec.optional { "?" } else { "" };
                let many = if spec.many { "*" } else { "" };
                let until = if spec.until.is_empty() {
                    String::new()
                } else {
                    format!(" until {}", spec.until.join(" "))
                };
                let ends = if spec.ends_options { " --" } else { "" };
                format!("{}:{:?}{optional}{many}{until}{ends}", spec.name, spec.role)
            };
            specs.iter().map(show).collect::<Vec<_>>().join(", ")
        }
        Err(error) => format!("error: {error}"),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn options() {
    check_option("-f", "-f None");
    check_option("-f, --force", "-f|--force None");
    check_option("-u, --user <user>", "-u|--user Required(Data)");
    check_option("--color[=<when>]", "--color Optional(Data)");
    check_option("-E, --preserve-env[=<list>]", "-E|--preserve-env Optional(Data)");
    check_option("-i[<suffix>], --in-place[=<suffix>]", "-i|--in-place Optional(Data) attached");
    check_option("-t, --target-directory <path:target>", "-t|--target-directory Required(Path) fills target");
    check_option("--pair <a> <b>", "--pair Several(Data, 2)");
    check_option("--rawfile <name> <path>", "--rawfile Several(Path, 2)");
    check_option("-exec <template-command...> ;", "-exec Rest(TemplateCommand, [\";\"])");
    check_option("-e <command...>", "-e Rest(Command, [])");
    check_option("--ids <id...>", "--ids Rest(Data, [])");
    check_option("of=<path>", "of= Required(Path)");
    check_option("-c <script>", "-c Required(Script(\"\"))");
    check_option("-c <script:bash>", "-c Required(Script(\"bash\"))");
    check_option("-x[<data:mode>]", "-x Optional(Data) attached fills mode");
    check_option("-f <code-file:awk:program>", "-f Required(CodeFile(\"awk\")) fills program");
    check_option("-I <placeholder>", "-I Required(Placeholder)");
    check_option("-c <config>", "-c Required(Config)");
    check_option("-, -l, --login", "-|-l|--login None");
}

#[test]
fn malformed_options() {
    check_option("", "error: expected an option such as `--force` in ``");
    check_option("-a,", "error: expected an option such as `--force` in `-a,`");
    check_option("force", "error: expected an option such as `--force` or `of=`, found `force` in `force`");
    check_option(
        "--since=<date>",
        "error: expected `--since <value>` (needs a value) or `--since[=<value>]` (may have one), \
         found `--since=<date>` in `--since=<date>`",
    );
    check_option("-a <x", "error: expected `<value>`, found `<x` in `-a <x`");
    check_option("-a value", "error: expected `<value>`, found `value` in `-a value`");
    check_option("-a[=<x>] <y>", "error: expected nothing after the value in `-a[=<x>] <y>`");
    check_option(
        "-x <command...> <more>",
        "error: expected a terminator such as `;` after `<command...>`, found `<more>` in `-x <command...> <more>`",
    );
}

#[test]
fn operand_lists() {
    check_operands("", "");
    check_operands("<path...>", "path:Path*");
    check_operands("[path]", "path:Path?");
    check_operands("[path...]", "path:Path?*");
    check_operands("[<path>...]", "path:Path?*");
    check_operands("<path>...", "path:Path*");
    check_operands("<path:source...> <path:target>", "source:Path*, target:Path");
    check_operands("[assignment...] <command...>", "assignment:Assignment?*, command:Command*");
    check_operands("<host> [remote-script...]", "host:Data, remote-script:JoinedScript?*");
    check_operands("[script-file] [argument...]", "script-file:ScriptFile?, argument:Data?*");
    check_operands("<code:awk:program> [path...]", "program:Code(\"awk\"), path:Path?*");
    check_operands("[sql:sqlite...]", "sql:Sql(\"sqlite\")?*");
    check_operands("<image> -- [command...]", "image:Data --, command:Command?*");
    check_operands("<host:port>", "host:port:Data");
    check_operands(
        "[template-command...] ::: :::: [data...]",
        "template-command:TemplateCommand?* until ::: ::::, data:Data?*",
    );
}

#[test]
fn malformed_operands() {
    check_operands("path...", "error: expected `<path...>` or `[path...]`, found `path...` in `path...`");
    check_operands("[path", "error: expected `]` at the end of `[path` in `[path`");
    check_operands("<path", "error: expected `<value>`, found `<path` in `<path`");
    check_operands("<>", "error: expected `<value>`, found `<>` in `<>`");
    check_operands("-- <a>", "error: expected `<-->` or `[--]`, found `--` in `-- <a>`");
    check_operands("<a> :::", "error: expected `<:::>` or `[:::]`, found `:::` in `<a> :::`");
}

#[test]
fn roles() {
    assert_eq!(role("script:bash"), Ok(Role::Script("bash".to_owned())));
    assert_eq!(role("data"), Ok(Role::Data));
    assert!(
        role("scirpt")
            .is_err_and(|error| error.starts_with("expected a role, found `scirpt`; roles are: data"))
    );
}

#[test]
fn the_canonical_name_is_the_first_long_one() {
    let canonical = |text| option(text).map(|spec| spec.canonical().to_owned());
    assert_eq!(canonical("-f, --force, --really"), Ok("--force".to_owned()));
    assert_eq!(canonical("-f"), Ok("-f".to_owned()));
    assert_eq!(option("--x <v>").unwrap().value, OptionValue::Required(Role::Data));
}
