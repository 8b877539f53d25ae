//! The medal table.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::athlete::{WonView, won_view};
use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::Site;
use crate::games::medals::{Tally, When};
use crate::plan::addresses as at;
use crate::render::cards::civil_date;
use crate::render::globals::{MedalRow, medal_row};
use crate::render::{Renderer, cards, chart};

/// So many medals of a nation are named in the table; its own page has all.
const MEDALLISTS: usize = 10;
/// So many events that are still open are named.
const MOST_OPEN: usize = 12;

/// The medal table.
pub(super) struct Medals;

/// A nation's line.
#[derive(Serialize)]
struct Line<'a> {
    row: MedalRow<'a>,
    /// Medals more than on the evening before; fewer after a change.
    change: i64,
    /// The best first, of one colour what was decided last.
    medals: Vec<WonView<'a>>,
}

/// How many events have a winner, of how many.
#[derive(Serialize)]
struct Golds {
    decided: usize,
    all: usize,
}

/// What is decided on the day and has no podium yet.
#[derive(Serialize)]
struct StillOpen {
    date: Option<Value>,
    /// The day of the schedule.
    url: String,
    events: Vec<Value>,
    /// How many are not named.
    more: usize,
}

/// A sport and who leads there.
#[derive(Serialize)]
struct SportLeader {
    sport: Value,
    nation: Value,
    gold: u32,
    silver: u32,
    bronze: u32,
}

impl Medals {
    fn lines<'a>(&self, renderer: &Renderer<'a>) -> Vec<Line<'a>> {
        let Renderer { site, cards, .. } = *renderer;
        let changes = self.changes(site);
        let lines = site.medal_table.iter().filter_map(|row| {
            let nation = site.nation_of_code(&row.code)?;
            let mut medals: Vec<WonView> = site.nations[nation]
                .medals
                .iter()
                .map(|won| won_view(renderer, &site.awards[*won]))
                .collect();
            medals.sort_by_key(|won| (won.colour, Reverse(won.decided)));
            medals.truncate(MEDALLISTS);
            let change = changes.get(row.code.as_str()).copied().unwrap_or(0);
            Some(Line { row: medal_row(site, cards, row)?, change, medals })
        });
        lines.collect()
    }

    /// Medals of the day, by nation, while the Games go on. Nothing is to be told when they are over.
    fn changes<'a>(&self, site: &'a Site) -> BTreeMap<&'a str, i64> {
        let today = site.today();
        if !site.days.iter().any(|day| day.date == today) {
            return BTreeMap::new();
        }
        let mut changes = BTreeMap::new();
        let evenings = [(Some(today), 1), (today.yesterday().ok(), -1)];
        for (evening, sign) in evenings {
            let Some(evening) = evening else { continue };
            for (code, tally) in site.tallies(site.counted_awards(), When::Evening(evening)) {
                *changes.entry(code).or_insert(0) += sign * i64::from(tally.total());
            }
        }
        changes
    }

    fn still_open(&self, renderer: &Renderer) -> Option<StillOpen> {
        let Renderer { site, cards, .. } = *renderer;
        let today = site.today();
        let day = site.days.iter().find(|day| day.date == today)?;
        let deciding = day.schedule.clone().filter(|scheduled| site.decides(*scheduled));
        let events = deciding.filter_map(|scheduled| site.schedule[scheduled].event());
        let open: Vec<usize> =
            events.filter(|event| !site.events[*event].doc.has_podium()).collect();
        if open.is_empty() {
            return None;
        }
        Some(StillOpen {
            date: civil_date(today),
            url: renderer.url(&at::day(today)),
            more: open.len().saturating_sub(MOST_OPEN),
            events: pick(&cards.events, &open[..open.len().min(MOST_OPEN)]),
        })
    }

    fn sports(&self, renderer: &Renderer) -> Vec<SportLeader> {
        let Renderer { site, cards, .. } = *renderer;
        let leaders = (0..site.sports.len()).filter_map(|i| {
            let first = site.table_of_sport(i).into_iter().next()?;
            let nation = site.nation_of_code(&first.code)?;
            let Tally { gold, silver, bronze } = first.tally;
            let (sport, nation) = (cards.sports[i].clone(), cards.nations[nation].clone());
            Some(SportLeader { sport, nation, gold, silver, bronze })
        });
        leaders.collect()
    }
}

impl PageType for Medals {
    fn template(&self) -> &'static str {
        "medals.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Renderer { site, cards, .. } = *page.renderer;
        page.insert_view("lines", &self.lines(page.renderer));
        let decided = site.events.iter().filter(|event| event.doc.has_podium()).count();
        page.insert("golds", &Golds { decided, all: site.events.len() });
        page.insert("still_open", &self.still_open(page.renderer));
        page.insert("sports", &self.sports(page.renderer));
        page.insert("race", &chart::race(site, cards));
        let outside = site.nations.iter().enumerate();
        let outside = outside.filter(|(_, nation)| !nation.in_table && nation.tally.total() > 0);
        let outside: Vec<usize> = outside.map(|(i, _)| i).collect();
        page.insert("outside_table", &pick(&cards.nations, &outside));
        page.insert("data_url", &cards::url(site, at::MEDALS_DATA));
        page.insert("sheet_url", &cards::url(site, at::MEDALS_SHEET));
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "medal_table", at::MEDALS)]
    }
}
