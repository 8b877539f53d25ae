//! Links that leave the site (L008, L009): what other hosts answer, asked politely.
//!
//! A host is asked one question at a time, with a pause between them; several hosts are asked at once.
//! Answers are kept in a file of the user's own, not of the site's. The clock that says how old they are
//! decides nothing else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use ureq::Agent;

use super::pages::External;
use crate::diagnostics::{Diagnostic, codes};
use crate::web::url;

/// How other hosts are asked.
#[derive(Clone, Debug)]
pub struct RequestPolicy {
    /// How long an answer may take.
    pub timeout: Duration,
    /// How long a host is left alone between two questions.
    pub pause: Duration,
    /// Where answers are kept; nothing if they are not.
    pub cache: Option<PathBuf>,
}

impl RequestPolicy {
    /// Half a second between two questions, and answers kept in the user's cache folder.
    pub fn with_timeout(timeout: Duration) -> RequestPolicy {
        RequestPolicy { timeout, pause: Duration::from_millis(500), cache: cache_file() }
    }
}

/// Hosts that are asked at one time.
const HOSTS_AT_ONCE: usize = 8;
/// Redirects that are followed.
const REDIRECTS: u32 = 5;
/// How long it is believed that a page is there.
const GOOD_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long any other answer is believed.
const ELSE_FOR: Duration = Duration::from_secs(24 * 3600);

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// The host answered with this status.
    Status(u16),
    /// There is no host of that name.
    NoHost,
    /// There was no answer, for this reason.
    None(String),
}

/// An answer that was kept.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Kept {
    status: u16,
    /// Seconds since 1970.
    at: u64,
}

/// Asks for every link, or remembers what was answered. In the order of the links.
pub fn check(links: &[External], policy: &RequestPolicy) -> Vec<Diagnostic> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut cache = policy.cache.as_deref().map(read).unwrap_or_default();
    cache.retain(|_, kept| is_fresh(kept, now));
    let (known, unknown): (Vec<&External>, Vec<&External>) =
        links.iter().partition(|link| cache.contains_key(&link.url));
    let known = known.into_iter().map(|link| (link, Answer::Status(cache[&link.url].status)));
    let mut answers: Vec<(&External, Answer)> = known.collect();
    let asked = ask_all(&unknown, policy);
    // What the cache knows says nothing of the line of now.
    let is_connected = asked.iter().any(|(_, answer)| matches!(answer, Answer::Status(_)));
    answers.extend(asked);
    answers.sort_by(|a, b| a.0.url.cmp(&b.0.url));
    for (link, answer) in &answers {
        if let Answer::Status(status) = answer {
            let kept = Kept { status: *status, at: now.as_secs() };
            cache.entry(link.url.clone()).or_insert(kept);
        }
    }
    if let Some(path) = policy.cache.as_deref().filter(|_| !unknown.is_empty()) {
        write(path, &cache);
    }
    answers.iter().filter_map(|(link, answer)| verdict(link, answer, is_connected)).collect()
}

/// What an answer means.
fn verdict(link: &External, answer: &Answer, is_connected: bool) -> Option<Diagnostic> {
    let url = &link.url;
    let (code, message, note) = match answer {
        Answer::Status(200..=399) => return None,
        Answer::Status(404 | 410) => (&codes::L008, format!("nothing is at {url}"), answer),
        // Where no host at all is found, it is this machine that is alone.
        Answer::NoHost if is_connected => {
            (&codes::L008, format!("the host of {url} does not exist"), answer)
        }
        _ => (&codes::L009, format!("{url} could not be checked"), answer),
    };
    let note = match note {
        Answer::Status(status) => format!("it answered with {status}"),
        Answer::NoHost => "no host of that name was found".into(),
        Answer::None(why) => why.clone(),
    };
    let mut finding = Diagnostic::new(code, link.place.clone(), message).note(note);
    finding.pages.clone_from(&link.pages);
    Some(finding)
}

