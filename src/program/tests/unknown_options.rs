//! Options that the grammar does not know: both ways.

use super::{check, grammar, words};
use crate::Match;
use crate::program::read;

const TOOL: &str = "
    tool : -f, --force | -v | -o <value>
    tool = [path...]
";
const KUBECTL: &str = "
    kubectl @ cobra
    kubectl : -n, --namespace <namespace>
    kubectl delete : --all
";

#[test]
fn the_next_word_may_be_the_value() {
    check(TOOL, "tool --new x -f", "tool {--new --force} [path:x] ? / tool {--new=x --force} ?");
    check(TOOL, "tool -z x", "tool {-z} [path:x] ? / tool {-z=x} ?");
    check(TOOL, "tool --new --force", "tool {--new --force} ? / tool {--new=--force} ?");
    check(TOOL, "tool --new -- -f", "tool {--new} [path:-f] ? / tool {--new=-- --force} ?");
}

#[test]
fn no_doubt_without_a_next_word_or_with_an_equals_sign() {
    check(TOOL, "tool x --new", "tool {--new} [path:x]");
    check(TOOL, "tool --new=a x", "tool {--new=a} [path:x]");
    check(TOOL, "tool -f -z", "tool {--force -z}");
    check(TOOL, "tool -9 x", "tool {-9} [path:x]");
}

#[test]
fn clusters() {
    check(TOOL, "tool -fz x", "tool {--force -z} [path:x] ? / tool {--force -z=x} ?");
    check(TOOL, "tool -zf x", "tool {-z --force} [path:x] ? / tool {-z=f} [path:x] ?");
    check(TOOL, "tool -zov", "tool {-z -o=v} ? / tool {-z=ov} ?");
    check(TOOL, "tool -f=x", "tool {--force}");
}

#[test]
fn before_a_subcommand() {
    check(
        KUBECTL,
        "kubectl --new x delete --all",
        "kubectl {--new --all} [x delete] ? / kubectl delete {--new=x --all} ?",
    );
    check(KUBECTL, "kubectl get --new x", "kubectl {--new} [get x]");
}

#[test]
fn past_the_limit_one_reading_takes_everything_for_an_option() {
    let calls = read(&words("tool --a 1 --b 2 --c 3 --d -f -o -v"), &grammar(TOOL));
    assert_eq!(calls.len(), crate::program::parse::MAX_READINGS);
    assert!(calls.iter().all(|call| call.certainty == Match::Possible));
    let loose = calls.last().unwrap();
    for name in ["--a", "--b", "--c", "--d", "--force", "-o", "-v"] {
        assert_eq!(loose.flag(name), Match::Possible, "{name}");
    }
}

#[test]
fn past_the_limit_the_subcommand_is_found() {
    let calls = read(
        &words("kubectl --a 1 --b 2 --c 3 --d 4 --e 5 --f 6 --g 7 --h 8 delete --all"),
        &grammar(KUBECTL),
    );
    let loose = calls.last().unwrap();
    assert_eq!(loose.path, ["kubectl", "delete"]);
    assert_eq!(loose.flag("--all"), Match::Possible);
}
