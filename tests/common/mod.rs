//! A site on disk in, files out: the public door that all tests go through.

#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use tempfile::TempDir;

pub mod preview;

/// The smallest site.toml. Most tests have stories that are not complete, and say nothing of that.
pub const SITE: &str = "title = \"Test\"\nbase_url = \"https://games.example/\"\ntime_zone = \"Europe/Paris\"\ncheck.build = false\n";

/// A picture: a white field of 1200 by 800 pixels.
pub const PNG: &[u8] = include_bytes!("../field.png");

/// A site in a folder of its own, removed at the end.
pub struct Site {
    dir: Arc<TempDir>,
    arguments: Vec<String>,
}

impl Site {
    /// A site with no content.
    pub fn new() -> Site {
        let site = Site { dir: Arc::new(tempfile::tempdir().unwrap()), arguments: Vec::new() };
        site.file("site.toml", SITE)
    }

    /// A copy of the sample site.
    pub fn sample() -> Site {
        let site = Site { dir: Arc::new(tempfile::tempdir().unwrap()), arguments: Vec::new() };
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&project.join("content"), &site.root().join("content"));
        copy(&project.join("themes"), &site.root().join("themes"));
        fs::copy(project.join("site.toml"), site.root().join("site.toml")).unwrap();
        site
    }

    /// A site with a story, an event and an athlete's file.
    pub fn small() -> Site {
        Site::new()
            .file("content/events/judo/open.md", EVENT)
            .file("content/athletes/ann-lee.md", "---\nname: Ann Lee\nnation: KOR\n---\nText.\n")
            .story("first", "", "Text.")
    }

    /// Writes a file.
    pub fn file(self, path: &str, text: &str) -> Site {
        self.bytes(path, text.as_bytes())
    }

    /// Writes a file of bytes.
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Site {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Writes a story with more front matter and a body.
    pub fn story(self, name: &str, front: &str, body: &str) -> Site {
        let text = format!("---\ntitle: {name}\ndate: 2024-08-01\n{front}---\n{body}\n");
        self.file(&format!("content/stories/{name}.md"), &text)
    }

    /// Removes a file.
    pub fn without(self, path: &str) -> Site {
        fs::remove_file(self.root().join(path)).unwrap();
        self
    }

    /// Adds an argument to every build.
    pub fn argument(mut self, argument: &str) -> Site {
        self.arguments.push(argument.to_owned());
        self
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// The output folder.
    pub fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// `podium build`, at a time that never changes.
    pub fn build(&self) -> Run {
        let mut arguments = vec!["build", "--at", "2024-08-12T00:00:00Z"];
        arguments.extend(self.arguments.iter().map(String::as_str));
        self.podium(&arguments)
    }

    /// `podium check`, at a time that never changes.
    pub fn check(&self) -> Run {
        let mut arguments = vec!["check", "--at", "2024-08-12T00:00:00Z"];
        arguments.extend(self.arguments.iter().map(String::as_str));
        self.podium(&arguments)
    }

    /// Any command, in the site's folder.
    pub fn podium(&self, arguments: &[&str]) -> Run {
        Run::of(podium().current_dir(self.root()).args(arguments).output().unwrap(), self)
    }
}

/// An event with a podium.
pub const EVENT: &str = "---
title: Open
venue: Hall
sessions: [{name: Final, start: 2024-08-01 20:00, medal: true}]
status: official
podium:
  gold: [{nation: KOR, athletes: [Ann Lee]}]
  silver: [{nation: CHN, athletes: [Bo Chen]}]
---
Report.

## The final

More.
";

/// The program, in an environment of its own.
pub fn podium() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_podium"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// How a command ended.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
    public: PathBuf,
    /// Keeps the folder for as long as somebody may look into it.
    _dir: Arc<TempDir>,
}

