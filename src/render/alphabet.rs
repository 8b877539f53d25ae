//! Athletes in the order of their family names, as a list from A to Z has them.

use serde::Serialize;
use tera::Value;

use crate::assemble::{AthleteNode, Site};
use crate::games::noc;
use crate::slug;

/// An athlete's name with the family name in front, as lists have it: "Alfred, Julien", "Lim Jong-hoon".
pub fn filed_name(site: &Site, athlete: &AthleteNode) -> String {
    let name = athlete.name.as_str();
    let code = athlete.nation.map_or("", |nation| site.nations[nation].code.as_str());
    let family = match athlete.doc.as_ref().and_then(|doc| doc.family.as_deref()) {
        Some(family) => family,
        None if noc::is_family_first(code) => return name.to_owned(),
        None => name.rsplit(' ').next().unwrap_or(name),
    };
    match name.strip_suffix(family).map(str::trim_end) {
        Some(given) if !given.is_empty() => format!("{family}, {given}"),
        // The family name is in front, or it is all that there is.
        _ => name.to_owned(),
    }
}

/// Everybody by the family name, whatever its script.
pub fn by_family_name(filed: &[String]) -> Vec<usize> {
    let keys: Vec<String> = filed.iter().map(|name| slug::slugify(name)).collect();
    let mut order: Vec<usize> = (0..filed.len()).collect();
    order.sort_by(|a, b| keys[*a].cmp(&keys[*b]).then(a.cmp(b)));
    order
}

/// The place of each in an order.
pub fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, i) in order.iter().enumerate() {
        places[*i] = place;
    }
    places
}

/// The letter under which a filed name stands: a capital from A to Z, or `#`.
pub fn letter(filed: &str) -> char {
    let first = slug::slugify(filed).chars().next().unwrap_or('#');
    if first.is_ascii_alphabetic() { first.to_ascii_uppercase() } else { '#' }
}

/// The letters of an order, each with how many stand before its first.
pub fn starts(order: &[usize], letters: &[char]) -> Vec<(char, usize)> {
    let mut starts: Vec<(char, usize)> = Vec::new();
    for (place, i) in order.iter().enumerate() {
        if starts.last().is_none_or(|(letter, _)| *letter != letters[*i]) {
            starts.push((letters[*i], place));
        }
    }
    starts
}

/// Those who stand under a letter.
#[derive(Serialize)]
pub struct LetterGroup {
    letter: char,
    /// The id of its heading.
    id: String,
    athletes: Vec<Value>,
}

/// The id of the heading of a letter.
pub fn heading_id(letter: char) -> String {
    match letter {
        'A'..='Z' => format!("letter-{}", letter.to_ascii_lowercase()),
        _ => "letter-other".to_owned(),
    }
}

/// Some athletes, who are in the order of their family names, by letters. `letters` and `cards` are those of all.
pub fn groups(cards: &[Value], letters: &[char], athletes: &[usize]) -> Vec<LetterGroup> {
    let mut groups: Vec<LetterGroup> = Vec::new();
    for i in athletes {
        let letter = letters[*i];
        if groups.last().is_none_or(|group| group.letter != letter) {
            groups.push(LetterGroup { letter, id: heading_id(letter), athletes: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.athletes.push(cards[*i].clone());
        }
    }
    groups
}
