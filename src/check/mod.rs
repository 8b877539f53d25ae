//! The editorial checks: a second pair of eyes on what is about to be published.
//!
//! They stand beside the pipeline and read what it made: [`site`] the assembled site, [`pages`] the
//! HTML as readers get it. They change nothing. What a check finds is a [`Diagnostic`] like any other,
//! but site.toml may set the level of each of their codes.

mod complete;
mod podiums;

use jiff::Timestamp;

use crate::assemble::Site;
use crate::config::CheckConfig;
use crate::diagnostics::Diagnostic;

/// What there is to say of a site's stories and results, as of a time.
pub fn site(site: &Site, at: Timestamp) -> Vec<Diagnostic> {
    let mut found = complete::stories(site);
    found.extend(podiums::events(site, at));
    at_levels(&site.config.check, found)
}

/// Gives findings the levels that site.toml wants, and leaves out those that are off.
pub fn at_levels(config: &CheckConfig, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let levelled = found.into_iter().filter_map(|mut finding| {
        if let Some(level) = config.levels.get(finding.code.id) {
            finding.severity = (*level)?;
        }
        Some(finding)
    });
    levelled.collect()
}
