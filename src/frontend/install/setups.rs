//! Where each host keeps its hooks. Facts only; [`setup`](super::setup) says what they mean.

mod programs;

use super::setup::{Content, File, Needs, Off, Setup, Switch};
use programs::{AMP, CLINE, HERMES, KILO, OPENCLAW, OPENCODE, PI};

/// Every host that can be set up.
pub(crate) const SETUPS: &[Setup] = &[
    CLAUDE_CODE,
    CODEX,
    COPILOT,
    VSCODE,
    CURSOR,
    GEMINI,
    ANTIGRAVITY,
    WINDSURF,
    DEVIN,
    CLINE,
    OPENCODE,
    KILO,
    GOOSE,
    QWEN,
    DROID,
    AUGMENT,
    KIRO,
    CRUSH,
    AMP,
    GROK,
    KIMI,
    HERMES,
    OPENCLAW,
    PI,
];

/// The setup of the host with this name.
pub(crate) fn of(host: &str) -> Option<&'static Setup> {
    SETUPS.iter().find(|setup| setup.host == host)
}

/// A file that the user has, too.
const fn shared(path: &'static str, content: Content) -> File {
    File { path, content, is_own: false }
}

/// A file that only argvet has.
const fn own(path: &'static str, content: Content) -> File {
    File { path, content, is_own: true }
}

const NOTHING: Setup = Setup {
    host: "",
    programs: &[],
    folders: &[],
    user: &[],
    project: &[],
    managed: &[],
    switches: &[],
    needs: None,
    note: "",
};

/// A setting that switches all hooks off.
const fn switch(file: &'static str, key: &'static [&'static str], off: Off) -> Switch {
    Switch { file, key, off }
}

/// One command line, without Claude Code's own `args`: other hosts run these hooks as well, and Grok does not know `args`.
const CLAUDE_ENTRY: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"matcher": "Bash|Monitor|PowerShell",
        "hooks": [{"type": "command", "command": {{command}}, "timeout": 10, "onFailure": "block"}]}"#,
    base: "{}",
};

const CLAUDE_CODE: Setup = Setup {
    host: "claude-code",
    programs: &["claude"],
    folders: &["{CLAUDE_CONFIG_DIR:~/.claude}"],
    user: &[shared("{CLAUDE_CONFIG_DIR:~/.claude}/settings.json", CLAUDE_ENTRY)],
    project: &[shared(".claude/settings.json", CLAUDE_ENTRY)],
    managed: &[own("/etc/claude-code/managed-settings.d/argvet.json", CLAUDE_ENTRY)],
    switches: &[
        switch("{CLAUDE_CONFIG_DIR:~/.claude}/settings.json", &["disableAllHooks"], Off::Is(true)),
        switch(".claude/settings.json", &["disableAllHooks"], Off::Is(true)),
        switch(".claude/settings.local.json", &["disableAllHooks"], Off::Is(true)),
    ],
    needs: Some(Needs { least: [2, 1, 295], why: "a hook that cannot be started blocks nothing before" }),
    note: "A repository's own settings can switch a user's hooks off; only managed ones survive that.",
};

const CODEX_ENTRY: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"matcher": "Bash", "hooks": [{"type": "command", "command": {{command}}, "timeout": 10}]}"#,
    base: "{}",
};

const CODEX: Setup = Setup {
    host: "codex",
    programs: &["codex"],
    folders: &["{CODEX_HOME:~/.codex}"],
    user: &[shared("{CODEX_HOME:~/.codex}/hooks.json", CODEX_ENTRY)],
    project: &[shared(".codex/hooks.json", CODEX_ENTRY)],
    switches: &[
        switch("{CODEX_HOME:~/.codex}/config.toml", &["features", "hooks"], Off::Is(false)),
        switch("{CODEX_HOME:~/.codex}/config.toml", &["hooks", "state"], Off::Missing),
    ],
    needs: Some(Needs { least: [0, 124, 0], why: "hooks are off before" }),
    note: "Approve the hook in Codex with /hooks: until then it is skipped without a word. A project's are read in trusted projects.",
    ..NOTHING
};

