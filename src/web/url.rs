//! Addresses: RFC 3986 and 3987, and what the WHATWG's URL standard forgives beyond them.

use std::borrow::Cow;

use iri_string::resolve::FixedBaseResolver;
use iri_string::types::{IriAbsoluteStr, IriReferenceStr, IriStr, UriAbsoluteStr};
use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, percent_encode, percent_encode_byte,
    utf8_percent_encode,
};

/// What is encoded in a path: all but the unreserved, the sub-delims without `&`, and what a path may
/// have besides (RFC 3986, section 3.3). `&` would have to be escaped once more in HTML.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What may not stand in an address at all, not even encoded as something else: RFC 3986, section 2.
const NEVER: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path of the site as it stands in HTML: a file with a space in its name has an address too.
pub fn encode_path(path: &str) -> String {
    Cow::from(utf8_percent_encode(path, PATH)).into_owned()
}

/// The opposite of [`encode_path`]. What does not become UTF-8 stays as it is.
pub fn decode(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        // Nearly every address; each link of each page comes through here.
        return Cow::Borrowed(address);
    }
    percent_decode_str(address).decode_utf8().unwrap_or(Cow::Borrowed(address))
}

/// A whole address as somebody wrote it, made a valid one: what may not stand in an address is
/// percent-encoded, what is encoded stays so, and a host in another script keeps its form, which browsers
/// turn into that of IDNA.
pub fn encode_invalid(address: &str) -> String {
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
            ' ' | '"' | '<' | '>' | '`' | '|' | '{' | '}' | '^' | '\\' => false,
            c if c.is_ascii() => !c.is_ascii_control(),
            _ => at < host_end,
        };
        if is_allowed {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            out.extend(c.encode_utf8(&mut buffer).bytes().map(percent_encode_byte));
        }
    }
    out
}

/// An address as it travels in a request. Nothing if its host is in another script, which would need IDNA.
pub fn in_ascii(url: &str) -> Option<String> {
    host_and_port(url).is_ascii().then(|| percent_encode(url.as_bytes(), NEVER).to_string())
}

/// The scheme of an address, if it has one: RFC 3986, section 3.1.
pub fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

