//! Go `flag`, dd, tar and ps, Java, and no style at all.

use super::check;

const TERRAFORM: &str = "
    terraform @ go
    terraform : -chdir[=<dir>] | -help
    terraform apply : -auto-approve | -destroy | -var <name=value> | -target <address>
    terraform apply = [plan]
    terraform state rm : -dry-run
";
const DD: &str = "
    dd @ dd
    dd : of=<path> | if=<path> | bs=<size>
    dd ! write of=
";
const TAR: &str = "
    tar @ old
    tar : -x, --extract | -c, --create | -z, --gzip | -f, --file <path> | -C, --directory <dir> | -b <blocks>
    tar : --remove-files | --to-command <script>
    tar = [path...]
";
const JAVA: &str = "
    java @ java
    java : -jar <code-file:java> | -cp, -classpath <path> | -D <property> | -X[<x>] | -version
    java = [class] [argument...]
";

#[test]
fn go() {
    check(TERRAFORM, "terraform -chdir=d apply -auto-approve", "terraform apply {-chdir=d -auto-approve}");
    check(TERRAFORM, "terraform apply --auto-approve", "terraform apply {-auto-approve}");
    check(TERRAFORM, "terraform apply -destroy=true", "terraform apply {-destroy=true}");
    check(TERRAFORM, "terraform apply -destroy=false", "terraform apply {!-destroy=false}");
    check(TERRAFORM, "terraform apply -var a=b p", "terraform apply {-var=a=b} [plan:p]");
    check(TERRAFORM, "terraform apply -var=a=b p", "terraform apply {-var=a=b} [plan:p]");
    check(TERRAFORM, "terraform apply p -destroy", "terraform apply [plan:p -destroy]");
    check(TERRAFORM, "terraform apply -dest", "terraform apply {-dest}");
    check(
        TERRAFORM,
        "terraform apply -dest p",
        "terraform apply {-dest} [plan:p] ? / terraform apply {-dest=p} ?",
    );
    check(TERRAFORM, "terraform state rm -dry-run x", "terraform state rm {-dry-run} [x]");
    check(TERRAFORM, "terraform apply -- -destroy", "terraform apply [plan:-destroy]");
    check(TERRAFORM, "terraform apply -target -destroy", "terraform apply {-target=-destroy}");
}

#[test]
fn dd() {
    check(DD, "dd if=/dev/zero of=/dev/sda bs=1M", "dd {if==/dev/zero of==/dev/sda bs==1M} !write:/dev/sda");
    check(DD, "dd count=1 of=x", "dd {count==1 of==x} !write:x");
    check(DD, "dd of=\"$x\"", "dd {of==$x} !write:$x");
    check(DD, "dd of=$x", "dd {of==$x} !write:$x unknown@1");
    check(DD, "dd --help", "dd {--help}");
    check(DD, "dd \"$x\"", "dd [$x] unknown@1");
}

#[test]
fn old() {
    check(TAR, "tar xzf a.tgz", "tar {--extract --gzip --file=a.tgz}");
    check(TAR, "tar xfz a.tgz", "tar {--extract --file=a.tgz --gzip}");
    check(TAR, "tar cfb a 20 x", "tar {--create --file=a -b=20} [path:x]");
    check(TAR, "tar -xfz a", "tar {--extract --file=z} [path:a]");
    check(TAR, "tar -cf a x --remove-files", "tar {--create --file=a --remove-files} [path:x]");
    check(TAR, "tar --extr --file a", "tar {--extract --file=a}");
    check(TAR, "tar xf a -C /d", "tar {--extract --file=a --directory=/d}");
    check(
        TAR,
        "tar xf a --to-command='rm x'",
        "tar {--extract --file=a --to-command=rm x} <script: rm x by --to-command>",
    );
    check(TAR, "tar x\"$o\" a", "tar {--extract} [path:a] unknown@1");
    check("ps @ old", "ps aux", "ps {-a -u -x}");
}

#[test]
fn java() {
    check(JAVA, "java -cp a:b -Dx=y Main z", "java {-cp=a:b -D=x=y} [class:Main argument:z]");
    check(JAVA, "java -Xmx1g -jar x.jar", "java {-X=mx1g -jar=x.jar} <code-file(java): x.jar by -jar>");
    check(JAVA, "java -version", "java {-version}");
    check(JAVA, "java --version", "java {-version}");
    check(JAVA, "java -verbose:gc", "java {-verbose:gc}");
}

#[test]
fn none() {
    check("echo @ none", "echo -n -- --x", "echo [-n -- --x]");
}
