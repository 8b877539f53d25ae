//! Sports, venues, authors and tags: things with a name that are there as soon as they are named.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::same_thing;
use crate::diagnostics::Diagnostic;
use crate::parse::documents::Profile;
use crate::slug::{self, Script};

/// A sport, venue, author or tag.
#[derive(Debug)]
pub struct Topic {
    /// The last part of its address.
    pub slug: String,
    /// As the house prints it.
    pub name: String,
    /// Its own file.
    pub doc: Option<Arc<Profile>>,
    /// Newest first.
    pub stories: Vec<usize>,
    /// By sport, then slug.
    pub events: Vec<usize>,
    /// Its part of the schedule, in the order of time.
    pub schedule: Vec<usize>,
}

/// Takes down names until all are known.
#[derive(Default)]
pub struct Register {
    docs: BTreeMap<String, Arc<Profile>>,
    /// Slug of a name to slug of the file that has it.
    aliases: BTreeMap<String, String>,
    /// Slug to the name as it was first written.
    names: BTreeMap<String, String>,
}

impl Register {
    /// Takes down a file.
    pub fn file(&mut self, entry: Arc<Profile>, problems: &mut Vec<Diagnostic>) {
        let names = entry.aliases.iter().chain([&entry.name, &entry.slug]);
        for name in names {
            let name_slug = slug::slugify(name);
            let other = self.aliases.get(&name_slug).filter(|other| **other != entry.slug);
            if let Some(first) = other.and_then(|other| self.docs.get(other)) {
                problems.push(same_thing(&entry.file, &first.file, &format!("`{name}`")));
                return;
            }
            self.aliases.insert(name_slug, entry.slug.clone());
        }
        if let Some(first) = self.docs.get(&entry.slug) {
            problems.push(same_thing(&entry.file, &first.file, &format!("`{}`", entry.slug)));
            return;
        }
        self.docs.insert(entry.slug.clone(), entry);
    }

    /// Takes down a name that was written somewhere. One that has no letter or digit is dropped.
    /// Returns the name that has its address already, if that is surely another one.
    pub fn name(&mut self, written: &str) -> Option<String> {
        let name_slug = slug::slugify(written);
        if name_slug.is_empty() || self.aliases.contains_key(&name_slug) {
            return None;
        }
        let is_slug = name_slug == written;
        match self.names.get_mut(&name_slug) {
            None => {
                self.names.insert(name_slug, written.to_owned());
                None
            }
            // A name in words is better than a slug.
            Some(name) if *name == name_slug && !is_slug => {
                *name = written.to_owned();
                None
            }
            Some(name) => (!is_slug && signs(name) != signs(written)).then(|| name.clone()),
        }
    }

    /// Everything that was named, by slug.
    pub fn finish(self, script: Script) -> Topics {
        let mut topics: BTreeMap<String, Topic> = BTreeMap::new();
        let mut ids: HashMap<String, usize> = HashMap::new();
        let mut own: Vec<(String, String)> = Vec::new();
        for (key, name) in self.names {
            let slug = slug::in_script(&name, script);
            own.push((key, slug.clone()));
            let name = if name == slug { slug::in_words(&slug) } else { name };
            topics.insert(
                slug.clone(),
                Topic { slug, name, doc: None, stories: vec![], events: vec![], schedule: vec![] },
            );
        }
        for (slug, doc) in self.docs {
            let name = doc.name.clone();
            topics.insert(
                slug.clone(),
                Topic {
                    slug,
                    name,
                    doc: Some(doc),
                    stories: vec![],
                    events: vec![],
                    schedule: vec![],
                },
            );
        }
        let topics: Vec<Topic> = topics.into_values().collect();
        ids.extend(topics.iter().enumerate().map(|(i, topic)| (topic.slug.clone(), i)));
        for (alias, slug) in own.into_iter().chain(self.aliases) {
            if let Some(i) = ids.get(&slug).copied() {
                ids.insert(alias, i);
            }
        }
        Topics { topics, ids }
    }
}

/// Everything that was named, and how to find it.
pub struct Topics {
    /// By slug.
    pub topics: Vec<Topic>,
    ids: HashMap<String, usize>,
}

impl Topics {
    /// The one with this name, alias or slug.
    pub fn find(&self, written: &str) -> Option<usize> {
        self.ids.get(&slug::slugify(written)).copied()
    }
}

/// What tells "C++" from "C#", but not "Fair play" from "fair-play".
fn signs(name: &str) -> Vec<char> {
    let counts =
        |c: &char| c.is_ascii_punctuation() && !matches!(c, '-' | '\'' | '.' | ',' | '_' | '/');
    name.chars().filter(counts).collect()
}
