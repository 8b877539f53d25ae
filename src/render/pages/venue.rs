//! A venue.

use super::{Crumb, PageBuilder, PageType, topic};
use crate::plan::addresses as at;
use crate::render::Renderer;

/// A venue, and which page of its stories.
pub(super) struct VenuePage {
    pub(super) venue: usize,
    pub(super) number: usize,
}

impl PageType for VenuePage {
    fn template(&self) -> &'static str {
        "venue.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        topic::fill(page, "venue", &site.venues[self.venue], at::venue, self.number);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let venue = &renderer.site.venues[self.venue];
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "venues", at::VENUES),
            Crumb::new(&venue.name, at::venue(&venue.slug)),
        ]
    }
}
