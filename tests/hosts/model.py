"""A model that is a script: it answers the first request of a host with a call of the host's shell tool, and the one
that brings the result with a text. It speaks the interfaces of Anthropic, OpenAI (both), Google and Augment."""
import http.server
import json
import threading

# The arguments of each shell tool that is known, with C in place of the command.
SHELLS = {
    "Bash": {"command": "C", "description": "does it"},
    "bash": {"command": "C", "description": "does it"},
    "Execute": {"command": "C", "riskLevel": "low", "riskLevelReason": "none", "summary": "does it"},
    "exec_command": {"cmd": "C"},
    "exec": {"command": "C"},
    "launch-process": {"command": "C", "wait": True, "max_wait_seconds": 60},
    "run_commands": {"commands": ["C"]},
    "run_shell_command": {"command": "C", "description": "does it", "is_background": False},
    "run_terminal_command": {"command": "C", "description": "does it"},
    "run_terminal_cmd": {"command": "C", "description": "does it"},
    "shell": {"command": ["bash", "-lc", "C"]},
    "shell_command": {"command": "C"},
    "terminal": {"command": "C"},
}


def fill(value, command):
    if isinstance(value, list):
        return [fill(item, command) for item in value]
    return command if value == "C" else value


def holds(value, test):
    """Whether any object in a request passes a test."""
    if isinstance(value, list):
        return any(holds(item, test) for item in value)
    return isinstance(value, dict) and (test(value) or holds(list(value.values()), test))


def events(items):
    lines = [f"event: {item['type']}\ndata: {json.dumps(item)}\n\n" for item in items]
    return "text/event-stream", "".join(lines)


def data(items, end=""):
    return "text/event-stream", "".join(f"data: {json.dumps(item)}\n\n" for item in items) + end


def tool_names(request):
    """The names of the tools that a request offers, in whichever interface."""
    found = []

    def collect(value):
        if isinstance(value, list):
            for item in value:
                collect(item)
        elif isinstance(value, dict):
            if isinstance(value.get("name"), str):
                found.append(value["name"])
            for name in ("function", "functionDeclarations", "tools"):
                collect(value.get(name))

    collect(request.get("tools"))
    collect(request.get("tool_definitions"))
    return found


def call(request, command, result):
    """The name and the arguments of the call to be made, if one is."""
    name = next((name for name in tool_names(request) if name in SHELLS), None)
    if name is None or holds(request, result):
        return None
    return name, {key: fill(value, command) for key, value in SHELLS[name].items()}


def anthropic(request, command):
    wanted = call(request, command, lambda item: item.get("type") == "tool_result")
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [], "usage": usage}
    message |= {"stop_reason": None, "stop_sequence": None}
    if wanted:
        block = {"type": "tool_use", "id": "toolu_1", "name": wanted[0], "input": {}}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(wanted[1])}
    else:
        block, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": "done"}
    stop = "tool_use" if wanted else "end_turn"
    if not request.get("stream"):
        whole = {**block, "input": wanted[1]} if wanted else {"type": "text", "text": "done"}
        return "application/json", json.dumps({**message, "content": [whole], "stop_reason": stop})
    return events([
        {"type": "message_start", "message": message},
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}, "usage": usage},
        {"type": "message_stop"},
    ])


def responses(request, command):
    wanted = call(request, command, lambda item: item.get("type") == "function_call_output")
    text = {"type": "output_text", "text": "done", "annotations": []}
    item = {"type": "message", "role": "assistant", "id": "m1", "status": "completed", "content": [text]}
    if wanted:
        item = {"type": "function_call", "id": "f1", "call_id": "c1", "name": wanted[0], "status": "completed"}
        item["arguments"] = json.dumps(wanted[1])
    usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    whole = {"id": "r1", "object": "response", "model": "m", "status": "completed", "output": [item], "usage": usage}
    if not request.get("stream"):
        return "application/json", json.dumps(whole)
    empty = {**item, "arguments": ""} if wanted else {**item, "content": []}
    parts = [
        {"type": "response.created", "response": {**whole, "status": "in_progress", "output": []}},
        {"type": "response.output_item.added", "output_index": 0, "item": empty},
    ]
    if wanted:
        place = {"output_index": 0, "item_id": "f1"}
        parts.append({"type": "response.function_call_arguments.delta", **place, "delta": item["arguments"]})
        parts.append({"type": "response.function_call_arguments.done", **place, "arguments": item["arguments"]})
    else:
        place = {"output_index": 0, "item_id": "m1", "content_index": 0}
        parts.append({"type": "response.content_part.added", **place, "part": {**text, "text": ""}})
        parts.append({"type": "response.output_text.delta", **place, "delta": "done"})
        parts.append({"type": "response.output_text.done", **place, "text": "done"})
        parts.append({"type": "response.content_part.done", **place, "part": text})
    parts.append({"type": "response.output_item.done", "output_index": 0, "item": item})
    parts.append({"type": "response.completed", "response": whole})
    return events([{**part, "sequence_number": number} for number, part in enumerate(parts)])


