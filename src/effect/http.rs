//! Requests: what the options and operands of an HTTP client ask a server to do, by the client's own rules
//! ([`RequestSpec`], data in packs). One call may send several: several URLs, patterns in a URL, `--next`.
//!
//! ```text
//! curl -sXPOST -d @q.json "$ES_URL/idx/_delete_by_query?refresh"
//!   →  POST  host $ES_URL  path $ES_URL/idx/_delete_by_query  query refresh  body of q.json
//! gh api -f query='mutation{…}' graphql
//!   →  POST  host api.github.com  path /graphql  body {"query":"mutation{…}"}
//! ```

mod body;
mod glob;
mod items;
mod url;

use super::symbol::{Symbol, behind, bytes, find, symbols, value};
use super::{Effects, Evidence, HttpRequest};
use crate::program::sources::file_of;
use crate::program::{BodyForm, Call, Flag, RequestSpec};
use crate::source::Span;
use crate::trace::Invocation;
use crate::value::{Match, Value};
use body::Part;
use items::{Item, Items};
use std::ops::Range;

/// Longest URL that is looked at, in bytes.
const MAX_URL: usize = 1 << 14;
/// Most requests of one call, more than fit into a command line that people or programs write.
const MAX_REQUESTS: usize = 2048;

/// The requests of one reading of the argv; none if the program sends none.
pub(crate) fn requests(call: &Call, invocation: &Invocation) -> Effects<HttpRequest> {
    let Some(spec) = call.request.as_deref() else { return Effects::default() };
    let stops = call.flags.iter().filter(|flag| !spec.next.is_empty() && flag.name == spec.next);
    let mut segments = Vec::new();
    let mut start = 0;
    for stop in stops.map(|flag| flag.word).chain([usize::MAX]) {
        segments.push(start..stop);
        start = stop;
    }
    let mut sent = Effects::default();
    for words in segments {
        let client = Client { spec, call, invocation, words };
        client.add_requests(&mut sent);
        if sent.is_cut {
            break;
        }
    }
    sent
}

/// The words of one request.
struct Client<'c> {
    spec: &'c RequestSpec,
    call: &'c Call,
    invocation: &'c Invocation,
    words: Range<usize>,
}

/// A URL as given.
struct Target<'c> {
    value: &'c Value,
    word: usize,
    certainty: Match,
}

impl<'c> Client<'c> {
    fn add_requests(&self, sent: &mut Effects<HttpRequest>) {
        let undone = self.spec.unless.iter().map(|option| self.call.flag(option)).fold(Match::No, Match::or);
        let words = self.items();
        let mut certainty = undone.negate();
        for flag in self.flags().filter(|flag| self.matters(&flag.name)) {
            certainty = certainty.and(flag.certainty.or(Match::Possible));
        }
        if certainty == Match::No {
            return;
        }
        let parts = self.parts(&words);
        let (method, implied, mut evidence) = self.method(&words, !parts.is_empty());
        let moves = self.gives(&self.spec.body_to_query);
        let in_query = moves || (self.spec.get_has_query && method.equals(b"GET") == Match::Certain);
        let mut query = self.query(&words);
        let mut body = None;
        if in_query {
            query.extend(body::query(&parts));
        } else {
            body = body::body(&parts);
        }
        evidence.extend(implied);
        let headers = self.headers(&words);
        let globs = self.spec.globs && !self.gives(&self.spec.no_globs);
        for target in self.targets(&words) {
            let text = symbols(target.value, MAX_URL);
            let urls = if globs { glob::expand(&text) } else { Effects { all: vec![text], is_cut: false } };
            sent.is_cut |= urls.is_cut;
            for url in urls.all {
                if sent.all.len() >= MAX_REQUESTS {
                    sent.is_cut = true;
                    return;
                }
                let Some(url) = self.located(&url) else { continue };
                let path = self
                    .last(&self.spec.path)
                    .map(|flag| symbols(flag.value.as_ref().unwrap_or(target.value), MAX_URL));
                let path = path.map_or(url.path, |path| url::normal(&path));
                let given = std::iter::once(value(url.query)).chain(query.iter().cloned());
                let mut evidence = evidence.clone();
                evidence.push(Evidence::Word(target.word));
                sent.all.push(HttpRequest {
                    method: method.clone(),
                    host: value(url.host),
                    port: value(url.port),
                    path: value(path),
                    query: joined(given),
                    headers: headers.clone(),
                    body: body.clone(),
                    certainty: certainty.and(target.certainty),
                    evidence,
                });
            }
        }
    }

