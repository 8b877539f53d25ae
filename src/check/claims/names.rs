//! Whom and what names in prose mean: athletes in all their spellings, nations by name, code and people.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::words::{Word, fold};
use crate::assemble::{AthleteNode, Site};
use crate::games::noc::COMMITTEES;
use crate::games::peoples::PEOPLES;

/// Names of a site, for a look-up by the letters of words that stand together.
#[derive(Debug)]
pub struct Names {
    /// Athletes by a whole name.
    full: HashMap<String, Vec<usize>>,
    /// Athletes by a part of their name that may stand for it.
    short: HashMap<String, Vec<usize>>,
    nations: HashMap<String, Nation>,
    /// Words with which any of these may begin: most words of a text need no look-up.
    starts: HashSet<String>,
}

/// How a nation is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nation {
    /// IOC code.
    pub code: String,
    /// By what.
    pub form: Form,
}

/// By what a nation is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "China", "KOR".
    Name,
    /// "Chinese": an adjective, or a noun of the same letters.
    Adjective,
    /// "the Dane": one person.
    Person,
    /// "the Danes".
    People,
}

/// More words than a name has.
const LONGEST: usize = 6;

/// Nations whose people put the family name first in print.
const FAMILY_FIRST: &[&str] = &["CHN", "HKG", "KOR", "MAC", "MAS", "PRK", "SGP", "TPE", "VIE"];

impl Names {
    /// The names of everybody on the site, and of all nations.
    pub fn new(site: &Site) -> Names {
        let mut names = Names {
            full: HashMap::new(),
            short: HashMap::new(),
            nations: HashMap::new(),
            starts: HashSet::new(),
        };
        for (i, athlete) in site.athletes.iter().enumerate() {
            names.add_athlete(site, i, athlete);
        }
        names.add_nations(site);
        names
    }

    fn add_athlete(&mut self, site: &Site, i: usize, athlete: &AthleteNode) {
        let nation = athlete.nation.map(|nation| site.nations[nation].code.as_str());
        let is_family_first = nation.is_some_and(|code| FAMILY_FIRST.contains(&code));
        let doc = athlete.doc.as_deref();
        let aliases = doc.map(|doc| doc.aliases.as_slice()).unwrap_or_default();
        for name in aliases.iter().chain([&athlete.name]) {
            for spelling in spellings(name) {
                self.starts.extend(starts(&spelling));
                let words: Vec<&str> =
                    spelling.split(' ').filter(|word| !word.is_empty()).collect();
                for whole in orders(&words) {
                    add(&mut self.full, whole, i);
                }
                if words.len() > 1 {
                    for part in short_forms(&words, is_family_first) {
                        add(&mut self.short, part, i);
                    }
                    for part in with_initials(&words) {
                        self.starts.extend(part.chars().take(1).map(String::from));
                        add(&mut self.short, part, i);
                    }
                } else {
                    add(&mut self.short, words.concat(), i);
                }
            }
        }
        for family in doc.and_then(|doc| doc.family.as_deref()).into_iter().flat_map(spellings) {
            self.starts.extend(starts(&family));
            add(&mut self.short, letters(&family), i);
        }
    }

    fn add_nations(&mut self, site: &Site) {
        let mut add = |written: &str, code: &str, form: Form| {
            let nation = Nation { code: code.to_owned(), form };
            let folded = fold(written);
            self.starts.extend(starts(&folded));
            self.nations.entry(letters(&folded)).or_insert(nation);
        };
        // What the house says comes first.
        for node in &site.nations {
            add(&node.name, &node.code, Form::Name);
            if let Some(doc) = &node.doc {
                doc.aliases.iter().for_each(|alias| add(alias, &node.code, Form::Name));
                if let Some(demonym) = &doc.demonym {
                    add(demonym, &node.code, Form::Adjective);
                    add(&format!("{demonym}s"), &node.code, Form::People);
                }
            }
        }
        for people in PEOPLES {
            people.names.iter().for_each(|name| add(name, people.code, Form::Name));
            for word in people.words {
                add(word, people.code, form(word));
            }
        }
        for (code, name, _) in COMMITTEES {
            add(name, code, Form::Name);
            add(code, code, Form::Name);
        }
    }

