//! The addresses of the site, from its top. Where the site itself lies is `base_url`'s matter.

use crate::config::FeedFormat;

pub const STORIES: &str = "/stories/";
/// The medal table.
pub const MEDALS: &str = "/medals/";
/// The medal table as data.
pub const MEDALS_DATA: &str = "/data/medals.json";
/// The days of the schedule.
pub const SCHEDULE: &str = "/schedule/";
pub const SPORTS: &str = "/sports/";
pub const ATHLETES: &str = "/athletes/";
pub const NATIONS: &str = "/nations/";
pub const VENUES: &str = "/venues/";
pub const AUTHORS: &str = "/authors/";
pub const TAGS: &str = "/tags/";

/// The list of pages for search engines.
pub const SITEMAP: &str = "/sitemap.xml";
/// The newest stories for Google News.
pub const NEWS_SITEMAP: &str = "/news-sitemap.xml";
/// What programs that follow links may read: RFC 9309 names the place.
pub const ROBOTS: &str = "/robots.txt";

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

/// A day's of the schedule.
pub fn day(date: jiff::civil::Date) -> String {
    format!("{SCHEDULE}{date}/")
}

/// That of something on the schedule that gives no medals.
pub fn non_medal_event(slug: &str) -> String {
    format!("{SCHEDULE}{slug}/")
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

/// A page of a list: the first is the list's own address.
pub fn paged(address: &str, page: usize) -> String {
    if page <= 1 { address.to_owned() } else { format!("{address}page/{page}/") }
}

/// An address as it stands in HTML: what is not allowed in an address is percent-encoded, so that
/// a file with a space in its name has one.
pub fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            // RFC 3986: unreserved, sub-delims, and what a path may have besides.
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'!'
            | b'$'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b':'
            | b'@' => {
                out.push(char::from(byte));
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// A whole address as it stands in HTML: what may not stand in an address is percent-encoded, what is encoded
/// stays so, and a host in another script keeps its form, which browsers turn into that of IDNA.
pub fn lenient(address: &str) -> String {
    let host_end = address.find("://").map_or(0, |at| {
        let rest = &address[at + 3..];
        at + 3 + rest.find(['/', '?', '#']).unwrap_or(rest.len())
    });
    let mut out = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    for (at, c) in address.char_indices() {
        let is_encoded = c == '%'
            && bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let is_allowed = match c {
            '%' => is_encoded,
            // RFC 3986, section 2: what neither is reserved nor unreserved.
            ' ' | '"' | '<' | '>' | '`' | '|' | '{' | '}' | '^' | '\\' => false,
            c if c.is_ascii() => !c.is_ascii_control(),
            _ => at < host_end,
        };
        if is_allowed {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out += &format!("%{byte:02X}");
            }
        }
    }
    out
}

/// The opposite of [`encoded`], as authors may write either.
pub fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail.get(..2).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let pair = pair.and_then(|pair| std::str::from_utf8(pair).ok());
        match (first, pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_encoded_where_it_must_be_and_only_there() {
        for (written, address) in [
            ("https://a.example/x|y{z}^", "https://a.example/x%7Cy%7Bz%7D%5E"),
            ("https://a.example/100%", "https://a.example/100%25"),
            ("https://a.example/a%20b?c=d#e", "https://a.example/a%20b?c=d#e"),
            ("https://例え.jp/日本", "https://例え.jp/%E6%97%A5%E6%9C%AC"),
            ("https://[::1]:80/", "https://[::1]:80/"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("/a/é?ü", "/a/%C3%A9?%C3%BC"),
        ] {
            assert_eq!(lenient(written), address);
        }
    }

    #[test]
    fn names_survive_the_way_into_an_address_and_back() {
        for name in ["/a b.png", "/100%.png", "/é?#.png", "/plain.png"] {
            assert_eq!(decoded(&encoded(name)), name);
        }
        assert_eq!(encoded("/a b"), "/a%20b");
        assert_eq!(decoded("/100%"), "/100%");
    }
}
