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
mod podiums;
pub mod prose;
pub mod stale_results;
mod waivers;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::assemble::Site;
use crate::config::at_levels;
use crate::diagnostics::Diagnostic;
use crate::edition::Edition;
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

/// What there is to say of a site's stories and results, as of a time. Ends early, with less, when it is
/// to stop.
pub fn site(site: &Site, at: Timestamp, is_stopped: &(dyn Fn() -> bool + Sync)) -> Findings {
    let mut found = complete::stories(site, at, is_stopped);
    found.extend(podiums::events(site, at));
    let reading = Reading::of(site);
    let read = |prose: &Prose, more: Vec<Diagnostic>| {
        let found = reading.findings(prose).into_iter().chain(more).collect();
        waivers::apply(prose, found, at)
    };
    let stories = (0..site.stories.len()).into_par_iter().filter(|_| !is_stopped());
    let of_stories = stories.map(|i| {
        let names = names::in_front_matter(site, &site.stories[i], &reading.spelling);
        read(&prose::story(site, i), names)
    });
    let mut all: Vec<(Vec<Diagnostic>, usize)> = of_stories.collect();
    all.extend(prose::others(site).iter().map(|prose| read(prose, Vec::new())));
    let mut waived = 0;
    for (told, count) in all {
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

/// What there is to say of the links that leave the site. This asks other hosts, and takes its time.
pub fn external(
    edition: &Edition,
    facts: &[pages::Facts],
    policy: &external::RequestPolicy,
) -> Vec<Diagnostic> {
    let found = external::check(&pages::external(edition, facts), policy);
    at_levels(&edition.site.config.check, found)
}
