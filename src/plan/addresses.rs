//! The addresses of the site, from its top. Where the site itself lies is `base_url`'s matter.

use crate::config::FeedFormat;

pub const STORIES: &str = "/stories/";
/// The medal table.
pub const MEDALS: &str = "/medals/";
/// The medal table as data.
pub const MEDALS_DATA: &str = "/data/medals.json";
/// The medal table as a spreadsheet.
pub const MEDALS_SHEET: &str = "/data/medals.csv";
/// The days of the schedule.
pub const SCHEDULE: &str = "/schedule/";
pub const SPORTS: &str = "/sports/";
pub const ATHLETES: &str = "/athletes/";
pub const NATIONS: &str = "/nations/";
pub const VENUES: &str = "/venues/";
pub const AUTHORS: &str = "/authors/";
pub const TAGS: &str = "/tags/";
/// The magazine.
pub const ISSUES: &str = "/issues/";

/// The list of pages for search engines.
pub const SITEMAP: &str = "/sitemap.xml";
/// The newest stories for Google News.
pub const NEWS_SITEMAP: &str = "/news-sitemap.xml";
/// What programs that follow links may read: RFC 9309 names the place.
pub const ROBOTS: &str = "/robots.txt";

/// What telephones ask for when a site is put on their home screen.
pub const WEB_MANIFEST: &str = "/site.webmanifest";

/// The flag of a nation.
pub fn flag(code: &str) -> String {
    format!("/flags/{}.png", code.to_lowercase())
}

pub fn story(slug: &str) -> String {
    format!("{STORIES}{slug}/")
}

/// A live blog's.
pub fn live(slug: &str) -> String {
    format!("/live/{slug}/")
}

/// A page of older updates of a live blog, counted from the oldest; 0 is the blog's own.
pub fn older(address: &str, page: usize) -> String {
    if page == 0 { address.to_owned() } else { format!("{address}page/{page}/") }
}

/// The newest updates of a live blog as data.
pub fn updates(address: &str) -> String {
    format!("{address}updates.json")
}

pub fn sport(slug: &str) -> String {
    format!("{SPORTS}{slug}/")
}

pub fn event(sport: &str, slug: &str) -> String {
    format!("{SPORTS}{sport}/{slug}/")
}

/// The results of an event as data.
pub fn results_data(sport: &str, slug: &str) -> String {
    format!("/data/results/{sport}/{slug}.json")
}

/// A day's of the schedule.
pub fn day(date: jiff::civil::Date) -> String {
    format!("{SCHEDULE}{date}/")
}

/// That of something on the schedule that gives no medals.
pub fn non_medal_event(slug: &str) -> String {
    format!("{SCHEDULE}{slug}/")
}

/// The whole schedule of what has its page at an address.
pub fn programme(address: &str) -> String {
    format!("{address}schedule/")
}

/// The calendar of what has its page at an address.
pub fn calendar(address: &str) -> String {
    format!("{address}calendar.ics")
}

/// The feed of what has its page at an address.
pub fn feed(address: &str, format: FeedFormat) -> String {
    let name = match format {
        FeedFormat::Atom => "feed.xml",
        FeedFormat::Rss => "rss.xml",
        FeedFormat::Json => "feed.json",
    };
    format!("{address}{name}")
}

/// That of a part of a list of pages that is too long for one file, from 1.
pub fn sitemap_part(number: usize) -> String {
    format!("/sitemap/{number}.xml")
}

pub fn athlete(slug: &str) -> String {
    format!("{ATHLETES}{slug}/")
}

/// A nation's, by its code.
pub fn nation(code: &str) -> String {
    format!("{NATIONS}{}/", code.to_ascii_lowercase())
}

pub fn venue(slug: &str) -> String {
    format!("{VENUES}{slug}/")
}

pub fn author(slug: &str) -> String {
    format!("{AUTHORS}{slug}/")
}

pub fn tag(slug: &str) -> String {
    format!("{TAGS}{slug}/")
}

/// That of an issue of the magazine.
pub fn issue(slug: &str) -> String {
    format!("{ISSUES}{slug}/")
}

/// The same as one document to print.
pub fn print_edition(slug: &str) -> String {
    format!("{ISSUES}{slug}/print/")
}

/// A page of a list: the first is the list's own address.
pub fn paged(address: &str, page: usize) -> String {
    if page <= 1 { address.to_owned() } else { format!("{address}page/{page}/") }
}
