//! A sport.

use tera::Value;

use super::{Crumb, PageBuilder, PageType, topic};
use crate::assemble::Site;
use crate::games::medals::When;
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

/// The medal table of one sport.
fn medals_of_sport(site: &Site, cards: &Cards, sport: usize) -> Value {
    let events = site.sports[sport].events.iter().map(|event| &site.events[*event]);
    let awards = events.flat_map(|event| site.podium(event));
    let in_table = awards.filter(|award| site.nations[award.nation].in_table);
    medal_rows(site, cards, &site.table(in_table, When::Now))
}
