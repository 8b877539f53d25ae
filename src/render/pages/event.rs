//! A medal event with its podium.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::Award;
use crate::games::medals::Medal;
use crate::markdown;
use crate::parse::documents::Change;
use crate::plan::{self, addresses as at};
use crate::render::cards::ChangeView;
use crate::render::pictures::{self, ImageView};
use crate::render::schema_org::{Event, MOST_COMPETITORS, Node, SchemaOrg, Team};
use crate::render::units::ResultsView;
use crate::render::{Renderer, describe};

/// A medal event.
pub(super) struct EventPage(pub(super) usize);

#[derive(Serialize)]
struct EventView<'a> {
    card: Value,
    title: &'a str,
    code: Option<&'a str>,
    body: Value,
    image: Option<ImageView>,
    sessions: Vec<Value>,
    changes: Vec<ChangeView<'a>>,
    /// How it went.
    results: Option<ResultsView>,
    /// Who has entered, by nation; where there are results they say so.
    entrants: Vec<NationEntry>,
    siblings: Vec<Value>,
    extra: &'a serde_json::Value,
}

/// Those of a nation who have entered an event.
#[derive(Serialize)]
struct NationEntry {
    nation: Value,
    athletes: Vec<Value>,
}

impl EventPage {
    /// Who stands on the podium; the sport and its name while nobody does.
    fn result(&self, renderer: &Renderer) -> String {
        let site = renderer.site;
        let node = &site.events[self.0];
        let mut text = format!("{}: {}.", site.sports[node.sport].name, node.doc.title);
        for medal in &Medal::ALL {
            if !node.podium[*medal as usize].is_empty() {
                let names: Vec<String> = site
                    .medallists(node, *medal)
                    .map(|award| winners_in_words(renderer, award))
                    .collect();
                text += &format!(" {}: {}.", describe::medal(renderer, *medal), names.join("; "));
            }
        }
        markdown::cut(text, describe::MOST)
    }
}

/// So many others of its sport an event's page leads to on each side: no sport of any Games has more. The
/// sport's own page has all of them, and pages that each had all would grow with the square of their number.
const SIBLINGS: usize = 50;

/// The others of a sport around an event. They are in order.
fn nearest(of_sport: &[usize], event: usize) -> Vec<usize> {
    let (Ok(at) | Err(at)) = of_sport.binary_search(&event);
    let from = at.saturating_sub(SIBLINGS);
    let around = of_sport.iter().copied().skip(from).take(at - from + 1 + SIBLINGS);
    around.filter(|other| *other != event).collect()
}

impl PageType for EventPage {
    fn template(&self) -> &'static str {
        "event.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let cards = page.renderer.cards;
        let node = &site.events[self.0];
        let doc = &node.doc;
        let (body, _) = page.body(Some(&doc.file));
        // Who only has a medal stands on the podium above.
        let has_medal =
            |athlete: &usize| site.podium(node).any(|award| award.athletes.contains(athlete));
        let has_results = !node.units.is_empty();
        let entrants = match has_results || node.entrants.iter().all(has_medal) {
            true => &[],
            false => node.entrants.as_slice(),
        };
        let siblings = nearest(&site.sports[node.sport].events, self.0);
        let view = EventView {
            card: cards.events[self.0].clone(),
            title: &doc.title,
            code: doc.code.as_deref(),
            body,
            image: pictures::image(site, &doc.file),
            sessions: pick(&cards.schedule, &node.schedule),
            changes: doc.changes.iter().map(changed).collect(),
            results: page.renderer.units().of_event(self.0),
            entrants: by_nation(page.renderer, entrants),
            siblings: pick(&cards.events, &siblings),
            extra: &doc.extra,
        };
        page.insert_view("event", &view);
        page.insert("stories", &pick(&cards.stories, &node.stories));
        let running =
            node.stories.iter().copied().filter(|story| site.stories[*story].is_running());
        page.insert("live", &pick(&cards.stories, &running.collect::<Vec<_>>()));
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let site = renderer.site;
        let event = &site.events[self.0];
        let sport = &site.sports[event.sport];
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "sports", at::SPORTS),
            Crumb::new(&sport.name, at::sport(&sport.slug)),
            Crumb::new(&event.doc.title, plan::event_address(site, event)),
        ]
    }

    /// The beginning of its text, or else who stands on the podium; the sport and its name while nobody
    /// does.
    fn description(&self, renderer: &Renderer) -> String {
        let file = &renderer.site.events[self.0].doc.file;
        describe::words_or(Some(file), || self.result(renderer))
    }

    fn title(&self, renderer: &Renderer) -> Option<String> {
        let schema = SchemaOrg::new(renderer);
        Some(schema.event_name(&renderer.site.events[self.0]))
    }

    /// Nothing while nobody knows when it is: a search engine wants a day.
    fn nodes<'a>(&self, schema: SchemaOrg<'a>, description: &str) -> Vec<Node<'a>> {
        let node = &schema.site.events[self.0];
        let doc = &node.doc;
        let address = plan::event_address(schema.site, node);
        let name = schema.event_name(node);
        let whole = schema.sessions(&address, name, &node.schedule, description);
        let Some(whole) = whole else { return Vec::new() };
        let medallists = schema.site.podium(node);
        let mut competitor: Vec<Node> =
            medallists.map(|award| competitors(schema, award)).collect();
        if competitor.is_empty() {
            let first = node.entrants.iter().take(MOST_COMPETITORS);
            competitor = first.map(|i| schema.athlete(*i)).collect();
        }
        vec![Node::SportsEvent(Event {
            sport: Some(&schema.site.sports[node.sport].name),
            image: schema.pictures(&doc.file),
            competitor,
            ..whole
        })]
    }
}

/// Athletes in groups of their nations.
fn by_nation(renderer: &Renderer, athletes: &[usize]) -> Vec<NationEntry> {
    let site = renderer.site;
    let cards = renderer.cards;
    let mut nations: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for athlete in athletes {
        nations.entry(site.athletes[*athlete].nation).or_default().push(*athlete);
    }
    let entry = |(nation, athletes): (Option<usize>, Vec<usize>)| NationEntry {
        nation: nation.map_or_else(Value::none, |i| cards.nations[i].clone()),
        athletes: pick(&cards.athletes, &athletes),
    };
    nations.into_iter().map(entry).collect()
}

/// A change of a podium.
pub(super) fn changed(change: &Change) -> ChangeView<'_> {
    ChangeView::new(&change.date, &change.text)
}

/// "Lim Jong-hoon, Shin Yu-bin (KOR)".
fn winners_in_words(renderer: &Renderer, winners: &Award) -> String {
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

/// Those who won a medal: a person, or a team with its members.
fn competitors<'a>(schema: SchemaOrg<'a>, winners: &'a Award) -> Node<'a> {
    if let ([one], None) = (winners.athletes.as_slice(), &winners.team) {
        return schema.athlete(*one);
    }
    let nation = &schema.site.nations[winners.nation];
    Node::SportsTeam(Team {
        name: winners.team.as_deref().unwrap_or(&nation.name),
        url: schema.absolute(&at::nation(&nation.code)),
        athlete: winners.athletes.iter().map(|i| schema.athlete(*i)).collect(),
        ..Team::default()
    })
}
