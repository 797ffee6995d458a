//! One short help text for each family of parsers, written for this test in the family's form.

use super::listed;

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let path: Vec<String> = path.split(' ').map(str::to_owned).collect();
    let found: Vec<String> = listed(text, &path)
        .iter()
        .map(|command| command.path.iter().skip(path.len()).cloned().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn cobra() {
    check(
        "kit",
        "kit does things with volumes\n\nUsage:\n  kit [flags]\n  kit [command]\n\nExamples:\n  kit rm all\n\n\
         Basic Commands (Beginner):\n  create        Create a volume\n  rm            Remove it\n\n\
         Available Commands:\n  volume*     Manage volumes\n  help        Help about any command\n\n\
         Flags:\n  -h, --help   help for kit\n\nAdditional help topics:\n  kit gotchas   Surprises\n",
        &["create", "rm", "volume"],
    );
}

#[test]
fn headings_in_capitals() {
    check(
        "kit",
        "Work with kits.\n\nUSAGE\n  kit <command> <subcommand> [flags]\n\nCORE COMMANDS\n  pr:          Manage requests\n  \
         release:     Manage releases\n\nFLAGS\n  --help   Show help\n\nEXAMPLES\n  $ kit pr close\n\nLEARN MORE\n  Use `kit \
         <command> --help`.\n",
        &["pr", "release"],
    );
}

#[test]
fn argparse() {
    check(
        "kit",
        "usage: kit [-h] {start,stop} ...\n\npositional arguments:\n  {start,stop}  what to do\n    start       Starts it\n",
        &["start", "stop"],
    );
    check(
        "kit",
        "positional arguments:\n  {start,stop}\n    start       Starts it\n    stop        Stops\n",
        &["start", "stop"],
    );
    check(
        "kit",
        "usage: kit [options] <command> ...\n\noptional arguments:\n  -h, --help   show this\n\nrequired arguments:\n  \
         <command>\n    mount       mount an archive\n    key         manage keys,\n                of all kinds\n",
        &["mount", "key"],
    );
}

#[test]
fn urfave_with_categories() {
    check(
        "kit",
        "NAME:\n   kit - a kit\n\nUSAGE:\n   kit [global options] command\n\nCOMMANDS:\n   init, i  Begins\n   Keys:\n     \
         add     Adds one\n     remove  Takes one away\n\nGLOBAL OPTIONS:\n   --help, -h  show help\n",
        &["init", "add", "remove"],
    );
}

#[test]
fn knack() {
    check(
        "kit",
        "Group\n    kit group : Manage groups.\n\nSubgroups:\n    lock   : Manage locks.\n\nCommands:\n    delete : Delete a \
         group.\n    list   : List them.\n\nTo search: kit find\n",
        &["lock", "delete", "list"],
    );
}

#[test]
fn manual_pages() {
    check(
        "kit",
        "NAME\n    kit - manage\n\nSYNOPSIS\n    kit GROUP | COMMAND [FLAGS]\n\nGROUPS\n    GROUP is one of the \
         following:\n\n     disks\n        Read and change disks.\n\nCOMMANDS\n    COMMAND is one of the following:\n\n     \
         copy\n        Copy files.\n\nNOTES\n    These are alternatives:\n\n        kit beta\n",
        &["disks", "copy"],
    );
}

#[test]
fn lines_that_begin_with_the_program() {
    check(
        "kit",
        "usage: kit volume create [-i <id>] <path>\n   or: kit volume delete <path>\n\nkit volumes are directories that\nkit \
         makes\n",
        &["volume create", "volume delete"],
    );
    check(
        "kit",
        "COMMANDS\n  kit docs [search..]        Open the docs\n  kit delete [script]        Delete a worker\n\nGLOBAL \
         FLAGS\n  -h, --help  Show help\n",
        &["docs", "delete"],
    );
    check(
        "kit",
        "━━━ General commands ━━━━━━━━━━\n\n  kit dsyms upload [--dry-run] <path>\n    Upload files.\n\n  kit tag\n",
        &["dsyms upload", "tag"],
    );
}

#[test]
fn arguments_behind_the_name() {
    check(
        "kit",
        "kit [OPTIONS...] COMMAND ...\n\nUnit Commands:\n  list [PATTERN...]       List units\n                          in \
         memory\n  kill UNIT...            Signal them\n\nOptions:\n  -h --help\n",
        &["list", "kill"],
    );
    check(
        "kit",
        "Commands:\nactivate-key ZONE NAME {primary|secondary}\n             Enable it\nflush\n",
        &["activate-key", "flush"],
    );
}

#[test]
fn plain_lists() {
    check(
        "kit",
        "kit <command>\n\nAll commands:\n\n    access, adduser, cache, ci,\n    unpublish, version, view\n\nSpecify configs\n",
        &["access", "adduser", "cache", "ci", "unpublish", "version", "view"],
    );
    check(
        "kit",
        "usage: kit [-v | --version] <command> [<args>]\n\nThese are common kit commands used in various situations:\n\nstart a \
         working area (see also: kit help tutorial)\n   clone     Clone a repository\n\ngrow history\n   merge     Join two or \
         more\n\nSee 'kit help git' for an overview.\n",
        &["clone", "merge"],
    );
}

#[test]
fn what_is_no_command() {
    check(
        "kit rm",
        "Delete a volume.\n\nUsage: kit rm [OPTIONS] VOLUME [VOLUME...]\n\nOptions:\n  -f, --force   Force it\n",
        &[],
    );
    check(
        "kit rm",
        "Usage:\n  kit rm <name> [flags]\n\nArguments:\n  name     its name\n\nFlags:\n  -h   help\n",
        &[],
    );
    check("kit", "\u{1b}[1mCommands:\u{1b}[0m\n  a\u{8}ad\u{8}dd  Adds\n", &["add"]);
}
