//! Every code has a site that shows it. Each of these sites is a test of its own, named after what is
//! reported of it, such as `F012 content/stories/a.md:3:7`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;

#[path = "../common/photographs.rs"]
mod photographs;

mod checks;
mod mistakes;

use std::collections::{BTreeMap, BTreeSet};

use common::{Site, snapshot, terminal};
use libtest_mimic::{Arguments, Trial};
use podium::diagnostics::{Code, Severity, codes};

fn main() {
    let mut trials = Trials::default();
    for (expected, site) in mistakes::fixtures() {
        trials.add(expected, move |code, file| is_reported_once(expected, code, file, &site));
    }
    for (expected, wrong, right) in checks::fixtures() {
        trials.add(expected, move |code, file| is_found(expected, code, file, &wrong, &right));
    }
    let shown = trials.numbers.keys().copied().collect();
    trials.all.push(Trial::test("every code has a site that shows it", move || {
        every_code_is_shown(&shown);
        Ok(())
    }));
    libtest_mimic::run(&Arguments::from_args(), trials.all).exit();
}

/// The sites as tests, and how many of each code there are.
#[derive(Default)]
struct Trials {
    all: Vec<Trial>,
    numbers: BTreeMap<&'static str, usize>,
}

impl Trials {
    /// Adds a test of what is expected; it is given the code, and the name of the file with the whole report.
    fn add(
        &mut self,
        expected: &'static str,
        test: impl FnOnce(&'static Code, &str) + Send + 'static,
    ) {
        let id = &expected[..4];
        let number = self.numbers.entry(id).or_default();
        *number += 1;
        let (name, file) = match *number {
            1 => (expected.to_owned(), format!("codes/{id}.txt")),
            n => (format!("{expected} ({n})"), format!("codes/{id}-{n}.txt")),
        };
        self.all.push(Trial::test(name, move || {
            test(codes::find(id).unwrap(), &file);
            Ok(())
        }));
    }
}

/// A mistake of an author stops the build if it is an error, and is all that is said.
fn is_reported_once(expected: &str, code: &Code, file: &str, site: &Site) {
    let run = site.build();
    assert_eq!(run.reports(), [expected], "{}", run.stderr);
    let is_error = code.severity == Severity::Error;
    assert_eq!(run.status, i32::from(is_error), "{}", run.stderr);
    assert!(!is_error || !run.has("/"), "it was published");
    snapshot(file, &terminal(&run));
}

/// A check finds it in one site, and nothing in another that has it right.
fn is_found(expected: &str, code: &Code, file: &str, wrong: &Site, right: &Site) {
    let run = match code.severity {
        Severity::Note => wrong.podium(&["check", "--notes", "--at", "2024-08-12T00:00:00Z"]),
        Severity::Error | Severity::Warning => wrong.check(),
    };
    assert_eq!(run.reports(), [expected], "{}", run.stderr);
    let is_error = code.severity == Severity::Error;
    assert_eq!(run.status, i32::from(is_error), "{}", run.stderr);
    assert!(!wrong.public().exists(), "something was written");
    let twin = right.check();
    assert!(twin.reports().is_empty(), "nothing is wrong with its twin, but:\n{}", twin.stderr);
    snapshot(file, &terminal(&run));
}

fn every_code_is_shown(shown: &BTreeSet<&str>) {
    let elsewhere = [
        // Needs a bug in the parser.
        "B011", // tests/publishing.rs
        "D007", "P002", "P003", "P004", // tests/imports.rs
        "I005", "I006", "I007", "I008", // tests/external.rs
        "L008", "L009", // tests/corrections.rs
        "R010", "R011",
    ];
    for code in codes::ALL {
        assert_ne!(shown.contains(code.id), elsewhere.contains(&code.id), "{}", code.id);
    }
}
