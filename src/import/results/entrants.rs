//! Whole names of the members of pairs and relays.

use std::collections::{HashMap, HashSet};

use crate::assemble::Site;
use crate::slug;

/// Those who have entered an event or have a medal of it, by the words of their names.
pub struct Entrants<'s> {
    /// Names as slugs with their words in the order of the alphabet.
    whole: HashSet<String>,
    /// By nation and word: the slug, and the name.
    by_word: HashMap<(&'s str, String), Vec<(String, &'s str)>>,
}

impl<'s> Entrants<'s> {
    pub fn new(site: &'s Site, event: usize) -> Entrants<'s> {
        let mut entrants = Entrants { whole: HashSet::new(), by_word: HashMap::new() };
        for athlete in site.events[event].entrants.iter().map(|i| &site.athletes[*i]) {
            let Some(nation) = athlete.nation.map(|nation| site.nations[nation].code.as_str())
            else {
                continue;
            };
            let slug = slug::slugify(&athlete.name);
            entrants.whole.insert(slug::in_any_order(&slug));
            for word in slug.split('-') {
                let of_word = entrants.by_word.entry((nation, word.to_owned())).or_default();
                of_word.push((slug.clone(), &athlete.name));
            }
        }
        entrants
    }

    /// The only one of a nation who may be meant by a family name with or without initials; the name itself where
    /// that is nobody or several, or it is whole.
    pub fn full_name<'n>(&self, name: &'n str, nation: Option<&str>) -> &'n str
    where
        's: 'n,
    {
        let written = slug::slugify(name);
        let Some(nation) = nation.filter(|_| !self.whole.contains(&slug::in_any_order(&written)))
        else {
            return name;
        };
        let is_initial = |word: &&str| word.len() < 3;
        let family: Vec<&str> = written.split('-').filter(|word| !is_initial(word)).collect();
        let initial = written.split('-').find(is_initial).and_then(|word| word.chars().next());
        let Some(first) = family.first() else { return name };
        let is_meant = |(slug, _): &&(String, &str)| {
            let own: Vec<&str> = slug.split('-').collect();
            let has_initial = initial.is_none_or(|initial| {
                own.iter().any(|word| !family.contains(word) && word.starts_with(initial))
            });
            has_initial && family.iter().all(|word| own.contains(word))
        };
        let candidates = self.by_word.get(&(nation, (*first).to_owned()));
        let mut meant = candidates.into_iter().flatten().take(MOST_NAMESAKES).filter(is_meant);
        match (meant.next(), meant.next()) {
            (Some((_, one)), None) => one,
            _ => name,
        }
    }
}

/// More namesakes than a nation has in an event.
const MOST_NAMESAKES: usize = 50;
