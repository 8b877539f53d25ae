//! A tag.

use super::{Crumb, PageBuilder, PageType, topic};
use crate::plan::addresses as at;
use crate::render::Renderer;

/// A tag, and which page of its stories.
pub(super) struct TagPage {
    pub(super) tag: usize,
    pub(super) number: usize,
}

impl PageType for TagPage {
    fn template(&self) -> &'static str {
        "tag.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        topic::fill(page, "tag", &site.tags[self.tag], at::tag, self.number);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let tag = &renderer.site.tags[self.tag];
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "tags", at::TAGS),
            Crumb::new(&tag.name, at::tag(&tag.slug)),
        ]
    }
}
