#!/usr/bin/env python3
"""Real hosts with argvet in front of them, driven against a model that is a script on this machine.

    cargo build && tests/hosts/live.py [--hosts FOLDER] [--record] [HOST…]

The hosts are installed from npm or PyPI into FOLDER/HOST unless they are there; without --hosts into a folder that is
removed again. Node has to be new (24): under an older one npm takes older versions of the hosts. Each runs in a home
directory and a project of its own, in which the worst that can happen is that the folder `victim` goes.

For each host the model asks for a command: a harmless one, a destructive one and one that the user is to be asked about,
with argvet as `argvet install` sets it up, and the destructive one with a program in argvet's place that crashes, hangs
or prints nonsense, and with none. What must then happen is what docs/hosts.md says of the host; nobody is there to be
asked. --record writes what happened into that file.
"""
import argparse
import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import model
import start

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/debug/argvet"
TABLE = ROOT / "docs/hosts.md"
HARMLESS, DESTRUCTIVE, DOUBTFUL = "touch harmless", "find victim -delete", 'touch harmless; eval "$SOMETHING"'
# What stands in argvet's place, and the column of docs/hosts.md that says what the host does then. A program that is not
# there is a crash to some hosts and a refusal to others, those that start it by a shell and know its exit code.
CASES = {
    "harmless": (None, None),
    "destructive": (None, None),
    "doubtful": (None, None),
    "crash": ("#!/bin/sh\nkill -9 $$\n", "argvet crashes"),
    "hang": ("#!/bin/sh\nexec sleep 400\n", "is too slow"),
    "nonsense": ("#!/bin/sh\necho nonsense\n", "says nonsense"),
    "missing": ("", None),
}
NOTES = {"**runs**": True, "blocked": False, "blocked ²": False}


