//! One record for each medal that somebody has or had.

use jiff::civil::Date;

use crate::games::medals::{Medal, Tenure};

/// The place of a medal in [`Site::awards`](super::Site::awards).
pub type AwardId = usize;

/// A medal that somebody has or had.
#[derive(Debug)]
pub struct Award {
    /// Its colour.
    pub medal: Medal,
    /// Where.
    pub event: usize,
    /// For whom.
    pub nation: usize,
    /// By whom: one person, a pair, a team; empty where only the nation is known.
    pub athletes: Vec<usize>,
    /// Name of the team, where it has one of its own.
    pub team: Option<String>,
    /// Since when and until when.
    pub tenure: Tenure,
    /// Where it stands in the event's front matter: `podium.gold[0]`.
    pub path: String,
}

impl Award {
    /// Whether the nation has it now.
    pub fn is_held(&self) -> bool {
        self.tenure.until.is_none()
    }

    /// The day on which it was decided, where the Games are.
    pub fn day(&self) -> Option<Date> {
        Some(self.tenure.decided?.day)
    }
}
