//! Who is meant by a name.
//!
//! An athlete is a name and a nation. Names are compared by their slugs, so that accents, capitals
//! and apostrophes do not make two people of one, and a name that nobody has is looked for with its words in
//! another order and without hyphens; another spelling needs an alias. Two people of one name and one nation need a file
//! each, and are told apart by what they have entered.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::same_thing;
use crate::diagnostics::Diagnostic;
use crate::parse::documents::{Athlete, Entry};
use crate::slug::{self, Script};

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
    names: Names,
}

/// Those who have a name or alias.
#[derive(Debug, Default)]
struct Names {
    by_slug: HashMap<String, Vec<usize>>,
    /// By the slug with its words in the order of the alphabet.
    by_words: HashMap<String, Vec<usize>>,
    /// By the letters of the slug: "Jonghoon Lim" is "Lim Jong-hoon".
    by_letters: HashMap<String, Vec<usize>>,
}

impl Names {
    fn add(&mut self, name_slug: &str, person: usize) {
        let words = slug::in_any_order(name_slug);
        for called in [
            self.by_slug.entry(name_slug.to_owned()).or_default(),
            self.by_words.entry(words).or_default(),
            self.by_letters.entry(letters(name_slug)).or_default(),
        ] {
            if !called.contains(&person) {
                called.push(person);
            }
        }
    }

    /// Those who are called so and are wanted, or else those who are when the words change places, or
    /// hyphens and spaces do not count.
    fn find(&self, name_slug: &str, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let of = |called: Option<&Vec<usize>>| -> Vec<usize> {
            called.into_iter().flatten().copied().filter(|person| is_wanted(*person)).collect()
        };
        let found = of(self.by_slug.get(name_slug));
        if !found.is_empty() {
            return found;
        }
        let found = of(self.by_words.get(&slug::in_any_order(name_slug)));
        if !found.is_empty() {
            return found;
        }
        of(self.by_letters.get(&letters(name_slug)))
    }
}

