//! The theme's own words, in the site's language: i18n/LANGUAGE.toml.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use tera::value::Key;
use tera::{Kwargs, Value};

use crate::config;
use crate::diagnostics::{Diagnostic, Place, Source, codes, nearest};

/// Texts by key; the keys of inner tables are joined by dots.
#[derive(Debug, Default, PartialEq)]
pub struct Translations {
    texts: BTreeMap<String, Word>,
}

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Text(String),
    /// By plural category of the Unicode CLDR; `other` is always there. So far `one` is chosen for
    /// 1 and `other` for the rest, which is right for English.
    Plural(BTreeMap<String, String>),
    List(Vec<String>),
}

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Translations {
    /// Adds the words of a file; they win over those that are there.
    ///
    /// # Errors
    /// It is not TOML, or a value is neither a text, a list of texts nor plural forms.
    pub fn add(&mut self, source: &Arc<Source>) -> Result<(), Box<Diagnostic>> {
        let table: toml::Table = toml::from_str(&source.text).map_err(|error| {
            Box::new(config::toml_error(&codes::T006, &codes::T006, source, &error))
        })?;
        self.add_table("", table).map_err(|key| {
            let line = source.text.find(key.rsplit('.').next().unwrap_or(&key)).unwrap_or_default();
            let end = source.text[line..].find('\n').map_or(source.text.len(), |i| line + i);
            let place = Place::Span(source.clone(), line..end);
            Box::new(
                Diagnostic::new(&codes::T006, place, format!("`{key}` is not a word"))
                    .label("expected a text, a list of texts, or plural forms with `other`"),
            )
        })
    }

    fn add_table(&mut self, prefix: &str, table: toml::Table) -> Result<(), String> {
        for (key, value) in table {
            let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
            let word = match value {
                toml::Value::String(text) => Word::Text(text),
                toml::Value::Array(items) => {
                    let texts: Option<Vec<String>> =
                        items.into_iter().map(|item| item.as_str().map(str::to_owned)).collect();
                    Word::List(texts.ok_or(key.clone())?)
                }
                toml::Value::Table(forms) if forms.contains_key("other") => {
                    let mut plural = BTreeMap::new();
                    for (category, text) in forms {
                        let text =
                            text.as_str().filter(|_| CATEGORIES.contains(&category.as_str()));
                        plural.insert(category.clone(), text.ok_or(key.clone())?.to_owned());
                    }
                    Word::Plural(plural)
                }
                toml::Value::Table(inner) => {
                    self.add_table(&key, inner)?;
                    continue;
                }
                _ => return Err(key),
            };
            self.texts.insert(key, word);
        }
        Ok(())
    }

    /// The text of a key, or the key itself if there is none.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        match self.texts.get(key) {
            Some(Word::Text(text)) => text,
            Some(Word::Plural(forms)) => forms.get("other").map_or(key, String::as_str),
            _ => key,
        }
    }

    /// The text of a key, if there is one.
    pub fn known(&self, key: &str) -> Option<&str> {
        match self.texts.get(key)? {
            Word::Text(text) => Some(text),
            Word::Plural(_) | Word::List(_) => None,
        }
    }

    /// What `t(key="...", ...)` says: the text of the key, with every `{name}` replaced by the
    /// argument of that name; `count` chooses among plural forms.
    ///
    /// # Errors
    /// There is no such key, or an argument is missing.
    pub fn say(&self, kwargs: &Kwargs) -> Result<String, String> {
        let key: &str = kwargs.must_get("key").map_err(|error| error.to_string())?;
        let text = match self.texts.get(key) {
            Some(Word::Text(text)) => text,
            Some(Word::Plural(forms)) => {
                let count: i64 = kwargs.must_get("count").map_err(|error| error.to_string())?;
                let form = if count == 1 { "one" } else { "other" };
                forms.get(form).or_else(|| forms.get("other")).map_or("", String::as_str)
            }
            Some(Word::List(_)) => return Err(format!("`{key}` is a list of words")),
            None => {
                let near = nearest(key, self.texts.keys().map(String::as_str));
                let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return Err(format!("i18n has no word `{key}`{hint}"));
            }
        };
        fill(text, |name, out| {
            let value: Option<&Value> = kwargs.get(name).ok().flatten();
            let value = value.ok_or_else(|| format!("`{key}` needs the argument `{name}`"))?;
            let _ = write!(out, "{value}");
            Ok(())
        })
    }

    /// A date in a style: the pattern is the word `date.STYLE`, with {day}, {weekday}, {month},
    /// {month_short}, {year}, {time} and {zone} in it.
    ///
    /// # Errors
    /// There is no such style, or the value is not a date.
    pub fn date(&self, date: &Value, style: &str) -> Result<String, String> {
        let mut key = String::with_capacity(16);
        key.extend(["date.", style]);
        let Some(Word::Text(pattern)) = self.texts.get(&key) else {
            return Err(format!("i18n has no word `{key}`"));
        };
        let parts = date.as_map().ok_or("this is not a date")?;
        let part = |name: &'static str| parts.get(&Key::Str(name)).filter(|value| !value.is_none());
        let number = |name: &'static str| {
            let number = part(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
            number.ok_or_else(|| "this is not a date".to_owned())
        };
        let listed = |key: &str, index: usize| match self.texts.get(key) {
            Some(Word::List(names)) if (1..=names.len()).contains(&index) => {
                Ok(names[index - 1].as_str())
            }
            _ => Err(format!("i18n has no list `{key}` of enough words")),
        };
        let filled = fill(pattern, |name, out| {
            match name {
                "day" => *out += &number("day")?.to_string(),
                "year" => *out += &number("year")?.to_string(),
                "month" => *out += listed("months", number("month")?)?,
                "month_short" => *out += listed("months_short", number("month")?)?,
                "weekday" => *out += listed("weekdays", number("weekday")?)?,
                "time" => write_part(out, part("time")),
                "zone" => write_part(out, part("zone")),
                other => return Err(format!("`{key}` has an unknown part {{{other}}}")),
            }
            Ok(())
        })?;
        // A date without an hour leaves gaps in a pattern that has one.
        let is_tidy = !filled.contains("  ")
            && !filled.starts_with(' ')
            && !filled.ends_with([' ', ','])
            && filled.chars().all(|c| c == ' ' || !c.is_whitespace());
        if is_tidy {
            return Ok(filled);
        }
        Ok(filled.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(',').to_owned())
    }
}

