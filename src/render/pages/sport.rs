//! A sport.

use std::collections::BTreeMap;

use tera::Value;

use super::{Crumb, PageBuilder, PageType, topic};
use crate::assemble::Site;
use crate::games::medals::{self, Medal, Tally};
use crate::plan::addresses as at;
use crate::render::Renderer;
use crate::render::cards::Cards;
use crate::render::globals::medal_rows;

/// A sport, and which page of its stories.
pub(super) struct SportPage {
    pub(super) sport: usize,
    pub(super) number: usize,
}

impl PageType for SportPage {
    fn template(&self) -> &'static str {
        "sport.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Renderer { site, cards, .. } = *page.renderer;
        topic::fill(page, "sport", &site.sports[self.sport], at::sport, self.number);
        page.insert("medals_here", &medals_of_sport(site, cards, self.sport));
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let sport = &renderer.site.sports[self.sport];
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "sports", at::SPORTS),
            Crumb::new(&sport.name, at::sport(&sport.slug)),
        ]
    }
}

/// A nation's medals in one sport.
fn medals_of_sport(site: &Site, cards: &Cards, sport: usize) -> Value {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for event in site.sports[sport].events.iter().map(|event| &site.events[*event]) {
        for (medal, winners) in Medal::ALL.into_iter().zip(&event.podium) {
            for winner in winners {
                let nation = &site.nations[winner.nation];
                if nation.in_table {
                    tallies.entry(nation.code.clone()).or_default().add(medal);
                }
            }
        }
    }
    medal_rows(site, cards, &medals::table(&tallies))
}