impl Run {
    fn of(output: Output, site: &Site) -> Run {
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            public: site.public(),
            _dir: site.dir.clone(),
        }
    }

    /// It went well, and nothing was wrong.
    #[track_caller]
    pub fn good(self) -> Run {
        assert_eq!(self.status, 0, "{}", self.stderr);
        assert!(!self.stderr.contains("warning["), "{}", self.stderr);
        self
    }

    /// There were errors.
    #[track_caller]
    pub fn bad(self) -> Run {
        assert_eq!(self.status, 1, "{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// The output folder.
    pub fn public(&self) -> PathBuf {
        self.public.clone()
    }

    /// What is published at an address.
    #[track_caller]
    pub fn page(&self, address: &str) -> String {
        let file = if address.ends_with('/') {
            format!("{address}index.html")
        } else {
            address.to_owned()
        };
        let path = self.public.join(file.trim_start_matches('/'));
        fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{address}: {error}\n{}", self.stderr))
    }

    /// Whether something is published at an address.
    pub fn has(&self, address: &str) -> bool {
        let file = if address.ends_with('/') {
            format!("{address}index.html")
        } else {
            address.to_owned()
        };
        self.public.join(file.trim_start_matches('/')).is_file()
    }

    /// Codes and places of everything that was reported, as `B002 content/stories/a.md:5:3`.
    pub fn reports(&self) -> Vec<String> {
        let mut reports = Vec::new();
        for line in self.stderr.lines() {
            let head = ["error[", "warning[", "note["].iter().find_map(|it| line.strip_prefix(it));
            if let Some(code) = head.and_then(|rest| rest.split(']').next()) {
                reports.push(code.to_owned());
            } else if let Some(place) = line.trim_start().strip_prefix("--> ")
                && let Some(last) = reports.last_mut()
                && !last.contains(' ')
            {
                *last = format!("{last} {place}");
            }
        }
        reports
    }
}

/// What a command said on the terminal, without what differs from run to run, and without how many pages and files
/// there are, which every new kind of page changes.
pub fn terminal(run: &Run) -> String {
    let mut text = String::new();
    for line in run.stderr.split_inclusive('\n') {
        match line.split_once(" in ").filter(|_| line.starts_with(['P', 'C'])) {
            // "Published 7 pages in public/ (...) in 0.02 s"
            Some(_) => {
                let (before, after) = line.rsplit_once(" in ").unwrap_or((line, ""));
                let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                text += &format!("{} in ...{rest}", without_numbers(before));
            }
            None => text += line,
        }
    }
    text
}

/// "Published ... pages in public/ (... files changed, ... unchanged"
fn without_numbers(text: &str) -> String {
    let word = |word: &str| match word.trim_start_matches('(').parse::<usize>() {
        Ok(_) => word.replace(|c: char| c.is_ascii_digit(), "").to_owned() + "...",
        Err(_) => word.to_owned(),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A story that lacks nothing.
pub const COMPLETE: &str = "authors: [Desk]\nstandfirst: What it is about\n";

/// A site with a complete story.
pub fn complete(front: &str, body: &str) -> Site {
    let site = match front.contains("a.png") || body.contains("a.png") {
        true => Site::small().bytes("content/stories/a.png", PNG),
        false => Site::small(),
    };
    site.file("content/stories/first.md", "---\ntitle: First\ndate: 2024-08-01\ndraft: true\n---\n")
        .story("a", &format!("{COMPLETE}{front}"), body)
}

/// A site with a theme of its own, in which one file is different from the default theme's, and all
/// that its base says is in one template.
pub fn themed(template: &str, from: &str, to: &str) -> Site {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("themes/podium/templates")
        .join(template);
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{template}: {from}");
    complete("", "Text.")
        .file("site.toml", &format!("{SITE}theme = \"child\"\n"))
        .file("themes/child/theme.toml", "extends = \"podium\"\n")
        .file(&format!("themes/child/templates/{template}"), &text.replace(from, to))
}

/// A complete story on a site that allows raw HTML.
pub fn html(body: &str) -> Site {
    complete("", body).file("site.toml", &format!("{SITE}[markdown]\nraw_html = true\n"))
}

/// Compares a text with tests/snapshots/NAME. With UPDATE_SNAPSHOTS=1 the file is written instead.
#[track_caller]
pub fn snapshot(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        return;
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    if wanted != text {
        let diff = similar::TextDiff::from_lines(wanted.as_str(), text);
        let diff = diff.unified_diff().header("what was wanted", "what came").to_string();
        panic!("{diff}\ntests/snapshots/{name} is another; UPDATE_SNAPSHOTS=1 writes it anew");
    }
}

/// Every file of a tree with its bytes. What goes away meanwhile is not in it.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).into_iter().flatten() {
        if entry.file_type().is_file()
            && let Ok(bytes) = fs::read(entry.path())
        {
            let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.insert(path, bytes);
        }
    }
    files
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