fn write_part(out: &mut String, part: Option<&Value>) {
    if let Some(part) = part {
        // Writing into memory cannot fail.
        let _ = write!(out, "{part}");
    }
}

/// Replaces every `{name}`.
fn fill(
    text: &str,
    mut write_value: impl FnMut(&str, &mut String) -> Result<(), String>,
) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled += before;
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            filled.push('{');
            continue;
        };
        write_value(name, &mut filled)?;
        rest = after;
    }
    Ok(filled + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Result<Translations, Box<Diagnostic>> {
        let source = Arc::new(Source::new("en.toml", text));
        let mut words = Translations::default();
        words.add(&source)?;
        Ok(words)
    }

    fn say(words: &Translations, arguments: &[(&'static str, Value)]) -> Result<String, String> {
        let map = arguments.iter().map(|(key, value)| ((*key).into(), value.clone())).collect();
        words.say(&Kwargs::new(Arc::new(map)))
    }

    #[test]
    fn a_count_chooses_the_form() {
        let words = words("n = { one = \"{count} story\", other = \"{count} stories\" }").unwrap();
        let say = |n: i64| say(&words, &[("key", "n".into()), ("count", n.into())]).unwrap();
        assert_eq!((say(1), say(2)), ("1 story".into(), "2 stories".into()));
    }

    #[test]
    fn a_missing_word_and_a_missing_argument_are_named() {
        let words = words("[nav]\nhome = \"Home of {name}\"").unwrap();
        assert!(say(&words, &[("key", "nav.hom".into())]).unwrap_err().contains("`nav.home`"));
        assert!(say(&words, &[("key", "nav.home".into())]).unwrap_err().contains("`name`"));
    }

    #[test]
    fn what_is_not_a_word_is_refused() {
        assert_eq!(words("a = 1").unwrap_err().code.id, "T006");
        assert_eq!(words("a = ").unwrap_err().code.id, "T006");
        assert_eq!(words("a = { other = \"x\", lots = \"y\" }").unwrap_err().code.id, "T006");
    }
}
