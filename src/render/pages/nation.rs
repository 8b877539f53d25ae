//! A nation.

use std::cmp::Reverse;

use serde::Serialize;
use tera::Value;

use super::athlete::{WonView, won_view};
use super::session_rows::next;
use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::Part;
use crate::games::medals::Medal;
use crate::plan::addresses as at;
use crate::render::alphabet::{self, LetterGroup};
use crate::render::cards::{self, civil_date};
use crate::render::pictures::{self, ImageView};
use crate::render::schema_org::{Node, SchemaOrg, Team};
use crate::render::units::PartView;
use crate::render::{Renderer, describe};

/// A nation, and which page of the stories about it.
pub(super) struct NationPage {
    pub(super) nation: usize,
    pub(super) number: usize,
}

#[derive(Serialize)]
struct NationView<'a> {
    card: Value,
    code: &'a str,
    name: &'a str,
    in_table: bool,
    body: Value,
    image: Option<ImageView>,
    /// What was decided last first.
    medals: Vec<WonView<'a>>,
    /// The same medals by sport.
    sports: Vec<SportMedals<'a>>,
    /// How it stood on each evening, the last first.
    evenings: Vec<EveningView>,
    /// What it did on the last day of which there are results.
    latest: Vec<PartView>,
    /// Places four to eight where medals are decided.
    places: Vec<PartView>,
    /// The best place in each sport in which nobody came among the first eight.
    best: Vec<PartView>,
    /// Where its calendar is, if it has one.
    /// The next session in which one of its events is decided.
    next_final: Option<Value>,
    calendar: Option<String>,
    /// By their family names.
    athletes: Vec<Value>,
    athlete_count: usize,
    /// The same by letters.
    athlete_groups: Vec<LetterGroup>,
    extra: Option<&'a serde_json::Value>,
}

/// So many results of a day are shown, and so many places: a page is no database.
const MOST_OF_A_DAY: usize = 24;
const MOST_PLACES: usize = 40;

/// How a nation stood on the evening of a day.
#[derive(Serialize)]
struct EveningView {
    date: Option<Value>,
    rank: Option<usize>,
    gold: u32,
    silver: u32,
    bronze: u32,
}

/// The medals of a nation in a sport.
#[derive(Serialize)]
struct SportMedals<'a> {
    sport: Value,
    medals: Vec<WonView<'a>>,
}

impl NationPage {
    /// Nothing of a nation that has no medal in the table.
    fn evenings(&self, renderer: &Renderer) -> Vec<EveningView> {
        let node = &renderer.site.nations[self.nation];
        if self.number > 1 || node.rank.is_none() {
            return Vec::new();
        }
        let evenings = renderer.cards.evenings.iter().rev().map(|evening| {
            let row = evening.row(&node.code);
            let tally = row.map(|row| row.tally).unwrap_or_default();
            EveningView {
                date: civil_date(evening.date),
                rank: row.map(|row| row.rank),
                gold: tally.gold,
                silver: tally.silver,
                bronze: tally.bronze,
            }
        });
        evenings.collect()
    }

    /// What the nation has won.
    fn record(&self, renderer: &Renderer) -> String {
        let node = &renderer.site.nations[self.nation];
        let tally = &node.tally;
        let counts = [tally.gold, tally.silver, tally.bronze];
        let counts = Medal::ALL.iter().zip(counts);
        let counts: Vec<String> = counts
            .map(|(medal, count)| format!("{} {count}", describe::medal(renderer, *medal)))
            .collect();
        let games = match renderer.site.config.games.name.as_str() {
            "" => String::new(),
            games => format!(", {games}"),
        };
        match tally.total() {
            0 => format!("{}{games}.", node.name),
            _ => format!("{}{games}. {}.", node.name, counts.join(", ")),
        }
    }
}

