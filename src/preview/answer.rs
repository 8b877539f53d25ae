//! What the preview answers to a request: a function of the request and of what is shown now.

use std::io::{self, Read, Seek, SeekFrom};
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use headers::{
    AcceptRanges, Allow, CacheControl, ContentLength, ContentRange, ContentType, ETag, Header,
    HeaderMapExt, IfNoneMatch, IfRange,
};
use http_range_header::{EndPosition, StartPosition, parse_range_header};
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue, LOCATION, RANGE};
use hyper::{Method, Request, Response, StatusCode};
use xxhash_rust::xxh3::xxh3_64;

use super::file_cache::Stamp;
use super::state::{Condition, PreviewState, Route, Shown};
use crate::paths;
use crate::web::url;

/// Where the preview's own things are, on the same host as the site.
const OWN: &str = "/.podium/";
/// What the pages of a preview run.
const CLIENT: &str = include_str!("client.js");
/// What is shown where nothing can be.
const NOTHING: &str = include_str!("nothing.html");

/// What is sent.
#[derive(Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Bytes),
    /// A part of a file.
    File(Download),
    /// A line for each thing that is new, for as long as the browser listens.
    Events,
}

/// A part of a file that is to be sent. It is opened for each piece: whoever asks for many files and reads
/// none keeps none of them open.
#[derive(Debug)]
pub struct Download {
    root: PathBuf,
    path: PathBuf,
    /// Of the file whose length was told.
    stamp: Stamp,
    /// Where the part begins.
    pub from: u64,
    /// Where it ends.
    pub end: u64,
}

impl Download {
    /// Reads what there is from a place in the file, at most so many bytes.
    ///
    /// # Errors
    /// It is not there any more, is another, or ends before that.
    pub fn piece(&self, at: u64, most: u64) -> io::Result<Vec<u8>> {
        let mut file = paths::open_inside(&self.root, &self.path)?;
        if Stamp::new(&file.metadata()?) != self.stamp {
            return Err(io::Error::other("the file has changed"));
        }
        let mut piece = Vec::new();
        file.seek(SeekFrom::Start(at))?;
        file.take(most.min(self.end - at)).read_to_end(&mut piece)?;
        match piece.is_empty() {
            true => Err(io::ErrorKind::UnexpectedEof.into()),
            false => Ok(piece),
        }
    }
}

/// Which hosts a request may be meant for. A page elsewhere whose name is made to lead to this machine
/// (DNS rebinding) could read the preview otherwise, drafts included.
#[derive(Clone, Debug)]
pub struct Hosts {
    /// As `--host` says.
    pub name: String,
    /// On which the server listens.
    pub port: u16,
}

impl Hosts {
    /// Whether a request that names this host is meant for the preview.
    pub fn include(&self, host: &str) -> bool {
        let Ok(uri) = host.parse::<hyper::http::uri::Authority>() else { return false };
        if uri.as_str().contains('@') {
            return false;
        }
        let name = uri.host().trim_start_matches('[').trim_end_matches(']');
        let is_local = name.eq_ignore_ascii_case("localhost");
        let address: Option<IpAddr> = name.parse().ok();
        let own: Option<IpAddr> = self.name.parse().ok();
        match own {
            // On all addresses, whichever they are: a container's port may be another outside. An
            // address is nothing that somebody else can have a name lead to.
            Some(own) if own.is_unspecified() => is_local || address.is_some(),
            _ => {
                let is_loopback = self.is_loopback();
                let is_own =
                    name.eq_ignore_ascii_case(&self.name) || own.is_some() && address == own;
                let is_this = is_loopback
                    && (is_local || address.is_some_and(|address| address.is_loopback()));
                (is_own || is_this) && uri.port_u16().unwrap_or(80) == self.port
            }
        }
    }

    /// Scheme, host and port. A server on all addresses is on this machine's own too.
    pub fn origin(&self) -> String {
        let host = match self.name.parse() {
            Ok(IpAddr::V4(address)) if address.is_unspecified() => "127.0.0.1".to_owned(),
            Ok(IpAddr::V6(address)) if address.is_unspecified() => "[::1]".to_owned(),
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            _ => self.name.clone(),
        };
        format!("http://{host}:{}", self.port)
    }

    fn is_loopback(&self) -> bool {
        let address: Option<IpAddr> = self.name.parse().ok();
        address.map_or(self.name.eq_ignore_ascii_case("localhost"), |address| address.is_loopback())
    }
}

