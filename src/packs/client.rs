//! `[program.….request]`: how the command line of an HTTP client becomes a request, as written in a pack, and its check
//! against the program's options. Shared with `build.rs`.

use super::error::PackError;
use super::file::Strings;
use super::programs::{Programs, Table};
use crate::program::grammar::{BodyForm, RequestSpec, Role};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The fields of the table; their meaning is that of [`RequestSpec`].
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct RequestTable {
    url: String,
    items: bool,
    base: String,
    host: Option<String>,
    host_base: String,
    method: Option<String>,
    implies: BTreeMap<String, String>,
    default: String,
    body: BTreeMap<String, BodyForm>,
    body_to_query: Strings,
    get_has_query: bool,
    stdin: bool,
    ignore_stdin: Strings,
    query: Strings,
    header: Strings,
    path: Option<String>,
    next: Option<String>,
    globs: bool,
    no_globs: Strings,
    config: Option<String>,
    unless: Strings,
}

impl RequestTable {
    /// The request with its options under their canonical names.
    pub(crate) fn spec(&self, table: &Table<'_>, programs: &Programs) -> Result<RequestSpec, PackError> {
        let option = |written: &str| -> Result<String, PackError> {
            let names = programs.canonical(&table.path, written);
            names.into_iter().next().ok_or_else(|| {
                table.error(format!("expected in request an option of this program, found {written}"))
            })
        };
        let one = |written: &Option<String>| written.as_deref().map_or(Ok(String::new()), option);
        let list =
            |written: &Strings| written.0.iter().map(|name| option(name)).collect::<Result<Vec<_>, _>>();
        let levels = programs.levels(&table.path).unwrap_or_default();
        let is_named = levels.last().is_some_and(|inner| {
            inner.operands.iter().any(|operand| operand.name == self.url)
                || inner.options.iter().any(|option| option.fills == self.url)
        });
        if !is_named {
            return Err(table.error(format!("expected in url of request an operand, found {}", self.url)));
        }
        let options = levels.iter().flat_map(|level| &level.options);
        let fills =
            options.filter(|option| option.fills == self.url || option.value.role() == Some(&Role::Url));
        let url_options = fills.map(|option| option.canonical().to_owned()).collect();
        let pairs = |(name, method): (&String, &String)| Ok((option(name)?, method.clone()));
        let forms = |(name, form): (&String, &BodyForm)| Ok((option(name)?, *form));
        Ok(RequestSpec {
            url: self.url.clone(),
            url_options,
            items: self.items,
            base: self.base.clone(),
            host: one(&self.host)?,
            host_base: self.host_base.clone(),
            method: one(&self.method)?,
            implies: self.implies.iter().map(pairs).collect::<Result<_, _>>()?,
            default: self.default.clone(),
            body: self.body.iter().map(forms).collect::<Result<_, _>>()?,
            body_to_query: list(&self.body_to_query)?,
            get_has_query: self.get_has_query,
            stdin: self.stdin,
            ignore_stdin: list(&self.ignore_stdin)?,
            query: list(&self.query)?,
            header: list(&self.header)?,
            path: one(&self.path)?,
            next: one(&self.next)?,
            globs: self.globs,
            no_globs: list(&self.no_globs)?,
            config: one(&self.config)?,
            unless: list(&self.unless)?,
        })
    }
}
