//! What there is inside the sandbox: harmless tools as they are, everything else as a stub.

/// Copied. They compute, or run what they are told to; none reaches further than the sandbox.
pub(super) const TOOLS: &[&str] = &[
    "awk", "base32", "base64", "basename", "bash", "cat", "column", "comm", "csplit", "cut", "date", "dirname", "echo",
    "env", "expand", "expr", "factor", "false", "find", "fmt", "fold", "getopt", "grep", "gzip", "head", "hexdump",
    "hostname", "id", "join", "mktemp", "nice", "nl", "nohup", "numfmt", "od", "openssl", "paste", "printenv", "printf",
    "pwd", "readlink", "realpath", "rev", "sed", "seq", "setsid", "sort", "split", "stat", "stdbuf", "strings", "tac",
    "tail", "tee", "test", "timeout", "tr", "true", "tsort", "unexpand", "uniq", "wc", "which", "xargs", "xxd", "yes",
    "zcat",
];

/// Logged, then done for real: they change nothing but the throw-away directories.
pub(super) const LOGGED_TOOLS: &[&str] = &["chmod", "cp", "ln", "mkdir", "mkfifo", "touch"];

/// The tools of the sandbox itself.
pub(super) const OWN_TOOLS: &[&str] = &["bash", "env", "setpriv", "sleep", "timeout"];

/// Only logged; wrappers among them run what they wrap (see `stub.sh`).
pub(super) const STUBS: &[&str] = &[
    "ansible", "apt", "apt-get", "at", "aws", "aws-vault", "az", "batch", "blkdiscard", "brew", "bundle", "caffeinate",
    "cargo", "catchsegv", "chamber", "chattr", "chgrp", "chown", "chroot", "chrt", "crontab", "cryptsetup", "curl",
    "dbus-run-session", "dd", "direnv", "dnf", "doas", "docker", "doppler", "dropdb", "fakeroot", "fallocate", "fdisk",
    "flock", "gcloud", "gdb", "gh", "git", "gosu", "halt", "helm", "install", "ionice", "iptables", "kill", "killall",
    "kubectl", "ls", "ltrace", "lvremove", "make", "mkfs", "mkfs.ext4", "mkswap", "mongo", "mount", "mv", "mysql", "nc",
    "nix-shell", "node", "npm", "nsenter", "op", "parallel", "parted", "passwd", "perl", "pip", "pipenv", "pkexec",
    "pkill", "podman", "poetry", "poweroff", "prlimit", "proxychains", "psql", "python", "python3", "reboot",
    "redis-cli", "restic", "rm", "rmdir", "rsync", "rtk", "ruby", "runuser", "scp", "screen", "script", "setarch",
    "shred", "shutdown", "sleep", "socat", "sqlite3", "ssh", "strace", "su", "su-exec", "sudo", "swapoff", "systemctl",
    "systemd-run", "tar", "taskset", "terraform", "time", "tmux", "torsocks", "truncate", "umount", "unbuffer", "unlink",
    "unshare", "userdel", "uv", "valgrind", "vim", "watch", "wget", "wipefs", "xvfb-run", "yarn", "zfs", "zpool",
];