/// Whether an address is of a page on the web, in any case of letters.
pub fn is_web(address: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Whether an address is whole and valid as it stands, letters of other scripts included (RFC 3987).
pub fn is_absolute(address: &str) -> bool {
    IriStr::new(address).is_ok()
}

/// The authority of a valid address, such as `me@a.example:81`; empty if it has none.
pub fn authority(address: &str) -> &str {
    IriStr::new(address).ok().and_then(IriStr::authority_str).unwrap_or_default()
}

/// The host of an address, without port; empty if it has none.
pub fn host(url: &str) -> &str {
    let host = with_port(url).unwrap_or_default();
    match host.strip_prefix('[') {
        // An address of IPv6 has colons of its own.
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// The host of an address with its port, in small letters, as one that is asked at a time.
pub fn host_and_port(url: &str) -> String {
    with_port(url).unwrap_or_default().to_ascii_lowercase()
}

/// The host of an address with its port, whether the address is a valid one or not.
fn with_port(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next()?.rsplit('@').next()
}

/// An address without query and fragment.
pub fn without_query(address: &str) -> &str {
    address.split(['#', '?']).next().unwrap_or_default()
}

/// Where a site is, as site.toml may say it.
///
/// # Errors
/// Says what is wrong with an address that is none.
pub fn base(url: &str) -> Result<(String, String), String> {
    let parsed = UriAbsoluteStr::new(url).map_err(|error| error.to_string())?;
    let scheme = parsed.scheme_str();
    if scheme != "http" && scheme != "https" {
        return Err(format!("it starts with {scheme}:, not with https:"));
    }
    match parsed.authority_str() {
        None | Some("") => return Err("it names no host".into()),
        Some(_) => {}
    }
    if parsed.query_str().is_some() {
        return Err("it has a query".into());
    }
    let path = parsed.path_str();
    if path.split('/').any(|part| part == ".." || part == ".") {
        return Err("its path has dots in it".into());
    }
    let slash = if path.ends_with('/') { "" } else { "/" };
    Ok((format!("{url}{slash}"), format!("{path}{slash}")))
}

/// Makes addresses absolute that are seen from one page.
pub struct Resolver<'a>(FixedBaseResolver<'a, iri_string::spec::IriSpec>);

impl<'a> Resolver<'a> {
    /// `page` is the absolute address of the page. Nothing if it is not one.
    pub fn new(page: &'a str) -> Option<Resolver<'a>> {
        IriAbsoluteStr::new(page).ok().map(|page| Resolver(FixedBaseResolver::new(page)))
    }

    /// An address made absolute, by RFC 3986, section 5.2. Nothing if it is absolute, or no address.
    pub fn absolute(&self, written: &str) -> Option<String> {
        // As the URL standard has it, what stands around an address is not a part of it.
        let written = written.trim_ascii();
        let spaced;
        let reference = match IriReferenceStr::new(written) {
            Ok(reference) => reference,
            // Browsers forgive spaces.
            Err(_) => {
                spaced = written.replace(' ', "%20");
                IriReferenceStr::new(&spaced).ok()?
            }
        };
        match reference.to_iri() {
            Ok(_) => None,
            Err(relative) => Some(self.0.resolve(relative.as_ref()).to_string()),
        }
    }
}

/// Where a site is: the way from what is written on its pages to its own addresses. It is asked of every
/// link of every page, and so it goes by what addresses begin with.
#[derive(Clone, Copy)]
pub struct Top<'a> {
    /// Its absolute address, with a slash at the end.
    pub url: &'a str,
    /// The path of it, which begins and ends with a slash.
    pub path: &'a str,
}

impl<'a> Top<'a> {
    /// The path on the site's host that a link on the page at `from` has. Nothing if it leaves the host,
    /// or is no address of a page.
    pub fn host_path<'w>(self, from: &str, written: &'w str) -> Option<Cow<'w, str>> {
        let path = without_query(written);
        let base = self.path.trim_end_matches('/');
        let path = if path.starts_with('/') && !path.starts_with("//") {
            Cow::Borrowed(path)
        } else if let Some(below) = self.below(path) {
            Cow::Owned(format!("{base}{below}"))
        } else if path.starts_with("//") || scheme(path).is_some() {
            return None;
        } else if path.is_empty() {
            Cow::Owned(format!("{base}{from}"))
        } else {
            let folder = &from[..from.rfind('/').map_or(0, |i| i + 1)];
            Cow::Owned(format!("{base}{folder}{path}"))
        };
        Some(if path.contains("/.") { Cow::Owned(without_dots(&path)) } else { path })
    }

    /// The address of the site, from its top and decoded, of a path on its host. Nothing if it lies beside
    /// the site.
    pub fn site_path<'p>(self, path: &'p str) -> Option<Cow<'p, str>> {
        let rest = path.strip_prefix(self.path.trim_end_matches('/'))?;
        match rest {
            "" => Some(Cow::Borrowed("/")),
            rest if !rest.starts_with('/') => None,
            rest => Some(decode(rest)),
        }
    }

    /// The absolute address of a path on the site's host.
    pub fn on_host(self, path: &str) -> String {
        let host: Vec<&str> = self.url.splitn(4, '/').take(3).collect();
        format!("{}{path}", host.join("/"))
    }

    /// An address that begins with `//`, with the scheme that the site has.
    pub fn with_scheme(self, address: &str) -> String {
        format!("{}{address}", self.url.split("//").next().unwrap_or_default())
    }

    /// What an address has after that of the site, with or without its scheme.
    fn below(self, path: &str) -> Option<&str> {
        let top = self.url.trim_end_matches('/');
        let (_, host) = top.split_once(':')?;
        let rest = path.strip_prefix(top).or_else(|| path.strip_prefix(host))?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }
}

