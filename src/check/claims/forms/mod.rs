//! The forms in which something is said of a result, one file each.

mod count;
mod guess;
mod holder;
mod margin;
mod mark;
mod medal;
mod medal_match;
mod order;
mod pairs;
mod podium;
mod rank;
mod record;
mod score;
mod stage;
mod victory;
