//! What an editor has picked for the home page.

use std::ops::Range;

use super::{Assembly, ResolveError, Site, unique};
use crate::diagnostics::{Diagnostic, Place, codes};

/// The stories and sports that stand on the home page because site.toml says so.
#[derive(Debug, Default)]
pub struct Front {
    /// The story that leads; the newest if none is picked.
    pub lead: Option<usize>,
    /// The stories right after it.
    pub seconds: Vec<usize>,
    /// Sports whose sections come first.
    pub sections: Vec<usize>,
}

impl Assembly<'_> {
    pub(super) fn front(&mut self, site: &mut Site) {
        let home = self.config.home.clone();
        let newest = (!site.stories.is_empty()).then_some(0);
        let lead = home
            .lead
            .and_then(|(name, span)| self.story_of_home(site, &name, &span, "lead the home page"));
        let lead = lead.or(newest);
        let seconds = home.seconds.iter().filter_map(|(name, span)| {
            self.story_of_home(site, name, span, "stand on the home page")
        });
        let seconds = unique(seconds.filter(|story| Some(*story) != lead));
        let sections = home.sections.iter().filter_map(|(name, span)| {
            let sport = site.sport(name).ok();
            if sport.is_none() {
                let place = Place::Span(self.config.source.clone(), span.clone());
                let known = site.sports.iter().map(|sport| format!("\"{}\"", sport.slug));
                let known: Vec<String> = known.collect();
                let problem = Diagnostic::new(
                    &codes::C004,
                    place,
                    format!("there is no sport `{name}` for a section of the home page"),
                );
                self.problems.push(problem.did_you_mean(name, known.iter().map(String::as_str)));
            }
            sport
        });
        site.front = Front { lead, seconds, sections: unique(sections) };
    }

    /// A story that site.toml names. Nothing if it is there, but not for readers now.
    fn story_of_home(
        &mut self,
        site: &Site,
        name: &str,
        span: &Range<usize>,
        purpose: &str,
    ) -> Option<usize> {
        match site.story(name) {
            Ok(story) => Some(story),
            Err(ResolveError::Unpublished | ResolveError::Broken) => None,
            Err(_) => {
                let place = Place::Span(self.config.source.clone(), span.clone());
                let known = site.stories.iter().map(|story| format!("\"{}\"", story.doc.stem));
                let known: Vec<String> = known.collect();
                let message = format!("there is no story `{name}` to {purpose}");
                self.problems.push(
                    Diagnostic::new(&codes::C004, place, message)
                        .did_you_mean(name, known.iter().map(String::as_str)),
                );
                None
            }
        }
    }
}
