//! The schedule of a sport or of a nation, over all days of the Games.

use serde::Serialize;
use tera::Value;

use super::session_rows::{SessionRow, next, rows};
use super::sessions::by_day;
use super::{Crumb, PageBuilder, PageType};
use crate::plan::{Programme, addresses as at};
use crate::render::Renderer;
use crate::render::cards::{self, civil_date};

/// The schedule of a sport or of a nation.
pub(super) struct ProgrammePage(pub(super) Programme);

#[derive(Serialize)]
struct ProgrammeView<'a> {
    name: &'a str,
    /// The page of the sport or nation.
    url: String,
    /// Whether sessions of several sports are in it.
    is_of_nation: bool,
    /// What is next, at the site's time.
    next: Value,
    /// The next session in which medals are decided.
    next_final: Value,
    days: Vec<ProgrammeDay>,
    session_count: usize,
    calendar: Option<String>,
}

/// A day with its part.
#[derive(Serialize)]
struct ProgrammeDay {
    date: Option<Value>,
    url: String,
    rows: Vec<SessionRow>,
    session_count: usize,
    medal_count: usize,
    /// Whether it is shown without being asked for.
    is_open: bool,
}

/// So many sessions from the site's day on are shown without being asked for. Of Games that are over they are all
/// folded, unless there are no more than so many.
const OPEN: usize = 40;

impl ProgrammePage {
    /// The page above it: its address, and what it is called.
    fn of<'a>(&self, renderer: &Renderer<'a>) -> (&'static str, &'static str, String, &'a str) {
        let site = renderer.site;
        match self.0 {
            Programme::Sport(i) => {
                let sport = &site.sports[i];
                ("sports", at::SPORTS, at::sport(&sport.slug), &sport.name)
            }
            Programme::Nation(i) => {
                let nation = &site.nations[i];
                ("nations", at::NATIONS, at::nation(&nation.code), &nation.name)
            }
        }
    }
}

impl PageType for ProgrammePage {
    fn template(&self) -> &'static str {
        "programme.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let (renderer, site) = (page.renderer, page.renderer.site);
        let schedule = self.0.schedule(site);
        let (_, _, address, name) = self.of(renderer);
        let card = |scheduled: Option<usize>| {
            scheduled.map_or_else(Value::none, |i| renderer.cards.schedule[i].clone())
        };
        let soonest = next(site, schedule.iter().copied());
        let finals = schedule.iter().copied().filter(|scheduled| site.decides(*scheduled));
        let next_final = next(site, finals);
        let is_short = schedule.len() <= OPEN;
        let mut left = OPEN;
        let mut days = Vec::new();
        for (day, of_day) in by_day(site, &schedule) {
            let is_open = (is_short || day.date >= site.today()) && left > 0;
            if is_open {
                left = left.saturating_sub(of_day.len());
            }
            days.push(ProgrammeDay {
                date: civil_date(day.date),
                url: renderer.url(&at::day(day.date)),
                rows: rows(renderer, of_day, soonest),
                session_count: of_day.len(),
                medal_count: of_day.iter().filter(|scheduled| site.decides(**scheduled)).count(),
                is_open,
            });
        }
        let view = ProgrammeView {
            name,
            url: renderer.url(&address),
            is_of_nation: matches!(self.0, Programme::Nation(_)),
            next: card(soonest),
            next_final: card(next_final.filter(|scheduled| Some(*scheduled) != soonest)),
            days,
            session_count: schedule.len(),
            calendar: cards::calendar(site, &address, true),
        };
        page.insert_view("programme", &view);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let (list, top, address, name) = self.of(renderer);
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, list, top),
            Crumb::new(name, address.clone()),
            Crumb::list(renderer, "schedule", &at::programme(&address)),
        ]
    }
}