/// What two names have in common whose words change places and are written with or without hyphens: all
/// letters, sorted. Of a short name only the letters in their order, as too many have the same ones.
fn letters(name_slug: &str) -> String {
    let mut letters: Vec<char> = name_slug.chars().filter(|c| *c != '-').collect();
    if letters.len() >= 8 {
        letters.sort_unstable();
    }
    letters.into_iter().collect()
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
            let called = self.names.by_slug.get(&slug::slugify(name));
            let same = called.into_iter().flatten().map(|i| &self.people[*i]).find(|other| {
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
            self.names.add(&slug::slugify(name), i);
        }
        self.people.push(person);
    }

    /// Takes down a name on a podium or in a unit.
    pub fn medallist(&mut self, name: &str, nation: &str, at: At) {
        let name_slug = slug::slugify(name);
        if name_slug.is_empty() {
            return;
        }
        let mut found = named(&self.names, &self.people, name, nation, at);
        // Kim Min-jung and Kim Jung-min have the same letters, and are two people unless a file says otherwise.
        found.retain(|i| self.people[*i].doc.is_some() || is_one(&self.people[*i].name, name));
        let known = match found.as_slice() {
            [] => {
                let i = self.people.len();
                self.people.push(bare(name, Some(nation.to_owned())));
                self.names.add(&name_slug, i);
                i
            }
            [one] => *one,
            // Nobody knows whom to give it to; linking reports it.
            _ => return,
        };
        self.people[known].sports.insert(at.sport.to_owned());
    }

    /// Takes down everybody who took part in a unit, each with the event and the code of the nation. Who is known by the results system's code is who has that
    /// code, whatever the name.
    pub fn competitors<'s>(
        &mut self,
        mut entries: Vec<(usize, &Entry, &str)>,
        at: impl Fn(usize) -> At<'s>,
    ) {
        let codes = self.people.iter().filter_map(|person| person.doc.as_ref()?.code.clone());
        let codes: HashSet<String> = codes.collect();
        // Which spelling of a name is printed must not depend on the order of the rows.
        entries.sort_by(|a, b| (a.0, &a.1.athletes, a.2).cmp(&(b.0, &b.1.athletes, b.2)));
        for (event, entry, nation) in entries {
            let is_one = entry.athletes.len() == 1;
            if is_one && entry.code.as_ref().is_some_and(|code| codes.contains(code)) {
                continue;
            }
            let is_whole = |name: &&String| is_one || is_whole(name);
            let whole = entry.athletes.iter().filter(is_whole);
            whole.for_each(|name| self.medallist(name, nation, at(event)));
        }
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
        let name_slug = slug::slugify(name);
        if name_slug.is_empty() {
            return;
        }
        let is_wanted = |i: usize| nation.is_none() || self.people[i].nation == nation;
        if self.names.find(&name_slug, is_wanted).is_empty() {
            let i = self.people.len();
            self.people.push(bare(name, nation));
            self.names.add(&name_slug, i);
        }
    }

    /// Everybody, by slug of the name, then nation, then what tells namesakes apart.
    pub fn finish(self, script: Script) -> Index {
        type Key = (String, Option<String>, String);
        let key = |person: &Person| -> Key {
            let code = person.doc.as_ref().and_then(|doc| doc.code.as_deref());
            let path = person.doc.as_ref().map(|doc| doc.file.path.as_str());
            let tie = slug::slugify(code.or(path).unwrap_or_default());
            (slug::slugify(&person.name), person.nation.clone(), tie)
        };
        let mut sorted: Vec<(Key, usize, Person)> =
            self.people.into_iter().enumerate().map(|(i, p)| (key(&p), i, p)).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut wanted: HashMap<String, usize> = HashMap::new();
        let mut of_nation: HashMap<(String, Option<String>), usize> = HashMap::new();
        let mut of_sport: HashMap<(String, Option<String>, String), usize> = HashMap::new();
        // Whom only a story names takes nobody's address.
        let is_known = |person: &Person| person.doc.is_some() || !person.sports.is_empty();
        let mut known: HashMap<String, usize> = HashMap::new();
        for ((name, nation, _), _, person) in &sorted {
            *wanted.entry(name.clone()).or_default() += 1;
            *known.entry(name.clone()).or_default() += usize::from(is_known(person));
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
                let mut slug = slug::in_script(&person.name, script);
                let is_alone = known[&name] == 1 && is_known(&person);
                if wanted[&name] > 1
                    && !is_alone
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
        let moved = |names: HashMap<String, Vec<usize>>| -> HashMap<String, Vec<usize>> {
            let moved = names.into_iter().map(|(name, who)| {
                let mut who: Vec<usize> = who.iter().map(|old| now[*old]).collect();
                who.sort_unstable();
                (name, who)
            });
            moved.collect()
        };
        let names = Names {
            by_slug: moved(self.names.by_slug),
            by_words: moved(self.names.by_words),
            by_letters: moved(self.names.by_letters),
        };
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
fn named(names: &Names, people: &[Person], name: &str, nation: &str, at: At) -> Vec<usize> {
    let is_of_nation = |i: usize| people[i].nation.as_deref() == Some(nation);
    // "Kim Min (1928072)" is told by the code, or by the sport.
    if let Some((bare, inner)) = bracket(name) {
        let inner = slug::slugify(inner);
        let told =
            names.find(&slug::slugify(bare), |i| is_of_nation(i) && people[i].is_told_by(&inner));
        if !told.is_empty() {
            return told;
        }
    }
    let of_nation = names.find(&slug::slugify(name), is_of_nation);
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

/// Whether two names are spellings of one: with the same words in any order, hyphens aside.
fn is_one(a: &str, b: &str) -> bool {
    let words = |name: &str| {
        let words = name.split_whitespace().map(|word| slug::slugify(word).replace('-', ""));
        let mut words: Vec<String> = words.collect();
        words.sort_unstable();
        words
    };
    words(a) == words(b)
}

/// Whether a name is more than a family name, with or without initials, as results systems print those of pairs
/// and relays: nobody's page can be made of that.
fn is_whole(name: &str) -> bool {
    let is_initials = |word: &str| {
        let letters = word.trim_end_matches('.');
        letters.chars().count() == 1
            || (letters.len() == 2 && letters.chars().all(char::is_uppercase))
    };
    let mut words = name.split_whitespace();
    words.clone().count() > 1 && !words.any(is_initials)
}

/// A name, and what stands in brackets behind it.
fn bracket(written: &str) -> Option<(&str, &str)> {
    let (name, inner) = written.strip_suffix(')')?.rsplit_once('(')?;
    Some((name.trim(), inner.trim()))
}

impl Person {
    /// Whether a sport or the results system's code, as a slug, tells this person from a namesake.
    fn is_told_by(&self, slug: &str) -> bool {
        let code = self.doc.as_ref().and_then(|doc| doc.code.as_deref());
        self.sports.contains(slug) || code.is_some_and(|code| slug::slugify(code) == slug)
    }
}

/// "Kim Min-jong (KOR)" as name and code, "Watanabe Yuta (JPN, badminton)" as name, code and sport.
fn split(
    written: &str,
    code_of: impl Fn(&str) -> Option<String>,
) -> (&str, Option<String>, Option<String>) {
    let Some((name, inner)) = bracket(written) else { return (written, None, None) };
    let (nation, sport) = match inner.split_once(',') {
        Some((nation, sport)) => (nation.trim(), Some(slug::slugify(sport))),
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
    names: Names,
    /// Everybody, in the order of the site's athletes: by slug of the name, then nation.
    pub people: Vec<Person>,
}

impl Index {
    /// Those of a nation who may be meant by a name on a podium: one, if that can be told.
    pub fn of_nation(&self, name: &str, nation: &str, at: At) -> Vec<usize> {
        named(&self.names, &self.people, name, nation, at)
    }

    /// Everybody who may be meant.
    pub fn named(&self, written: &str, code_of: impl Fn(&str) -> Option<String>) -> Vec<usize> {
        let (name, nation, sport) = split(written, code_of);
        self.names.find(&slug::slugify(name), |i| {
            let person = &self.people[i];
            (nation.is_none() || person.nation == nation)
                && sport.as_ref().is_none_or(|sport| person.is_told_by(sport))
        })
    }

    /// The name as it may be written where the name alone is ambiguous: with the nation's code, and
    /// with the sport or the results system's code if that is not enough.
    pub fn clear_name(&self, person: usize) -> String {
        let Person { name, nation, sports, .. } = &self.people[person];
        let Some(code) = nation else { return name.clone() };
        let called = self.names.find(&slug::slugify(name), |i| self.people[i].nation == *nation);
        if called.len() < 2 {
            return format!("{name} ({code})");
        }
        let is_own = |sport: &&String| {
            called.iter().filter(|i| self.people[**i].sports.contains(*sport)).count() == 1
        };
        let own_sport = sports.iter().find(is_own);
        let own_code = self.people[person].doc.as_ref().and_then(|doc| doc.code.as_ref());
        match own_sport.or(own_code) {
            Some(told) => format!("{name} ({code}, {told})"),
            None => format!("{name} ({code})"),
        }
    }
}