def rows(text):
    """The cells of the table of facts, by the name of the host."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = next(row for row in cells if row[:2] == ["host", "`--host`"])
    facts = (dict(zip(head, row)) for row in cells if len(row) == len(head))
    return {row["`--host`"].strip("`"): row for row in facts}


def must_run(host, case, facts):
    """Whether the command must run; None where nobody knows."""
    column = CASES[case][1]
    if start.HOSTS[host].fails_open and CASES[case][0] is not None:
        return True
    if case == "missing":
        return False if facts["argvet crashes"].startswith("blocked") else None
    return case == "harmless" if column is None else NOTES.get(facts[column])


def run(host, case, programs, program, scratch):
    """Lets a host run one command: whether it ran, whether argvet's reason reached the model, how long it took, and
    what the host printed."""
    home, work = pathlib.Path(scratch, "home"), pathlib.Path(scratch, "work")
    for folder in (home, work / "victim", pathlib.Path(scratch, "bin")):
        folder.mkdir(parents=True)
    argvet = pathlib.Path(scratch, "bin/argvet")
    shutil.copy(program, argvet)
    server, url = model.serve({"harmless": HARMLESS, "doubtful": DOUBTFUL}.get(case, DESTRUCTIVE))
    words, extra = start.HOSTS[host].prepare(home, work, url)
    environment = {"HOME": str(home), "PATH": f"{programs}:{os.environ['PATH']}", "NO_COLOR": "1", **extra}
    subprocess.run([argvet, "install", host], env=environment, cwd=work, check=True, stdout=subprocess.DEVNULL)
    guard = CASES[case][0]
    if guard is not None:
        argvet.unlink()
    if guard:
        argvet.write_text(guard)
        argvet.chmod(0o755)
    begin = time.monotonic()
    # Some hosts leave a process behind, which would keep a pipe open.
    with open(pathlib.Path(scratch, "shown"), "w+b") as output:
        process = subprocess.Popen(
            words, env=environment, cwd=work, stdin=subprocess.DEVNULL, stdout=output, stderr=output, process_group=0
        )
        try:
            process.wait(timeout=390)
        except subprocess.TimeoutExpired:
            output.write(b"the host does not end")
        taken = time.monotonic() - begin
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        output.seek(0)
        shown = output.read().decode(errors="replace")
    server.shutdown()
    seen = server.RequestHandlerClass
    if not seen.asked:
        shown += f"\nthe model was not asked for a call: {seen.paths}"
    has_run = (work / "harmless").exists() or not (work / "victim").exists()
    return has_run, seen.asked, any(b"Blocked by argvet" in body for body in seen.bodies), taken, shown


def version(host, programs):
    words = [f"{programs}/{start.HOSTS[host].program}", "--version"]
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    text = subprocess.run(words, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL).stdout
    found = re.search(r"\d+\.\d+\.\d+", text)
    return found.group() if found else "?"


def install(host, folder):
    """Installs a host unless it is there; the folder of its program."""
    programs = folder / host / "bin"
    package = start.HOSTS[host].package
    if programs.exists():
        return programs
    if package.startswith("pip:"):
        subprocess.run([sys.executable, "-m", "venv", folder / host], check=True)
        subprocess.run([programs / "pip", "install", "-q", package.removeprefix("pip:")], check=True)
    else:
        options = ["--no-audit", "--no-fund", f"--prefix={folder / host}", f"--allow-scripts={package}"]
        subprocess.run(["npm", "install", "-g", *options, package], check=True)
    return programs


def record(host, title, number, results):
    """Puts the results of a host into the table of docs/hosts.md."""
    text = TABLE.read_text()
    cells = [{True: "runs", False: "blocked"}[ran] for ran, _ in results.values()]
    if results["destructive"] == (False, True):
        cells[1] += ", the model gets the reason"
    line = f"| {title} {number} | {' | '.join(cells)} |"
    head, rule, rest = re.split(r"(\| host and version \|.*\n\|---.*\n)", text)
    table, after = f"\n{rest}".split("\n\n", 1)
    others = [row for row in table.strip().splitlines() if not re.match(rf"\| {re.escape(title)} \S+ \|", row)]
    TABLE.write_text(head + rule + "\n".join(sorted([*others, line], key=str.lower)) + "\n\n" + after)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=pathlib.Path, help="a folder in which the hosts are or will be installed")
    parser.add_argument("--record", action="store_true", help="write the results into docs/hosts.md")
    parser.add_argument("--case", choices=CASES, help="this case only")
    parser.add_argument("names", nargs="*", default=[], metavar="HOST", help=", ".join(start.HOSTS))
    options = parser.parse_args()
    facts = rows(TABLE.read_text())
    base = os.environ.get("ARGVET_SCRATCH", os.path.expanduser("~"))
    counts = {True: 0, False: 0}
    with tempfile.TemporaryDirectory(dir=base) as scratch:
        folder = (options.hosts or pathlib.Path(scratch)).resolve()
        # It may be built anew meanwhile.
        program = shutil.copy(PROGRAM, scratch)
        for host in options.names or start.HOSTS:
            programs = install(host, folder)
            number = version(host, programs)
            results, before = {}, counts[False]
            for case in [options.case] if options.case else CASES:
                with tempfile.TemporaryDirectory(dir=base) as place:
                    ran, asked, told, taken, shown = run(host, case, programs, program, place)
                expected = must_run(host, case, facts[host])
                is_right = asked and expected in (None, ran)
                if case == "destructive":
                    is_right = is_right and (told or start.HOSTS[host].stops)
                counts[is_right] += 1
                results[case] = (ran, told)
                what = "ran" if ran else "did not run"
                wrong = "" if is_right else " — NOT AS EXPECTED"
                print(f"{host} {number}: {case}: {what} ({taken:.1f} s){wrong}", flush=True)
                if not is_right:
                    print("\n".join("    " + line for line in shown.splitlines()[-25:]))
            if options.record and not options.case and counts[False] == before:
                record(host, facts[host]["host"].rstrip(" ¹"), number, results)
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(counts[False] > 0)


if __name__ == "__main__":
    main()
