//! argparse, and the AWS CLI, which is built on it.

use super::check;

const BORG: &str = "
    borg @ argparse
    borg : -v, --verbose | --rsh <script>
    borg delete : -n, --dry-run | --force | --cache-only | -a, --glob-archives <glob>
    borg delete = [archive...]
";
const AWS: &str = "
    aws @ aws
    aws : --profile <profile> | --region <region> | --no-paginate | --query <query>
    aws s3 rm : --recursive | --dryrun | --exclude <pattern>
    aws s3 rm = <path>
    aws ec2 terminate-instances : --instance-ids <id...> | --dry-run | --no-dry-run
    aws secretsmanager delete-secret : --secret-id <id> | --force-delete-without-recovery | --recovery-window-in-days <n>
";

#[test]
fn abbreviations() {
    check(BORG, "borg delete --dry r::a", "borg delete {--dry-run} [archive:r::a]");
    check(AWS, "aws s3 rm s3://b --recurs --dryr", "aws s3 rm {--recursive --dryrun} [path:s3://b]");
    check(
        AWS,
        "aws secretsmanager delete-secret --secret-i x",
        "aws secretsmanager delete-secret {--secret-id=x}",
    );
    check(AWS, "aws s3 rm --rec x", "aws s3 rm {--recursive} [path:x]");
}

#[test]
fn outer_options() {
    check(
        BORG,
        "borg --rsh 'ssh -x' delete r",
        "borg delete {--rsh=ssh -x} [archive:r] <script: ssh -x by --rsh>",
    );
    check(BORG, "borg delete -v r", "borg delete {-v} [archive:r] ? / borg delete {-v=r} ?");
    check(AWS, "aws --profile p s3 rm x --region r", "aws s3 rm {--profile=p --region=r} [path:x]");
    check(AWS, "aws s3 --profile p rm x", "aws s3 rm {--profile=p} [path:x]");
}

#[test]
fn values_with_dashes_are_doubtful() {
    check(
        BORG,
        "borg delete -a --dry-run r",
        "borg delete {--glob-archives --dry-run} [archive:r] ? / borg delete {--glob-archives=--dry-run} [archive:r] ?",
    );
    check(BORG, "borg delete -a -1", "borg delete {--glob-archives=-1}");
    check(BORG, "borg delete -a '-x y'", "borg delete {--glob-archives=-x y}");
    check(BORG, "borg delete -a=-x", "borg delete {--glob-archives==-x}");
    check(BORG, "borg delete --glob-archives=-x", "borg delete {--glob-archives=-x}");
}

#[test]
fn several_values() {
    check(
        AWS,
        "aws ec2 terminate-instances --instance-ids i-1 i-2 --dry-run",
        "aws ec2 terminate-instances {--instance-ids=i-1 --instance-ids=i-2 --dry-run}",
    );
    check(AWS, "aws ec2 terminate-instances --instance-ids", "aws ec2 terminate-instances {--instance-ids}");
    check(
        AWS,
        "aws ec2 terminate-instances --dry-run --no-dry-run",
        "aws ec2 terminate-instances {--dry-run --no-dry-run}",
    );
    let jq = "jq : --arg <name> <value> | -r\n jq = <code:jq> [path...]";
    check(jq, "jq --arg a b -r .x f", "jq {--arg=a --arg=b -r} [code:.x path:f] <code(jq): .x>");
}

#[test]
fn commands_without_a_subcommand_table() {
    check(AWS, "aws s3 ls s3://b --recursive", "aws s3 {--recursive} [ls s3://b]");
    check(AWS, "aws s3", "aws s3");
}
