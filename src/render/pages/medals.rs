//! The medal table.

use super::{Crumb, PageBuilder, PageType, pick};
use crate::plan::addresses as at;
use crate::render::{Renderer, cards, chart};

/// The medal table.
pub(super) struct Medals;

impl PageType for Medals {
    fn template(&self) -> &'static str {
        "medals.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Renderer { site, cards, .. } = *page.renderer;
        page.insert("race", &chart::race(site, cards));
        let outside = site.nations.iter().enumerate();
        let outside = outside.filter(|(_, nation)| !nation.in_table && nation.tally.total() > 0);
        let outside: Vec<usize> = outside.map(|(i, _)| i).collect();
        page.insert("outside_table", &pick(&cards.nations, &outside));
        page.insert("data_url", &cards::url(site, at::MEDALS_DATA));
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "medal_table", at::MEDALS)]
    }
}