impl PageType for NationPage {
    fn template(&self) -> &'static str {
        "nation.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let cards = page.renderer.cards;
        let node = &site.nations[self.nation];
        let doc = node.doc.as_deref();
        let file = doc.map(|doc| &doc.file).filter(|_| self.number == 1);
        let (body, _) = page.body(file);
        // Medals are in the order of events, and events in that of their sports.
        let mut sports: Vec<(usize, Vec<WonView>)> = Vec::new();
        let is_first = self.number == 1;
        for won in node.medals.iter().filter(|_| is_first).map(|won| &site.awards[*won]) {
            let sport = site.events[won.event].sport;
            if sports.last().is_none_or(|(last, _)| *last != sport) {
                sports.push((sport, Vec::new()));
            }
            if let Some((_, medals)) = sports.last_mut() {
                medals.push(won_view(page.renderer, won));
            }
        }
        sports.iter_mut().for_each(|(_, medals)| medals.sort_by_key(|won| won.colour));
        let mut medals: Vec<WonView> = node
            .medals
            .iter()
            .filter(|_| is_first)
            .map(|won| won_view(page.renderer, &site.awards[*won]))
            .collect();
        medals.sort_by_key(|won| Reverse(won.decided));
        let mut athletes = if is_first { node.athletes.clone() } else { Vec::new() };
        athletes.sort_by_key(|athlete| cards.place_by_family_name[*athlete]);
        let results = if is_first { node.results.as_slice() } else { &[] };
        let day = results.iter().filter_map(|(unit, _)| site.units[*unit].day).max();
        let of_day = results.iter().copied().filter(|(unit, _)| site.units[*unit].day == day);
        let mut latest: Vec<Part> = of_day.collect();
        // Finals first: of many heats the last ones are as good as any.
        latest.sort_by_key(|(unit, _)| (!site.units[*unit].is_deciding, Reverse(*unit)));
        latest.truncate(MOST_OF_A_DAY);
        let behind =
            |part: &Part| site.place_of(*part).is_some_and(|place| (4..=8).contains(&place));
        let mut places: Vec<Part> = results.iter().copied().filter(behind).collect();
        places.sort_by_key(|part| (site.place_of(*part), part.0));
        places.truncate(MOST_PLACES);
        // By sport, as events are.
        let mut best: Vec<(usize, Part)> = Vec::new();
        for part in results.iter().filter(|part| site.place_of(**part).is_some()) {
            let sport = site.events[site.units[part.0].event].sport;
            match best.last_mut() {
                Some((last, known)) if *last == sport => {
                    if site.place_of(*part) < site.place_of(*known) {
                        *known = *part;
                    }
                }
                _ => best.push((sport, *part)),
            }
        }
        best.retain(|(_, part)| site.place_of(*part).is_some_and(|place| place > 8));
        let units = page.renderer.units();
        let view = NationView {
            card: cards.nations[self.nation].clone(),
            code: &node.code,
            name: &node.name,
            in_table: node.in_table,
            body,
            image: doc.and_then(|doc| pictures::image(site, &doc.file)),
            medals,
            evenings: self.evenings(page.renderer),
            sports: sports
                .into_iter()
                .map(|(sport, medals)| SportMedals { sport: cards.sports[sport].clone(), medals })
                .collect(),
            latest: latest.into_iter().filter_map(|part| units.part(part)).collect(),
            places: places.into_iter().filter_map(|part| units.part(part)).collect(),
            best: best.into_iter().filter_map(|(_, part)| units.part(part)).collect(),
            next_final: next(
                site,
                site.schedule_of_nation(node)
                    .filter(|scheduled| is_first && site.decides(*scheduled)),
            )
            .map(|scheduled| cards.schedule[scheduled].clone()),
            calendar: cards::calendar(
                site,
                &at::nation(&node.code),
                site.schedule_of_nation(node).next().is_some(),
            ),
            athlete_count: athletes.len(),
            athlete_groups: alphabet::groups(&cards.athletes, &cards.letters, &athletes),
            athletes: pick(&cards.athletes, &athletes),
            extra: doc.map(|doc| &doc.extra),
        };
        page.insert_view("nation", &view);
        page.stories(node.stories.iter().copied(), &at::nation(&node.code), self.number);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let nation = &renderer.site.nations[self.nation];
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "nations", at::NATIONS),
            Crumb::new(&nation.name, at::nation(&nation.code)),
        ]
    }

    /// The beginning of its text, or else what it has won.
    fn description(&self, renderer: &Renderer) -> String {
        let doc = renderer.site.nations[self.nation].doc.as_deref();
        describe::words_or(doc.map(|doc| &doc.file), || self.record(renderer))
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, _description: &str) -> Vec<Node<'a>> {
        if self.number > 1 {
            return Vec::new();
        }
        let node = &schema.site.nations[self.nation];
        let doc = node.doc.as_deref();
        let url = schema.absolute(&at::nation(&node.code));
        vec![Node::SportsTeam(Team {
            id: Some(format!("{url}#team")),
            name: &node.name,
            identifier: Some(&node.code),
            url,
            image: doc.map(|doc| schema.pictures(&doc.file)).unwrap_or_default(),
            ..Team::default()
        })]
    }
}
