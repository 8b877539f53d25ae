//! All athletes.

use tera::Value;

use super::{Crumb, PageBuilder, PageType};
use crate::plan::ATHLETES_PER_PAGE;
use crate::plan::addresses as at;
use crate::render::Renderer;

/// A page of the list of all athletes.
pub(super) struct Athletes(pub(super) usize);

impl PageType for Athletes {
    fn template(&self) -> &'static str {
        "athletes.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let cards = &page.renderer.cards.athletes;
        let first = (self.0 - 1) * ATHLETES_PER_PAGE;
        let shown: Vec<Value> = cards.iter().skip(first).take(ATHLETES_PER_PAGE).cloned().collect();
        page.insert("athletes", &shown);
        page.paginate(cards.len(), ATHLETES_PER_PAGE, at::ATHLETES, self.0);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "athletes", at::ATHLETES)]
    }
}
