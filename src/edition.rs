//! What lies between planning and rendering: a site, how it looks, and its pages.

use crate::assemble::{ContentFile, DocumentId, Site};
use crate::diagnostics::Diagnostic;
use crate::parse::documents::Document;
use crate::plan::{self, Page};
use crate::render::cards::Cards;
use crate::render::feeds::StoryTexts;
use crate::render::{self, Renderer};
use crate::theme::Theme;

/// A site with everything that its pages are made of: stages 1 to 4 are behind it.
#[derive(Debug)]
pub struct Edition {
    /// What is published.
    pub site: Site,
    /// How it looks.
    pub theme: Theme,
    /// Short forms of everything on the site.
    pub cards: Cards,
    /// Every page, in the order of addresses.
    pub pages: Vec<Page>,
    /// What is made once of the texts of stories.
    pub texts: StoryTexts,
}

impl Edition {
    /// Plans the pages of a site.
    pub fn new(site: Site, mut theme: Theme, problems: &mut Vec<Diagnostic>) -> Edition {
        problems.extend(theme.warnings.iter().cloned());
        let (cards, (pages, clashes)) =
            rayon::join(|| Cards::new(&site), || plan::pages(&site, &theme));
        theme.set_globals(render::globals(&site, &cards));
        problems.extend(clashes);
        let texts = StoryTexts::new(&site);
        Edition { site, theme, cards, pages, texts }
    }

    /// Puts a revision of a document (see [`assemble::is_revision`]) into its place. Says what it
    /// is; nothing if it has no place.
    pub fn revise(&mut self, document: &Document) -> Option<ContentFile> {
        let file = self.site.revise(document)?;
        if let ContentFile::Document(DocumentId::Story(i)) = file {
            self.cards.stories[i] = self.cards.story(&self.site, &self.site.stories[i]);
        }
        // A text may show what another document says, such as the headline of a story that it names.
        self.texts.forget();
        self.theme.forget();
        Some(file)
    }

    /// Stage 5, for any of its pages.
    pub fn renderer(&self) -> Renderer<'_> {
        let Edition { site, theme, cards, pages, texts } = self;
        Renderer { site, theme, cards, pages, texts, with_feeds: false }
    }
}
