//! `podium check --external`, against hosts on this machine alone.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use common::{SITE, Site};

/// A host that notes what it is asked: `/alive`, `/gone` (404), `/no-head` (HEAD is refused), `/strict`
/// (403), `/round` (a redirect to itself), `/slow` (never answers).
struct Host {
    origin: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    fn new() -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let heard = heard.clone();
                thread::spawn(move || serve(stream.unwrap(), &heard));
            }
        });
        Host { origin, asked }
    }

    /// Method and path of each request, in order, and then forgets them.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn serve(mut stream: TcpStream, heard: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if lines.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        let request = head.split(" HTTP").next().unwrap().to_owned();
        assert!(head.contains(concat!("podium/", env!("CARGO_PKG_VERSION"))), "{head}");
        let (method, path) = request.split_once(' ').unwrap();
        heard.lock().unwrap().push(request.clone());
        let status = match (method, path) {
            ("HEAD", "/no-head") => "405 Method Not Allowed",
            (_, "/alive" | "/no-head") => "200 OK",
            (_, "/strict") => "403 Forbidden",
            (_, "/round") => "302 Found\r\nLocation: /round",
            (_, "/slow") => {
                // For as long as the other side waits.
                let _ = lines.read_line(&mut head);
                return;
            }
            _ => "404 Not Found",
        };
        let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
    }
}

/// A site whose only story links to these addresses.
fn linking(links: &[String]) -> Site {
    let body: Vec<String> = links.iter().map(|link| format!("[a]({link})\n")).collect();
    let story = "authors: [Desk]\nstandfirst: What it is about\n";
    Site::new().file("site.toml", SITE).story("a", story, &body.join("\n"))
}

/// `podium check --external` with a cache folder of its own.
fn check(site: &Site, arguments: &[&str]) -> (i32, String) {
    let mut command = common::podium();
    command.current_dir(site.root()).env("XDG_CACHE_HOME", site.root().join("cache"));
    command.args(["check", "--at", "2024-08-12T00:00:00Z", "--external", "--notes"]);
    let output = command.args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn heads(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.starts_with(['e', 'w', 'n']) && line.contains('[')).collect()
}

#[test]
fn a_link_that_is_alive_is_asked_for_once_and_then_remembered() {
    let host = Host::new();
    let alive = format!("{}/alive", host.origin);
    let site = linking(&[format!("{alive}#part"), alive]);
    let (status, said) = check(&site, &[]);
    assert_eq!((status, heads(&said)), (0, vec![]), "{said}");
    assert_eq!(host.asked(), ["HEAD /alive"]);
    let (status, said) = check(&site, &[]);
    assert_eq!((status, heads(&said)), (0, vec![]), "{said}");
    assert!(host.asked().is_empty());
    // A cache that cannot be read is none.
    let site = site.file("cache/podium/links.json", "{");
    check(&site, &[]);
    assert_eq!(host.asked(), ["HEAD /alive"]);
}

#[test]
fn a_dead_link_is_told_where_it_is_written() {
    let host = Host::new();
    let site = linking(&[format!("{}/gone", host.origin)]);
    let (status, said) = check(&site, &[]);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.starts_with(&format!("warning[L008]: nothing is at {}/gone", host.origin)),
        "{said}"
    );
    assert!(said.contains("--> content/stories/a.md:7:5"), "{said}");
    assert_eq!(host.asked(), ["HEAD /gone", "GET /gone"]);
    let (status, said) = check(&site, &["--strict"]);
    assert!(status == 1 && said.starts_with("error[L008]"), "{said}");
    assert!(host.asked().is_empty());
    // Nobody asks unless that is wanted.
    assert!(site.without("cache/podium/links.json").check().good().reports().is_empty());
    assert!(host.asked().is_empty());
}

#[test]
fn a_host_that_refuses_the_head_is_asked_for_the_page() {
    let host = Host::new();
    let (_, said) = check(&linking(&[format!("{}/no-head", host.origin)]), &[]);
    assert!(heads(&said).is_empty(), "{said}");
    assert_eq!(host.asked(), ["HEAD /no-head", "GET /no-head"]);
}

#[test]
fn what_could_not_be_checked_is_a_note() {
    let host = Host::new();
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    let at = |path: &str| format!("{}{path}", host.origin);
    let site = linking(&[at("/slow"), at("/strict"), at("/round"), closed.clone()]);
    let (status, said) = check(&site, &["--timeout", "1"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(heads(&said).len(), 4, "{said}");
    for url in [at("/slow"), at("/strict"), at("/round"), closed] {
        assert!(said.contains(&format!("note[L009]: {url} could not be checked")), "{said}");
    }
    for why in ["it did not answer in time", "it answered with 403"] {
        assert!(said.contains(why), "{said}");
    }
    assert!(host.asked().iter().filter(|asked| asked.contains("/round")).count() <= 6);
}

#[test]
fn a_cache_that_cannot_be_written_is_no_error() {
    let host = Host::new();
    let site = linking(&[format!("{}/alive", host.origin)]).file("cache", "a file");
    let (status, said) = check(&site, &[]);
    assert_eq!((status, heads(&said)), (0, vec![]), "{said}");
}
