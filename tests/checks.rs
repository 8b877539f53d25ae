//! `podium check`: each finding has a site that shows it, and one in which all is well.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeSet;

use common::{SITE, Site};
use podium::diagnostics::{Severity, codes};

/// A story that lacks nothing.
const COMPLETE: &str = "authors: [Desk]\nstandfirst: What it is about\n";

/// The judo event of [`common::EVENT`] with another podium or other keys.
fn event(front: &str) -> Site {
    let text = format!("---\ntitle: Open\n{front}---\n");
    Site::new()
        .file("site.toml", &format!("{SITE}[games]\nstart = 2024-07-26\nend = 2024-08-11\n"))
        .file("content/events/judo/open.md", &text)
}

fn complete(front: &str, body: &str) -> Site {
    Site::small()
        .bytes("content/stories/a.png", include_bytes!("pixel.png"))
        .file("content/stories/first.md", "---\ntitle: First\ndate: 2024-08-01\ndraft: true\n---\n")
        .story("a", &format!("{COMPLETE}{front}"), body)
}

const FINAL: &str = "sessions: [{name: Final, start: 2024-08-01 20:00, medal: true}]\n";

/// What is reported, a site that shows it, and one that has it right.
fn fixtures() -> Vec<(&'static str, Site, Site)> {
    let picture = |keys: &str| complete(&format!("image: {{src: a.png, {keys}}}\n"), "");
    let all = "alt: Two judoka, caption: The final, credit: A. Drawer";
    vec![
        ("E001 content/stories/a.md:6:14", picture("caption: x, credit: x"), picture(all)),
        (
            "E001 content/stories/a.md:7:6",
            complete("", "See: ![](a.png)"),
            complete("", "See: ![Two judoka](a.png)"),
        ),
        ("E002 content/stories/a.md:6:14", picture("alt: x, credit: x"), picture(all)),
        ("E003 content/stories/a.md:6:14", picture("alt: x, caption: x"), picture(all)),
        (
            "E003 content/stories/a.md:7:1",
            complete("", "<Photo src=\"a.png\" alt=\"x\" caption=\"x\" />"),
            complete("", "<Photo src=\"a.png\" alt=\"x\" caption=\"x\" credit=\"x\" />"),
        ),
        (
            "E004 content/stories/a.md:2:8",
            complete("", "").story("a", "standfirst: x\n", ""),
            complete("", ""),
        ),
        (
            "E005 content/stories/a.md:2:8",
            complete("", "").story("a", "authors: [Desk]\n", ""),
            complete("", ""),
        ),
        (
            "M001 content/events/judo/open.md:2:8",
            event(FINAL),
            event("sessions: [{start: 2024-08-01 20:00, medal: true, status: postponed}]\n"),
        ),
        (
            "M002 content/events/judo/open.md:4:9",
            event(&format!("{FINAL}status: provisional\npodium: {{gold: [{{nation: KOR}}]}}\n")),
            event(&format!("{FINAL}status: official\npodium: {{gold: [{{nation: KOR}}]}}\n")),
        ),
        (
            "M003 content/events/judo/open.md:3:9",
            event("podium: {silver: [{nation: KOR}]}\n"),
            event(
                "podium: {silver: [{nation: KOR}]}\nchanges: [{date: 2024-08-02, text: Disqualified, was: {gold: [{nation: CHN}]}}]\n",
            ),
        ),
        (
            "M004 content/events/judo/open.md:3:56",
            event("podium: {gold: [{nation: KOR}, {nation: CHN}], silver: [{nation: FRA}]}\n"),
            event("podium: {gold: [{nation: KOR}, {nation: CHN}], bronze: [{nation: FRA}]}\n"),
        ),
        (
            "M005 content/events/judo/open.md:3:75",
            event(
                "podium: {gold: [{nation: KOR, athletes: [Ann Lee]}], bronze: [{athletes: [Ann Lee], nation: KOR}]}\n",
            ),
            event(
                "podium: {gold: [{nation: KOR, athletes: [Ann Lee]}], bronze: [{athletes: [Ben Lee], nation: KOR}]}\n",
            ),
        ),
        (
            "M006 content/events/judo/open.md:3:29",
            event("podium: {gold: [{athletes: [Ann Lee], nation: CHN}]}\n")
                .file("content/athletes/ann-lee.md", "---\nname: Ann Lee\nnation: KOR\n---\n"),
            event("podium: {gold: [{athletes: [Ann Lee], nation: KOR}]}\n")
                .file("content/athletes/ann-lee.md", "---\nname: Ann Lee\nnation: KOR\n---\n"),
        ),
        (
            "M007 content/events/judo/open.md:3:20",
            event("sessions: [{start: 2024-07-01 20:00}]\npodium: {gold: [{nation: KOR}]}\n"),
            event("sessions: [{start: 2024-08-01 20:00}]\npodium: {gold: [{nation: KOR}]}\n"),
        ),
    ]
}