const COPILOT_ENTRY: Content = Content::Json {
    list: &["hooks", "preToolUse"],
    entry: r#"{"type": "command", "bash": {{command}}, "powershell": {{command}}, "timeoutSec": 10,
        "matcher": "bash|powershell"}"#,
    base: r#"{"version": 1}"#,
};

const COPILOT: Setup = Setup {
    host: "copilot",
    programs: &["copilot"],
    folders: &["{COPILOT_HOME:~/.copilot}"],
    user: &[own("{COPILOT_HOME:~/.copilot}/hooks/argvet.json", COPILOT_ENTRY)],
    project: &[own(".github/hooks/argvet.json", COPILOT_ENTRY)],
    managed: &[own("/etc/github-copilot/policy.d/argvet.json", COPILOT_ENTRY)],
    switches: &[
        switch("{COPILOT_HOME:~/.copilot}/settings.json", &["disableAllHooks"], Off::Is(true)),
        switch(".github/copilot/settings.json", &["disableAllHooks"], Off::Is(true)),
        switch(".github/copilot/settings.local.json", &["disableAllHooks"], Off::Is(true)),
    ],
    needs: Some(Needs { least: [1, 0, 70], why: "a hook that fails blocks nothing before" }),
    note: "A project's hooks run in trusted folders only. The cloud agent reads the default branch and needs argvet there.",
};

const VSCODE_ENTRY: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"type": "command", "command": {{command}}, "timeout": 10}"#,
    base: "{}",
};

const VSCODE: Setup = Setup {
    host: "vscode",
    programs: &["code"],
    folders: &["~/.vscode"],
    user: &[own("{COPILOT_HOME:~/.copilot}/hooks/argvet-vscode.json", VSCODE_ENTRY)],
    project: &[own(".github/hooks/argvet-vscode.json", VSCODE_ENTRY)],
    note: "Hooks are a preview in VS Code; the setting chat.hookFilesLocations says which files it reads.",
    ..NOTHING
};

const CURSOR_ENTRY: Content = Content::Json {
    list: &["hooks", "beforeShellExecution"],
    entry: r#"{"command": {{command}}, "timeout": 10, "failClosed": true}"#,
    base: r#"{"version": 1}"#,
};

const CURSOR: Setup = Setup {
    host: "cursor",
    programs: &["cursor", "cursor-agent"],
    folders: &["~/.cursor"],
    user: &[shared("~/.cursor/hooks.json", CURSOR_ENTRY)],
    project: &[shared(".cursor/hooks.json", CURSOR_ENTRY)],
    managed: &[shared("/etc/cursor/hooks.json", CURSOR_ENTRY)],
    ..NOTHING
};

const GEMINI_ENTRY: Content = Content::Json {
    list: &["hooks", "BeforeTool"],
    entry: r#"{"matcher": "^run_shell_command$",
        "hooks": [{"name": "argvet", "type": "command", "command": {{command}}, "timeout": 10000}]}"#,
    base: "{}",
};

const GEMINI: Setup = Setup {
    host: "gemini",
    programs: &["gemini"],
    folders: &["~/.gemini/settings.json"],
    user: &[shared("~/.gemini/settings.json", GEMINI_ENTRY)],
    project: &[shared(".gemini/settings.json", GEMINI_ENTRY)],
    managed: &[shared("/etc/gemini-cli/settings.json", GEMINI_ENTRY)],
    ..NOTHING
};

const ANTIGRAVITY_ENTRY: Content = Content::Json {
    list: &["argvet", "PreToolUse"],
    entry: r#"{"matcher": "run_command", "hooks": [{"type": "command", "command": {{command}}, "timeout": 10}]}"#,
    base: "{}",
};

const ANTIGRAVITY: Setup = Setup {
    host: "antigravity",
    programs: &["agy"],
    folders: &["~/.gemini/config", "~/.gemini/antigravity-cli"],
    user: &[shared("~/.gemini/config/hooks.json", ANTIGRAVITY_ENTRY)],
    project: &[shared(".agents/hooks.json", ANTIGRAVITY_ENTRY)],
    ..NOTHING
};

