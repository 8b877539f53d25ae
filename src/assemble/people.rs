//! Who is meant by a name.
//!
//! An athlete is a name and a nation. Names are compared by their slugs, so that accents, capitals
//! and apostrophes do not make two people of one; another spelling needs an alias. Two people of one
//! name and one nation need a file each, and are told apart by what they have entered.

use std::collections::{BTreeSet, HashMap};
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
    /// Events that the athlete has entered.
    pub entries: Vec<usize>,
    /// Slugs of the sports of these, and of the podiums that have the name.
    pub sports: BTreeSet<String>,
}

/// An event, as far as it says who is meant by a name on its podium.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// Its index.
    pub event: usize,
    /// Slug of its sport.
    pub sport: &'a str,
}

/// Takes down athletes until all are known: files first, then podiums, then stories.
#[derive(Default)]
pub struct Builder {
    people: Vec<Person>,
    /// Slug of a name or alias to those who have it.
    names: HashMap<String, Vec<usize>>,
}

impl Builder {
    /// Takes down a file with the events that it names, each with the slug of its sport.
    pub fn file(
        &mut self,
        athlete: Arc<Athlete>,
        nation: String,
        entries: Vec<(usize, &str)>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let person = Person {
            name: athlete.name.clone(),
            slug: String::new(),
            nation: Some(nation.clone()),
            entries: entries.iter().map(|(event, _)| *event).collect(),
            sports: entries.iter().map(|(_, sport)| (*sport).to_owned()).collect(),
            doc: Some(athlete.clone()),
        };
        for name in athlete.aliases.iter().chain([&athlete.name]) {
            let called = self.names.get(&slug::of(name)).map(Vec::as_slice).unwrap_or_default();
            let same = called.iter().map(|i| &self.people[*i]).find(|other| {
                other.nation.as_deref() == Some(nation.as_str()) && !are_told_apart(other, &person)
            });
            if let Some(first) = same.and_then(|other| other.doc.as_ref()) {
                let what = format!("`{name}` of {nation}");
                problems.push(same_thing(&athlete.file, &first.file, &what).help(
                    "two people of one name and nation are told apart by their `code`, or by `entries` in different sports",
                ));
                return;
            }
        }
        let i = self.people.len();
        for name in athlete.aliases.iter().chain([&athlete.name]) {
            self.call(slug::of(name), i);
        }
        self.people.push(person);
    }

    /// Takes down a name on a podium.
    pub fn medallist(&mut self, name: &str, nation: &str, at: At) {
        let name_slug = slug::of(name);
        let known = match named(&self.names, &self.people, name_slug.clone(), nation, at).as_slice()
        {
            [] => {
                let i = self.people.len();
                self.people.push(bare(name, Some(nation.to_owned())));
                self.call(name_slug, i);
                i
            }
            [one] => *one,
            // Nobody knows whom to give it to; linking reports it.
            _ => return,
        };
        self.people[known].sports.insert(at.sport.to_owned());
    }

    /// Takes down a name in a story, if it is one with a nation or one without. Who has no file and
    /// no medal is known by the story alone.
    pub fn mention(
        &mut self,
        written: &str,
        with_nation: bool,
        code_of: impl Fn(&str) -> Option<String>,
    ) {
        let (name, nation, _) = split(written, code_of);
        if nation.is_some() != with_nation {
            return;
        }
        let name_slug = slug::of(name);
        if name_slug.is_empty() {
            return;
        }
        let called = self.names.get(&name_slug).map(Vec::as_slice).unwrap_or_default();
        let known = match &nation {
            Some(_) => called.iter().any(|i| self.people[*i].nation == nation),
            None => !called.is_empty(),
        };
        if !known {
            let i = self.people.len();
            self.people.push(bare(name, nation));
            self.call(name_slug, i);
        }
    }

    fn call(&mut self, name_slug: String, person: usize) {
        let called = self.names.entry(name_slug).or_default();
        if !called.contains(&person) {
            called.push(person);
        }
    }

