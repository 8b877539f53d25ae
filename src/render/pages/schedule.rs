//! The schedule of all days.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::session_rows::{next, rows};
use super::sessions::{all_days, day_view, heading_id, sport_of};
use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::{Day, Site};
use crate::plan::addresses as at;
use crate::render::{Renderer, cards};

/// The schedule of all days.
pub(super) struct Schedule;

/// A sport's line in the schedule of all days.
#[derive(Serialize)]
struct SportDays {
    sport: Value,
    /// In the order of the days.
    cells: Vec<Cell>,
}

#[derive(Clone, Default, Serialize)]
struct Cell {
    url: String,
    session_count: usize,
    medal_count: usize,
}

/// The day on which the schedule opens: that of the site's time, or else the next, or the last.
fn opening(site: &Site) -> Option<&Day> {
    let today = site.today();
    site.days.iter().find(|day| day.date >= today).or(site.days.last())
}

impl PageType for Schedule {
    fn template(&self) -> &'static str {
        "schedule.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let cards = page.renderer.cards;
        let url = |address: &str| page.renderer.url(address);
        let mut sports: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
        let mut other: Vec<usize> = Vec::new();
        for (i, day) in site.days.iter().enumerate() {
            for scheduled in day.schedule.clone() {
                let Some(sport) = sport_of(site, scheduled) else {
                    other.push(scheduled);
                    continue;
                };
                let cells =
                    sports.entry(sport).or_insert_with(|| vec![Cell::default(); site.days.len()]);
                let cell = &mut cells[i];
                if cell.session_count == 0 {
                    let id = heading_id(site, Some(sport));
                    cell.url = format!("{}#{id}", url(&at::day(day.date)));
                }
                cell.session_count += 1;
                cell.medal_count += usize::from(site.decides(scheduled));
            }
        }
        let sports: Vec<SportDays> = sports
            .into_iter()
            .map(|(sport, cells)| SportDays { sport: cards.sports[sport].clone(), cells })
            .collect();
        page.insert("days", &all_days(page.renderer));
        if let Some(day) = opening(site) {
            let schedule: Vec<usize> = day.schedule.clone().collect();
            let finals: Vec<usize> =
                schedule.iter().copied().filter(|scheduled| site.decides(*scheduled)).collect();
            let next = next(site, schedule.iter().copied()).filter(|_| day.date == site.today());
            page.insert("opening", &day_view(page.renderer, day, &schedule));
            page.insert("finals", &rows(page.renderer, &finals, next));
        }
        page.insert("sports", &sports);
        page.insert("ceremonies", &pick(&cards.schedule, &other));
        let calendar = cards::calendar(site, at::SCHEDULE, !site.schedule.is_empty());
        page.insert("calendar", &calendar);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "schedule", at::SCHEDULE)]
    }
}
