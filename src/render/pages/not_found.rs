//! What a host shows where nothing is.

use tera::Value;

use super::{Crumb, PageBuilder, PageType};
use crate::render::Renderer;

/// The page for addresses that do not exist.
pub(super) struct NotFound;

impl PageType for NotFound {
    fn template(&self) -> &'static str {
        "404.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let newest: Vec<Value> = page.renderer.cards.stories.iter().take(3).cloned().collect();
        page.insert("stories", &newest);
    }

    fn breadcrumb(&self, _renderer: &Renderer) -> Vec<Crumb> {
        Vec::new()
    }
}