#[test]
fn every_finding_is_told_where_it_is_and_its_right_twin_is_left_alone() {
    let mut wrong = String::new();
    for (expected, failing, passing) in fixtures() {
        let run = failing.check();
        if run.reports() != [expected] {
            wrong += &format!("expected {expected}, but:\n{}\n", run.stderr);
        }
        let code = codes::find(&expected[..4]).unwrap();
        let is_error = code.severity == Severity::Error;
        assert_eq!(run.status, i32::from(is_error), "{expected}: {}", run.stderr);
        let right = passing.check();
        if !right.reports().is_empty() {
            wrong +=
                &format!("nothing is wrong with the twin of {expected}, but:\n{}\n", right.stderr);
        }
        assert!(!failing.public().exists(), "{expected}: something was written");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_of_a_check_has_its_fixtures() {
    let shown: BTreeSet<String> =
        fixtures().iter().map(|(expected, ..)| expected[..4].to_owned()).collect();
    for code in codes::ALL.iter().filter(|code| code.is_check()) {
        assert!(shown.contains(code.id), "{}", code.id);
    }
}

#[test]
fn site_toml_sets_the_levels_of_findings() {
    let with = |levels: &str| {
        let site = Site::small().file("site.toml", &format!("{SITE}[check.levels]\n{levels}"));
        site.story("first", "standfirst: x\n", "")
    };
    assert_eq!(with("").check().reports(), ["E004 content/stories/first.md:2:8"]);
    let run = with("E004 = \"error\"\n").check().bad();
    assert!(run.stderr.starts_with("error[E004]"), "{}", run.stderr);
    assert!(with("E004 = \"off\"\n").check().good().reports().is_empty());
    let run = with("E004 = \"note\"\n").check().good();
    assert!(
        run.reports().is_empty() && run.stderr.contains("(1 note with --notes)"),
        "{}",
        run.stderr
    );
    let site = with("E004 = \"note\"\n");
    let run = site.podium(&["check", "--notes"]);
    assert!(run.stderr.starts_with("note[E004]"), "{}", run.stderr);
    let run = with("E044 = \"off\"\n").check().bad();
    assert!(run.stderr.contains("`E044` is not a code"), "{}", run.stderr);
    let run = with("F001 = \"off\"\n").check().bad();
    assert!(run.stderr.contains("`F001` is not the code of a check"), "{}", run.stderr);
}

#[test]
fn a_build_checks_too_unless_site_toml_says_no() {
    let site = |check: &str| {
        let text = SITE.replace("check.build = false\n", "");
        let site = Site::small().file("site.toml", &format!("{text}{check}"));
        site.story("first", COMPLETE, "").file(
            "content/events/judo/open.md",
            "---\ntitle: Open\npodium: {gold: [{nation: KOR, athletes: [Ann Lee, Ann Lee]}]}\n---\n",
        )
    };
    let run = site("").build().bad();
    assert_eq!(run.reports(), ["M005 content/events/judo/open.md:3:51"]);
    assert!(!run.has("/"));
    assert!(site("check.build = false\n").build().good().has("/"));
    let run = site("check.build = false\n").check().bad();
    assert_eq!(run.reports().len(), 1);
}
