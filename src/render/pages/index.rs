//! The lists of venues, authors and tags, which look alike.

use super::{Crumb, PageBuilder, PageType};
use crate::plan::addresses as at;
use crate::render::Renderer;

/// A list of names that lead somewhere.
pub(super) enum Index {
    Venues,
    Authors,
    Tags,
}

impl Index {
    /// The name by which the theme knows it.
    fn name(&self) -> &'static str {
        match self {
            Index::Venues => "venues",
            Index::Authors => "authors",
            Index::Tags => "tags",
        }
    }
}

impl PageType for Index {
    fn template(&self) -> &'static str {
        "index.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let cards = page.renderer.cards;
        page.insert("name", &self.name());
        let items = match self {
            Index::Venues => &cards.venues,
            Index::Authors => &cards.authors,
            Index::Tags => &cards.tags,
        };
        page.insert("items", items);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let address = match self {
            Index::Venues => at::VENUES,
            Index::Authors => at::AUTHORS,
            Index::Tags => at::TAGS,
        };
        vec![Crumb::home(renderer), Crumb::list(renderer, self.name(), address)]
    }
}
