//! Who is meant by a name.
//!
//! An athlete is a name and a nation. Names are compared by their slugs, so that accents, capitals
//! and apostrophes do not make two people of one; another spelling needs an alias.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::same_thing;
use crate::diagnostics::Diagnostic;
use crate::parse::documents::Athlete;
use crate::slug;

/// An athlete before anything is linked.
#[derive(Clone, Debug)]
pub struct Person {
    /// As the house prints it.
    pub name: String,
    /// The last part of the address; no two athletes share one.
    pub slug: String,
    /// IOC code.
    pub nation: Option<String>,
    /// Own file.
    pub doc: Option<Arc<Athlete>>,
}

/// Slug of the name, and the nation's code.
type Identity = (String, Option<String>);

/// Takes down athletes until all are known: files first, then podiums, then stories.
#[derive(Default)]
pub struct Builder {
    people: BTreeMap<Identity, Person>,
    /// Slug of a name or alias to those who have it.
    names: HashMap<String, Vec<Identity>>,
}

impl Builder {
    /// Takes down a file.
    pub fn file(&mut self, athlete: Arc<Athlete>, nation: String, problems: &mut Vec<Diagnostic>) {
        let identity = (slug::of(&athlete.name), Some(nation.clone()));
        for name in athlete.aliases.iter().chain([&athlete.name]) {
            let claimed = self.names.get(&slug::of(name)).and_then(|who| {
                who.iter().find(|(_, code)| code.as_deref() == Some(nation.as_str()))
            });
            let first = claimed.and_then(|who| self.people.get(who)).and_then(|p| p.doc.as_ref());
            if let Some(first) = first {
                let what = format!("`{name}` of {nation}");
                problems.push(same_thing(&athlete.file, &first.file, &what));
                return;
            }
        }
        for name in athlete.aliases.iter().chain([&athlete.name]) {
            let called = self.names.entry(slug::of(name)).or_default();
            if !called.contains(&identity) {
                called.push(identity.clone());
            }
        }
        let person = Person {
            name: athlete.name.clone(),
            slug: String::new(),
            nation: Some(nation),
            doc: Some(athlete),
        };
        self.people.insert(identity, person);
    }

    /// Takes down a name on a podium.
    pub fn medallist(&mut self, name: &str, nation: &str) {
        let name_slug = slug::of(name);
        let called = self.names.entry(name_slug.clone()).or_default();
        if called.iter().any(|(_, code)| code.as_deref() == Some(nation)) {
            return;
        }
        let identity = (name_slug, Some(nation.to_owned()));
        called.push(identity.clone());
        self.people.insert(identity, bare(name, Some(nation.to_owned())));
    }

    /// Takes down a name in a story, if it is one with a nation or one without. Who has no file and
    /// no medal is known by the story alone.
    pub fn mention(
        &mut self,
        written: &str,
        with_nation: bool,
        code_of: impl Fn(&str) -> Option<String>,
    ) {
        let (name, nation) = split(written, code_of);
        if nation.is_some() != with_nation {
            return;
        }
        let name_slug = slug::of(name);
        if name_slug.is_empty() {
            return;
        }
        let called = self.names.entry(name_slug.clone()).or_default();
        let known = match &nation {
            Some(_) => called.iter().any(|(_, code)| *code == nation),
            None => !called.is_empty(),
        };
        if !known {
            let identity = (name_slug, nation.clone());
            called.push(identity.clone());
            self.people.insert(identity, bare(name, nation));
        }
    }

    /// Everybody, by slug.
    pub fn finish(self) -> People {
        let mut wanted: HashMap<String, usize> = HashMap::new();
        for (name_slug, _) in self.people.keys() {
            *wanted.entry(name_slug.clone()).or_default() += 1;
        }
        let ids: HashMap<Identity, usize> =
            self.people.keys().enumerate().map(|(i, identity)| (identity.clone(), i)).collect();
        let mut athletes = Vec::with_capacity(self.people.len());
        for ((name_slug, nation), mut person) in self.people {
            let given = person.doc.as_ref().and_then(|doc| doc.slug.clone());
            person.slug = match (given, &nation) {
                (Some(given), _) => given,
                // All namesakes are told apart, so that no address depends on who came first.
                (None, Some(code)) if wanted[&name_slug] > 1 => {
                    format!("{name_slug}-{}", code.to_ascii_lowercase())
                }
                _ => name_slug,
            };
            athletes.push(person);
        }
        let names = self
            .names
            .into_iter()
            .map(|(name, who)| {
                let mut who: Vec<usize> = who.iter().filter_map(|w| ids.get(w).copied()).collect();
                who.sort_unstable();
                (name, who)
            })
            .collect();
        let index = Index { names, people: athletes.clone() };
        People { athletes, index }
    }
}

fn bare(name: &str, nation: Option<String>) -> Person {
    Person { name: name.to_owned(), slug: String::new(), nation, doc: None }
}

/// "Kim Min-jong (KOR)" as name and code.
fn split(written: &str, code_of: impl Fn(&str) -> Option<String>) -> (&str, Option<String>) {
    let parts = written.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match parts.and_then(|(name, code)| Some((name.trim(), code_of(code)?))) {
        Some((name, code)) => (name, Some(code)),
        None => (written, None),
    }
}

/// The name with the nation's code, as it may be written where the name alone is ambiguous.
pub fn clear_name(person: &Person) -> String {
    match &person.nation {
        Some(code) => format!("{} ({code})", person.name),
        None => person.name.clone(),
    }
}

/// Everybody.
pub struct People {
    /// By slug of the name, then nation.
    pub athletes: Vec<Person>,
    /// How to find them.
    pub index: Index,
}

/// Finds athletes by name.
#[derive(Debug)]
pub struct Index {
    names: HashMap<String, Vec<usize>>,
    /// Everybody, in the order of the site's athletes.
    pub people: Vec<Person>,
}

impl Index {
    /// The athlete of that name and nation.
    pub fn of_nation(&self, name: &str, nation: &str) -> Option<usize> {
        let who = self.names.get(&slug::of(name))?;
        who.iter().copied().find(|i| self.people[*i].nation.as_deref() == Some(nation))
    }

    /// Everybody who may be meant.
    pub fn named(&self, written: &str, code_of: impl Fn(&str) -> Option<String>) -> Vec<usize> {
        let (name, nation) = split(written, code_of);
        let who = self.names.get(&slug::of(name)).map(Vec::as_slice).unwrap_or_default();
        who.iter()
            .copied()
            .filter(|i| nation.is_none() || self.people[*i].nation == nation)
            .collect()
    }
}
