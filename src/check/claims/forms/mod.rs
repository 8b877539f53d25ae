//! The forms in which something is said of a result, one file each.

mod count;
mod holder;
mod medal;
mod medal_match;
mod order;
mod podium;
mod rank;
mod victory;
