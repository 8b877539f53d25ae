//! A change of one document that leaves the rest of the site as it is.
//!
//! Most saves change words: of these an assembled site needs no second assembly. What assembly reads
//! of a document is said here, field by field, so that a new field asks to be thought of.

use super::{Site, Target};
use crate::parse::documents::{Document, File, Image, Story};
use crate::parse::live::Live;

/// Whether assembly would make the same of both, so that the second may take the place of the first.
/// Whatever assembly reported of the first may be about places that have moved.
pub fn is_revision(before: &Document, after: &Document) -> bool {
    let same_front = |a: &File, b: &File| {
        a.path == b.path && a.source.text[a.front.clone()] == b.source.text[b.front.clone()]
    };
    match (before, after) {
        (Document::Story(a), Document::Story(b)) => same_links(a, b),
        (Document::Event(a), Document::Event(b)) => same_front(&a.file, &b.file),
        (Document::NonMedalEvent(a), Document::NonMedalEvent(b)) => same_front(&a.file, &b.file),
        (Document::Athlete(a), Document::Athlete(b)) => same_front(&a.file, &b.file),
        (Document::Nation(a), Document::Nation(b)) => same_front(&a.file, &b.file),
        (Document::Sport(a), Document::Sport(b))
        | (Document::Venue(a), Document::Venue(b))
        | (Document::Author(a), Document::Author(b)) => same_front(&a.file, &b.file),
        (Document::Page(a), Document::Page(b)) => same_front(&a.file, &b.file),
        (Document::Asset(a), Document::Asset(b)) => {
            a.path == b.path
                && a.size == b.size
                && a.fault == b.fault
                && a.is_published == b.is_published
        }
        _ => false,
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
        date,
        updated: _,
        live,
        dateline: _,
        authors,
        events,
        athletes,
        nations,
        sports,
        tags,
        image,
        related,
        corrections: _,
        fact_ok: _,
        draft,
        publish_at,
        expire_at,
        aliases,
        extra: _,
    } = before;
    // How many pages it has, when it runs and who writes it.
    let plan = |live: &Option<Live>| {
        live.as_ref().map(|live| {
            let by: Vec<_> = live.updates.iter().map(|update| update.by.clone()).collect();
            (live.ended_at.clone(), live.older_pages(), by)
        })
    };
    let src = |image: &Option<Image>| image.as_ref().map(|image| image.src().to_owned());
    file.path == after.file.path
        && *stem == after.stem
        && plan(live) == plan(&after.live)
        && *slug == after.slug
        && date.timestamp() == after.date.timestamp()
        && *authors == after.authors
        && *events == after.events
        && *athletes == after.athletes
        && *nations == after.nations
        && *sports == after.sports
        && *tags == after.tags
        && src(image) == src(&after.image)
        && *related == after.related
        && *draft == after.draft
        && *publish_at == after.publish_at
        && *expire_at == after.expire_at
        && *aliases == after.aliases
}

impl Site {
    /// Puts a [revision](is_revision) of a document into its place, and says what it is. Nothing if
    /// it has no place.
    pub fn revise(&mut self, document: &Document) -> Option<Target> {
        let target = *self.files.get(document.path())?;
        match (target, document.clone()) {
            (Target::Story(i), Document::Story(it)) => self.stories[i].doc = it,
            (Target::Event(i), Document::Event(it)) => self.events[i].doc = it,
            (Target::NonMedalEvent(i), Document::NonMedalEvent(it)) => {
                self.non_medal_events[i].doc = it
            }
            (Target::Athlete(i), Document::Athlete(it)) => self.athletes[i].doc = Some(it),
            (Target::Nation(i), Document::Nation(it)) => self.nations[i].doc = Some(it),
            (Target::Sport(i), Document::Sport(it)) => self.sports[i].doc = Some(it),
            (Target::Venue(i), Document::Venue(it)) => self.venues[i].doc = Some(it),
            (Target::Author(i), Document::Author(it)) => self.authors[i].doc = Some(it),
            (Target::Page(i), Document::Page(it)) => self.pages[i] = it,
            (Target::Asset(i), Document::Asset(it)) => self.assets[i] = it,
            // A draft where there are none.
            (Target::Unpublished, _) => {}
            _ => return None,
        }
        Some(target)
    }
}
