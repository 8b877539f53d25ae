//! The medal table of each evening.

use jiff::Span;
use jiff::civil::Date;

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

/// The days of the chart: all from the first to the last, if they are as near as those of Games are.
/// After a change of years later, only those on which something happened.
pub(super) fn drawn(days: &[Date]) -> Vec<Date> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let all = first.series(Span::new().days(1)).take(MOST_DAYS + 1);
    let all: Vec<Date> = all.take_while(|day| day <= last).collect();
    if all.len() > MOST_DAYS { days.to_vec() } else { all }
}

/// Longer than any Games of today.
const MOST_DAYS: usize = 30;
