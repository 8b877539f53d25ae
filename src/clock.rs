//! The time of now, which only commands ask for: what is published depends on the time they pass on.

use std::time::SystemTime;

use jiff::Timestamp;

/// The time of this machine, or what is nearest to it of the times that can be written: a clock that is
/// set beyond the year 9999 is wrong, but no reason to fall over.
pub fn now() -> Timestamp {
    read(SystemTime::now()).unwrap_or(Timestamp::MAX)
}

/// What is wrong with the clock of this machine, if it is.
pub fn complaint() -> Option<&'static str> {
    let is_wrong = read(SystemTime::now()).is_none();
    is_wrong.then_some(
        "the clock of this machine is set to a year that cannot be written: set it right",
    )
}

fn read(time: SystemTime) -> Option<Timestamp> {
    Timestamp::try_from(time).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_year_beyond_9999_is_no_time() {
        assert!(read(UNIX_EPOCH).is_some());
        assert!(read(UNIX_EPOCH + Duration::from_secs(300_000_000_000)).is_none());
    }
}