    /// Everybody, by slug of the name, then nation, then what tells namesakes apart.
    pub fn finish(self) -> Index {
        type Key = (String, Option<String>, String);
        let key = |person: &Person| -> Key {
            let code = person.doc.as_ref().and_then(|doc| doc.code.as_deref());
            let path = person.doc.as_ref().map(|doc| doc.file.path.as_str());
            let tie = slug::of(code.or(path).unwrap_or_default());
            (slug::of(&person.name), person.nation.clone(), tie)
        };
        let mut sorted: Vec<(Key, usize, Person)> =
            self.people.into_iter().enumerate().map(|(i, p)| (key(&p), i, p)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut wanted: HashMap<String, usize> = HashMap::new();
        let mut of_nation: HashMap<(String, Option<String>), usize> = HashMap::new();
        let mut of_sport: HashMap<(String, Option<String>, String), usize> = HashMap::new();
        for ((name, nation, _), _, person) in &sorted {
            *wanted.entry(name.clone()).or_default() += 1;
            *of_nation.entry((name.clone(), nation.clone())).or_default() += 1;
            if let Some(sport) = person.sports.first() {
                *of_sport.entry((name.clone(), nation.clone(), sport.clone())).or_default() += 1;
            }
        }
        let mut now = vec![0; sorted.len()];
        let mut people = Vec::with_capacity(sorted.len());
        for (new, ((name, nation, tie), old, mut person)) in sorted.into_iter().enumerate() {
            now[old] = new;
            let given = person.doc.as_ref().and_then(|doc| doc.slug.clone());
            // All namesakes are told apart, so that no address depends on who came first.
            person.slug = given.unwrap_or_else(|| {
                let mut slug = name.clone();
                if wanted[&name] > 1
                    && let Some(code) = &nation
                {
                    slug = format!("{slug}-{}", code.to_ascii_lowercase());
                }
                if of_nation[&(name.clone(), nation.clone())] > 1 {
                    let sport = person.sports.first().filter(|sport| {
                        of_sport[&(name.clone(), nation.clone(), (*sport).clone())] == 1
                    });
                    slug = format!("{slug}-{}", sport.unwrap_or(&tie));
                }
                slug
            });
            people.push(person);
        }
        let names = self
            .names
            .into_iter()
            .map(|(name, who)| {
                let mut who: Vec<usize> = who.iter().map(|old| now[*old]).collect();
                who.sort_unstable();
                (name, who)
            })
            .collect();
        Index { names, people }
    }
}

/// Whether two people of one name and nation are surely two.
fn are_told_apart(a: &Person, b: &Person) -> bool {
    let code = |person: &Person| person.doc.as_ref().and_then(|doc| doc.code.clone());
    let have_two_codes = matches!((code(a), code(b)), (Some(a), Some(b)) if a != b);
    let have_two_sports =
        !a.sports.is_empty() && !b.sports.is_empty() && a.sports.is_disjoint(&b.sports);
    have_two_codes || have_two_sports
}

fn bare(name: &str, nation: Option<String>) -> Person {
    let sports = BTreeSet::new();
    Person {
        name: name.to_owned(),
        slug: String::new(),
        nation,
        doc: None,
        entries: vec![],
        sports,
    }
}

/// Those of a nation who may be meant by a name on a podium: one, if that can be told.
fn named(
    names: &HashMap<String, Vec<usize>>,
    people: &[Person],
    name_slug: String,
    nation: &str,
    at: At,
) -> Vec<usize> {
    let called = names.get(&name_slug).map(Vec::as_slice).unwrap_or_default();
    let of_nation: Vec<usize> =
        called.iter().copied().filter(|i| people[*i].nation.as_deref() == Some(nation)).collect();
    if of_nation.len() < 2 {
        return of_nation;
    }
    let narrowed = |keep: &dyn Fn(&Person) -> bool| -> Option<Vec<usize>> {
        let kept: Vec<usize> = of_nation.iter().copied().filter(|i| keep(&people[*i])).collect();
        (kept.len() == 1).then_some(kept)
    };
    narrowed(&|person| person.entries.contains(&at.event))
        .or_else(|| narrowed(&|person| person.sports.contains(at.sport)))
        .unwrap_or(of_nation)
}

/// "Kim Min-jong (KOR)" as name and code, "Watanabe Yuta (JPN, badminton)" as name, code and sport.
fn split(
    written: &str,
    code_of: impl Fn(&str) -> Option<String>,
) -> (&str, Option<String>, Option<String>) {
    let parts = written.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let Some((name, inner)) = parts else { return (written, None, None) };
    let (nation, sport) = match inner.split_once(',') {
        Some((nation, sport)) => (nation.trim(), Some(slug::of(sport))),
        None => (inner, None),
    };
    match code_of(nation) {
        Some(code) => (name.trim(), Some(code), sport),
        None => (written, None, None),
    }
}

/// Everybody, and how to find them by name.
#[derive(Debug)]
pub struct Index {
    names: HashMap<String, Vec<usize>>,
    /// Everybody, in the order of the site's athletes: by slug of the name, then nation.
    pub people: Vec<Person>,
}

impl Index {
    /// Those of a nation who may be meant by a name on a podium: one, if that can be told.
    pub fn of_nation(&self, name: &str, nation: &str, at: At) -> Vec<usize> {
        named(&self.names, &self.people, slug::of(name), nation, at)
    }

    /// Everybody who may be meant.
    pub fn named(&self, written: &str, code_of: impl Fn(&str) -> Option<String>) -> Vec<usize> {
        let (name, nation, sport) = split(written, code_of);
        let who = self.names.get(&slug::of(name)).map(Vec::as_slice).unwrap_or_default();
        who.iter()
            .copied()
            .filter(|i| nation.is_none() || self.people[*i].nation == nation)
            .filter(|i| sport.as_ref().is_none_or(|sport| self.people[*i].sports.contains(sport)))
            .collect()
    }

    /// The name as it may be written where the name alone is ambiguous: with the nation's code, and
    /// with the sport if that is not enough.
    pub fn clear_name(&self, person: usize) -> String {
        let Person { name, nation, sports, .. } = &self.people[person];
        let Some(code) = nation else { return name.clone() };
        let called = self.names.get(&slug::of(name)).map(Vec::as_slice).unwrap_or_default();
        let is_one = called.iter().filter(|i| self.people[**i].nation == *nation).count() < 2;
        match sports.first() {
            Some(sport) if !is_one => format!("{name} ({code}, {sport})"),
            _ => format!("{name} ({code})"),
        }
    }
}