const WINDSURF_ENTRY: Content = Content::Json {
    list: &["hooks", "pre_run_command"],
    entry: r#"{"command": {{command}}, "powershell": {{command}}, "show_output": true}"#,
    base: "{}",
};

const WINDSURF: Setup = Setup {
    host: "windsurf",
    programs: &["windsurf"],
    folders: &["~/.codeium/windsurf"],
    user: &[shared("~/.codeium/windsurf/hooks.json", WINDSURF_ENTRY)],
    project: &[shared(".windsurf/hooks.json", WINDSURF_ENTRY)],
    managed: &[shared("/etc/windsurf/hooks.json", WINDSURF_ENTRY)],
    ..NOTHING
};

const DEVIN_GROUP: &str =
    r#"{"matcher": "^exec$", "hooks": [{"type": "command", "command": {{command}}, "timeout": 10}]}"#;

const DEVIN: Setup = Setup {
    host: "devin",
    programs: &["devin"],
    folders: &["{XDG_CONFIG_HOME:~/.config}/devin"],
    user: &[shared(
        "{XDG_CONFIG_HOME:~/.config}/devin/config.json",
        Content::Json { list: &["hooks", "PreToolUse"], entry: DEVIN_GROUP, base: "{}" },
    )],
    project: &[shared(
        ".devin/hooks.v1.json",
        Content::Json { list: &["PreToolUse"], entry: DEVIN_GROUP, base: "{}" },
    )],
    ..NOTHING
};

const GOOSE_MANIFEST: Content = Content::Text {
    text: "{\"name\": \"argvet\", \"version\": \"0.1.0\", \"description\": \"Vets shell commands before they run\"}\n",
    is_executable: false,
};

const GOOSE_HOOKS: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"matcher": "(^|__)shell$",
        "hooks": [{"type": "command", "command": {{command}}, "timeout": 10, "on_failure": "block"}]}"#,
    base: "{}",
};

const GOOSE: Setup = Setup {
    host: "goose",
    switches: &[switch(
        "{XDG_CONFIG_HOME:~/.config}/goose/settings.json",
        &["disabledPlugins"],
        Off::Lists("argvet"),
    )],
    programs: &["goose"],
    folders: &["{XDG_CONFIG_HOME:~/.config}/goose"],
    user: &[
        own("~/.agents/plugins/argvet/plugin.json", GOOSE_MANIFEST),
        own("~/.agents/plugins/argvet/hooks/hooks.json", GOOSE_HOOKS),
    ],
    project: &[
        own(".agents/plugins/argvet/plugin.json", GOOSE_MANIFEST),
        own(".agents/plugins/argvet/hooks/hooks.json", GOOSE_HOOKS),
    ],
    ..NOTHING
};

const QWEN_ENTRY: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"matcher": "^(run_shell_command|monitor)$",
        "hooks": [{"type": "command", "command": {{command}}, "timeout": 10}]}"#,
    base: "{}",
};

const QWEN: Setup = Setup {
    host: "qwen",
    programs: &["qwen"],
    folders: &["~/.qwen"],
    user: &[shared("~/.qwen/settings.json", QWEN_ENTRY)],
    project: &[shared(".qwen/settings.json", QWEN_ENTRY)],
    managed: &[shared("/etc/qwen-code/settings.json", QWEN_ENTRY)],
    ..NOTHING
};

const DROID_GROUP: &str =
    r#"{"matcher": "Execute", "hooks": [{"type": "command", "command": {{command}}, "timeout": 10}]}"#;
const DROID_HOOKS: Content = Content::Json { list: &["PreToolUse"], entry: DROID_GROUP, base: "{}" };
const DROID_SETTINGS: Content =
    Content::Json { list: &["hooks", "PreToolUse"], entry: DROID_GROUP, base: "{}" };