/// Asks the hosts of all links, some of them at one time.
fn ask_all<'l>(links: &[&'l External], policy: &RequestPolicy) -> Vec<(&'l External, Answer)> {
    let mut hosts: BTreeMap<String, Vec<&'l External>> = BTreeMap::new();
    for link in links {
        hosts.entry(url::host_and_port(&link.url)).or_default().push(link);
    }
    let hosts: Vec<Vec<&External>> = hosts.into_values().collect();
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::new());
    let agent = agent(policy.timeout);
    std::thread::scope(|scope| {
        for _ in 0..hosts.len().min(HOSTS_AT_ONCE) {
            scope.spawn(|| {
                while let Some(links) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut is_first = true;
                    for link in links {
                        let answer = ask(&agent, &link.url, policy, &mut is_first);
                        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                        answers.push((*link, answer));
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn agent(timeout: Duration) -> Agent {
    let name = concat!("podium/", env!("CARGO_PKG_VERSION"), " (link check)");
    Agent::config_builder()
        .user_agent(name)
        .timeout_global(Some(timeout))
        .max_redirects(REDIRECTS)
        .http_status_as_error(false)
        .build()
        .new_agent()
}

/// Asks for the head, and for the page where that is not answered well: some hosts do not know the
/// question, others are strict with programs. Of the page no more is read than its head.
fn ask(agent: &Agent, url: &str, policy: &RequestPolicy, is_first: &mut bool) -> Answer {
    let Some(url) = url::in_ascii(url) else {
        return Answer::None("its host is not written in ASCII".into());
    };
    let mut pause = || {
        if !std::mem::replace(is_first, false) {
            std::thread::sleep(policy.pause);
        }
    };
    pause();
    let head = answer(agent.head(&url).call());
    if !matches!(head, Answer::Status(400..=599)) {
        return head;
    }
    pause();
    answer(agent.get(&url).call())
}

fn answer(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    match result {
        Ok(response) => Answer::Status(response.status().as_u16()),
        Err(ureq::Error::HostNotFound) => Answer::NoHost,
        Err(ureq::Error::Io(error)) if error.to_string().contains("lookup address") => {
            Answer::NoHost
        }
        Err(ureq::Error::Timeout(_)) => Answer::None("it did not answer in time".into()),
        Err(error) => Answer::None(format!("there was no answer: {error}")),
    }
}

fn is_fresh(kept: &Kept, now: Duration) -> bool {
    let believed = if (200..400).contains(&kept.status) { GOOD_FOR } else { ELSE_FOR };
    let at = Duration::from_secs(kept.at);
    at <= now && now - at < believed
}

/// The file of answers, in the folder that the system has for what can be made again.
fn cache_file() -> Option<PathBuf> {
    let folder = |name: &str| {
        let path = PathBuf::from(std::env::var_os(name)?);
        path.is_absolute().then_some(path)
    };
    let caches = folder("XDG_CACHE_HOME").or_else(|| {
        if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            Some(folder("HOME")?.join("Library/Caches"))
        } else {
            Some(folder("HOME")?.join(".cache"))
        }
    })?;
    Some(caches.join("podium").join("links.json"))
}

/// What was kept; nothing if that cannot be read.
fn read(path: &Path) -> BTreeMap<String, Kept> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Keeps answers. If that fails, they are asked for again.
fn write(path: &Path, cache: &BTreeMap<String, Kept>) {
    let (Some(folder), Ok(text)) = (path.parent(), serde_json::to_string(cache)) else { return };
    let new = path.with_extension(format!("json.{}", std::process::id()));
    // Another check may be reading: the file is changed in one step.
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&new, text))
        .and_then(|()| std::fs::rename(&new, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;

    fn code(answer: Answer, is_connected: bool) -> Option<&'static str> {
        let url = "https://other.example/".to_owned();
        let link = External { url, place: Place::Site, pages: Vec::new() };
        verdict(&link, &answer, is_connected).map(|finding| finding.code.id)
    }

    #[test]
    fn an_answer_is_good_dead_or_says_nothing() {
        assert_eq!(code(Answer::Status(200), true), None);
        assert_eq!(code(Answer::Status(304), true), None);
        for status in [404, 410] {
            assert_eq!(code(Answer::Status(status), true), Some("L008"), "{status}");
        }
        for status in [401, 403, 405, 429, 500, 503] {
            assert_eq!(code(Answer::Status(status), true), Some("L009"), "{status}");
        }
        assert_eq!(code(Answer::NoHost, true), Some("L008"));
        assert_eq!(code(Answer::NoHost, false), Some("L009"));
        assert_eq!(code(Answer::None("refused".into()), true), Some("L009"));
    }

    #[test]
    fn an_answer_is_believed_for_its_time() {
        let day = 24 * 3600;
        let now = Duration::from_secs(100 * day);
        let fresh = |status, at| is_fresh(&Kept { status, at }, now);
        assert!(fresh(200, 94 * day) && !fresh(200, 93 * day));
        assert!(fresh(404, 100 * day - 60) && !fresh(404, 99 * day));
        assert!(!fresh(200, 101 * day), "a clock was set back");
    }

    #[test]
    fn a_cache_that_is_broken_or_cannot_be_written_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("links.json");
        std::fs::write(&path, "{\"a\": 1").unwrap();
        assert!(read(&path).is_empty());
        write(&path.join("below/a/file"), &BTreeMap::new());
        assert!(path.is_file());
    }
}
