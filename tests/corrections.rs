//! What follows a finding: corrections that are made, and what a changed result leaves behind.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::fs;
use std::process::Command;

use common::{EVENT, Site, copy};

const AT: &str = "2024-08-12T00:00:00Z";

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

fn wrong() -> Site {
    Site::small().without("content/stories/first.md").file(
        "content/stories/a.md",
        "---\ntitle: \"Chen takes gold\" # the headline\ndate: 2024-08-01\nauthors: [Desk]\nstandfirst: >-\n  Bo Chen took\n  gold in judo.\nevents: [judo/open]\n---\nBo Chen took *gold*; Ann Lee of South Korea was the silver medallist.\n",
    )
}

#[test]
fn what_is_certain_is_corrected_and_shown_and_nothing_else_is_touched() {
    let site = wrong();
    let run = site.podium(&["check", "--fix", "--at", AT]);
    let now = text(&site, "content/stories/a.md");
    assert_eq!(
        now,
        "---\ntitle: \"Chen takes silver\" # the headline\ndate: 2024-08-01\nauthors: [Desk]\nstandfirst: >-\n  Bo Chen took\n  silver in judo.\nevents: [judo/open]\n---\nBo Chen took *silver*; Ann Lee of South Korea was the gold medallist.\n",
        "{}",
        run.stderr
    );
    assert!(
        run.stdout.contains("--- content/stories/a.md\n+++ content/stories/a.md\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("+title: \"Chen takes silver\" # the headline\n"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("Corrected 3 findings\n"), "{}", run.stderr);
    assert!(run.stderr.ends_with("nothing found\n"), "{}", run.stderr);
    // Once more there is nothing to do.
    let run = site.podium(&["check", "--fix", "--at", AT]).good();
    assert!(run.stderr.contains("Corrected 0 findings\n"), "{}", run.stderr);
    assert_eq!(text(&site, "content/stories/a.md"), now);
}

#[test]
fn a_sentence_of_which_more_than_a_colour_may_be_wrong_is_left_to_its_author() {
    let sentences = [
        "Bo Chen won gold in 9.84.",
        "Bo Chen won her first gold.",
        "Bo Chen beat Ann Lee to gold.",
        "\"Bo Chen won gold,\" said the coach.",
        "Bo Chen won gold, perhaps.",
        "FILE - Bo Chen with her gold.",
    ];
    let body = sentences.join("\n\n");
    let site = Site::small().story("a", "events: [judo/open]\n", &body);
    site.podium(&["check", "--fix", "--at", AT]);
    let now = text(&site, "content/stories/a.md");
    assert!(now.ends_with(&format!("{body}\n")) || now.ends_with(&body), "{now}");
}

#[test]
fn names_are_corrected_only_when_that_is_asked_for() {
    let athlete = "---\nname: Ann Lee\nnation: KOR\nfamily: Lee\n---\n";
    let site = Site::small().file("content/athletes/ann-lee.md", athlete).story(
        "a",
        "events: [judo/open]\n",
        "LEE Ann smiled. Bo Chen took gold.",
    );
    site.podium(&["check", "--fix", "--at", AT]);
    assert!(text(&site, "content/stories/a.md").contains("LEE Ann smiled. Bo Chen took silver."));
    site.podium(&["check", "--fix", "names", "--at", AT]);
    assert!(text(&site, "content/stories/a.md").contains("Ann Lee smiled. Bo Chen took silver."));
}

#[test]
fn without_fix_a_check_writes_nothing() {
    let site = wrong();
    let before = common::tree(site.root());
    site.check().bad();
    assert_eq!(common::tree(site.root()), before);
}

/// The judo event with gold and silver in each other's place.
fn swapped() -> String {
    EVENT.replace("gold:", "x:").replace("silver:", "gold:").replace("x:", "silver:")
}

fn told() -> Site {
    Site::small()
        .story(
            "a",
            "standfirst: Bo Chen takes silver\nevents: [judo/open]\n",
            "Ann Lee won gold.\n\n## 20:40 Final\n\nLee beat Chen in the final. Both smiled.",
        )
        .story("b", "", "Nothing of the kind.")
}

#[test]
fn what_tells_a_result_that_has_changed_is_listed_with_its_words() {
    let site = told();
    let then = tempfile::tempdir().unwrap();
    copy(site.root(), then.path());
    let then = then.path().to_str().unwrap();
    let run = site.podium(&["check", "--against", then]);
    assert_eq!(run.stderr, "No recorded result has changed\n");
    let site = site.file("content/events/judo/open.md", &swapped());
    let run = site.podium(&["check", "--against", then]);
    assert_eq!(
        run.reports(),
        [
            "R011 content/events/judo/open.md:7:3",
            "R010 content/stories/a.md:4:27",
            "R010 content/stories/a.md:7:13",
            "R010 content/stories/a.md:11:5",
        ]
    );
    for part in [
        "gold: Ann Lee (KOR) before, Bo Chen (CHN) now",
        "/athletes/bo-chen/",
        "this standfirst tells the old result of Open",
        "gold is Ann Lee (KOR)'s no longer",
        "this update tells the old result of Open",
        "1 result has changed, 3 places still tell the old one\n",
    ] {
        assert!(run.stderr.contains(part), "{part}:\n{}", run.stderr);
    }
    let run = site.podium(&["check", "--against", then, "--message-format", "json"]);
    assert_eq!(run.stdout.lines().count(), 4);
}

fn git(site: &Site, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=Desk", "-c", "user.email=desk@games.example"])
        .args(arguments)
        .current_dir(site.root())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn results_are_compared_with_those_of_a_revision() {
    let site = told();
    git(&site, &["init", "--quiet"]);
    git(&site, &["add", "."]);
    git(&site, &["commit", "--quiet", "--message", "Results of the evening"]);
    let site = site.file("content/events/judo/open.md", &swapped());
    let run = site.podium(&["check", "--since", "HEAD"]);
    assert_eq!(run.reports().len(), 4, "{}", run.stderr);
    let run = site.podium(&["check", "--since", "no-such-revision"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.starts_with("error: --since no-such-revision: "), "{}", run.stderr);
    let run = site.podium(&["new", "correction", "a", "--since", "HEAD"]).good();
    assert!(run.stderr.starts_with("Added a correction"), "{}", run.stderr);
    let story = text(&site, "content/stories/a.md");
    assert!(
        story.contains("An earlier version of this story told an old result: in Open, silver went to Ann Lee (KOR), and gold went to Bo Chen (CHN)."),
        "{story}"
    );
    // The next build shows it.
    let run = site.build();
    assert!(run.page("/stories/a/").contains("told an old result"), "{}", run.stderr);
    let run = site.podium(&["new", "correction", "content/stories/b.md", "--since", "HEAD"]).good();
    assert_eq!(run.stderr, "Nothing in this story tells a result that has changed\n");
}

#[test]
fn a_correction_is_added_to_those_that_are_there() {
    let front = "corrections: [{date: 2024-08-02, text: A first one.}]\n";
    let site = Site::small().story("a", front, "Text.");
    site.podium(&["new", "correction", "stories/a.md"]).good();
    let story = text(&site, "content/stories/a.md");
    assert!(story.contains("text: A first one.") && story.contains("said ..."), "{story}");
    let page = site.build().good().page("/stories/a/");
    assert!(page.contains("A first one.") && page.contains("said ..."));
    let run = site.podium(&["new", "correction", "nothing"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("there is no story `nothing`"), "{}", run.stderr);
}
