//! cobra and pflag, kingpin, clap: no abbreviations, booleans with `=false`, outer options anywhere.

use super::check;

const RESTIC: &str = "
    restic @ cobra
    restic : -r, --repo <repository> | -q, --quiet | -v, --verbose
    restic forget : --prune | -n, --dry-run | -l, --keep-last <n> | --tag <tag>
    restic forget = [snapshot...]
";
const KUBECTL: &str = "
    kubectl @ cobra
    kubectl : -n, --namespace <namespace> | --context <context>
    kubectl delete : --all | --force | --dry-run[=<mode>] | -l, --selector <selector> | -f, --filename <path>
    kubectl exec : -i, --stdin | -t, --tty | -c, --container <name>
    kubectl exec = <pod> <command...>
";
const RCLONE: &str = "
    rclone @ cobra
    rclone : --exclude <pattern> | -n, --dry-run | -v
    rclone sync = <source> <path:target>
";

#[test]
fn booleans() {
    check(RESTIC, "restic forget --prune --dry-run", "restic forget {--prune --dry-run}");
    check(RESTIC, "restic forget --prune=true x", "restic forget {--prune=true} [snapshot:x]");
    check(RESTIC, "restic forget --dry-run=false", "restic forget {!--dry-run=false}");
    check(RESTIC, "restic forget -n=false", "restic forget {!--dry-run=false}");
    check(RESTIC, "restic forget --dry-run false", "restic forget {--dry-run} [snapshot:false]");
    check(RESTIC, "restic forget --dry-run=\"$x\"", "restic forget {--dry-run=$x?}");
    check(KUBECTL, "kubectl delete --dry-run=client", "kubectl delete {--dry-run=client}");
    check(KUBECTL, "kubectl delete --dry-run=false", "kubectl delete {!--dry-run=false}");
}

#[test]
fn optional_values_that_look_like_booleans() {
    let logs = "logs @ cobra\n logs : --tail[=<n>] | -f";
    check(logs, "logs --tail=0 -f=0", "logs {--tail=0 !-f=0}");
    check(logs, "logs --tail=false", "logs {!--tail=false}");
}

#[test]
fn no_abbreviations_and_no_negations() {
    check(RESTIC, "restic forget --dry", "restic forget {--dry}");
    check(RESTIC, "restic forget --no-prune", "restic forget {--no-prune}");
}

#[test]
fn outer_options_anywhere() {
    check(RESTIC, "restic -r /r forget --prune", "restic forget {--repo=/r --prune}");
    check(RESTIC, "restic forget --prune -r /r", "restic forget {--prune --repo=/r}");
    check(RESTIC, "restic forget -qvr/r", "restic forget {--quiet --verbose --repo=/r}");
    check(KUBECTL, "kubectl delete ns x -n=y", "kubectl delete {--namespace=y} [ns x]");
    check(KUBECTL, "kubectl get x -n y", "kubectl {--namespace=y} [get x]");
}

#[test]
fn a_value_may_look_like_an_option() {
    check(
        RCLONE,
        "rclone sync a b --exclude --dry-run",
        "rclone sync {--exclude=--dry-run} [source:a target:b]",
    );
    check(
        RCLONE,
        "rclone --exclude x sync a b -n",
        "rclone sync {--exclude=x --dry-run} [source:a target:b]",
    );
}

#[test]
fn inner_options_before_the_subcommand() {
    // `--keep-last` belongs to `forget`, which settles that it takes the next word.
    check(
        RESTIC,
        "restic --keep-last 1 forget",
        "restic {--keep-last} [1 forget] ? / restic forget {--keep-last=1}",
    );
    check(RESTIC, "restic -l=1 forget", "restic forget {--keep-last=1}");
    check(RESTIC, "restic --prune forget", "restic forget {--prune} / restic {--prune=forget} ?");
}

#[test]
fn commands_behind_operands_and_options() {
    check(
        KUBECTL,
        "kubectl exec -it pod -c app -- rm -rf /x",
        "kubectl exec {--stdin --tty --container=app} [pod:pod] <command: rm -rf /x>",
    );
    check(KUBECTL, "kubectl exec pod -n y rm -f", "kubectl exec {--namespace=y} [pod:pod] <command: rm -f>");
}

#[test]
fn operands_that_end_the_options() {
    let docker = "
        docker @ cobra
        docker : -c, --context <context>
        docker run : -i, --interactive | -t, --tty | --rm | -v, --volume <volume>
        docker run = <image> -- [command...]
        docker tag = <image> -- <name>
    ";
    check(
        docker,
        "docker run --rm -v /:/h alpine rm -v x",
        "docker run {--rm --volume=/:/h} [image:alpine] <command: rm -v x>",
    );
    check(docker, "docker run alpine --rm", "docker run [image:alpine] <command: --rm>");
    check(docker, "docker tag a -c", "docker tag [image:a name:-c]");
}
