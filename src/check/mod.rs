//! The editorial checks: a second pair of eyes on what is about to be published.
//!
//! They stand beside the pipeline and read what it made: [`site()`] the assembled site, [`pages()`] the
//! HTML as readers get it, [`external()`] what other sites answer. They change nothing. What a check finds
//! is a [`Diagnostic`] like any other, but site.toml may set the level of each of their codes, and an
//! author may answer for a finding (`fact_ok`).

pub mod claims;
mod complete;
pub mod external;
pub mod fix;
mod names;
pub mod pages;
mod pictures;
mod podiums;
pub mod prose;
mod results;
pub mod stale_results;
mod waivers;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::assemble::{DocumentId, Site};
use crate::config::at_levels;
use crate::diagnostics::Diagnostic;
use crate::edition::Edition;
use crate::render::mentions::Mentioned;
use claims::Reading;
use prose::Prose;

/// What the checks found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is to be told.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings their authors answer for.
    pub waived: usize,
}

/// What a check may look at.
struct Context<'s> {
    site: &'s Site,
    /// The time that dates are compared with.
    at: Timestamp,
    reading: &'s Reading<'s>,
}

type RecordCheck = fn(&Site, Timestamp) -> Vec<Diagnostic>;
type DocumentCheck = fn(&Context, &Prose) -> Vec<Diagnostic>;

/// Checks of what is recorded.
const OF_RECORDS: &[RecordCheck] = &[podiums::events, results::check, pictures::of_site];

/// Checks of what a document says. Authors may answer for what these find (`fact_ok`).
const OF_WORDS: &[DocumentCheck] = &[claims::check, names::check];

/// Checks of what a document has.
const OF_DOCUMENTS: &[DocumentCheck] = &[complete::check, pictures::check];

/// What there is to say of a site's documents and results, as of a time. Ends early, with less, when it is
/// to stop.
pub fn site(site: &Site, at: Timestamp, is_stopped: &(dyn Fn() -> bool + Sync)) -> Findings {
    let reading = Reading::new(site);
    let context = Context { site, at, reading: &reading };
    let look = |id: DocumentId| {
        let prose = Prose::new(site, id)?;
        let run = |checks: &[DocumentCheck]| -> Vec<Diagnostic> {
            checks.iter().flat_map(|check| check(&context, &prose)).collect()
        };
        let (mut found, waived) = waivers::apply(&prose, run(OF_WORDS), at);
        found.extend(run(OF_DOCUMENTS));
        Some((found, waived))
    };
    let documents: Vec<DocumentId> = site.documents().map(|(id, _)| id).collect();
    let documents = documents.into_par_iter().filter(|_| !is_stopped());
    let of_documents: Vec<(Vec<Diagnostic>, usize)> = documents.filter_map(look).collect();
    let mut found: Vec<Diagnostic> = OF_RECORDS.iter().flat_map(|check| check(site, at)).collect();
    let mut waived = 0;
    for (told, count) in of_documents {
        found.extend(told);
        waived += count;
    }
    Findings { diagnostics: at_levels(&site.config.check, found), waived }
}

/// What there is to say of the pages of an edition, all of which have been examined.
/// If files are broken, and their pages are missing or old, no link can be blamed for it.
pub fn pages(edition: &Edition, facts: &[pages::Facts], is_whole: bool) -> Vec<Diagnostic> {
    at_levels(&edition.site.config.check, pages::judge(edition, facts, is_whole))
}

/// What there is to say of pictures, once it is known which of them the pages mention.
pub fn files_of_pictures(site: &Site, mentioned: &Mentioned) -> Vec<Diagnostic> {
    let mut found = pictures::unused(site, mentioned);
    found.extend(pictures::positions(site, mentioned));
    at_levels(&site.config.check, found)
}

/// What there is to say of the links that leave the site. This asks other hosts, and takes its time.
pub fn external(
    edition: &Edition,
    facts: &[pages::Facts],
    policy: &external::RequestPolicy,
) -> Vec<Diagnostic> {
    let found = external::check(&pages::external(edition, facts), policy);
    at_levels(&edition.site.config.check, found)
}
