//! What the readers of all kinds share: values that must be there, dates, slugs, lists.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;

use super::File;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Place, codes};
use crate::parse::dates::{self, Moment};
use crate::parse::front_matter::{self, List, Passage, Text};
use crate::slug;

/// Reads one document and collects what is wrong with it.
pub(super) struct DocumentReader<'a> {
    pub(super) config: &'a Config,
    pub(super) zone: &'a TimeZone,
    pub(super) problems: Vec<Diagnostic>,
    /// Keys of which something is wrong that was told already.
    pub(super) told: Vec<String>,
}

impl DocumentReader<'_> {
    pub(super) fn front<T: DeserializeOwned>(&mut self, file: &File) -> Option<T> {
        let read = front_matter::read(&file.source, &file.front);
        self.problems.extend(read.problems);
        self.told = read.told;
        if let Some(outline) = read.outline {
            let _ = file.outline.set(outline);
        }
        read.front
    }

    pub(super) fn problem(
        &mut self,
        file: &File,
        code: &'static Code,
        path: &str,
        message: &str,
    ) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(code, file.place(path), message));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// A text that must be there and not be empty.
    pub(super) fn required(&mut self, file: &File, key: &str, value: Option<Text>) -> String {
        match value {
            Some(Text(text)) if !text.trim().is_empty() => text.trim().to_owned(),
            Some(_) => {
                self.problem(file, &codes::F014, key, &format!("`{key}` is empty"));
                String::new()
            }
            None if self.told.iter().any(|told| told == key) => String::new(),
            None if matches!(file.place(key), Place::Span(..)) => {
                let written = match file.place(key) {
                    Place::Span(source, span) => source.text[span].to_owned(),
                    _ => String::new(),
                };
                let diagnostic =
                    self.problem(file, &codes::F014, key, &format!("`{key}` is empty"));
                let help = match written.as_str() {
                    "" if has_comment(file, key) => {
                        "a value that starts with # stands in quotes: # begins a comment".to_owned()
                    }
                    "" => format!("write it behind the colon: {key}: ..."),
                    word => format!(
                        "`{word}` without quotation marks means that there is nothing; if it is meant: {key}: \"{word}\""
                    ),
                };
                diagnostic.help.push(help);
                String::new()
            }
            None => {
                // The line that opens the front matter is where the key could go.
                let place = Place::Span(file.source.clone(), 0..3);
                let problem = Diagnostic::new(&codes::F006, place, format!("`{key}` is missing"))
                    .label(format!("this front matter has no `{key}`"));
                self.problems.push(match date_in_name(&file.path).filter(|_| key == "date") {
                    Some(date) => problem
                        .suggest("the name of the file has one", format!("---\ndate: {date}")),
                    None => problem,
                });
                String::new()
            }
        }
    }

    pub(super) fn moment(&mut self, file: &File, path: &str, text: &Text) -> Option<Moment> {
        match dates::read(&text.0, self.zone) {
            Ok(moment) => Some(moment),
            Err(why) => {
                let key = path.rsplit('.').next().unwrap_or(path);
                let zone = self.zone.iana_name().unwrap_or("UTC").to_owned();
                let mut meant = dates::rewritten(&text.0);
                meant.retain(|date| dates::read(date, self.zone).is_ok());
                let diagnostic =
                    self.problem(file, &codes::F012, path, &format!("`{key}` is not a date"));
                diagnostic.label = why;
                diagnostic
                    .help
                    .push(format!("without an offset the site's time zone, {zone}, is used"));
                match meant.as_slice() {
                    [] => {}
                    [one] => {
                        *diagnostic =
                            diagnostic.clone().suggest(format!("write {one}"), one.clone());
                    }
                    several => {
                        diagnostic.help.push(format!("write {}", several.join(", or ")));
                    }
                }
                None
            }
        }
    }

    pub(super) fn optional_moment(
        &mut self,
        file: &File,
        key: &str,
        text: Option<&Text>,
    ) -> Option<Moment> {
        self.moment(file, key, text?)
    }

    /// Values that YAML ended at a # that the author meant.
    pub(super) fn cut_off(&mut self, file: &File, keys: &[&str]) {
        let front = &file.source.text[file.front.clone()];
        let mut at = file.front.start;
        for line in front.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim_start();
            if !keys.contains(&key) || value.starts_with(['"', '\'', '#', '>', '|']) {
                continue;
            }
            if let Some(comment) = line.find(" #") {
                let place = Place::Span(
                    file.source.clone(),
                    start + comment + 1..start + line.trim_end().len(),
                );
                self.problems.push(
                    Diagnostic::new(
                        &codes::F011,
                        place,
                        format!("this part of `{key}` is not published"),
                    )
                    .label("YAML takes it as a comment")
                    .help("put the whole value in quotes, or remove this part"),
                );
            }
        }
    }

    /// A slug that was given, or one made of a name.
    pub(super) fn slug(&mut self, file: &File, given: Option<&Text>, name: &str) -> String {
        let Some(Text(given)) = given else {
            let made = slug::in_script(name, self.config.script);
            if made.is_empty() {
                let place = Place::File(file.source.path.clone());
                self.problems.push(
                    Diagnostic::new(
                        &codes::F008,
                        place,
                        format!("no address can be made of the name `{name}`"),
                    )
                    .help("give one: slug: ..."),
                );
            }
            return made;
        };
        if !slug::is_valid(given) {
            let better = slug::slugify(given);
            let diagnostic =
                self.problem(file, &codes::F008, "slug", "this slug cannot be part of an address");
            diagnostic.label = "expected small letters, digits and hyphens".into();
            if !better.is_empty() {
                *diagnostic = diagnostic.clone().suggest(format!("write `{better}`"), better);
            }
        }
        given.clone()
    }

    pub(super) fn aliases(&mut self, file: &File, aliases: Option<List<Text>>) -> Vec<String> {
        let mut read = Vec::new();
        for (i, Text(alias)) in items(aliases).into_iter().enumerate() {
            match slug::alias_address(&alias) {
                Ok(address) => read.push(address),
                Err(why) => {
                    let diagnostic = self.problem(
                        file,
                        &codes::F009,
                        &format!("aliases[{i}]"),
                        "this alias cannot be an address of the site",
                    );
                    diagnostic.label = why.into();
                }
            }
        }
        read
    }
}