    /// Whether a name of any kind may begin with a word.
    pub fn may_begin(&self, word: &Word) -> bool {
        let first = word.fold.split('-').next().unwrap_or_default();
        self.starts.contains(first)
            || first.len() < word.fold.len() && self.starts.contains(&letters(&word.fold))
    }

    /// The nation that begins at a word, and how many words it takes.
    pub fn nation(&self, words: &[Word]) -> Option<(usize, &Nation)> {
        let first = words.first()?;
        let is_lower = matches!(first.fold.as_ref(), "neutral" | "neutrals" | "refugee");
        if !first.is_capital && !is_lower {
            return None;
        }
        (1..=LONGEST.min(words.len())).rev().find_map(|count| {
            let key = joined(&words[..count])?;
            let nation = self.nations.get(&key)?;
            // "us" and "mas" are words; US and MAS are nations.
            let is_code = key.len() <= 3 && count == 1;
            // "Gold AND bronze": in capitals these are words too.
            let is_word = matches!(
                key.as_str(),
                "and" | "can" | "per" | "arm" | "den" | "bar" | "mad" | "ban" | "lie"
            ) && words.get(1).is_none_or(|next| {
                next.is_word && !next.fold.starts_with(|c: char| c.is_ascii_digit())
            });
            (!is_code || first.is_upper && !is_word).then_some((count, nation))
        })
    }

    /// Athletes whose whole name begins at a word, and how many words it takes.
    pub fn athletes(&self, words: &[Word]) -> Option<(usize, &[usize])> {
        find(&self.full, words, 2)
    }

    /// Athletes of whose name a part begins at a word.
    pub fn surnames(&self, words: &[Word]) -> Option<(usize, &[usize])> {
        find(&self.short, words, 1)
    }
}

/// The words of a name, each as a whole and in the parts between its hyphens.
fn starts(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(' ').filter(|word| !word.is_empty());
    words.flat_map(|word| word.split('-').map(letters).chain([letters(word)]))
}

fn add(names: &mut HashMap<String, Vec<usize>>, letters: String, athlete: usize) {
    let called = names.entry(letters).or_default();
    if called.last() != Some(&athlete) {
        called.push(athlete);
    }
}

/// The longest name that begins at a word and has so many words at least, or hyphens for them.
fn find<'n>(
    names: &'n HashMap<String, Vec<usize>>,
    words: &[Word],
    fewest: usize,
) -> Option<(usize, &'n [usize])> {
    if !words.first()?.is_capital {
        return None;
    }
    (1..=LONGEST.min(words.len())).rev().find_map(|count| {
        let parts: usize =
            words[..count].iter().map(|word| 1 + word.fold.matches('-').count()).sum();
        if parts < fewest {
            return None;
        }
        Some((count, names.get(&joined(&words[..count])?)?.as_slice()))
    })
}

/// The letters of words that stand together: no mark or possessive between them.
fn joined(words: &[Word]) -> Option<String> {
    let (last, before) = words.split_last()?;
    if !last.is_word || !last.is_capital && !before.is_empty() && last.fold.len() > 3 {
        return None;
    }
    let is_whole = before.iter().all(|word| word.is_word && !word.is_possessive);
    is_whole.then(|| words.iter().map(|word| letters(&word.fold)).collect())
}

fn letters(folded: &str) -> String {
    folded.chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}

/// A name as it is folded, and as it is where letters with marks are written with two: Djordjevic, Mueller.
fn spellings(name: &str) -> BTreeSet<String> {
    let mut wide = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        match c {
            'đ' => wide += "dj",
            'ä' | 'æ' => wide += "ae",
            'ö' | 'ø' => wide += "oe",
            'ü' => wide += "ue",
            'å' => wide += "aa",
            c => wide.push(c),
        }
    }
    // Results systems write two letters where the house has a mark: Sjoestroem, Mueller.
    let narrow = words_of(name).replace("ae", "a").replace("oe", "o").replace("ue", "u");
    BTreeSet::from([words_of(name), words_of(&wide), narrow])
}

fn words_of(name: &str) -> String {
    name.split_whitespace().map(fold).collect::<Vec<_>>().join(" ")
}