/// RFC 3986, section 5.2.4: the top has nothing above it. iri-string resolves only what is valid as a
/// whole, and a page may have anything.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut is_folder = false;
    for part in path.split('/').skip(1) {
        is_folder = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if is_folder {
        parts.push("");
    }
    format!("/{}", parts.join("/"))
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
            assert_eq!(encode_invalid(written), address);
        }
    }

    #[test]
    fn names_survive_the_way_into_an_address_and_back() {
        for name in ["/a b.png", "/100%.png", "/é?#.png", "/plain.png", "/a&b=(c)*+,;:@!$'-._~"] {
            assert_eq!(decode(&encode_path(name)), name);
        }
        assert_eq!(encode_path("/a b"), "/a%20b");
        assert_eq!(encode_path("/a&b=(c)*+,;:@!$'-._~"), "/a%26b=(c)*+,;:@!$'-._~");
        assert_eq!(decode("/100%"), "/100%");
        assert_eq!(decode("/%FF"), "/%FF");
    }

    #[test]
    fn an_address_travels_in_ascii() {
        assert_eq!(
            in_ascii("https://a.example/é b?q=%20").unwrap(),
            "https://a.example/%C3%A9%20b?q=%20"
        );
        assert_eq!(in_ascii("https://bücher.example/"), None);
        assert_eq!(host_and_port("https://me@A.example:81/x@y"), "a.example:81");
        assert_eq!(host("https://me@a.example:81/x@y"), "a.example");
        assert_eq!(host("https://[::1]:81/"), "::1");
        assert_eq!((host(""), host("/x")), ("", ""));
    }

    #[test]
    fn a_base_url_gets_a_slash_and_gives_its_path() {
        assert_eq!(
            base("https://news.example/games"),
            Ok(("https://news.example/games/".into(), "/games/".into()))
        );
        assert_eq!(base("http://x.example"), Ok(("http://x.example/".into(), "/".into())));
    }

    #[test]
    fn what_is_not_a_web_address_is_refused() {
        for bad in [
            "",
            "games",
            "/games/",
            "ftp://x/",
            "https://",
            "https://x/?a=b",
            "https://x/#a",
            "https://x/../",
        ] {
            assert!(base(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_seen_from_its_page_and_below_the_base() {
        let top = Top { url: "https://a.example/games/", path: "/games/" };
        let at = |from: &str, written: &str| {
            let path = top.host_path(from, written)?;
            Some(top.site_path(&path)?.into_owned())
        };
        for (from, written, expected) in [
            ("/a/b/", "c", "/a/b/c"),
            ("/a/b/", "../c/?x#y", "/a/c/"),
            ("/a/b", "c/.", "/a/c/"),
            ("/404.html", "?x", "/404.html"),
            ("/a/", "/games/a%20b", "/a b"),
            ("/a/", "/games", "/"),
            ("/a/", "https://a.example/games", "/"),
            ("/a/", "//a.example/games/b#c", "/b"),
        ] {
            assert_eq!(at(from, written).as_deref(), Some(expected), "{from} {written}");
        }
        for written in [
            "/other/",
            "/gamesome/",
            "../../x",
            "https://a.example/gamesome/",
            "http://a.example/games/",
            "https://a.example.org/games/",
            "mailto:a@b",
            "data:,a/b",
        ] {
            assert_eq!(at("/a/", written), None, "{written}");
        }
        assert_eq!(top.on_host("/x/"), "https://a.example/x/");
        assert_eq!(top.with_scheme("//b.example/"), "https://b.example/");
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme("https://x"), Some("https"));
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
        assert_eq!(scheme("../a.md"), None);
        assert_eq!(scheme("1:2"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_address_makes_it_panic(written in "[a-z/.:%?#é \\[\\]@-]{0,40}") {
            let top = Top { url: "https://a.example/games/", path: "/games/" };
            let _ = top.host_path("/a/b/", &written).map(|path| top.site_path(&path).is_some());
            let _ = Resolver::new("https://a.example/x/").map(|page| page.absolute(&written));
            let _ = (base(&written), in_ascii(&written), decode(&written).len());
            proptest::prop_assert!(!encode_invalid(&written).contains(' '));
        }
    }
}
