//! Wrappers: programs whose words are commands, scripts and program text.

use super::check;

const SUDO: &str = "
    sudo : -u, --user <user> | -E, --preserve-env[=<list>] | -n, --non-interactive | -S, --stdin | -i, --login
    sudo = [assignment...] <command...>
";
const ENV: &str = "
    env @ posix
    env : -i, --ignore-environment | -u, --unset <name> | -S, --split-string <own-words> | -C, --chdir <dir>
    env = [assignment...] [command...]
";
const SSH: &str = "
    ssh : -p <port> | -i <path> | -o <option> | -t | -4 | -l <user>
    ssh = <host> [remote-script...]
    ssh < script
";
const XARGS: &str = "
    xargs @ posix
    xargs : -0, --null | -I <placeholder> | -n, --max-args <n> | -P, --max-procs <n> | -r | -t
    xargs = [template-command...]
";
const PARALLEL: &str = "
    parallel : -j, --jobs <n> | -k
    parallel = [template-script...] ::: :::+ [data:source...]
";
const PYTHON: &str = "
    python @ posix
    python : -c <code:python> | -m <command...> | -u | -I
    python = [code-file:python] [argument...]
    python < code:python
";

#[test]
fn commands() {
    check(SUDO, "sudo rm -rf /x", "sudo <command: rm -rf /x>");
    check(SUDO, "sudo -u x -- rm -rf /x", "sudo {--user=x} <command: rm -rf /x>");
    check(SUDO, "sudo -nu x rm -u y", "sudo {--non-interactive --user=x} <command: rm -u y>");
    check(SUDO, "sudo --us x id", "sudo {--user=x} <command: id>");
    check(SUDO, "sudo", "sudo");
    check(
        "timeout : -s, --signal <signal> | -k <duration>\n timeout = <duration> <command...>",
        "timeout -s KILL 5 rm -rf x",
        "timeout {--signal=KILL} [duration:5] <command: rm -rf x>",
    );
    check("nice : -n <n>\n nice = <command...>", "nice -5 rm -f x", "nice {-5} <command: rm -f x>");
    check(
        "xterm @ java\n xterm : -e <command...>",
        "xterm -e rm -f x",
        "xterm {-e} <command: rm -f x by -e>",
    );
}

#[test]
fn assignments() {
    check(SUDO, "sudo A=b rm x", "sudo [assignment:A=b] <assignment: A=b> <command: rm x>");
    // sudo reads options behind assignments, env does not.
    check(SUDO, "sudo A=b -u r rm x", "sudo {--user=r} [assignment:A=b] <assignment: A=b> <command: rm x>");
    check(ENV, "env A=b -u r", "env [assignment:A=b] <assignment: A=b> <command: -u r>");
    check(
        ENV,
        "env -i A=b C=\"$d\" rm x",
        "env {--ignore-environment} [assignment:A=b assignment:C=$d] <assignment: A=b C=$d> <command: rm x>",
    );
    check(ENV, "env -u A rm B=c", "env {--unset=A} <command: rm B=c>");
    check(ENV, "env A=b", "env [assignment:A=b] <assignment: A=b>");
    check(ENV, "env ./a=b c", "env <command: ./a=b c>");
    check(SUDO, "sudo -u x env A=b -Srm", "sudo {--user=x} <command: env A=b -Srm>");
}

#[test]
fn own_words() {
    check(ENV, "env -S 'rm -rf' x", "env {--split-string=rm -rf} <own-words: rm -rf; x by --split-string>");
    check(
        ENV,
        "env -iS 'A=b rm' -f x",
        "env {--ignore-environment --split-string=A=b rm} <own-words: A=b rm; -f x by --split-string>",
    );
    check(ENV, "env '-Srm -rf /'", "env {--split-string=rm -rf /} <own-words: rm -rf / by --split-string>");
}

#[test]
fn shell_words_that_are_a_command() {
    check(
        "rsync @ plain\n rsync : -e, --rsh <shell-words> | --delete\n rsync = <path...>",
        "rsync -e 'ssh -p 1' --delete a b",
        "rsync {--rsh=ssh -p 1 --delete} [path:a path:b] <shell-words: ssh -p 1 by --rsh>",
    );
}

#[test]
fn remote_scripts() {
    check(SSH, "ssh -p 22 host rm -rf x", "ssh {-p=22} [host:host] <remote-script: rm -rf x>");
    check(SSH, "ssh host -p 22 'rm x; ls'", "ssh {-p=22} [host:host] <remote-script: rm x; ls>");
    check(SSH, "ssh -4t host -- rm -p", "ssh {-4 -t} [host:host] <remote-script: rm -p>");
    check(SSH, "ssh host", "ssh [host:host] stdin:script");
    check("eval @ none\n eval = [remote-script...]", "eval rm -rf x", "eval <remote-script: rm -rf x>");
}

