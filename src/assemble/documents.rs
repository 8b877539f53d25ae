//! The documents of a site, whatever their kind: what a file of content/ became, and the one way to walk
//! all documents.

use super::Site;
use crate::parse::documents::{Document, File};

/// A thing of the site that has a document of its own or may have one, by its kind and its place in the
/// site's list of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentId {
    /// A story or live blog.
    Story(usize),
    Event(usize),
    /// Something on the schedule that gives no medals.
    NonMedalEvent(usize),
    Athlete(usize),
    Nation(usize),
    Sport(usize),
    Venue(usize),
    Author(usize),
    /// An issue of the magazine.
    Issue(usize),
    /// A plain page.
    Page(usize),
}

/// What a file of content/ became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentFile {
    Document(DocumentId),
    /// A file that is copied.
    Asset(usize),
    /// A draft, or a story outside its window.
    Unpublished,
    /// Its own mistakes are reported; what refers to it is not to blame.
    Broken,
}

impl Site {
    /// The file of a thing. Nothing if it has none, as an athlete whom only a podium names.
    pub fn file_of(&self, id: DocumentId) -> Option<&File> {
        Some(match id {
            DocumentId::Story(i) => &self.stories[i].doc.file,
            DocumentId::Event(i) => &self.events[i].doc.file,
            DocumentId::NonMedalEvent(i) => &self.non_medal_events[i].doc.file,
            DocumentId::Athlete(i) => &self.athletes[i].doc.as_deref()?.file,
            DocumentId::Nation(i) => &self.nations[i].doc.as_deref()?.file,
            DocumentId::Sport(i) => &self.sports[i].doc.as_deref()?.file,
            DocumentId::Venue(i) => &self.venues[i].doc.as_deref()?.file,
            DocumentId::Author(i) => &self.authors[i].doc.as_deref()?.file,
            DocumentId::Issue(i) => &self.issues[i].doc.file,
            DocumentId::Page(i) => &self.pages[i].file,
        })
    }

    /// Puts a document into the place of another. Nothing if it is of another kind.
    pub(super) fn replace(&mut self, id: DocumentId, document: Document) -> Option<()> {
        match (id, document) {
            (DocumentId::Story(i), Document::Story(doc)) => self.stories[i].doc = doc,
            (DocumentId::Event(i), Document::Event(doc)) => self.events[i].doc = doc,
            (DocumentId::NonMedalEvent(i), Document::NonMedalEvent(doc)) => {
                self.non_medal_events[i].doc = doc;
            }
            (DocumentId::Athlete(i), Document::Athlete(doc)) => self.athletes[i].doc = Some(doc),
            (DocumentId::Nation(i), Document::Nation(doc)) => self.nations[i].doc = Some(doc),
            (DocumentId::Sport(i), Document::Sport(doc)) => self.sports[i].doc = Some(doc),
            (DocumentId::Venue(i), Document::Venue(doc)) => self.venues[i].doc = Some(doc),
            (DocumentId::Author(i), Document::Author(doc)) => self.authors[i].doc = Some(doc),
            (DocumentId::Issue(i), Document::Issue(doc)) => self.issues[i].doc = doc,
            (DocumentId::Page(i), Document::Page(doc)) => self.pages[i] = doc,
            (
                DocumentId::Story(_)
                | DocumentId::Event(_)
                | DocumentId::NonMedalEvent(_)
                | DocumentId::Athlete(_)
                | DocumentId::Nation(_)
                | DocumentId::Sport(_)
                | DocumentId::Venue(_)
                | DocumentId::Author(_)
                | DocumentId::Issue(_)
                | DocumentId::Page(_),
                _,
            ) => return None,
        }
        Some(())
    }

    /// The file of every document, kind by kind and in the order of the site's lists.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, &File)> {
        let ids = (0..self.stories.len()).map(DocumentId::Story);
        let ids = ids
            .chain((0..self.events.len()).map(DocumentId::Event))
            .chain((0..self.non_medal_events.len()).map(DocumentId::NonMedalEvent))
            .chain((0..self.athletes.len()).map(DocumentId::Athlete))
            .chain((0..self.nations.len()).map(DocumentId::Nation))
            .chain((0..self.sports.len()).map(DocumentId::Sport))
            .chain((0..self.venues.len()).map(DocumentId::Venue))
            .chain((0..self.authors.len()).map(DocumentId::Author))
            .chain((0..self.issues.len()).map(DocumentId::Issue))
            .chain((0..self.pages.len()).map(DocumentId::Page));
        ids.filter_map(|id| Some((id, self.file_of(id)?)))
    }
}
