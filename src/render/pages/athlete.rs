//! An athlete.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use tera::Value;

use super::event::changed;
use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::{Award, Part};
use crate::games::medals::Medal;
use crate::markdown;
use crate::parse::documents::{Athlete, Gender};
use crate::plan::addresses as at;
use crate::render::cards::ChangeView;
use crate::render::pictures::{self, ImageView};
use crate::render::schema_org::{Country, Node, Person, SchemaOrg, is_country};
use crate::render::units::PartView;
use crate::render::{Renderer, describe};
use crate::slug;

/// An athlete, and which page of the stories about them.
pub(super) struct AthletePage {
    pub(super) athlete: usize,
    pub(super) number: usize,
}

#[derive(Serialize)]
struct AthleteView<'a> {
    card: Value,
    name: &'a str,
    aliases: Vec<&'a str>,
    body: Value,
    image: Option<ImageView>,
    nation: Value,
    /// Of the events that the athlete has entered or has a result or a medal of.
    sports: Vec<Value>,
    medals: Vec<WonView<'a>>,
    /// Events that the athlete has entered and has no medal and no result of.
    entries: Vec<Value>,
    /// What the athlete has done, newest first.
    results: Vec<PartView>,
    changes: Vec<EventChange<'a>>,
    extra: Option<&'a serde_json::Value>,
}

/// A medal that somebody has.
#[derive(Serialize)]
pub(super) struct WonView<'a> {
    #[serde(skip)]
    pub(super) colour: Medal,
    /// When it was decided, if that is known.
    #[serde(skip)]
    pub(super) decided: Option<Timestamp>,
    medal: &'static str,
    event: Value,
    /// Those who won it.
    athletes: Vec<Value>,
    team: Option<&'a str>,
}

/// A change of a podium, where it concerns somebody.
#[derive(Serialize)]
struct EventChange<'a> {
    event: Value,
    change: ChangeView<'a>,
}

/// Nobody does more in one Games than this; the newest are shown.
const MOST_PARTS: usize = 120;

/// Parts in units, the newest first; units of one day in the order of their events.
pub(super) fn newest_first(renderer: &Renderer, parts: &[Part]) -> Vec<PartView> {
    let site = renderer.site;
    let mut parts = parts.to_vec();
    parts.reverse();
    parts.truncate(MOST_PARTS);
    // Within an event the last unit is the newest.
    parts.sort_by_key(|(unit, _)| {
        let node = &site.units[*unit];
        (Reverse(node.day), node.event, Reverse(*unit))
    });
    parts.into_iter().filter_map(|part| renderer.units().part(part)).collect()
}

impl AthletePage {
    /// Whom the athlete competes for, and which medals the athlete has.
    fn record(&self, renderer: &Renderer) -> String {
        let site = renderer.site;
        let node = &site.athletes[self.athlete];
        let mut text = node.name.clone();
        if let Some(nation) = node.nation {
            text += &format!(", {}", site.nations[nation].name);
        }
        text.push('.');
        let mut medals: Vec<_> = node.medals.iter().map(|won| &site.awards[*won]).collect();
        medals.sort_by_key(|won| won.medal);
        for won in medals {
            let event = &site.events[won.event];
            let sport = &site.sports[event.sport].name;
            text += &format!(
                " {}: {sport}, {}.",
                describe::medal(renderer, won.medal),
                event.doc.title
            );
        }
        markdown::cut(text, describe::MOST)
    }
}

