//! All stories, newest first.

use super::{Crumb, PageBuilder, PageType};
use crate::plan::addresses as at;
use crate::render::Renderer;

/// A page of the list of all stories.
pub(super) struct Stories(pub(super) usize);

impl PageType for Stories {
    fn template(&self) -> &'static str {
        "stories.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        page.stories(0..page.renderer.site.stories.len(), at::STORIES, self.0);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "stories", at::STORIES)]
    }
}
