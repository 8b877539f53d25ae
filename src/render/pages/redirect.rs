//! An old address that leads to a new one.

use super::{Crumb, PageBuilder, PageType};
use crate::render::{Renderer, cards};

/// A redirect to an address, from the top of the site.
pub(super) struct Redirect<'a>(pub(super) &'a str);

impl PageType for Redirect<'_> {
    fn template(&self) -> &'static str {
        "redirect.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        page.insert("to", &page.renderer.url(self.0));
        page.insert("to_absolute", &cards::absolute_url(page.renderer.site, self.0));
    }

    fn breadcrumb(&self, _renderer: &Renderer) -> Vec<Crumb> {
        Vec::new()
    }
}
