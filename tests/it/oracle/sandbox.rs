//! A throw-away root directory in which real bash runs a command: copied tools, stubs for all else, an emptied
//! environment, namespaces of its own, no privileges, and limits on time, processes and memory.

use super::programs::{LOGGED_TOOLS, OWN_TOOLS, TOOLS, stubs};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The words of a program that was started.
pub(crate) type Argv = Vec<Vec<u8>>;

/// Where commands are run, inside.
pub(crate) const CWD: &str = "/home/me/project";
pub(crate) const HOME: &str = "/home/me";

/// Directories that a command may write to.
const OPEN: &[&str] = &["log", "tmp", "home/me", "dev/shm"];

/// A root directory and the process that runs commands in it, one after the other.
pub(crate) struct Sandbox {
    root: tempfile::TempDir,
    runner: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Sandbox {
    /// Builds one; the error says why this machine cannot.
    pub(crate) fn new() -> Result<Sandbox, String> {
        let root = tempfile::tempdir().map_err(|error| error.to_string())?;
        build(root.path())?;
        clean(root.path()).map_err(|error| error.to_string())?;
        let mut last = String::new();
        // As root; else as root of a user namespace.
        for user in [&[][..], &["--user", "--map-root-user"]] {
            match start(root.path(), user) {
                Ok((runner, orders, answers)) => {
                    let orders = Some(orders);
                    let mut sandbox = Sandbox { root, runner, orders, answers };
                    let seen = sandbox.run("rm -rf /; cat <(:) && /bin/rm x");
                    let expected: [&[&[u8]]; 2] = [&[b"rm", b"-rf", b"/"], &[b"rm", b"x"]];
                    return if seen == expected { Ok(sandbox) } else { Err(format!("it ran {seen:?}")) };
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// What running the command starts. Programs that are copied are not counted.
    pub(crate) fn run(&mut self, command: &str) -> Vec<Argv> {
        let root = self.root.path();
        clean(root).unwrap();
        fs::write(root.join("job"), command).unwrap();
        let orders = self.orders.as_mut().unwrap();
        orders.write_all(b"run\n").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        assert_eq!(answer, "done\n", "the sandbox died on {command}");
        let mut seen = Vec::new();
        let mut logs: Vec<PathBuf> = entries(&root.join("log"));
        // By process number, which is nearly the order in which they started.
        logs.sort_by_key(|path| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok()));
        for path in logs {
            seen.extend(logged(&fs::read(path).unwrap_or_default()));
        }
        seen
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The end of its input ends the first process, and with it everything inside.
        drop(self.orders.take());
        let _ = self.runner.wait();
        let _ = clean(self.root.path());
    }
}

/// `count NUL word NUL …`, any number of times.
fn logged(bytes: &[u8]) -> Vec<Argv> {
    let mut words = bytes.split(|byte| *byte == 0);
    let mut all = Vec::new();
    while let Some(count) =
        words.next().and_then(|word| std::str::from_utf8(word).ok()?.parse::<usize>().ok())
    {
        all.push(words.by_ref().take(count).map(<[u8]>::to_vec).collect());
    }
    all
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect()
}

/// Empties what commands may have written to.
fn clean(root: &Path) -> std::io::Result<()> {
    for folder in OPEN {
        for path in entries(&root.join(folder)) {
            if path.is_dir() && !path.is_symlink() {
                fs::remove_dir_all(path)?
            } else {
                fs::remove_file(path)?
            }
        }
    }
    let project = root.join(CWD.trim_start_matches('/'));
    for folder in [project.clone(), project.join("src"), project.join("build")] {
        fs::create_dir(&folder)?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777))?;
    }
    for file in ["README.md", "src/main.c", "src/lib.c", "build/a.o"] {
        fs::write(project.join(file), "text\n")?;
    }
    Ok(())
}

type Running = (Child, ChildStdin, BufReader<ChildStdout>);

/// Starts the runner in namespaces of its own, without privileges.
fn start(root: &Path, user: &[&str]) -> Result<Running, String> {
    // As another user where that is possible; then nothing inside but the open directories can be written.
    let drop_user = if user.is_empty() { "--reuid=65534 --regid=65534 --clear-groups" } else { "" };
    let setup = format!(
        "mount -t proc proc \"$1/proc\" && mount --bind /dev/null \"$1/dev/null\" && exec chroot \"$1\" \
         /.oracle/setpriv {drop_user} --bounding-set=-all --no-new-privs /.oracle/bash -p /.oracle/runner"
    );
    let mut command = Command::new("unshare");
    command.args(user).args(["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]);
    command
        .args(["sh", "-c", &setup, "sh"])
        .arg(root)
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut runner = command.spawn().map_err(|error| format!("unshare: {error}"))?;
    let mut orders = runner.stdin.take().unwrap();
    let mut answers = BufReader::new(runner.stdout.take().unwrap());
    fs::write(root.join("job"), "true").map_err(|error| error.to_string())?;
    let mut answer = String::new();
    let asked = orders.write_all(b"run\n").and_then(|()| answers.read_line(&mut answer));
    if asked.is_ok() && answer == "done\n" {
        return Ok((runner, orders, answers));
    }
    drop(orders);
    let output = runner.wait_with_output().map_err(|error| error.to_string())?;
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

/// Fills a root directory.
fn build(root: &Path) -> Result<(), String> {
    let io = |error: std::io::Error| error.to_string();
    let folders = [
        "usr/bin",
        "usr/local",
        "etc",
        "proc",
        "dev",
        "opt",
        "srv",
        "var/log",
        "data",
        "mnt",
        "root",
        ".oracle/real",
    ];
    for folder in folders.iter().chain(OPEN) {
        fs::create_dir_all(root.join(folder)).map_err(io)?;
    }
    for folder in OPEN {
        fs::set_permissions(root.join(folder), fs::Permissions::from_mode(0o777)).map_err(io)?;
    }
    fs::set_permissions(root, fs::Permissions::from_mode(0o755)).map_err(io)?;
    for (link, target) in
        [("bin", "usr/bin"), ("sbin", "usr/bin"), ("usr/sbin", "bin"), ("usr/local/bin", "../bin")]
    {
        symlink(target, root.join(link)).map_err(io)?;
    }
    for (link, target) in [("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")] {
        symlink(format!("/proc/self/{target}"), root.join("dev").join(link)).map_err(io)?;
    }
    fs::write(root.join("dev/null"), "").map_err(io)?;
    fs::write(root.join("etc/passwd"), "root:x:0:0::/root:/bin/bash\nme:x:65534:65534::/home/me:/bin/bash\n")
        .map_err(io)?;
    let mut copied = BTreeSet::new();
    let places = [(TOOLS, "usr/bin"), (LOGGED_TOOLS, ".oracle/real"), (OWN_TOOLS, ".oracle")];
    for (tools, folder) in places {
        for tool in tools {
            match which(tool) {
                Some(path) => {
                    copy(&path, &root.join(folder).join(tool)).map_err(io)?;
                    copied.insert(path);
                }
                // Without it, a command that needs it decodes nothing; the others do their work.
                None if folder == "usr/bin" && *tool != "bash" => {}
                None => return Err(format!("there is no {tool}")),
            }
        }
    }
    for library in libraries(&copied)? {
        let inside = root.join(library.strip_prefix("/").unwrap());
        fs::create_dir_all(inside.parent().unwrap()).map_err(io)?;
        copy(&library, &inside).map_err(io)?;
    }
    symlink("bash", root.join("usr/bin/sh")).map_err(io)?;
    symlink("test", root.join("usr/bin/[")).map_err(io)?;
    let stub = root.join(".oracle/stub");
    fs::write(&stub, include_str!("stub.sh")).map_err(io)?;
    fs::set_permissions(&stub, fs::Permissions::from_mode(0o755)).map_err(io)?;
    for name in stubs().iter().map(String::as_str).chain(LOGGED_TOOLS.iter().copied()) {
        fs::hard_link(&stub, root.join("usr/bin").join(name)).map_err(io)?;
    }
    fs::write(root.join(".oracle/runner"), include_str!("runner.sh")).map_err(io)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if !to.exists() {
        fs::copy(from, to)?;
        fs::set_permissions(to, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn which(tool: &str) -> Option<PathBuf> {
    let folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];
    folders.iter().map(|folder| Path::new(folder).join(tool)).find(|path| path.is_file())
}

/// The shared libraries that the programs need, and the loader.
fn libraries(programs: &BTreeSet<PathBuf>) -> Result<BTreeSet<PathBuf>, String> {
    let output = Command::new("ldd").args(programs).output().map_err(|error| format!("ldd: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = text.lines().filter(|line| line.starts_with('\t')).flat_map(str::split_whitespace);
    let mut found: BTreeSet<PathBuf> =
        words.filter(|word| word.starts_with('/')).map(PathBuf::from).collect();
    // stdbuf preloads this one.
    let preloaded = "/usr/libexec/coreutils/libstdbuf.so";
    let same = "/usr/lib/x86_64-linux-gnu/coreutils/libstdbuf.so";
    found.extend([preloaded, same].into_iter().map(PathBuf::from).filter(|path| path.is_file()));
    Ok(found)
}
