"""How each host is started without a terminal and without an account, allowed to run everything by itself, with the
script of model.py as its model."""
import json
import typing


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def claude_code(_home, _work, url):
    environment = {"ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": "sk-ant-none", "DISABLE_TELEMETRY": "1"}
    return ["claude", "-p", "go", "--allowedTools", "Bash"], environment


def codex(home, _work, url):
    provider = f'name = "mock"\nbase_url = "{url}/v1"\nwire_api = "responses"\n'
    write(home / ".codex/config.toml", f'model = "mock"\nmodel_provider = "mock"\n[model_providers.mock]\n{provider}')
    flags = ["--skip-git-repo-check", "--dangerously-bypass-hook-trust", "-s", "danger-full-access"]
    return ["codex", "exec", *flags, "go"], {"SHELL": "/bin/bash"}


def copilot(_home, _work, url):
    provider = {"BASE_URL": f"{url}/v1", "TYPE": "openai", "API_KEY": "none", "WIRE_API": "completions"}
    environment = {f"COPILOT_PROVIDER_{name}": value for name, value in provider.items()}
    return ["copilot", "-p", "go", "--allow-all-tools"], {**environment, "COPILOT_MODEL": "mock", "COPILOT_OFFLINE": "true"}


def gemini(home, _work, url):
    write(home / ".gemini/settings.json", {"security": {"auth": {"selectedType": "gemini-api-key"}}})
    environment = {"GEMINI_API_KEY": "none", "GOOGLE_GEMINI_BASE_URL": url, "GEMINI_CLI_TRUST_WORKSPACE": "true"}
    return ["gemini", "-m", "gemini-2.5-pro", "-p", "go", "--yolo"], environment


def qwen(home, _work, url):
    write(home / ".qwen/settings.json", {"security": {"auth": {"selectedType": "openai"}}})
    environment = {"OPENAI_API_KEY": "none", "OPENAI_BASE_URL": f"{url}/v1", "OPENAI_MODEL": "mock"}
    return ["qwen", "-p", "go", "--yolo"], environment


def opencode_settings(url):
    model = {"name": "mock", "limit": {"context": 100000, "output": 1000}}
    options = {"baseURL": f"{url}/v1", "apiKey": "none"}
    provider = {"npm": "@ai-sdk/openai-compatible", "name": "mock", "options": options, "models": {"mock": model}}
    return {"provider": {"mock": provider}, "model": "mock/mock", "small_model": "mock/mock", "permission": "allow"}


def opencode(home, _work, url):
    write(home / ".config/opencode/opencode.json", opencode_settings(url))
    return ["opencode", "run", "go"], {"OPENCODE_DISABLE_MODELS_FETCH": "1", "OPENCODE_DISABLE_AUTOUPDATE": "1"}


def kilo(home, _work, url):
    write(home / ".config/kilo/kilo.json", opencode_settings(url))
    return ["kilo", "run", "go"], {"KILO_DISABLE_MODELS_FETCH": "1", "KILO_DISABLE_AUTOUPDATE": "1"}


def pi(home, _work, url):
    model = {"id": "mock", "name": "mock"}
    provider = {"baseUrl": f"{url}/v1", "api": "openai-completions", "apiKey": "none", "models": [model]}
    write(home / ".pi/agent/models.json", {"providers": {"mock": provider}})
    return ["pi", "-p", "--provider", "mock", "--model", "mock", "go"], {}


def kimi(home, _work, url):
    provider = f'[providers.mock]\ntype = "openai"\nbase_url = "{url}/v1"\napi_key = "none"\n'
    model = '[models.mock]\nprovider = "mock"\nmodel = "mock"\nmax_context_size = 100000\n'
    write(home / ".kimi-code/config.toml", f'default_model = "mock"\n{provider}{model}')
    return ["kimi", "-p", "go"], {}


def cline(_home, _work, url):
    log_in = f'cline auth -p openai -k none -m mock -b "{url}/v1"'
    return ["sh", "-c", f"{log_in} && exec cline -P openai-compatible -m mock \"please go\""], {}


def grok(home, _work, url):
    model = f'[model.mock]\nmodel = "mock"\nbase_url = "{url}/v1"\napi_key = "none"\n'
    write(home / ".grok/config.toml", f'[models]\ndefault = "mock"\n{model}')
    return ["grok", "-p", "go", "-m", "mock", "--always-approve"], {}


def droid(home, _work, url):
    model = {"model": "mock", "displayName": "mock", "baseUrl": f"{url}/v1", "apiKey": "none"}
    settings = {"customModels": [{**model, "provider": "generic-chat-completion-api", "maxOutputTokens": 1000}]}
    write(home / ".factory/settings.json", settings)
    flags = ["--skip-permissions-unsafe", "-m", "custom:mock-0"]
    return ["droid", "exec", *flags, "go"], {"FACTORY_API_KEY": "fk-none"}


def openclaw(home, work, url):
    model = {"id": "mock", "name": "mock", "contextWindow": 100000, "maxTokens": 1000}
    provider = {"baseUrl": f"{url}/v1", "apiKey": "none", "api": "openai-completions", "models": [model]}
    settings = {"models": {"providers": {"mock": provider}}, "agents": {"defaults": {"model": "mock/mock", "workspace": str(work)}}}
    write(home / ".openclaw/openclaw.json", settings)
    return ["openclaw", "agent", "--local", "--agent", "main", "-m", "go"], {}


def hermes(home, work, url):
    model = f"  default: mock\n  provider: custom\n  base_url: {url}/v1\n  api_key: none\n"
    write(home / ".hermes/config.yaml", f"model:\n{model}hooks: {{}}\n")
    return ["hermes", "chat", "-q", "go", "-Q", "--accept-hooks", "--yolo"], {"TERMINAL_CWD": str(work)}


def augment(_home, _work, url):
    session = {"accessToken": "none", "tenantURL": f"{url}/", "scopes": ["email"]}
    return ["auggie", "-p", "go", "--max-turns", "3"], {"AUGMENT_SESSION_AUTH": json.dumps(session)}


class Host(typing.NamedTuple):
    """Where a host comes from and how it is started."""

    # The package of npm, or of PyPI behind `pip:`.
    package: str
    program: str
    # Prepares a home directory for it; the words of its command line and its environment.
    prepare: typing.Callable
    # Whether a denial ends its run, so that the model is told nothing any more.
    stops: bool = False
    # Whether the registry has only versions from before a hook that fails could block.
    fails_open: bool = False


HOSTS = {
    "claude-code": Host("@anthropic-ai/claude-code", "claude", claude_code),
    "codex": Host("@openai/codex", "codex", codex),
    "copilot": Host("@github/copilot", "copilot", copilot),
    "gemini": Host("@google/gemini-cli", "gemini", gemini),
    "qwen": Host("@qwen-code/qwen-code", "qwen", qwen),
    "opencode": Host("opencode-ai", "opencode", opencode),
    "kilo": Host("@kilocode/cli", "kilo", kilo),
    "pi": Host("@earendil-works/pi-coding-agent", "pi", pi),
    "kimi": Host("@moonshot-ai/kimi-code", "kimi", kimi),
    "cline": Host("cline", "cline", cline, stops=True),
    "grok": Host("@xai-official/grok", "grok", grok),
    "droid": Host("@factory/cli", "droid", droid),
    "openclaw": Host("openclaw", "openclaw", openclaw),
    "augment": Host("@augmentcode/auggie", "auggie", augment),
    "hermes": Host("pip:hermes-agent", "hermes", hermes, fails_open=True),
}
