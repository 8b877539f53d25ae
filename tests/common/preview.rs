//! A `podium watch` that runs, seen through its door: HTTP and what it says.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::{Site, podium};

/// How long a test waits before it gives up. Nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview, ended at the latest when it is dropped.
pub struct Preview {
    child: Child,
    /// Such as `http://127.0.0.1:1896`.
    pub origin: String,
    said: Arc<Mutex<String>>,
    agent: ureq::Agent,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body, without what the preview adds to a page.
    pub fn published(&self) -> Vec<u8> {
        let text = match std::str::from_utf8(&self.bytes) {
            Ok(text) => text,
            Err(_) => return self.bytes.clone(),
        };
        let start = "<script type=\"module\" src=\"/.podium/client.js\"";
        match text.split_once(start) {
            None => text.into(),
            Some((before, rest)) => {
                let (_, after) = rest.split_once("</script>").unwrap();
                format!("{before}{after}").into_bytes()
            }
        }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Preview {
    /// Starts `podium watch` on a free port, at a time that never changes.
    pub fn of(site: &Site, arguments: &[&str]) -> Preview {
        let fixed = ["watch", "--port", "0", "--at", "2024-08-12T00:00:00Z"];
        Preview::start(site, &[&fixed[..], arguments].concat())
    }

    /// Starts it with these arguments alone.
    pub fn start(site: &Site, arguments: &[&str]) -> Preview {
        let mut child = podium()
            .current_dir(site.root())
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let heard = said.clone();
        thread::spawn(move || {
            let mut line = String::new();
            while stderr.read_line(&mut line).is_ok_and(|length| length > 0) {
                *heard.lock().unwrap() += &std::mem::take(&mut line);
            }
        });
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.timeout_global(Some(PATIENCE)).build().new_agent();
        let mut preview = Preview { child, origin: String::new(), said, agent };
        preview.origin = preview.until("the preview says where it is", |preview| {
            let said = preview.said();
            let url = said.split("Preview at ").nth(1)?.split(' ').next()?;
            Some(url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/"))
        });
        preview
    }

    /// Everything that it has said on stderr.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// `GET`, with headers.
    pub fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answered(request.call().unwrap())
    }

    /// `GET`
    pub fn get(&self, path: &str) -> Answer {
        self.ask(path, &[])
    }

    /// `HEAD`
    pub fn head(&self, path: &str) -> Answer {
        answered(self.agent.head(format!("{}{path}", self.origin)).call().unwrap())
    }

    /// `POST`
    pub fn post(&self, path: &str) -> Answer {
        answered(self.agent.post(format!("{}{path}", self.origin)).send_empty().unwrap())
    }

    /// The texts of what browsers are told to be wrong.
    pub fn problems(&self) -> Vec<String> {
        let status: serde_json::Value =
            serde_json::from_slice(&self.get("/.podium/page?path=%2F").bytes).unwrap();
        let problems = status["problems"].as_array().unwrap();
        problems.iter().map(|it| it["text"].as_str().unwrap().to_owned()).collect()
    }

    /// Asks again and again until there is an answer.
    #[track_caller]
    pub fn until<T>(&self, what: &str, mut is: impl FnMut(&Preview) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = is(self) {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "{what} never came to be so\n{}", self.said());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until a page is there and has these words in it.
    #[track_caller]
    pub fn until_has(&self, path: &str, words: &str) {
        self.until(&format!("`{words}` at {path}"), |preview| {
            let answer = preview.get(path);
            (answer.status == 200 && answer.text().contains(words)).then_some(())
        });
    }

    /// Waits until it has said something.
    #[track_caller]
    pub fn until_said(&self, words: &str) {
        self.until(&format!("`{words}`"), |preview| preview.said().contains(words).then_some(()));
    }

    /// Sends a signal, as Ctrl-C does, and waits for the end: the exit status.
    pub fn end(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answered(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()));
    Answer {
        status: response.status().as_u16(),
        headers: headers.collect(),
        bytes: response.body_mut().with_config().limit(100_000_000).read_to_vec().unwrap(),
    }
}
