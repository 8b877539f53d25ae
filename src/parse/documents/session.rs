//! The parts of an event that have a time of their own.

use serde::Deserialize;

use super::File;
use super::reader::{DocumentReader, items, optional};
use crate::diagnostics::codes;
use crate::parse::dates::Moment;
use crate::parse::front_matter::{List, Text};

/// A part of an event with a time of its own.
#[derive(Clone, Debug)]
pub struct Session {
    /// Such as "Gold medal match".
    pub name: Option<String>,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Option<Moment>,
    /// Where, if not at the event's venue.
    pub venue: Option<String>,
    /// Whether medals are decided.
    pub medal: bool,
    /// How far it is.
    pub status: SessionStatus,
}

/// How far a session is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// To come.
    #[default]
    Scheduled,
    /// Under way.
    Live,
    /// Over.
    Finished,
    /// It will be at another time.
    Postponed,
    /// It is at another time than first planned.
    Rescheduled,
    /// It will not be.
    Cancelled,
}

impl SessionStatus {
    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        match self {
            SessionStatus::Scheduled => "scheduled",
            SessionStatus::Live => "live",
            SessionStatus::Finished => "finished",
            SessionStatus::Postponed => "postponed",
            SessionStatus::Rescheduled => "rescheduled",
            SessionStatus::Cancelled => "cancelled",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionFront {
    name: Option<Text>,
    start: Text,
    end: Option<Text>,
    venue: Option<Text>,
    #[serde(default)]
    medal: bool,
    #[serde(default)]
    status: SessionStatus,
}

impl DocumentReader<'_> {
    pub(super) fn sessions(
        &mut self,
        file: &File,
        sessions: Option<List<SessionFront>>,
    ) -> Vec<Session> {
        let mut read = Vec::new();
        for (i, session) in items(sessions).into_iter().enumerate() {
            let start = self.moment(file, &format!("sessions[{i}].start"), &session.start);
            let at = format!("sessions[{i}].end");
            let end = session.end.as_ref().and_then(|end| self.moment(file, &at, end));
            let Some(start) = start else { continue };
            if end.as_ref().is_some_and(|end| end.timestamp() < start.timestamp()) {
                let problem =
                    self.problem(file, &codes::F012, &at, "a session ends before it starts");
                problem.label = "this is earlier than `start`".into();
            }
            read.push(Session {
                name: optional(session.name),
                start,
                end,
                venue: optional(session.venue),
                medal: session.medal,
                status: session.status,
            });
        }
        read
    }
}