/// A name's words in the orders in which it is printed, and without its last word where there are three.
fn orders(words: &[&str]) -> BTreeSet<String> {
    let joined = |words: &[&str]| letters(&words.concat());
    let mut orders = BTreeSet::from([joined(words)]);
    if let [first, rest @ ..] = words
        && let [start @ .., last] = words
        && !start.is_empty()
    {
        orders.insert(joined(&[rest, &[*first]].concat()));
        orders.insert(joined(&[&[*last], start].concat()));
        if start.len() > 1 && !is_particle(start[start.len() - 1]) {
            orders.insert(joined(start));
        }
        if let Some((before, _)) = last.split_once('-') {
            orders.insert(joined(&[start, &[before]].concat()));
        }
    }
    orders
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "der"
            | "den"
            | "de"
            | "von"
            | "da"
            | "dos"
            | "di"
            | "la"
            | "le"
            | "el"
            | "al"
            | "bin"
    )
}

/// The parts of a name that may stand for it: the family name, as far as it can be told.
fn short_forms(words: &[&str], is_family_first: bool) -> BTreeSet<String> {
    let joined = |words: &[&str]| letters(&words.concat());
    let mut parts = BTreeSet::new();
    if is_family_first {
        parts.insert(joined(&words[..1]));
    }
    for from in 1..words.len() {
        // The given name of "Lim Jong-hoon" is no family name.
        if !is_family_first || words[from..].iter().all(|word| !word.contains('-')) {
            parts.insert(joined(&words[from..]));
        }
    }
    if let [_, middle @ .., last] = words {
        parts.extend(middle.iter().filter(|word| !is_particle(word)).map(|word| letters(word)));
        if !is_family_first {
            parts.extend(last.split('-').map(str::to_owned).filter(|part| part.len() > 3));
        }
    }
    parts.retain(|part| part.len() > 1 && !is_particle(part));
    parts
}

/// A name with its given names as initials, for lists: "A Hovdenak", "JP Quadros".
fn with_initials(words: &[&str]) -> BTreeSet<String> {
    let initial = |word: &str| word.chars().take(1).collect::<String>();
    let mut found = BTreeSet::new();
    for family in 1..words.len() {
        let name = letters(&words[family..].concat());
        let all: String = words[..family].iter().map(|word| initial(word)).collect();
        found.insert(format!("{}{name}", initial(words[0])));
        found.insert(format!("{all}{name}"));
    }
    found.retain(|name| name.len() > 3);
    found
}

/// Adjectives end otherwise than nouns for people.
fn form(word: &str) -> Form {
    const ADJECTIVES: &[&str] = &["Swiss", "Chinese", "Burkinabe", "Kyrgyz"];
    const PERSONS: &[&str] = &[
        "Dane",
        "Spaniard",
        "Finn",
        "Swede",
        "Pole",
        "Turk",
        "Briton",
        "Brit",
        "Serb",
        "Croat",
        "Slovak",
        "Icelander",
        "New Zealander",
        "Hong Konger",
        "Liechtensteiner",
        "Luxembourger",
        "Kiwi",
        "Aussie",
        "Slovene",
    ];
    let is_one = |end: &str, but: &str| word.ends_with(end) && word != but;
    if ADJECTIVES.contains(&word) {
        Form::Adjective
    } else if PERSONS.contains(&word) || is_one("man", "German") || word.ends_with("woman") {
        Form::Person
    } else if word.ends_with('s') || is_one("men", "Turkmen") {
        Form::People
    } else {
        Form::Adjective
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_its_orders_and_spellings() {
        let words = spellings("Nemanja Đorđević");
        assert!(words.contains("nemanja dordevic") && words.contains("nemanja djordjevic"));
        let orders = orders(&["lim", "jong-hwan"]);
        assert!(orders.contains("limjonghwan") && orders.contains("jonghwanlim"));
        let parts = short_forms(&["sanne", "van", "der", "velde"], false);
        assert!(parts.contains("vandervelde") && parts.contains("velde") && !parts.contains("van"));
        let parts = short_forms(&["lim", "jong-hwan"], true);
        assert_eq!(parts, BTreeSet::from(["lim".to_owned()]));
    }

    #[test]
    fn people_are_told_from_adjectives() {
        assert_eq!(form("Dutch"), Form::Adjective);
        assert_eq!(form("German"), Form::Adjective);
        assert_eq!(form("Frenchman"), Form::Person);
        assert_eq!(form("Dutchwoman"), Form::Person);
        assert_eq!(form("Danes"), Form::People);
        assert_eq!(form("Swiss"), Form::Adjective);
    }
}
