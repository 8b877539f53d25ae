//! All athletes.

use serde::Serialize;

use super::{Crumb, PageBuilder, PageType};
use crate::plan::ATHLETES_PER_PAGE;
use crate::plan::addresses as at;
use crate::render::{Renderer, alphabet};

/// A page of the list of all athletes.
pub(super) struct Athletes(pub(super) usize);

/// Where those whose family names begin with a letter stand.
#[derive(Serialize)]
struct Letter {
    letter: char,
    url: String,
    /// Whether some of them stand on this page.
    is_here: bool,
}

impl Athletes {
    /// The letters that somebody's name begins with.
    fn letters(&self, renderer: &Renderer) -> Vec<Letter> {
        let starts = &renderer.cards.letter_starts;
        let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([usize::MAX]);
        let letters = starts.iter().zip(ends).map(|((letter, start), end)| {
            let page = start / ATHLETES_PER_PAGE + 1;
            let address = renderer.url(&at::paged(at::ATHLETES, page));
            Letter {
                letter: *letter,
                url: format!("{address}#{}", alphabet::heading_id(*letter)),
                is_here: page <= self.0 && (self.0 - 1) * ATHLETES_PER_PAGE < end,
            }
        });
        letters.collect()
    }
}

impl PageType for Athletes {
    fn template(&self) -> &'static str {
        "athletes.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let cards = page.renderer.cards;
        let all = &cards.by_family_name;
        let first = (self.0 - 1) * ATHLETES_PER_PAGE;
        let here = &all[first.min(all.len())..(first + ATHLETES_PER_PAGE).min(all.len())];
        page.insert("groups", &alphabet::groups(&cards.athletes, &cards.letters, here));
        page.insert("letters", &self.letters(page.renderer));
        page.paginate(all.len(), ATHLETES_PER_PAGE, at::ATHLETES, self.0);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "athletes", at::ATHLETES)]
    }
}
