//! What a page is described by: its standfirst, the first words of its text, or where nobody has written
//! one its results, in a sentence or two.

use super::Renderer;
use crate::assemble::Winners;
use crate::games::medals::Medal;
use crate::markdown;
use crate::parse::documents::File;

/// Search engines show no more characters.
const MOST: usize = 200;

/// The standfirst, or else the beginning of the text.
pub(super) fn text(standfirst: Option<&str>, file: &File) -> String {
    standfirst.map_or_else(|| words(file), str::to_owned)
}

/// The beginning of a text; empty if there is none.
pub(super) fn words(file: &File) -> String {
    markdown::first_words(file.markdown(), MOST)
}

/// Who stands on the podium of an event; the sport and its name while nobody does.
pub(super) fn event(renderer: &Renderer, event: usize) -> String {
    let site = renderer.site;
    let node = &site.events[event];
    let mut text = format!("{}: {}.", site.sports[node.sport].name, node.doc.title);
    for (medal, winners) in Medal::ALL.iter().zip(&node.podium) {
        if !winners.is_empty() {
            let names: Vec<String> = winners.iter().map(|it| name(renderer, it)).collect();
            text += &format!(" {}: {}.", word(renderer, *medal), names.join("; "));
        }
    }
    markdown::cut(text, MOST)
}

fn name(renderer: &Renderer, winners: &Winners) -> String {
    let site = renderer.site;
    let nation = &site.nations[winners.nation];
    let people = winners.athletes.iter().map(|i| site.athletes[*i].name.as_str());
    match (winners.athletes.len(), &winners.team) {
        (0, None) => nation.name.clone(),
        (1..=3, None) => format!("{} ({})", people.collect::<Vec<_>>().join(", "), nation.code),
        (_, Some(team)) => format!("{team} ({})", nation.code),
        _ => nation.name.clone(),
    }
}

/// Whom an athlete competes for, and which medals the athlete has.
pub(super) fn athlete(renderer: &Renderer, athlete: usize) -> String {
    let site = renderer.site;
    let node = &site.athletes[athlete];
    let mut text = node.name.clone();
    if let Some(nation) = node.nation {
        text += &format!(", {}", site.nations[nation].name);
    }
    text.push('.');
    let mut medals: Vec<_> = node.medals.iter().collect();
    medals.sort_by_key(|won| won.medal);
    for won in medals {
        let event = &site.events[won.event];
        let sport = &site.sports[event.sport].name;
        text += &format!(" {}: {sport}, {}.", word(renderer, won.medal), event.doc.title);
    }
    markdown::cut(text, MOST)
}

/// What a nation has won.
pub(super) fn nation(renderer: &Renderer, nation: usize) -> String {
    let node = &renderer.site.nations[nation];
    let tally = &node.tally;
    let counts = [tally.gold, tally.silver, tally.bronze];
    let counts = Medal::ALL.iter().zip(counts);
    let counts: Vec<String> =
        counts.map(|(medal, count)| format!("{} {count}", word(renderer, *medal))).collect();
    let games = match renderer.site.config.games.name.as_str() {
        "" => String::new(),
        games => format!(", {games}"),
    };
    match tally.total() {
        0 => format!("{}{games}.", node.name),
        _ => format!("{}{games}. {}.", node.name, counts.join(", ")),
    }
}

fn word<'a>(renderer: &Renderer<'a>, medal: Medal) -> &'a str {
    renderer.theme.translations.text(medal.word())
}
