//! What a live blog is at a time: whether it runs, and who writes its updates.

use super::topics::Topics;
use super::{Assembly, unique};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::parse::documents::Story;

/// How far a live blog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It has been announced.
    Upcoming,
    /// Updates are to be expected.
    Running,
    /// There will be none.
    Ended,
}

impl Coverage {
    /// The word that templates and data have for it.
    pub fn word(self) -> &'static str {
        match self {
            Coverage::Upcoming => "upcoming",
            Coverage::Running => "running",
            Coverage::Ended => "ended",
        }
    }
}

/// A live blog.
#[derive(Debug)]
pub struct LiveNode {
    /// How far it is at the site's time.
    pub coverage: Coverage,
    /// Who wrote each of its updates, where that is said.
    pub authors: Vec<Option<usize>>,
}

impl LiveNode {
    /// Everybody who wrote an update that says so.
    pub fn writers(&self) -> Vec<usize> {
        unique(self.authors.iter().flatten().copied())
    }
}

impl Assembly<'_> {
    /// What a story is as a live blog, if it is one.
    pub(super) fn live(&mut self, story: &Story, authors: &Topics) -> Option<LiveNode> {
        let live = story.file.live.as_ref()?;
        let at = self.build_time.at;
        let has_ended = live.closes(&story.date) <= at;
        let coverage = match has_ended {
            true => Coverage::Ended,
            false if story.date.timestamp() > at => Coverage::Upcoming,
            false => Coverage::Running,
        };
        let mut found = Vec::with_capacity(live.updates.len());
        for update in &live.updates {
            let author = update.by.as_deref().and_then(|by| authors.find(by));
            if let Some(by) = update.by.as_deref().filter(|_| author.is_none()) {
                let source = &story.file.source;
                let heading = &source.text[update.heading.clone()];
                let from = heading.rfind(by).map(|at| update.heading.start + at);
                let span = from.map_or(update.heading.clone(), |from| from..from + by.len());
                let place = Place::Span(source.clone(), span);
                let known = authors.topics.iter().map(|topic| topic.slug.as_str());
                let problem =
                    Diagnostic::new(&codes::G007, place, format!("there is no author `{by}`"));
                let problem = problem.did_you_mean(by, known);
                self.problems.push(problem.help(
                    "write the name of a file in content/authors/, without .md, or name the author in `authors`",
                ));
            }
            found.push(author);
        }
        Some(LiveNode { coverage, authors: found })
    }
}
