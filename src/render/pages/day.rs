//! A day of the schedule.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::session_rows::{SessionRow, next, rows};
use super::sessions::{all_days, day_view, heading_id, sport_of};
use super::{Crumb, PageBuilder, PageType};
use crate::assemble::Site;
use crate::plan::addresses as at;
use crate::render::{Renderer, cards};

/// A day of the schedule.
pub(super) struct DayPage(pub(super) usize);

/// The sessions of a sport on a day.
#[derive(Serialize)]
struct SportSessions {
    /// Nothing for a ceremony.
    sport: Value,
    /// The id of its heading.
    id: String,
    /// Where all of them are, if that is one place.
    venue: Value,
    rows: Vec<SessionRow>,
}

/// The venue of sessions that have one in common, and of no other.
fn common_venue(site: &Site, schedule: &[usize]) -> Option<usize> {
    let mut venues = schedule.iter().map(|scheduled| site.schedule[*scheduled].venue);
    let first = venues.next()??;
    venues.all(|venue| venue == Some(first)).then_some(first)
}

impl PageType for DayPage {
    fn template(&self) -> &'static str {
        "day.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let cards = page.renderer.cards;
        let day = &site.days[self.0];
        let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let finals: Vec<usize> =
            day.schedule.clone().filter(|scheduled| site.decides(*scheduled)).collect();
        let next = next(site, day.schedule.clone()).filter(|_| day.date == site.today());
        for scheduled in day.schedule.clone() {
            groups.entry(sport_of(site, scheduled)).or_default().push(scheduled);
        }
        let groups: Vec<SportSessions> = groups
            .into_iter()
            .map(|(sport, schedule)| SportSessions {
                sport: sport.map_or_else(Value::none, |sport| cards.sports[sport].clone()),
                id: heading_id(site, sport),
                venue: common_venue(site, &schedule)
                    .map_or_else(Value::none, |venue| cards.venues[venue].clone()),
                rows: rows(page.renderer, &schedule, next),
            })
            .collect();
        let beside = |i: Option<usize>| {
            let day = i.and_then(|i| site.days.get(i));
            day.map(|day| day_view(page.renderer, day, &[]))
        };
        let (before, after) = (beside(self.0.checked_sub(1)), beside(Some(self.0 + 1)));
        let view = day_view(page.renderer, day, &day.schedule.clone().collect::<Vec<_>>());
        page.insert("day", &view);
        page.insert("days", &all_days(page.renderer));
        page.insert("finals", &rows(page.renderer, &finals, next));
        page.insert("groups", &groups);
        page.insert("before", &before);
        page.insert("after", &after);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let date = renderer.site.days[self.0].date;
        let day = cards::civil_date(date);
        let name = day.and_then(|day| renderer.theme.translations.date(&day, "full").ok());
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "schedule", at::SCHEDULE),
            Crumb::new(&name.unwrap_or_else(|| date.to_string()), at::day(date)),
        ]
    }
}
