//! A sport.

use super::{Crumb, PageBuilder, PageType, topic};
use crate::plan::addresses as at;
use crate::render::Renderer;
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
        page.insert("medals_here", &medal_rows(site, cards, &site.table_of_sport(self.sport)));
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