/// The path below the first folder, without `.md` or `/index.md`.
pub(super) fn stem(path: &str) -> &str {
    let inner = path.split_once('/').map_or(path, |(_, rest)| rest);
    let inner = &inner[..inner.len() - 3];
    inner.strip_suffix("/index").unwrap_or(inner)
}

/// What a file is called: the last part of its [`stem`].
pub(super) fn name(path: &str) -> &str {
    let stem = stem(path);
    stem.rsplit('/').next().unwrap_or(stem)
}

pub(super) fn optional(text: Option<Text>) -> Option<String> {
    text.map(|text| text.0.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether a comment stands where the value of a key should be.
fn has_comment(file: &File, key: &str) -> bool {
    let front = &file.source.text[file.front.clone()];
    let values = front.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    values.map(str::trim_start).any(|value| value.starts_with('#'))
}

/// A passage as one line: a standfirst that was written over several is one sentence all the same.
pub(super) fn sentence(passage: Passage) -> Text {
    Text(passage.0.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub(super) fn items<T>(list: Option<List<T>>) -> Vec<T> {
    list.map(|list| list.0).unwrap_or_default()
}

/// The day at the front of a file name such as `2024-08-01-the-final.md`.
fn date_in_name(path: &str) -> Option<Date> {
    let name = path.strip_suffix("/index.md").unwrap_or(path).rsplit('/').next()?;
    name.get(..10)?.parse().ok()
}

pub(super) fn list(texts: Option<List<Text>>) -> Vec<String> {
    items(texts).into_iter().map(|text| text.0.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_called_by_its_folder() {
        assert_eq!(stem("stories/2024/final.md"), "2024/final");
        assert_eq!(stem("stories/final/index.md"), "final");
    }
}
