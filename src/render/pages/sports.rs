//! All sports with their events.

use serde::Serialize;
use tera::Value;

use super::{Crumb, PageBuilder, PageType, pick};
use crate::plan::addresses as at;
use crate::render::Renderer;

/// All sports with their events.
pub(super) struct Sports;

/// A sport with its events.
#[derive(Serialize)]
struct SportEvents {
    sport: Value,
    events: Vec<Value>,
}

impl PageType for Sports {
    fn template(&self) -> &'static str {
        "sports.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Renderer { site, cards, .. } = *page.renderer;
        let sports = site.sports.iter().zip(&cards.sports).map(|(sport, card)| SportEvents {
            sport: card.clone(),
            events: pick(&cards.events, &sport.events),
        });
        page.insert("sports", &sports.collect::<Vec<_>>());
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "sports", at::SPORTS)]
    }
}
