//! The medal table of each evening.

use jiff::civil::Date;

use super::chart::drawn;
use crate::assemble::Site;
use crate::games::medals::{self, Row, When};

/// Longer than any Games. Of more days, which no Games have, the last are shown.
const MOST_EVENINGS: usize = 40;

/// How the table stood on the evening of a day.
#[derive(Debug)]
pub struct Evening {
    /// Where the Games are.
    pub date: Date,
    /// As the table is shown.
    pub table: Vec<Row>,
}

/// Every evening from the first medal to the last, in order.
pub fn evenings(site: &Site) -> Vec<Evening> {
    let days = drawn(&medals::days(site.counted_awards().map(|award| &award.tenure)));
    let last = days.len().saturating_sub(MOST_EVENINGS);
    let evening = |day: &Date| Evening {
        date: *day,
        table: site.table(site.counted_awards(), When::Evening(*day)),
    };
    days[last..].iter().map(evening).collect()
}

impl Evening {
    /// The line of a nation, if it had a medal.
    pub fn row(&self, code: &str) -> Option<&Row> {
        self.table.iter().find(|row| row.code == code)
    }
}
