//! What there is inside the sandbox: harmless tools as they are, everything else as a stub.

use super::trace;
use crate::disguise::is_program;
use argvet::{Catalog, Policy};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The programs that are only logged: `STUBS`, and whatever the destructive examples of the packs start. A wrapper that
/// is copied would not start a program that is not there.
pub(super) fn stubs() -> &'static BTreeSet<String> {
    static NAMES: OnceLock<BTreeSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let (catalog, policy) = (Catalog::builtin(), Policy::default());
        let rules = catalog.packs().into_iter().flat_map(|pack| catalog.rules(&pack.id));
        let mut names = BTreeSet::new();
        for command in rules.flat_map(|rule| rule.blocks) {
            for invocation in trace(&command, &policy).invocations {
                let program = invocation.argv.first().and_then(|first| first.value.known());
                names.extend(program.and_then(|name| String::from_utf8(name.into_owned()).ok()));
            }
        }
        let other = [TOOLS, LOGGED_TOOLS, &["sh", "["]].concat();
        names.retain(|name| is_program(name) && !other.contains(&name.as_str()));
        names.extend(STUBS.iter().map(|name| (*name).to_owned()));
        names
    })
}

/// Copied. They compute, or run what they are told to; none reaches further than the sandbox.
pub(super) const TOOLS: &[&str] = &[
    "awk", "base32", "base64", "basename", "bash", "cat", "column", "comm", "csplit", "cut", "date",
    "dirname", "echo", "env", "expand", "expr", "factor", "false", "fmt", "fold", "getopt", "grep", "gzip",
    "head", "hexdump", "hostname", "id", "join", "mktemp", "nice", "nl", "nohup", "numfmt", "od", "openssl",
    "paste", "perl", "printenv", "printf", "pwd", "readlink", "realpath", "rev", "seq", "setsid", "sort",
    "split", "stat", "stdbuf", "strings", "tac", "tail", "test", "timeout", "tr", "true", "tsort",
    "unexpand", "uniq", "wc", "which", "xargs", "xxd", "yes", "zcat",
];

/// Logged, then done for real: they change nothing but the throw-away directories.
pub(super) const LOGGED_TOOLS: &[&str] =
    &["chmod", "cp", "find", "ln", "mkdir", "mkfifo", "sed", "tee", "touch"];

/// The tools of the sandbox itself.
pub(super) const OWN_TOOLS: &[&str] = &["bash", "env", "setpriv", "sleep", "timeout"];

/// Only logged; wrappers among them run what they wrap (see `stub.sh`).
const STUBS: &[&str] = &[
    "ansible",
    "apt",
    "apt-get",
    "at",
    "aws",
    "aws-vault",
    "az",
    "batch",
    "blkdiscard",
    "brew",
    "bundle",
    "caffeinate",
    "cargo",
    "catchsegv",
    "chamber",
    "chattr",
    "chgrp",
    "chown",
    "chroot",
    "chrt",
    "crontab",
    "cryptsetup",
    "curl",
    "dbus-run-session",
    "dd",
    "direnv",
    "dnf",
    "doas",
    "docker",
    "doppler",
    "dropdb",
    "fakeroot",
    "fallocate",
    "fdisk",
    "flock",
    "gcloud",
    "gdb",
    "gh",
    "git",
    "gosu",
    "halt",
    "helm",
    "install",
    "ionice",
    "iptables",
    "kill",
    "killall",
    "kubectl",
    "ls",
    "ltrace",
    "lvremove",
    "make",
    "mkfs",
    "mkfs.ext4",
    "mkswap",
    "mongo",
    "mount",
    "mv",
    "mysql",
    "nc",
    "nix-shell",
    "node",
    "npm",
    "nsenter",
    "op",
    "parallel",
    "parted",
    "passwd",
    "pip",
    "pipenv",
    "pkexec",
    "pkill",
    "podman",
    "poetry",
    "poweroff",
    "prlimit",
    "proxychains",
    "psql",
    "python",
    "python3",
    "reboot",
    "redis-cli",
    "restic",
    "rm",
    "rmdir",
    "rsync",
    "rtk",
    "ruby",
    "runuser",
    "scp",
    "screen",
    "script",
    "setarch",
    "shred",
    "shutdown",
    "sleep",
    "socat",
    "sqlite3",
    "ssh",
    "strace",
    "su",
    "su-exec",
    "sudo",
    "swapoff",
    "systemctl",
    "systemd-run",
    "tar",
    "taskset",
    "terraform",
    "time",
    "tmux",
    "torsocks",
    "truncate",
    "umount",
    "unbuffer",
    "unlink",
    "unshare",
    "userdel",
    "uv",
    "valgrind",
    "vim",
    "watch",
    "wget",
    "wipefs",
    "xvfb-run",
    "yarn",
    "zfs",
    "zpool",
];