/// Both files: where one event stands in both, the first counts; `droid exec` has been seen to read the second only.
const DROID: Setup = Setup {
    host: "droid",
    switches: &[switch("~/.factory/settings.json", &["hooksDisabled"], Off::Is(true))],
    programs: &["droid"],
    folders: &["~/.factory"],
    user: &[shared("~/.factory/hooks.json", DROID_HOOKS), shared("~/.factory/settings.json", DROID_SETTINGS)],
    project: &[shared(".factory/hooks.json", DROID_HOOKS), shared(".factory/settings.json", DROID_SETTINGS)],
    ..NOTHING
};

const AUGMENT_ENTRY: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"matcher": "^launch-process$",
        "hooks": [{"type": "command", "command": {{command}}, "timeout": 10000}]}"#,
    base: "{}",
};

const AUGMENT: Setup = Setup {
    host: "augment",
    programs: &["auggie"],
    folders: &["~/.augment"],
    user: &[shared("~/.augment/settings.json", AUGMENT_ENTRY)],
    project: &[shared(".augment/settings.json", AUGMENT_ENTRY)],
    managed: &[shared("/etc/augment/settings.json", AUGMENT_ENTRY)],
    note: "Augment's server decides whether your account has hooks: try whether a command is refused.",
    ..NOTHING
};

const KIRO_ENTRY: Content = Content::Json {
    list: &["hooks"],
    entry: r#"{"name": "argvet", "trigger": "PreToolUse", "matcher": "^(shell|execute_bash|execute_cmd)$",
        "action": {"type": "command", "command": {{command}}}, "timeout": 10, "enabled": true}"#,
    base: r#"{"version": "v1"}"#,
};

const KIRO: Setup = Setup {
    host: "kiro",
    programs: &["kiro-cli", "kiro"],
    folders: &["~/.kiro"],
    user: &[own("~/.kiro/hooks/argvet.json", KIRO_ENTRY)],
    project: &[own(".kiro/hooks/argvet.json", KIRO_ENTRY)],
    note: "Kiro 2.x and Amazon Q read hooks from each agent's own file only; see docs/hosts.md.",
    ..NOTHING
};

const CRUSH_ENTRY: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"name": "argvet", "matcher": "^bash$", "command": {{command}}, "timeout": 10}"#,
    base: "{}",
};

const CRUSH: Setup = Setup {
    host: "crush",
    programs: &["crush"],
    folders: &["{XDG_CONFIG_HOME:~/.config}/crush"],
    user: &[shared("{XDG_CONFIG_HOME:~/.config}/crush/crush.json", CRUSH_ENTRY)],
    project: &[shared(".crush.json", CRUSH_ENTRY)],
    note: "The calls of Crush's sub-agents are not shown to hooks.",
    ..NOTHING
};

/// `Bash` stands for Grok's own name of its shell, too; its `monitor` starts commands as well.
const GROK_ENTRY: Content = Content::Json {
    list: &["hooks", "PreToolUse"],
    entry: r#"{"matcher": "Bash|monitor", "hooks": [{"type": "command", "command": {{command}}, "timeout": 10}]}"#,
    base: "{}",
};

const GROK: Setup = Setup {
    host: "grok",
    programs: &["grok"],
    folders: &["~/.grok"],
    user: &[own("~/.grok/hooks/argvet.json", GROK_ENTRY)],
    project: &[own(".grok/hooks/argvet.json", GROK_ENTRY)],
    note: "A project's hooks run after /hooks-trust only.",
    ..NOTHING
};

/// An unknown key would keep the whole file from loading, so there are only those of every version.
const KIMI: Setup = Setup {
    host: "kimi",
    programs: &["kimi"],
    folders: &["~/.kimi-code"],
    user: &[shared(
        "~/.kimi-code/config.toml",
        Content::Toml {
            array: "hooks",
            entry: "event = \"PreToolUse\"\nmatcher = \"^Bash$\"\ncommand = {{command}}\ntimeout = 10\n",
        },
    )],
    ..NOTHING
};
