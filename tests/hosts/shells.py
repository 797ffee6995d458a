#!/usr/bin/env python3
"""The snippets of `argvet shell-init` in real shells: what is refused is not run, what is harmless or insisted on is.

    cargo build && tests/hosts/shells.py        shells that are not installed are skipped

Works in a folder below $ARGVET_SCRATCH or the home directory, because argvet lets temporary folders be deleted.
"""
import itertools
import os
import pathlib
import pty
import select
import shutil
import sys
import tempfile

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "target/debug/argvet"
START_UP = {
    "bash": (".bashrc", 'eval "$({program} shell-init bash)"\n'),
    "zsh": (".zshrc", 'eval "$({program} shell-init zsh)"\n'),
    "fish": (".config/fish/config.fish", "{program} shell-init fish | source\n"),
}
# What the start-up file does behind the snippet to argvet: a line that argvet cannot look at is held back as well.
FAILURES = {
    "is there": "",
    "is gone": "command rm {program}\n",
    "is killed": 'printf "#!/bin/sh\\nkill -9 \\$\\$\\n" > {program}\n',
}
# So many seconds without output mean that a shell waits for the next line, also on a busy machine.
QUIET = 2.5
ANSWER_NO, ANSWER_YES = "n\n", "y\n"
CLEAR_LINE = "\x15"
# What is typed, and the folders that are there afterwards.
HELD_BACK = {
    "bash": ["mkdir refused\n", ANSWER_NO, "mkdir insisted\n", ANSWER_YES],
    "zsh": ["mkdir refused\r", CLEAR_LINE, "mkdir insisted\r", "\r"],
    "fish": ["mkdir refused\r", CLEAR_LINE, "mkdir insisted\r", "\r"],
}
TYPED = {
    "bash": (
        ["rm -rf a && touch after\n", ANSWER_NO, "(rm -rf b)\n", ANSWER_NO, "f() { rm -rf d; }; f\n", ANSWER_NO]
        + ["echo x | rm -rf e\n", ANSWER_NO, "for i in 1; do rm -rf g; done\n", ANSWER_NO, " rm -rf h\n", ANSWER_NO]
        + ["rm -rf c\n", ANSWER_YES, "x=$(echo 1) && mkdir harmless$x\n"]
    ),
    "zsh": ["rm -rf a && touch after\r", CLEAR_LINE, "(rm -rf b)\r", CLEAR_LINE, "rm -rf c\r", "\r", "mkdir harmless1\r"],
    "fish": ["rm -rf a && touch after\r", CLEAR_LINE, "rm -rf c\r", "\r", "mkdir harmless1\r"],
}


def drive(shell, typed, environment, folder):
    """Types lines into a shell on a terminal of its own; what it shows."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execvpe(shell, [shell, "-i"], environment)
    shown = b""

    def read():
        nonlocal shown
        while select.select([terminal], [], [], QUIET)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                return

    read()
    for line in typed:
        os.write(terminal, line.encode())
        read()
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return shown.decode(errors="replace")


def main():
    failed = passed = 0
    base = os.environ.get("ARGVET_SCRATCH", os.path.expanduser("~"))
    for shell, failure in itertools.product(TYPED, FAILURES):
        if not shutil.which(shell):
            print(f"{shell}: not installed, skipped")
            continue
        with tempfile.TemporaryDirectory(dir=base) as scratch:
            home, work = pathlib.Path(scratch, "home"), pathlib.Path(scratch, "work")
            file, text = START_UP[shell]
            (home / file).parent.mkdir(parents=True)
            program = shutil.copy(PROGRAM, scratch)
            (home / file).write_text((text + FAILURES[failure]).format(program=program))
            folders = "" if FAILURES[failure] else "abcdegh"
            work.mkdir()
            for name in folders:
                (work / name).mkdir()
            environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8"}
            shown = drive(shell, (HELD_BACK if FAILURES[failure] else TYPED)[shell], environment, work)
            left = sorted(path.name for path in work.iterdir())
            expected = ["insisted"] if FAILURES[failure] else sorted([*"abdegh", "harmless1"])
            if left == expected:
                passed += 1
                print(f"{shell}, argvet {failure}: ok")
            else:
                failed += 1
                print(f"{shell}, argvet {failure}: {left} instead of {expected}\n{shown}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