/// Answers a request.
pub fn answer<B>(state: &PreviewState, hosts: &Hosts, request: &Request<B>) -> Response<Content> {
    let mut response = dispatch(state, hosts, request);
    let headers = response.headers_mut();
    if !headers.contains_key(CacheControl::name()) {
        // Browsers may keep it, but ask each time whether it is still the same.
        headers.typed_insert(CacheControl::new().with_no_cache());
    }
    // Drafts are nobody's to show in a page of their own, or to take in.
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
        ("content-security-policy", "frame-ancestors 'self'"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

fn dispatch<B>(state: &PreviewState, hosts: &Hosts, request: &Request<B>) -> Response<Content> {
    // Which of two is meant, a proxy may see otherwise than this server (RFC 9112, section 3.2).
    if request.headers().get_all(hyper::header::HOST).iter().count() > 1 {
        return plain(StatusCode::BAD_REQUEST, "A request names one host.\n");
    }
    // A request that names its host in full counts by that name, as RFC 9112 has it (3.2.2).
    let named = request.headers().get(hyper::header::HOST).and_then(|host| host.to_str().ok());
    let host = request.uri().authority().map(|authority| authority.as_str()).or(named);
    if !host.is_some_and(|host| hosts.include(host)) {
        let text = format!(
            "This preview does not answer for that host. It is at {}{}\n",
            hosts.origin(),
            state.base_path()
        );
        return plain(StatusCode::MISDIRECTED_REQUEST, &text);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "A preview is only read.\n");
        response
            .headers_mut()
            .typed_insert([Method::GET, Method::HEAD].into_iter().collect::<Allow>());
        return response;
    }
    let path = url::decode(request.uri().path());
    if !stays_inside(&path) {
        return plain(StatusCode::BAD_REQUEST, "This path leads out of the site.\n");
    }
    match path.strip_prefix(OWN) {
        Some("client.js") => {
            let bytes = Bytes::from_static(CLIENT.as_bytes());
            sent(
                request,
                StatusCode::OK,
                ContentType::from(mime_guess::mime::TEXT_JAVASCRIPT),
                bytes,
            )
        }
        Some("events") => {
            let mut response = Response::new(Content::Events);
            let kind = ContentType::from(mime_guess::mime::TEXT_EVENT_STREAM);
            response.headers_mut().typed_insert(kind);
            response.headers_mut().typed_insert(CacheControl::new().with_no_store());
            response
        }
        Some("page") => status(state, request),
        Some(_) => plain(StatusCode::NOT_FOUND, "The preview has nothing here.\n"),
        None => of_site(state, request, &path),
    }
}

/// Whether a path names something below the top, on every system.
fn stays_inside(path: &str) -> bool {
    path.starts_with('/')
        && !path.contains(|c: char| c.is_control() || c == '\\')
        && !path.split('/').any(|part| part == ".." || part == ".")
}

fn of_site<B>(state: &PreviewState, request: &Request<B>, path: &str) -> Response<Content> {
    match state.route(path) {
        Route::Page(address) => shown(state, request, &address, StatusCode::OK),
        Route::Redirect(to) => {
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            redirect(&format!("{}{query}", url::encode_path(&to)))
        }
        Route::Missing => shown(state, request, NOT_FOUND, StatusCode::NOT_FOUND),
    }
}

/// The site's own page for addresses that do not exist.
const NOT_FOUND: &str = "/404.html";

fn shown<B>(
    state: &PreviewState,
    request: &Request<B>,
    address: &str,
    status: StatusCode,
) -> Response<Content> {
    let kind = mime(if address.ends_with('/') { "index.html" } else { address });
    match state.show(address) {
        None | Some(Shown::Page(_, Condition::Failed)) => failed(state),
        Some(Shown::Page(html, condition)) => {
            sent(request, status, kind, with_client(state, &html, condition))
        }
        Some(Shown::Bytes(bytes)) => sent(request, status, kind, bytes),
        Some(Shown::File(path)) => match file(&state.root, request, kind, &path) {
            Ok(response) => response,
            Err(error) => {
                let text = format!("This file cannot be read: {error}\n");
                plain(StatusCode::INTERNAL_SERVER_ERROR, &text)
            }
        },
    }
}

/// A page with what the preview adds to it: one tag before the end of its body.
fn with_client(state: &PreviewState, html: &[u8], condition: Condition) -> Bytes {
    let (print, shape) = state.prints(html, condition);
    let tag = format!(
        "<script type=\"module\" src=\"{OWN}client.js\" data-print=\"{print}\" data-shape=\"{shape}\"></script>"
    );
    let end = html.windows(7).rposition(|end| end.eq_ignore_ascii_case(b"</body>"));
    let (before, after) = html.split_at(end.unwrap_or(html.len()));
    Bytes::from([before, tag.as_bytes(), after].concat())
}

/// What stands where no page can be shown: the script, which shows what is wrong.
fn failed(state: &PreviewState) -> Response<Content> {
    let bytes = with_client(state, NOTHING.as_bytes(), Condition::Failed);
    let mut response = Response::new(Content::Bytes(bytes));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().typed_insert(mime("index.html"));
    response
}

/// What a browser has to know about the page at `?path=`.
fn status<B>(state: &PreviewState, request: &Request<B>) -> Response<Content> {
    let query = request.uri().query().unwrap_or_default();
    let path = query.split('&').find_map(|pair| pair.strip_prefix("path=")).unwrap_or("/");
    // encodeURIComponent was used on what may be percent-encoded itself.
    let once = url::decode(path);
    let path = url::decode(&once);
    let address = match state.route(&path) {
        Route::Page(address) => address,
        Route::Redirect(_) | Route::Missing => NOT_FOUND.to_owned(),
    };
    let (html, condition) = match state.show(&address) {
        Some(Shown::Page(html, condition)) if condition != Condition::Failed => (html, condition),
        _ => (Bytes::from_static(NOTHING.as_bytes()), Condition::Failed),
    };
    let status = state.status(&address, &html, condition);
    let bytes = serde_json::to_vec(&status).unwrap_or_default();
    sent(request, StatusCode::OK, ContentType::json(), Bytes::from(bytes))
}

fn redirect(to: &str) -> Response<Content> {
    let mut response = plain(StatusCode::FOUND, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn plain(status: StatusCode, text: &str) -> Response<Content> {
    let mut response = Response::new(Content::Bytes(Bytes::from(text.to_owned())));
    *response.status_mut() = status;
    response.headers_mut().typed_insert(ContentType::text_utf8());
    response
}

/// The type of a file by its name; a text is in UTF-8, as everything of a site is.
fn mime(path: &str) -> ContentType {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = mime.type_() == "text" && mime.get_param("charset").is_none();
    let with_charset = if is_text { format!("{mime}; charset=utf-8").parse().ok() } else { None };
    ContentType::from(with_charset.unwrap_or(mime))
}

/// Bytes that are known, or what of them a browser wants.
fn sent<B>(
    request: &Request<B>,
    status: StatusCode,
    kind: ContentType,
    bytes: Bytes,
) -> Response<Content> {
    let tag = format!("\"{:016x}\"", xxh3_64(&bytes));
    let (mut response, wanted) = conditional(request, status, kind, &tag, bytes.len() as u64);
    if let Some((from, end)) = wanted {
        let index = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
        *response.body_mut() = Content::Bytes(bytes.slice(index(from)..index(end)));
    }
    response
}

/// A file on disk, or what of it a browser wants. A film is not read into memory.
fn file<B>(
    root: &Path,
    request: &Request<B>,
    kind: ContentType,
    path: &Path,
) -> io::Result<Response<Content>> {
    let meta = paths::open_inside(root, path)?.metadata()?;
    let stamp = Stamp::new(&meta);
    let tag = format!("\"{stamp}\"");
    let (mut response, wanted) = conditional(request, StatusCode::OK, kind, &tag, meta.len());
    if let Some((from, end)) = wanted {
        let (root, path) = (root.to_owned(), path.to_owned());
        *response.body_mut() = Content::File(Download { root, path, stamp, from, end });
    }
    Ok(response)
}

/// Answers 304, 206 or 416 where the request asks for it (RFC 9110, sections 13 and 14). Says which
/// part of the content is to be sent, from where until before where; nothing if none is.
fn conditional<B>(
    request: &Request<B>,
    status: StatusCode,
    kind: ContentType,
    tag: &str,
    length: u64,
) -> (Response<Content>, Option<(u64, u64)>) {
    let mut response = Response::new(Content::Bytes(Bytes::new()));
    *response.status_mut() = status;
    let headers = request.headers();
    let is_ok = status == StatusCode::OK;
    let tag: Option<ETag> = tag.parse().ok();
    if let Some(tag) = &tag {
        response.headers_mut().typed_insert(tag.clone());
        let known = headers.typed_get::<IfNoneMatch>();
        if is_ok && known.is_some_and(|known| !known.precondition_passes(tag)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return (response, None);
        }
    }
    response.headers_mut().typed_insert(kind);
    if is_ok {
        response.headers_mut().typed_insert(AcceptRanges::bytes());
    }
    // A part of another version is of no use.
    let is_other =
        headers.typed_get::<IfRange>().is_some_and(|known| known.is_modified(tag.as_ref(), None));
    let wanted = headers.get(RANGE).and_then(|range| range.to_str().ok());
    let wanted = wanted.filter(|_| is_ok && !is_other && request.method() == Method::GET);
    let (from, end) = match wanted.map_or(Part::All, |range| part(range, length)) {
        Part::All => (0, length),
        Part::Of(from, end) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            if let Ok(range) = ContentRange::bytes(from..end, length) {
                response.headers_mut().typed_insert(range);
            }
            (from, end)
        }
        Part::Outside => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            response.headers_mut().typed_insert(ContentRange::unsatisfied_bytes(length));
            return (response, None);
        }
    };
    response.headers_mut().typed_insert(ContentLength(end - from));
    (response, Some((from, end)))
}

/// What of a file is wanted.
enum Part {
    All,
    /// From here until before there.
    Of(u64, u64),
    Outside,
}

/// What a `Range` header asks for. One that makes no sense is as good as none, and several parts at once
/// may be answered with the whole (RFC 9110, section 14.2).
fn part(range: &str, length: u64) -> Part {
    let Ok(ranges) = parse_range_header(range) else { return Part::All };
    let [range] = ranges.ranges.as_slice() else { return Part::All };
    let from = match range.start {
        StartPosition::Index(from) => from,
        StartPosition::FromLast(count) => length.saturating_sub(count),
    };
    let end = match range.end {
        EndPosition::Index(last) if last < from => return Part::All,
        EndPosition::Index(last) => last.saturating_add(1).min(length),
        EndPosition::LastByte => length,
    };
    if from < end { Part::Of(from, end) } else { Part::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(name: &str) -> Hosts {
        Hosts { name: name.into(), port: 1896 }
    }

    #[test]
    fn only_its_own_names_are_answered() {
        let own = hosts("127.0.0.1");
        for good in ["127.0.0.1:1896", "localhost:1896", "LOCALHOST:1896", "[::1]:1896"] {
            assert!(own.include(good), "{good}");
        }
        for bad in [
            "evil.example",
            "evil.example:1896",
            "127.0.0.1:80",
            "127.0.0.1",
            "localhost.evil.example:1896",
            "192.0.2.1:1896",
            "127.0.0.1.evil.example:1896",
            "a@127.0.0.1:1896",
            "",
            "[::1",
        ] {
            assert!(!own.include(bad), "{bad}");
        }
    }

    #[test]
    fn a_server_for_all_addresses_takes_addresses_but_no_foreign_names() {
        let all = hosts("0.0.0.0");
        assert!(
            all.include("192.0.2.1:8080")
                && all.include("localhost")
                && all.include("[2001:db8::1]:1")
        );
        assert!(!all.include("evil.example:1896"));
        let named = hosts("desk.example");
        assert!(named.include("desk.example:1896") && !named.include("127.0.0.1:1896"));
    }

    #[test]
    fn paths_that_lead_out_are_told() {
        for bad in ["/../x", "/a/../../x", "/a/..", "/..\\x", "/a\0", "x", "/./x"] {
            assert!(!stays_inside(bad), "{bad}");
        }
        assert!(stays_inside("/a/b.c/...d/") && stays_inside("/.well-known/x"));
    }

    #[test]
    fn parts_of_a_file_are_understood() {
        let of = |text: &str, length: u64| match part(text, length) {
            Part::All => "all".to_owned(),
            Part::Of(from, end) => format!("{from}..{end}"),
            Part::Outside => "outside".to_owned(),
        };
        assert_eq!(of("bytes=0-", 10), "0..10");
        assert_eq!(of("bytes=2-3", 10), "2..4");
        assert_eq!(of("bytes=2-99", 10), "2..10");
        assert_eq!(of("bytes=-3", 10), "7..10");
        assert_eq!(of("bytes=-30", 10), "0..10");
        assert_eq!(of("bytes=10-", 10), "outside");
        assert_eq!(of("bytes=0-0", 0), "outside");
        for nonsense in [
            "bytes=0-1,4-5",
            "bytes=5-2",
            "bytes=-0",
            "bytes=",
            "bytes=a-b",
            "lines=1-2",
            "bytes=--",
            "",
        ] {
            assert_eq!(of(nonsense, 10), "all", "{nonsense}");
        }
    }
}
