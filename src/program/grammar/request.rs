//! How the command line of an HTTP client becomes a request, as data: `[program.curl.request]` in a pack. Shared with
//! `build.rs`; options stand here under their canonical names.

use serde::{Deserialize, Serialize};

/// Which words of a client say what is requested.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RequestSpec {
    /// The name of the operand that holds URLs, or of what an option fills (`--url <url:target>`).
    pub url: String,
    /// The options that fill it, or hold a URL besides it.
    pub url_options: Vec<String>,
    /// Whether the operands are `[METHOD] URL [item...]` (HTTPie).
    pub items: bool,
    /// What a URL without scheme and host is relative to: `https://api.github.com/`.
    pub base: String,
    /// The option that names another host than that of `base`,
    pub host: String,
    /// and the path in front of all others on such a host.
    pub host_base: String,
    /// The option that names the method, whatever others imply.
    pub method: String,
    /// Options that imply a method.
    pub implies: Vec<(String, String)>,
    /// The method if nothing says otherwise; empty: `GET`, and `POST` with a body.
    pub default: String,
    /// Options whose values make up the body, and how.
    pub body: Vec<(String, BodyForm)>,
    /// Options that put the body into the query instead.
    pub body_to_query: Vec<String>,
    /// Whether a `GET` has fields in its query instead.
    pub get_has_query: bool,
    /// Whether standard input is the body, if it is given and no option says otherwise.
    pub stdin: bool,
    /// Options that make standard input no body.
    pub ignore_stdin: Vec<String>,
    /// Options whose values are added to the query.
    pub query: Vec<String>,
    /// Options whose values are headers.
    pub header: Vec<String>,
    /// The option that replaces the path.
    pub path: String,
    /// The option between two requests (`curl --next`).
    pub next: String,
    /// Whether `{a,b}` and `[1-3]` in a URL stand for several,
    pub globs: bool,
    /// unless one of these is given.
    pub no_globs: Vec<String>,
    /// The option that names a file with options (`curl --config`).
    pub config: String,
    /// Options with which nothing is sent.
    pub unless: Vec<String>,
}

/// How the value of an option becomes a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyForm {
    /// As it is.
    Text,
    /// As it is, or the content of the file in `@file`.
    Data,
    /// `content`, `=content`, `name=content`, `name@file`.
    Encoded,
    /// The content of the named file.
    File,
    /// `name=content`, `name=@file`, `name=<file` of a form.
    Form,
    /// `name=content`, a field of a JSON object.
    Field,
    /// The same, where `@file` is the content of a file, and numbers and constants have no quotes.
    TypedField,
}
