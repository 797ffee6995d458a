//! Hosts that are set up by a program of argvet's own, a plug-in or a script, and what is not set up in JSON.

use super::super::setup::{Content, Needs, Off, Setup};
use super::{NOTHING, own, shared, switch};

/// A program without an extension would be started as a bash script, so it has to be one.
const CLINE_SCRIPT: Content = Content::Text {
    text: "#!/bin/sh\n# Written by `argvet install cline`.\nexec {{line}}\n",
    is_executable: true,
};

pub(super) const CLINE: Setup = Setup {
    host: "cline",
    programs: &["cline"],
    folders: &["~/Documents/Cline", "~/.cline"],
    user: &[
        own("~/Documents/Cline/Hooks/PreToolUse", CLINE_SCRIPT),
        own("~/.cline/hooks/PreToolUse", CLINE_SCRIPT),
    ],
    project: &[own(".clinerules/hooks/PreToolUse", CLINE_SCRIPT)],
    note: "A denial stops Cline's whole run, not only the call.",
    ..NOTHING
};

const OPENCODE_PLUGIN: Content = Content::Text {
    text: concat!(include_str!("../plugins/ask.js"), include_str!("../plugins/opencode.js")),
    is_executable: false,
};

pub(super) const OPENCODE: Setup = Setup {
    host: "opencode",
    programs: &["opencode"],
    folders: &["{XDG_CONFIG_HOME:~/.config}/opencode"],
    user: &[own("{XDG_CONFIG_HOME:~/.config}/opencode/plugin/argvet.js", OPENCODE_PLUGIN)],
    project: &[own(".opencode/plugin/argvet.js", OPENCODE_PLUGIN)],
    ..NOTHING
};

pub(super) const KILO: Setup = Setup {
    host: "kilo",
    programs: &["kilo"],
    folders: &["{XDG_CONFIG_HOME:~/.config}/kilo"],
    user: &[own("{XDG_CONFIG_HOME:~/.config}/kilo/plugins/argvet.js", OPENCODE_PLUGIN)],
    project: &[own(".kilo/plugins/argvet.js", OPENCODE_PLUGIN)],
    ..NOTHING
};

const AMP_PLUGIN: Content = Content::Text {
    text: concat!(include_str!("../plugins/ask.js"), include_str!("../plugins/amp.js")),
    is_executable: false,
};

pub(super) const AMP: Setup = Setup {
    host: "amp",
    programs: &["amp"],
    folders: &["{XDG_CONFIG_HOME:~/.config}/amp"],
    user: &[own("{XDG_CONFIG_HOME:~/.config}/amp/plugins/argvet.ts", AMP_PLUGIN)],
    project: &[own(".amp/plugins/argvet.ts", AMP_PLUGIN)],
    note: "Amp's plug-ins are experimental: try this one before you rely on it.",
    ..NOTHING
};

pub(super) const HERMES: Setup = Setup {
    host: "hermes",
    programs: &["hermes"],
    folders: &["~/.hermes"],
    user: &[shared(
        "~/.hermes/config.yaml",
        Content::Yaml {
            place: ["hooks", "pre_tool_call"],
            entry: "matcher: \"terminal\"\ncommand: {{command}}\ntimeout: 10\nfail_closed: true\n",
        },
    )],
    needs: Some(Needs {
        least: [0, 20, 5],
        why: "a hook that hangs or prints nonsense blocks nothing before",
    }),
    note: "Hermes asks once whether the hook may run; without a terminal an unapproved hook is skipped.",
    ..NOTHING
};

const OPENCLAW_PACKAGE: Content = Content::Text {
    text: "{\"name\": \"argvet\", \"version\": \"1.0.0\", \"type\": \"module\", \"openclaw\": {\"extensions\": [\"./index.js\"]}}\n",
    is_executable: false,
};

const OPENCLAW_MANIFEST: Content = Content::Text {
    text: "{\"id\": \"argvet\", \"name\": \"argvet\", \"description\": \"Vets shell commands before they run\",\n \
           \"activation\": {\"onStartup\": true}, \"configSchema\": {\"type\": \"object\", \"additionalProperties\": false}}\n",
    is_executable: false,
};

const OPENCLAW_PLUGIN: Content = Content::Text {
    text: concat!(include_str!("../plugins/ask.js"), include_str!("../plugins/openclaw.js")),
    is_executable: false,
};

const OPENCLAW_SETTINGS: &str = "{OPENCLAW_STATE_DIR:~/.openclaw}/openclaw.json";

/// A plug-in that nothing enables is loaded by the gateway and not by an agent that runs without it.
pub(super) const OPENCLAW: Setup = Setup {
    host: "openclaw",
    programs: &["openclaw"],
    folders: &["{OPENCLAW_STATE_DIR:~/.openclaw}"],
    user: &[
        own("{OPENCLAW_STATE_DIR:~/.openclaw}/extensions/argvet/package.json", OPENCLAW_PACKAGE),
        own("{OPENCLAW_STATE_DIR:~/.openclaw}/extensions/argvet/openclaw.plugin.json", OPENCLAW_MANIFEST),
        own("{OPENCLAW_STATE_DIR:~/.openclaw}/extensions/argvet/index.js", OPENCLAW_PLUGIN),
        shared(
            OPENCLAW_SETTINGS,
            Content::Setting { path: &["plugins", "entries", "argvet", "enabled"], value: true },
        ),
    ],
    switches: &[
        switch(OPENCLAW_SETTINGS, &["plugins", "enabled"], Off::Is(false)),
        switch(OPENCLAW_SETTINGS, &["plugins", "deny"], Off::Lists("argvet")),
        switch(OPENCLAW_SETTINGS, &["plugins", "allow"], Off::ListsOthers("argvet")),
    ],
    note: "Restart OpenClaw's gateway, or run: openclaw plugins reload argvet",
    ..NOTHING
};

const PI_EXTENSION: Content = Content::Text {
    text: concat!(include_str!("../plugins/ask.js"), include_str!("../plugins/pi.js")),
    is_executable: false,
};

pub(super) const PI: Setup = Setup {
    host: "pi",
    programs: &["pi"],
    folders: &["~/.pi"],
    user: &[own("~/.pi/agent/extensions/argvet.ts", PI_EXTENSION)],
    project: &[own(".pi/extensions/argvet.ts", PI_EXTENSION)],
    note: "A project's extensions are loaded in trusted projects only.",
    ..NOTHING
};
