//! Words that cannot be known.

use super::check;

const TOOL: &str = "
    tool : -f, --force | -o, --output <value> | --color[=<when>]
    tool = [path...]
";
const SUDO: &str = "
    sudo : -u, --user <user>
    sudo = [assignment...] <command...>
";

#[test]
fn where_an_option_may_stand() {
    check(TOOL, "tool \"$x\" -f", "tool {--force} [path:$x] unknown@1");
    check(TOOL, "tool $x", "tool [path:$x] unknown@1");
    check(TOOL, "tool -- \"$x\"", "tool [path:$x]");
    check(TOOL, "tool -- $x", "tool [path:$x] unknown@2");
    check(TOOL, "tool \"$RANDOM\"", "tool [path:…]");
    check(TOOL, "tool a\"$x\"", "tool [path:a$x]");
    check(TOOL, "tool a$x", "tool [path:a$x] unknown@1");
    check("run @ posix\n run : -f", "run x \"$y\"", "run [x $y]");
}

#[test]
fn in_values() {
    check(TOOL, "tool -o \"$x\" y", "tool {--output=$x} [path:y]");
    check(TOOL, "tool -o $x y", "tool {--output=$x} [path:y] unknown@2");
    check(TOOL, "tool -o\"$x\" y", "tool {--output=$x} [path:y]");
    check(TOOL, "tool --output=\"$x\"", "tool {--output=$x}");
    check(TOOL, "tool --output=a$x", "tool {--output=a$x} unknown@1");
    check(TOOL, "tool --out=\"$x\"", "tool {--output=$x}");
}

#[test]
fn in_names() {
    check(TOOL, "tool -\"$x\" y", "tool [path:y] unknown@1");
    check(TOOL, "tool -f\"$x\" y", "tool {--force} [path:y] unknown@1");
    check(TOOL, "tool --f\"$x\"", "tool {--f} unknown@1");
    check(TOOL, "tool --\"$x\" y", "tool {--} [path:y] unknown@1 ? / tool {--=y} unknown@1 ?");
}

#[test]
fn in_front_of_a_command() {
    check(SUDO, "sudo -u \"$u\" rm x", "sudo {--user=$u} <command: rm x>");
    check(SUDO, "sudo $o rm x", "sudo <command: $o rm x> ? / sudo <command: rm x> unknown@1 ?");
    check(SUDO, "sudo \"$o\" rm x", "sudo <command: $o rm x> ? / sudo <command: rm x> unknown@1 ?");
    check(SUDO, "sudo $n=1 rm x", "sudo [assignment:$n=1] <assignment: $n=1> <command: rm x> unknown@1");
    let timeout = "timeout = <duration> <command...>";
    check(timeout, "timeout \"$t\" rm x", "timeout [duration:$t] <command: rm x> unknown@1");
    check(timeout, "timeout 5 \"$c\" x", "timeout [duration:5] <command: $c x>");
    check(
        timeout,
        "timeout 5 $c x",
        "timeout [duration:5] <command: $c x> ? / timeout [duration:5] <command: x> unknown@2 ?",
    );
}
