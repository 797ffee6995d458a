//! A pack as it is written: the TOML tables of `packs/**/*.toml` and of a user's own packs, field by field.
//!
//! Nothing is checked here but the shape; unknown fields are refused. [`super::validate`] turns this into
//! [`super::rule`]. Shared with `build.rs`, which is why it knows nothing of the rest of the crate.

use crate::program::grammar::{Prints, Style};
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackFile {
    pub(crate) title: Option<Spanned<String>>,
    pub(crate) summary: Option<Spanned<String>>,
    pub(crate) tier: Option<u8>,
    pub(crate) default: Option<bool>,
    #[serde(default)]
    pub(crate) checked: Many<Checked>,
    #[serde(default)]
    pub(crate) audited: Many<AuditedTable>,
    #[serde(default)]
    pub(crate) considered: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(crate) harmless: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) program: BTreeMap<Spanned<String>, ProgramTable>,
    #[serde(default)]
    pub(crate) rule: Vec<Spanned<RuleTable>>,
}

/// What the pack was checked against.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checked {
    pub(crate) program: String,
    pub(crate) version: String,
    pub(crate) on: String,
    pub(crate) source: String,
}

/// What `argvet packs audit` found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuditedTable {
    pub(crate) program: String,
    pub(crate) version: String,
    pub(crate) on: String,
    pub(crate) commands: u32,
    pub(crate) destructive: u32,
    pub(crate) considered: u32,
}

/// `[program.…]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProgramTable {
    #[serde(default)]
    pub(crate) aliases: Vec<Spanned<String>>,
    pub(crate) style: Option<Style>,
    #[serde(default)]
    pub(crate) options: Vec<Spanned<String>>,
    pub(crate) operands: Option<Spanned<String>>,
    pub(crate) stdin: Option<Spanned<String>>,
    pub(crate) prints: Option<PrintsTable>,
    #[serde(default)]
    pub(crate) nul: Vec<String>,
    #[serde(default, rename = "keeps-environment")]
    pub(crate) keeps_environment: bool,
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, Spanned<String>>,
    #[serde(default, rename = "default-files")]
    pub(crate) default_files: Vec<Spanned<DefaultFileTable>>,
    #[serde(default)]
    pub(crate) escapes: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub(crate) settings: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(crate) effect: Vec<Spanned<EffectTable>>,
    pub(crate) request: Option<super::client::RequestTable>,
}

/// `prints = "plain"`, or by option: `prints = { always = "plain", "--show-toplevel" = "project-root" }`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum PrintsTable {
    Always(Prints),
    ByOption(BTreeMap<String, Prints>),
}

/// One entry of `default-files = […]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefaultFileTable {
    pub(crate) role: String,
    pub(crate) names: Vec<String>,
    #[serde(default)]
    pub(crate) when: Strings,
    #[serde(default)]
    pub(crate) unless: Strings,
}

/// One entry of `effect = […]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EffectTable {
    pub(crate) delete: Option<String>,
    pub(crate) write: Option<String>,
    pub(crate) append: Option<String>,
    #[serde(rename = "move")]
    pub(crate) moves: Option<String>,
    pub(crate) chmod: Option<String>,
    pub(crate) read: Option<String>,
    pub(crate) create: Option<String>,
    pub(crate) unpack: Option<String>,
    pub(crate) from: Option<String>,
    #[serde(default)]
    pub(crate) link: bool,
    #[serde(default)]
    pub(crate) base: bool,
    #[serde(default)]
    pub(crate) when: Strings,
    #[serde(default)]
    pub(crate) unless: Strings,
    #[serde(default)]
    pub(crate) recursive: AlwaysOr,
    #[serde(default)]
    pub(crate) last: bool,
}

/// `[[rule]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleTable {
    pub(crate) id: Spanned<String>,
    pub(crate) severity: super::rule::Severity,
    pub(crate) title: Spanned<String>,
    pub(crate) why: Spanned<String>,
    #[serde(default)]
    pub(crate) instead: Vec<Spanned<String>>,
    #[serde(rename = "match")]
    pub(crate) matches: Vec<Spanned<MatchTable>>,
    #[serde(default)]
    pub(crate) unless: Vec<Spanned<MatchTable>>,
    pub(crate) blocks: Vec<Spanned<String>>,
    pub(crate) allows: Vec<Spanned<String>>,
}

