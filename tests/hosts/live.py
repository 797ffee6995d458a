#!/usr/bin/env python3
"""Real hosts with argvet in front of them, driven against a model that is a script on this machine.

    cargo build && tests/hosts/live.py [--hosts FOLDER] [claude-code codex]

The hosts are taken from FOLDER/node_modules/.bin; without --hosts they are installed there from npm first. Each runs in
a home directory and a project of its own, in which the worst that can happen is that the folder `victim` goes.

For each host the model asks for one command, once with argvet as `argvet install` sets it up, and once with argvet
replaced by a program that crashes, and by one that hangs: does the command run?
"""
import argparse
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/debug/argvet"
PACKAGES = {
    "claude-code": "@anthropic-ai/claude-code",
    "codex": "@openai/codex",
}
# Codex refuses `rm -rf` by itself.
HARMLESS, DESTRUCTIVE = "touch harmless", "find victim -delete"
CRASH, HANG = "#!/bin/sh\nkill -9 $$\n", "#!/bin/sh\nexec sleep 60\n"
# Whether the destructive command is stopped where argvet crashes or hangs: what docs/hosts.md says.
STOPPED = {"claude-code": "onFailure", "codex": False}


class Model(http.server.BaseHTTPRequestHandler):
    """Answers the first request with a tool call, and the one that brings its result with a text."""

    protocol_version = "HTTP/1.1"
    wanted = ""
    bodies = []

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.reply("application/json", "")

    def do_GET(self):
        self.reply("application/json", json.dumps({"data": [], "models": []}))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.bodies.append(body)
        request = json.loads(body or b"{}")
        for suffix, answer in {
            "/messages": anthropic,
            "/responses": openai_responses,
        }.items():
            if self.path.split("?")[0].endswith(suffix):
                return self.reply(*answer(request, self.wanted))
        self.reply("application/json", json.dumps({"input_tokens": 1, "total_tokens": 1}))

    def reply(self, kind, text):
        data = text.encode()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def events(items):
    lines = [f"event: {item['type']}\ndata: {json.dumps(item)}\n\n" for item in items]
    return "text/event-stream", "".join(lines)


def holds(value, kind):
    """Whether an object of this type is anywhere in a request."""
    if isinstance(value, list):
        return any(holds(item, kind) for item in value)
    return isinstance(value, dict) and (value.get("type") == kind or holds(list(value.values()), kind))


def anthropic(request, command):
    has_shell = any(tool.get("name") == "Bash" for tool in request.get("tools", []))
    calls = has_shell and not holds(request["messages"], "tool_result")
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [], "usage": usage}
    message |= {"stop_reason": None, "stop_sequence": None}
    if calls:
        block = {"type": "tool_use", "id": "toolu_1", "name": "Bash", "input": {}}
        arguments = json.dumps({"command": command, "description": "does it"})
        delta = {"type": "input_json_delta", "partial_json": arguments}
    else:
        block, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": "done"}
    stop = "tool_use" if calls else "end_turn"
    if not request.get("stream"):
        message |= {"content": [{"type": "text", "text": "done"}], "stop_reason": "end_turn"}
        return "application/json", json.dumps(message)
    return events([
        {"type": "message_start", "message": message},
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}, "usage": usage},
        {"type": "message_stop"},
    ])


def openai_responses(request, command):
    tools = {tool.get("name") for tool in request.get("tools", [])}
    item = {"type": "message", "role": "assistant", "id": "m1", "content": [{"type": "output_text", "text": "done"}]}
    if not holds(request.get("input", []), "function_call_output"):
        forms = {
            "exec_command": {"cmd": command},
            "shell_command": {"command": command},
            "shell": {"command": ["bash", "-lc", command]},
        }
        name = next((name for name in forms if name in tools), "exec_command")
        item = {"type": "function_call", "call_id": "c1", "name": name, "arguments": json.dumps(forms[name])}
    usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    return events([
        {"type": "response.created", "response": {"id": "r1"}},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
        {"type": "response.completed", "response": {"id": "r1", "output": [item], "usage": usage}},
    ])