#[test]
fn template_commands() {
    check(XARGS, "xargs rm -rf", "xargs <template-command: rm -rf>");
    check(XARGS, "xargs -0n1 rm", "xargs {--null --max-args=1} <template-command: rm>");
    check(
        XARGS,
        "xargs -I {} sh -c 'rm {}'",
        "xargs {-I={}} <placeholder: {} by -I> <template-command: sh -c rm {}>",
    );
    check(
        XARGS,
        "xargs -I% -P4 rm %",
        "xargs {-I=% --max-procs=4} <placeholder: % by -I> <template-command: rm %>",
    );
    check(XARGS, "xargs", "xargs");
    check(
        PARALLEL,
        "parallel -j4 rm -f {} ::: a b",
        "parallel {--jobs=4} [source:a source:b] <template-script: rm -f {}>",
    );
    check(PARALLEL, "parallel ::: 'rm a' b", "parallel [source:rm a source:b] <template-script: >");
    check(
        "fd : -x, --exec <template-command...> ; | -H\n fd = [pattern] [path...]",
        "fd -H x -x rm -f {} ; y",
        "fd {-H --exec} [pattern:x path:y] <template-command: rm -f {} by --exec>",
    );
}

#[test]
fn program_texts() {
    check(PYTHON, "python -c 'x' a", "python {-c=x} [argument:a] <code(python): x; a by -c>");
    check(PYTHON, "python -uc'x'", "python {-u -c=x} <code(python): x by -c>");
    check(
        PYTHON,
        "python f.py -c x",
        "python [code-file:f.py argument:-c argument:x] <code-file(python): f.py; -c x>",
    );
    check(PYTHON, "python -m pip install -c x", "python {-m} <command: pip install -c x by -m>");
    check(PYTHON, "python -umpip install", "python {-u -m=pip} <command: pip install by -m>");
    check(PYTHON, "python -", "python [code-file:-] stdin:code(python)");
    check(PYTHON, "python", "python stdin:code(python)");
    check(
        "psql : -c, --command <sql:postgres> | -f, --file <code-file:sql> | -q\n psql = [database] [user]\n psql < sql:postgres",
        "psql -qc 'drop table x' db",
        "psql {-q --command=drop table x} [database:db] <sql(postgres): drop table x by --command>",
    );
    check(
        "sqlite3 @ java\n sqlite3 : -cmd <sql:sqlite> | -readonly\n sqlite3 = <path> [sql:sqlite...]",
        "sqlite3 -cmd a x.db b c --readonly",
        "sqlite3 {-cmd=a -readonly} [path:x.db sql:b sql:c] <sql(sqlite): a by -cmd> <sql(sqlite): b> <sql(sqlite): c>",
    );
    check(
        "perl @ posix\n perl : -e <code:perl> | -n | -i[<suffix>]\n perl = [code-file:perl] [argument...]",
        "perl -ne a -e b f",
        "perl {-n -e=a -e=b} [argument:f] <code(perl): a; f by -e> <code(perl): b; f by -e>",
    );
}

#[test]
fn settings() {
    let git = "
        git @ git
        git : -c <config>
        git & core.pager script
        git & alias.*=! script
        git clone : -c, --config <config>
    ";
    check(git, "git -c core.pager='rm x' log", "git {-c=core.pager=rm x} [log] <script: rm x by -c>");
    check(git, "git -c Alias.y='!rm x' y", "git {-c=Alias.y=!rm x} [y] <script: rm x by -c>");
    check(
        git,
        "git clone -c core.pager=x u",
        "git clone {--config=core.pager=x} [u] <script: x by --config>",
    );
    check(git, "git -c alias.y=log y", "git {-c=alias.y=log} [y] <config: alias.y=log by -c>");
    check(git, "git -c core.pager log", "git {-c=core.pager} [log] <config: core.pager by -c>");
    let ssh = "
        ssh : -o <config>
        ssh = <host> [remote-script...]
        ssh < script
        ssh & proxycommand script
    ";
    check(
        ssh,
        "ssh -o 'ProxyCommand = rm x' h",
        "ssh {-o=ProxyCommand = rm x} [host:h] <script: rm x by -o> stdin:script",
    );
    check(
        ssh,
        "ssh -oProxyCommand='rm $x' h ls",
        "ssh {-o=ProxyCommand=rm $x} [host:h] <script: rm $x by -o> <remote-script: ls>",
    );
}

#[test]
fn a_repeated_operand_up_to_the_two_dashes() {
    let mise = "mise : -c <script>\n mise = [tool...] -- [command...]";
    check(mise, "mise node go -- rm -f x", "mise [tool:node tool:go] <command: rm -f x>");
    check(mise, "mise -- rm x", "mise <command: rm x>");
    check(mise, "mise node -c x", "mise {-c=x} [tool:node] <script: x by -c>");
}

#[test]
fn operands_on_both_sides_of_the_two_dashes() {
    let git = "git @ git\n git checkout : -f, --force\n git checkout = [tree...] -- [path...]";
    check(git, "git checkout -- a b", "git checkout [path:a path:b]");
    check(git, "git checkout HEAD -- a", "git checkout [tree:HEAD path:a]");
    check(git, "git checkout HEAD a -f", "git checkout {--force} [tree:HEAD tree:a]");
    check(git, "git checkout HEAD --", "git checkout [tree:HEAD]");
}
