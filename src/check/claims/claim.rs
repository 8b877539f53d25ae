//! What a sentence says of somebody, as the grammar reads it and the judge compares it.

use std::ops::Range;

use super::course::Stage;
use super::figures::{Figure, Score};
use super::parts::Member;
use crate::games::medals::Medal;

/// What a sentence says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What.
    pub says: Says,
    /// Of whom.
    pub of: Vec<Member>,
    /// The words that name the result.
    pub anchor: Range<usize>,
    /// The words in which an event may be named with it: from one joint of the sentence to the next.
    pub clause: Range<usize>,
    /// The words right at the anchor that may name an event: "the 100m freestyle gold".
    pub beside: Range<usize>,
    /// Whether it stands in quotation marks.
    pub is_quoted: bool,
    /// Everybody who is named in the sentence.
    pub company: Vec<Member>,
    /// Whether another colour is said of the same one in the sentence: "two golds and a silver".
    pub is_listed: bool,
    /// Whether the clause is understood whole: what contradicts it may be called wrong.
    pub is_certain: bool,
    /// Whether it is about the one who came in second.
    pub is_to_second: bool,
    /// Whether it is one line of a list of results.
    pub is_in_list: bool,
    /// Whether it is only guessed from who and what stand in one sentence.
    pub is_guess: bool,
    /// Whether nothing in the sentence is of another time or competition, and no figure of its clause of a record or a part.
    pub is_plain: bool,
}

impl Claim {
    /// The medal that they are said to have, by its name or by their place.
    pub fn medal(&self) -> Option<Medal> {
        match self.says {
            Says::Has(medal, _) => Some(medal),
            Says::Came(place, _) => Medal::ALL.get(usize::from(place).checked_sub(1)?).copied(),
            Says::Won => Some(Medal::Gold),
            _ => None,
        }
    }
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// They have this medal. The word is the one that says so.
    Has(Medal, usize),
    /// They came in at this place, which has no medal if it is not among the first three.
    Came(u8, usize),
    /// They won the event that is named.
    Won,
    /// Their nation has gold and silver.
    OneTwo,
    /// They were better than these; in the final, if that is said.
    Beat {
        /// Those who were worse.
        others: Vec<Member>,
        /// Whether it was the final.
        in_final: bool,
        /// In which round, if that is said.
        stage: Option<Stage>,
        /// Whether podiums tell it too: it was the final, or the order of a race.
        is_of_podium: bool,
    },
    /// They were worse than these.
    Behind(Vec<Member>),
    /// It is the one of this number that they have at these Games.
    Count {
        /// Of which colour; nothing for any.
        medal: Option<Medal>,
        /// Which.
        number: u32,
        /// The word that says which.
        word: usize,
    },
    /// They have so many by now, in all.
    Total {
        /// Of which colour; nothing for any.
        medal: Option<Medal>,
        /// How many.
        number: u32,
    },
    /// They have no medal of it.
    Missed,
    /// They came in at this place in a round before the final.
    Placed {
        /// From 1.
        place: u8,
        /// In which round.
        stage: Stage,
    },
    /// They have this mark.
    Mark {
        /// Which.
        figure: Figure,
        /// Whether it stands right behind their name: it can be nobody else's.
        is_beside: bool,
    },
    /// Their mark is by so much better or worse than that of these, or of the first.
    Margin {
        /// By how much.
        figure: Figure,
        /// Than whom.
        others: Vec<Member>,
        /// How exact it is meant.
        rough: Rough,
    },
    /// A match of theirs ended so.
    Score {
        /// Both sides'.
        score: Score,
        /// In which round, if that is said.
        stage: Option<Stage>,
        /// Who is named beside it.
        sides: Vec<Member>,
        /// Whether it may be the score of a set, or before the end.
        is_partial: bool,
    },
    /// They set a record.
    Record(Record),
    /// They met these in a round.
    Met {
        /// Whom.
        others: Vec<Member>,
        /// In which.
        stage: Stage,
    },
    /// They have a medal of whatever colour.
    OnPodium,
    /// They came so far.
    Stage {
        /// The round.
        stage: Stage,
        /// What they did in it.
        progress: Progress,
    },
}

/// What somebody did in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Out,
    Reached,
    Won,
    Missed,
}

/// How exact a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rough {
    Exact,
    About,
    More,
    Less,
}

/// Of what a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    World,
    Olympic,
}