def arguments(host, home, url):
    """How a host is started without a terminal, allowed to run everything by itself, and its environment."""
    if host == "claude-code":
        environment = {"ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": "sk-ant-none", "DISABLE_TELEMETRY": "1"}
        return ["claude", "-p", "go", "--allowedTools", "Bash"], environment
    provider = f'name = "mock"\nbase_url = "{url}/v1"\nwire_api = "responses"\n'
    (home / ".codex").mkdir(exist_ok=True)
    text = f'model = "mock"\nmodel_provider = "mock"\n[model_providers.mock]\n{provider}'
    (home / ".codex/config.toml").write_text(text)
    flags = ["--skip-git-repo-check", "--dangerously-bypass-hook-trust", "-s", "danger-full-access"]
    return ["codex", "exec", *flags, "go"], {"SHELL": "/bin/bash"}


def run(host, command, guard, programs, scratch):
    """Lets a host run one command.

    Whether `victim` and `harmless` are there afterwards, whether argvet's reason reached the model, what the host
    printed.
    """
    home, work = pathlib.Path(scratch, "home"), pathlib.Path(scratch, "work")
    for folder in (home, work / "victim", pathlib.Path(scratch, "bin")):
        folder.mkdir(parents=True)
    argvet = pathlib.Path(scratch, "bin/argvet")
    shutil.copy(PROGRAM, argvet)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("M", (Model,), {"wanted": command, "bodies": []}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    words, extra = arguments(host, home, f"http://127.0.0.1:{server.server_port}")
    environment = {"HOME": str(home), "PATH": f"{programs}:{os.environ['PATH']}", "NO_COLOR": "1", **extra}
    subprocess.run([argvet, "install", host], env=environment, cwd=work, check=True, stdout=subprocess.DEVNULL)
    if guard:
        argvet.unlink()
        argvet.write_text(guard)
        argvet.chmod(0o755)
    try:
        done = subprocess.run(words, env=environment, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        shown = (done.stdout + done.stderr).decode(errors="replace")
    except subprocess.TimeoutExpired as late:
        shown = f"the host does not end\n{(late.stdout or b'').decode(errors='replace')}"
    server.shutdown()
    is_told = any(b"Blocked by argvet" in body for body in server.RequestHandlerClass.bodies)
    return (work / "victim").exists(), (work / "harmless").exists(), is_told, shown


def is_stopped_on_failure(host, programs):
    if STOPPED[host] != "onFailure":
        return STOPPED[host]
    version = subprocess.run([f"{programs}/claude", "--version"], capture_output=True, text=True).stdout.split()[0]
    return tuple(map(int, version.split("."))) >= (2, 1, 295)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=pathlib.Path, help="a folder that npm has installed the hosts in")
    parser.add_argument("names", nargs="*", default=[], help=", ".join(PACKAGES))
    options = parser.parse_args()
    names = options.names or list(PACKAGES)
    base = os.environ.get("ARGVET_SCRATCH", os.path.expanduser("~"))
    counts = {True: 0, False: 0}
    with tempfile.TemporaryDirectory(dir=base) as scratch:
        hosts = options.hosts or pathlib.Path(scratch, "npm")
        if not options.hosts:
            packages = [PACKAGES[name] for name in names]
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", hosts, *packages], check=True)
        programs = hosts.resolve() / "node_modules/.bin"
        for host in names:
            fails_closed = is_stopped_on_failure(host, programs)
            for case, command, guard, victim, harmless in [
                ("harmless", HARMLESS, None, True, True),
                ("destructive", DESTRUCTIVE, None, True, False),
                ("destructive, argvet crashes", DESTRUCTIVE, CRASH, fails_closed, False),
                ("destructive, argvet hangs", DESTRUCTIVE, HANG, fails_closed, False),
            ]:
                with tempfile.TemporaryDirectory(dir=base) as place:
                    found = run(host, command, guard, programs, place)
                is_right = found[:3] == (victim, harmless, command == DESTRUCTIVE and not guard)
                counts[is_right] += 1
                what = "ran" if (found[1] if command == HARMLESS else not found[0]) else "did not run"
                print(f"{host}: {case}: {what}{'' if is_right else ' — NOT AS EXPECTED'}", flush=True)
                if not is_right:
                    print("\n".join("    " + line for line in found[3].splitlines()[-25:]))
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(counts[False] > 0)


if __name__ == "__main__":
    main()