impl PageType for AthletePage {
    fn template(&self) -> &'static str {
        "athlete.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let cards = page.renderer.cards;
        let node = &site.athletes[self.athlete];
        let doc = node.doc.as_deref();
        let file = doc.map(|doc| &doc.file).filter(|_| self.number == 1);
        let (body, _) = page.body(file);
        // What is not a list of stories stands on the first page alone.
        let is_first = self.number == 1;
        let won = if is_first { node.medals.as_slice() } else { &[] };
        let mut medals: Vec<WonView> =
            won.iter().map(|won| won_view(page.renderer, &site.awards[*won])).collect();
        medals.sort_by_key(|won| won.colour);
        let has_medal =
            |event: &usize| node.medals.iter().any(|won| site.awards[*won].event == *event);
        let has_result =
            |event: &usize| node.results.iter().any(|(unit, _)| site.units[*unit].event == *event);
        let without_medal: Vec<usize> = node
            .entries
            .iter()
            .copied()
            .filter(|entry| is_first && !has_medal(entry) && !has_result(entry))
            .collect();
        let sports: BTreeSet<usize> =
            node.entries.iter().map(|event| site.events[*event].sport).collect();
        let sports: Vec<usize> = sports.into_iter().collect();
        let changes = node.changes.iter().filter(|_| is_first).map(|(event, which)| EventChange {
            event: cards.events[*event].clone(),
            change: changed(&site.events[*event].doc.changes[*which]),
        });
        let view = AthleteView {
            card: cards.athletes[self.athlete].clone(),
            name: &node.name,
            aliases: doc.map(other_names).unwrap_or_default(),
            body,
            image: doc.and_then(|doc| pictures::image(site, &doc.file)),
            nation: node.nation.map_or_else(Value::none, |nation| cards.nations[nation].clone()),
            sports: pick(&cards.sports, &sports),
            medals,
            entries: pick(&cards.events, &without_medal),
            results: newest_first(page.renderer, if is_first { &node.results } else { &[] }),
            changes: changes.collect(),
            extra: doc.map(|doc| &doc.extra),
        };
        page.insert_view("athlete", &view);
        page.stories(node.stories.iter().copied(), &at::athlete(&node.slug), self.number);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let athlete = &renderer.site.athletes[self.athlete];
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "athletes", at::ATHLETES),
            Crumb::new(&athlete.name, at::athlete(&athlete.slug)),
        ]
    }

    /// The beginning of the text, or else whom the athlete competes for, and which medals the athlete has.
    fn description(&self, renderer: &Renderer) -> String {
        let doc = renderer.site.athletes[self.athlete].doc.as_deref();
        describe::words_or(doc.map(|doc| &doc.file), || self.record(renderer))
    }

    fn open_graph(&self, _renderer: &Renderer) -> (&'static str, Vec<(&'static str, String)>) {
        ("profile", Vec::new())
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, _description: &str) -> Vec<Node<'a>> {
        if self.number > 1 {
            return Vec::new();
        }
        let site = schema.site;
        let node = &site.athletes[self.athlete];
        let doc = node.doc.as_deref();
        let url = schema.absolute(&at::athlete(&node.slug));
        let nation = node.nation.map(|i| &site.nations[i]);
        // The best first.
        let mut medals: Vec<_> = node.medals.iter().map(|won| &site.awards[*won]).collect();
        medals.sort_by_key(|won| won.medal);
        let award = |won: &Award| {
            let event = schema.event_name(&site.events[won.event]);
            let medal = schema.translations.text(won.medal.word());
            match site.config.games.name.as_str() {
                "" => format!("{medal}, {event}"),
                games => format!("{medal}, {event}, {games}"),
            }
        };
        vec![Node::Person(Person {
            id: Some(format!("{url}#person")),
            name: &node.name,
            url,
            alternate_name: doc
                .map(|doc| doc.aliases.iter().map(String::as_str).collect())
                .unwrap_or_default(),
            given_name: doc.and_then(|doc| doc.given.as_deref()),
            family_name: doc.and_then(|doc| doc.family.as_deref()),
            gender: doc.and_then(|doc| match doc.gender? {
                Gender::Women => Some("https://schema.org/Female"),
                Gender::Men => Some("https://schema.org/Male"),
                Gender::Mixed | Gender::Open => None,
            }),
            image: doc.map(|doc| schema.pictures(&doc.file)).unwrap_or_default(),
            nationality: nation
                .filter(|nation| is_country(nation))
                .map(|nation| Country { name: &nation.name }),
            member_of: node.nation.map(|i| Box::new(schema.nation(i))),
            award: medals.into_iter().map(award).collect(),
            ..Person::default()
        })]
    }
}

/// A medal as athletes and nations show it.
pub(super) fn won_view<'a>(renderer: &Renderer<'a>, won: &'a Award) -> WonView<'a> {
    let cards = renderer.cards;
    WonView {
        colour: won.medal,
        decided: won.tenure.decided.map(|decided| decided.at),
        medal: won.medal.word(),
        event: cards.events[won.event].clone(),
        athletes: pick(&cards.athletes, &won.athletes),
        team: won.team.as_deref(),
    }
}

/// Aliases that a reader does not see in the name: "McKEOWN Kaylee" has the words of "Kaylee McKeown".
fn other_names(doc: &Athlete) -> Vec<&str> {
    let words = |name: &str| slug::in_any_order(&slug::slugify(name));
    let name = words(&doc.name);
    let others = doc.aliases.iter().filter(|alias| words(alias) != name);
    others.map(String::as_str).collect()
}