    /// The options of this request.
    fn flags(&self) -> impl Iterator<Item = &'c Flag> {
        let words = self.words.clone();
        self.call.flags.iter().filter(move |flag| !flag.negated && words.contains(&flag.word))
    }

    fn given(&self, name: &str) -> impl Iterator<Item = &'c Flag> {
        self.flags().filter(move |flag| !name.is_empty() && flag.name == name)
    }

    fn last(&self, name: &str) -> Option<&'c Flag> {
        self.given(name).last()
    }

    fn gives(&self, options: &[String]) -> bool {
        self.flags().any(|flag| options.contains(&flag.name))
    }

    /// Whether the option has a say in what is requested.
    fn matters(&self, name: &str) -> bool {
        let spec = self.spec;
        spec.method == name
            || spec.host == name
            || spec.path == name
            || spec.body_to_query.iter().any(|option| option == name)
            || spec.implies.iter().any(|(option, _)| option == name)
            || spec.body.iter().any(|(option, _)| option == name)
    }

    fn items(&self) -> Items<'c> {
        if !self.spec.items {
            return Items::default();
        }
        items::sort(self.call.operands.iter().filter(|operand| operand.name == self.spec.url))
    }

    fn targets(&self, words: &Items<'c>) -> Vec<Target<'c>> {
        if self.spec.items {
            let target =
                words.url.map(|url| Target { value: &url.value, word: url.word, certainty: Match::Certain });
            return target.into_iter().collect();
        }
        let operands = self
            .call
            .operands
            .iter()
            .filter(|operand| operand.name == self.spec.url && self.words.contains(&operand.word));
        let operands = operands.map(|operand| Target {
            value: &operand.value,
            word: operand.word,
            certainty: Match::Certain,
        });
        let options = self.flags().filter(|flag| self.spec.url_options.contains(&flag.name));
        let options = options.filter_map(|flag| {
            Some(Target { value: flag.value.as_ref()?, word: flag.value_word, certainty: flag.certainty })
        });
        operands.chain(options).collect()
    }

    /// The method in capitals, the words that imply it, and those that name it.
    fn method(&self, words: &Items<'c>, has_body: bool) -> (Value, Vec<Evidence>, Vec<Evidence>) {
        if let Some(operand) = words.method {
            return (capitals(&operand.value), Vec::new(), vec![Evidence::Word(operand.word)]);
        }
        if let Some(flag) = self.last(&self.spec.method)
            && let Some(method) = &flag.value
        {
            let words = vec![Evidence::Word(flag.word), Evidence::Word(flag.value_word)];
            return (capitals(method), Vec::new(), words);
        }
        let spec = self.spec;
        let of = |flag: &Flag| {
            spec.implies.iter().find(|(option, _)| *option == flag.name).map(|(_, method)| method)
        };
        if let Some((flag, method)) = self.flags().filter_map(|flag| Some((flag, of(flag)?))).last() {
            return (known(method), vec![Evidence::Word(flag.word)], Vec::new());
        }
        let method = match spec.default.as_str() {
            "" if has_body && !self.gives(&spec.body_to_query) => "POST",
            "" => "GET",
            default => default,
        };
        let is_body = |flag: &&Flag| spec.body.iter().any(|(option, _)| *option == flag.name);
        let shows = self.flags().filter(is_body).map(|flag| Evidence::Word(flag.word)).take(1).collect();
        (known(method), shows, Vec::new())
    }

    /// What makes up the body, in order.
    fn parts(&self, words: &Items<'c>) -> Vec<Part<'c>> {
        let form = |flag: &Flag| {
            self.spec.body.iter().find(|(option, _)| *option == flag.name).map(|(_, form)| *form)
        };
        let options = self.flags().filter_map(|flag| {
            let (form, value) = (form(flag)?, flag.value.as_ref()?);
            Some(self.part(form, value, flag.value_word))
        });
        let mut parts: Vec<Part<'c>> = options.collect();
        for (item, operand) in &words.items {
            if let Item::Field(form, is_file) = item {
                parts.push(Part { form: *form, value: &operand.value, text: None, is_file: *is_file });
            }
        }
        let reads = self.spec.stdin && parts.is_empty() && !self.gives(&self.spec.ignore_stdin);
        if let Some(text) = self.invocation.stdin.as_ref().filter(|text| reads && !text.pieces.is_empty()) {
            parts.push(Part { form: BodyForm::Text, value: text, text: None, is_file: false });
        }
        parts
    }

    fn part(&self, form: BodyForm, value: &'c Value, word: usize) -> Part<'c> {
        let Some(file) = file_of(form, value) else {
            return Part { form, value, text: None, is_file: false };
        };
        let is_stdin = file.known().is_some_and(|name| matches!(&*name, b"-" | b"." | b"/dev/stdin"));
        let text = if is_stdin {
            self.invocation.stdin.as_ref()
        } else {
            self.invocation.texts.iter().find(|(at, _)| *at == word).map(|(_, text)| text)
        };
        Part { form, value, text, is_file: true }
    }

    fn query(&self, words: &Items<'c>) -> Vec<Value> {
        let options = self.flags().filter(|flag| self.spec.query.contains(&flag.name));
        let mut all: Vec<Value> = options.filter_map(|flag| flag.value.clone()).collect();
        for (item, operand) in words.items.iter().filter(|(item, _)| *item == Item::Query) {
            debug_assert_eq!(*item, Item::Query, "filtered");
            let text = symbols(&operand.value, MAX_URL);
            let at = find(&text, b'=').unwrap_or(0);
            // `name==value`
            let pair = text.iter().take(at).chain(behind(&text, at + 1)).copied();
            all.push(value(pair));
        }
        all
    }

    /// `name: value`, the name in lower case.
    fn headers(&self, words: &Items<'c>) -> Vec<Value> {
        let options = self.flags().filter(|flag| self.spec.header.contains(&flag.name));
        let options = options.filter_map(|flag| flag.value.as_ref());
        let items = words.items.iter().filter(|(item, _)| *item == Item::Header);
        options.chain(items.map(|(_, operand)| &operand.value)).map(header).collect()
    }

    /// The URL, taken relative to what the client takes it.
    fn located<'a>(&'a self, text: &[Symbol<'a>]) -> Option<url::Url<'a>> {
        let spec = self.spec;
        if spec.base.is_empty() || super::symbol::find_text(text, b"://").is_some() {
            return url::read(text, spec.items);
        }
        let mut absolute: Vec<Symbol<'a>> = bytes(spec.base.as_bytes()).collect();
        if let Some(host) = self.last(&spec.host).and_then(|flag| flag.value.as_ref()) {
            let base = url::read(&absolute, false)?;
            let host = symbols(host, MAX_URL);
            if host != base.host {
                absolute = bytes(b"https://").chain(host).chain(bytes(spec.host_base.as_bytes())).collect();
            }
        }
        absolute.push(Symbol::Byte(b'/'));
        absolute.extend_from_slice(text);
        url::read(&absolute, false)
    }
}

fn known(text: &str) -> Value {
    Value::text(text, Span::default())
}

fn capitals(method: &Value) -> Value {
    let text = symbols(method, MAX_URL);
    value(text.into_iter().map(|symbol| match symbol {
        Symbol::Byte(byte) => Symbol::Byte(byte.to_ascii_uppercase()),
        unknown => unknown,
    }))
}

fn header(written: &Value) -> Value {
    let text = symbols(written, MAX_URL);
    let colon = find(&text, b':').unwrap_or(text.len());
    let lower = |symbol: &Symbol<'_>| match symbol {
        Symbol::Byte(byte) => Some(byte.to_ascii_lowercase()),
        Symbol::Unknown(_) => None,
    };
    let (name, content) = super::symbol::split(&text, colon);
    let Some(name) = name.iter().map(lower).collect::<Option<Vec<u8>>>() else { return written.clone() };
    let content = behind(content, 1).iter().copied().skip_while(|symbol| symbol.is(b' '));
    value(name.into_iter().map(Symbol::Byte).chain(bytes(b": ")).chain(content))
}

/// The parts of a query with `&` between them, decoded.
fn joined(parts: impl Iterator<Item = Value>) -> Value {
    let mut all = Value::default();
    for part in parts.filter(|part| !part.pieces.is_empty()) {
        if !all.pieces.is_empty() {
            all.push_text(b"&", Span::default());
        }
        all.pieces.extend(part.pieces);
    }
    let text = symbols(&all, MAX_URL);
    value(url::decoded(&text))
}

#[cfg(test)]
mod tests;