/// One entry of `match = […]` or `unless = […]`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MatchTable {
    pub(crate) command: Strings,
    pub(crate) flag: Strings,
    pub(crate) all_flags: Strings,
    pub(crate) operand: Strings,
    pub(crate) operands: Option<Count>,
    pub(crate) first: Strings,
    pub(crate) second: Strings,
    pub(crate) assignment: Strings,
    pub(crate) redirect: Strings,
    pub(crate) stdin: Strings,
    pub(crate) delete: Strings,
    pub(crate) write: Strings,
    pub(crate) append: Strings,
    #[serde(rename = "move")]
    pub(crate) moves: Strings,
    pub(crate) chmod: Strings,
    pub(crate) read: Strings,
    pub(crate) recursive: Option<bool>,
    pub(crate) known: bool,
    pub(crate) code: Strings,
    pub(crate) http: Option<HttpTable>,
    pub(crate) sql: Option<SqlTable>,
}

/// `http = { … }`
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct HttpTable {
    pub(crate) method: Strings,
    pub(crate) host: Strings,
    pub(crate) path: Strings,
    pub(crate) query: Strings,
    pub(crate) header: Strings,
    pub(crate) body: Strings,
}

/// `sql = { … }`
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct SqlTable {
    pub(crate) statement: Strings,
    pub(crate) object: Strings,
    pub(crate) dialect: Strings,
    pub(crate) without_where: Option<bool>,
}

/// One string, or a list of strings. Absent is empty; an empty list is refused.
#[derive(Default)]
pub(crate) struct Strings(pub(crate) Vec<String>);

/// One table, or a list of tables.
pub(crate) struct Many<T>(pub(crate) Vec<T>);

/// `true`, or a list of options.
#[derive(Default)]
pub(crate) enum AlwaysOr {
    #[default]
    Never,
    Always,
    Options(Vec<String>),
}

/// `0`, `"1.."`, `"..2"`, `"1..2"`: both ends belong to it.
pub(crate) struct Count {
    pub(crate) least: usize,
    pub(crate) most: Option<usize>,
}

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Strings, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Strings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Strings, E> {
                Ok(Strings(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strings, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element()? {
                    all.push(item);
                }
                if all.is_empty() {
                    return Err(de::Error::custom("expected at least one string in the list"));
                }
                Ok(Strings(all))
            }
        }
        input.deserialize_any(Either)
    }
}

impl<T> Default for Many<T> {
    fn default() -> Many<T> {
        Many(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Many<T>, D::Error> {
        struct Either<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Many<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table or a list of tables")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|one| Many(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Many<T>, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element()? {
                    all.push(item);
                }
                Ok(Many(all))
            }
        }
        input.deserialize_any(Either(std::marker::PhantomData))
    }
}

impl<'de> Deserialize<'de> for AlwaysOr {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<AlwaysOr, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = AlwaysOr;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, an option or a list of options")
            }

            fn visit_bool<E>(self, always: bool) -> Result<AlwaysOr, E> {
                Ok(if always { AlwaysOr::Always } else { AlwaysOr::Never })
            }

            fn visit_str<E>(self, text: &str) -> Result<AlwaysOr, E> {
                Ok(AlwaysOr::Options(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<AlwaysOr, A::Error> {
                let list = Vec::deserialize(de::value::SeqAccessDeserializer::new(items))?;
                Ok(AlwaysOr::Options(list))
            }
        }
        input.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Count, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number such as 0, or a range such as \"1..\" or \"..2\"")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Count, E> {
                let exact = usize::try_from(number)
                    .map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))?;
                Ok(Count { least: exact, most: Some(exact) })
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Count, E> {
                let end = |side: &str| match side {
                    "" => Ok(None),
                    side => side.parse().map(Some),
                };
                let range = text.split_once("..").map(|(least, most)| (end(least), end(most)));
                match range {
                    Some((Ok(least), Ok(most))) if least.is_some() || most.is_some() => {
                        Ok(Count { least: least.unwrap_or(0), most })
                    }
                    _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }
        }
        input.deserialize_any(Either)
    }
}