def chat(request, command):
    wanted = call(request, command, lambda item: item.get("role") == "tool")
    base = {"id": "x1", "created": 1, "model": request.get("model", "m")}
    message = {"role": "assistant", "content": "done"}
    if wanted:
        function = {"name": wanted[0], "arguments": json.dumps(wanted[1])}
        message = {"role": "assistant", "content": None}
        message["tool_calls"] = [{"index": 0, "id": "call_1", "type": "function", "function": function}]
    reason = "tool_calls" if wanted else "stop"
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    if not request.get("stream"):
        choice = {"index": 0, "message": message, "finish_reason": reason}
        return "application/json", json.dumps({**base, "object": "chat.completion", "choices": [choice], "usage": usage})
    base["object"] = "chat.completion.chunk"
    return data([
        {**base, "choices": [{"index": 0, "delta": message, "finish_reason": None}]},
        {**base, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}], "usage": usage},
    ], "data: [DONE]\n\n")


def gemini(request, command, is_stream):
    wanted = call(request, command, lambda item: "functionResponse" in item)
    part = {"functionCall": {"name": wanted[0], "args": wanted[1]}} if wanted else {"text": "done"}
    usage = {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2}
    candidate = {"index": 0, "content": {"role": "model", "parts": [part]}, "finishReason": "STOP"}
    answer = {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "m"}
    return data([answer]) if is_stream else ("application/json", json.dumps(answer))


def augment_models():
    """What Augment's server says of itself; it is the server that switches hooks on."""
    model = {"name": "mock", "internal_name": "mock", "suggested_prefix_char_count": 1, "suggested_suffix_char_count": 1}
    answer = {"default_model": "mock", "models": [model], "feature_flags": {"enable_hooks": True}, "languages": []}
    return "application/json", json.dumps({**answer, "user": {"id": "u", "email": "u@localhost"}})


def augment(request, command):
    wanted = call(request, command, lambda item: bool(item.get("tool_result_node")))
    if not wanted:
        return "application/json", json.dumps({"text": "done", "nodes": [], "stop_reason": 1}) + "\n"
    use = {"tool_use_id": "t1", "tool_name": wanted[0], "input_json": json.dumps(wanted[1])}
    node = {"id": 1, "type": 5, "content": "", "tool_use": use}
    return "application/json", json.dumps({"text": "", "nodes": [node], "stop_reason": 3}) + "\n"


class Model(http.server.BaseHTTPRequestHandler):
    """One host's conversation with the model."""

    protocol_version = "HTTP/1.1"
    wanted = ""
    asked = False
    bodies: list = []
    paths: list = []

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.reply("application/json", "")

    def do_GET(self):
        self.paths.append(f"GET {self.path}")
        model = {"id": "mock", "object": "model", "created": 1, "owned_by": "mock"}
        self.reply("application/json", json.dumps({"object": "list", "data": [model], "models": []}))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        path = self.path.split("?")[0]
        self.paths.append(f"POST {self.path}")
        self.bodies.append(body)
        try:
            request = json.loads(body or b"{}")
        except ValueError:
            request = {}
        type(self).asked |= any(name in SHELLS for name in tool_names(request))
        if path.endswith("/messages"):
            return self.reply(*anthropic(request, self.wanted))
        if path.endswith("/responses"):
            return self.reply(*responses(request, self.wanted))
        if path.endswith("/get-models"):
            return self.reply(*augment_models())
        if path.endswith("/chat-stream"):
            return self.reply(*augment(request, self.wanted))
        if path.endswith("/chat/completions"):
            return self.reply(*chat(request, self.wanted))
        if path.endswith("enerateContent"):
            return self.reply(*gemini(request, self.wanted, path.endswith("streamGenerateContent")))
        return self.reply("application/json", json.dumps({"input_tokens": 1, "totalTokens": 1}))

    def reply(self, kind, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A host that is ended, or that hangs up early, is none of the test's business."""


def serve(command):
    """Starts a model that asks for one command; the server and its address."""
    handler = type("M", (Model,), {"wanted": command, "bodies": [], "paths": []})
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"
