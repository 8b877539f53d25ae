//! A change of one document that leaves the rest of the site as it is.
//!
//! Most saves change words: of these an assembled site needs no second assembly. What assembly reads
//! of a document is said here, field by field, so that a new field asks to be thought of.

use super::{ContentFile, Site};
use crate::parse::documents::{Document, File, Story};
use crate::parse::live::Live;

/// Whether assembly would make the same of both, so that the second may take the place of the first.
/// Whatever assembly reported of the first may be about places that have moved.
pub fn is_revision(before: &Document, after: &Document) -> bool {
    let same_front = |a: &File, b: &File| {
        a.path == b.path && a.source.text[a.front.clone()] == b.source.text[b.front.clone()]
    };
    if std::mem::discriminant(before) != std::mem::discriminant(after) {
        return false;
    }
    match (before, after) {
        (Document::Story(a), Document::Story(b)) => same_links(a, b),
        (Document::Asset(a), Document::Asset(b)) => {
            a.path == b.path
                && a.size == b.size
                && a.picture == b.picture
                && a.fault == b.fault
                && a.is_published == b.is_published
        }
        // Of these, assembly reads the whole front matter and nothing of the text.
        (
            Document::Event(_)
            | Document::NonMedalEvent(_)
            | Document::Athlete(_)
            | Document::Nation(_)
            | Document::Sport(_)
            | Document::Venue(_)
            | Document::Author(_)
            | Document::Issue(_)
            | Document::Page(_),
            b,
        ) => match (before.file(), b.file()) {
            (Some(a), Some(b)) => same_front(a, b),
            _ => false,
        },
        // All of a sheet is read.
        (Document::Story(_) | Document::Results(_) | Document::Asset(_), _) => false,
    }
}

/// Whether two versions of a story differ in words alone, not in what they link to, where they
/// stand or when.
fn same_links(before: &Story, after: &Story) -> bool {
    let Story {
        file,
        stem,
        slug,
        title: _,
        standfirst: _,
        key_points: _,
        date,
        updated: _,
        dateline: _,
        authors,
        events,
        athletes,
        nations,
        sports,
        tags,
        related,
        corrections: _,
        fact_ok: _,
        draft,
        publish_at,
        expire_at,
        extra: _,
    } = before;
    // How many pages it has, when it runs and who writes it.
    let plan = |live: &Option<Live>| {
        live.as_ref().map(|live| {
            let by: Vec<_> = live.updates.iter().map(|update| update.by.clone()).collect();
            (live.ended_at.clone(), live.older_pages(), by)
        })
    };
    let image = |file: &File| {
        let image = file.image.as_ref()?;
        Some((image.src().to_owned(), image.rights_until.clone()))
    };
    file.path == after.file.path
        && *stem == after.stem
        && plan(&file.live) == plan(&after.file.live)
        && *slug == after.slug
        && date.timestamp() == after.date.timestamp()
        && *authors == after.authors
        && *events == after.events
        && *athletes == after.athletes
        && *nations == after.nations
        && *sports == after.sports
        && *tags == after.tags
        && image(file) == image(&after.file)
        && *related == after.related
        && *draft == after.draft
        && *publish_at == after.publish_at
        && *expire_at == after.expire_at
        && file.aliases == after.file.aliases
}

impl Site {
    /// Puts a [revision](is_revision) of a document into its place, and says what it is. Nothing if
    /// it has no place.
    pub fn revise(&mut self, document: &Document) -> Option<ContentFile> {
        let place = *self.files.get(document.path())?;
        match place {
            ContentFile::Document(id) => self.replace(id, document.clone())?,
            ContentFile::Asset(i) => {
                let Document::Asset(asset) = document else { return None };
                self.assets[i] = asset.clone();
            }
            // A draft where there are none.
            ContentFile::Unpublished => {}
            ContentFile::Broken => return None,
        }
        Some(place)
    }
}
