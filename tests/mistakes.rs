//! What authors get wrong, and what they are told.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeSet;

use common::{EVENT, SITE, Site, snapshot, terminal};
use podium::diagnostics::codes;

/// Each code with a site that shows it, and where.
fn fixtures() -> Vec<(&'static str, Site)> {
    let front = |front: &str| Site::new().file("content/stories/a.md", front);
    let body = |body: &str| Site::small().story("a", "", body);
    let live = |body: &str| {
        let text = format!("---\ntitle: a\ndate: 2024-08-01 14:00\n---\n{body}");
        Site::new().file("content/live/a.md", &text)
    };
    let child = |path: &str, text: &str| {
        Site::small()
            .file("site.toml", &format!("{SITE}theme = \"child\"\n"))
            .file("themes/child/theme.toml", "extends = \"podium\"\n")
            .file(&format!("themes/child/{path}"), text)
    };
    let mut fixtures = vec![
        ("A001 content/stories/y/a.md", Site::new().story("x/a", "", "").story("y/a", "", "")),
        ("A001 content/stories.md", Site::new().file("content/stories.md", "---\ntitle: x\n---\n")),
        (
            "A001 content/stories/b.md:4:11",
            Site::new().story("a", "", "").story("b", "aliases: [stories/a]\n", ""),
        ),
        ("B001 content/stories/a.md:5:3", body("a <b>c</b>")),
        ("B002 content/stories/a.md:5:5", body("[a](b.md)")),
        ("B002 content/stories/a.md:5:5", body("[a](/nowhere/)")),
        ("B003 content/stories/a.md:5:5", body("[a](../events/judo/open.md#th-final)")),
        ("B003 content/stories/a.md:5:5", body("[a](#b)")),
        ("B004 content/stories/a.md:5:6", body("![a](b.png)")),
        ("B004 content/stories/a.md:5:8", body("<Photo src=\"b.png\"/>")),
        ("B005 content/stories/a.md:5:1", body("<Podum event=\"judo/open\"/>")),
        ("B006 content/stories/a.md:5:9", body("<Podium event=\"judo/opne\"/>")),
        ("B006 content/stories/a.md:5:1", body("<Podium/>")),
        ("B006 content/stories/a.md:5:9", body("<Podium x=\"judo/open\"/>")),
        ("B006 content/stories/a.md:5:13", body("<MedalTable limit=\"five\"/>")),
        ("B007 content/stories/a.md:5:1", body("<Note>\n\na")),
        ("B007 content/stories/a.md:5:1", body("</Note>")),
        ("B008 content/stories/a.md:5:3", body("a <MedalTable/> b")),
        ("B009 content/stories/a.md:5:5", body("[a](javascript:alert)")),
        ("B009 content/stories/a.md:5:5", body("[a](//evil.example/)")),
        ("B010 content/stories/a.md:5:5", body("[a](b.md)").story("b", "draft: true\n", "")),
        ("B012 content/stories/a.md:7:1", body("a\n\n[^1]: b")),
        ("B013 content/live/a.md:5:1", live("## Background\n")),
        ("B013 content/live/a.md:5:1", live("## 14.05 a\n")),
        ("B013 content/live/a.md:5:1", live("# 14:05 a\n")),
        ("B014 content/live/a.md:7:1", live("## 14:05 a\n\n## 14:04 b\n\n## 14:06 c\n")),
        ("B015 content/live/a.md:5:13", live("## 14:05 a {.kye}\n")),
        ("B015 content/live/a.md:5:13", live("## 14:05 a {author=b}\n")),
        ("B016 content/live/a.md:7:1", live("## 14:05 a\n\n##14:06 b\n")),
        ("B017 content/live/a.md:5:1", live("## 14:05 [a](/medals/)\n")),
        ("B012 content/live/a.md:7:1", live("## 14:05 a\n\n[^1]: b\n")),
        ("C001 site.toml", Site::new().without("site.toml")),
        ("C002 site.toml:1:9", Site::new().file("site.toml", "title = x\n")),
        ("C003 site.toml:5:1", Site::new().file("site.toml", &format!("{SITE}them = \"x\"\n"))),
        ("C003 site.toml", Site::new().file("site.toml", "title = \"x\"\n")),
        (
            "C003 site.toml:1:9",
            Site::new().file("site.toml", "title = 1\nbase_url = \"https://x.example\"\n"),
        ),
        (
            "C004 site.toml:2:12",
            Site::new().file("site.toml", "title = \"x\"\nbase_url = \"x.example\"\n"),
        ),
        (
            "C004 site.toml:3:13",
            Site::new().file("site.toml", &SITE.replace("Europe/Paris", "Europe/Pari")),
        ),
        (
            "C004 site.toml:5:12",
            Site::new().file("site.toml", &format!("{SITE}language = \"english\"\n")),
        ),
        (
            "C004 site.toml:6:8",
            Site::new()
                .story("a", "", "")
                .file("site.toml", &format!("{SITE}[home]\nlead = \"b\"\n")),
        ),
        (
            "D002 content/stories/a.md:2:11",
            Site::new().bytes("content/stories/a.md", b"---\ntitle: Mor\xE9\n---\n"),
        ),
        ("D006 content/stories/a.md.orig", Site::new().file("content/stories/a.md.orig", "x")),
        ("D006 content/stories/a.mdx", Site::new().file("content/stories/a.mdx", "x")),
        ("B019 content/stories/a.md:5:1", body("{{< youtube x >}}")),
        ("B018 content/stories/a.md:5:6", body("![a](b.png)").file("content/stories/b.png", "")),
        ("B018 content/stories/a.md:5:6", body("![a](b.svg)").file("content/stories/b.svg", "<sv")),
        (
            "B018 content/stories/a.md:5:8",
            body("<Photo src=\"b.jpg\"/>").bytes("content/stories/b.jpg", b"\xFF\xD8\xFF"),
        ),
        (
            "B018 content/stories/a.md:4:14",
            Site::new()
                .story("a", "image: {src: b.heic}\n", "")
                .file("content/stories/b.heic", "x"),
        ),
        ("F015 content/stories/a.md:4:10", Site::new().story("a", "updated: 2024-07-31\n", "")),
        ("F015 content/stories/a.md:4:12", Site::new().story("a", "expire_at: 2024-07-31\n", "")),
        ("F001 content/stories/a.md", front("")),
        ("F001 content/stories/a.md:1:1", front("Just a text.\n")),
        ("F002 content/stories/a.md:1:1", front("---\ntitle: a\n\nText.\n")),
        ("F003 content/stories/a.md:3:1", front("---\ntitle: a\n\tdate: 2024-08-01\n---\n")),
        ("F003 content/stories/a.md:2:9", front("---\ntitle: a: b\ndate: 2024-08-01\n---\n")),
        ("F004 content/stories/a.md:4:1", Site::new().story("a", "standfrist: b\n", "")),
        (
            "F004 content/stories/a.md:4:37",
            Site::new().story("a", "image: {src: \"https://a.example/c\", captoin: b}\n", ""),
        ),
        ("F005 content/stories/a.md:4:7", Site::new().story("a", "tags: {b: c}\n", "")),
        ("F016 content/stories/a.md:4:11", Site::new().story("a", "dateline: \"a\\nb\"\n", "")),
        ("F006 content/stories/a.md:1:1", front("---\ntitle: a\n---\n")),
        (
            "F006 content/athletes/a.md:1:1",
            Site::new().file("content/athletes/a.md", "---\nname: A\n---\n"),
        ),
        ("F007 content/stories/a.md:4:1", Site::new().story("a", "title: b\n", "")),
        ("F008 content/stories/a.md:4:7", Site::new().story("a", "slug: ../../etc\n", "")),
        (
            "F008 content/stories/!.md",
            Site::new().file("content/stories/!.md", "---\ntitle: a\ndate: 2024-08-01\n---\n"),
        ),
        ("F009 content/stories/a.md:4:11", Site::new().story("a", "aliases: [../x]\n", "")),
        ("F010 content/stories/a.md:4:14", Site::new().story("a", "image: {src: b.png}\n", "")),
        ("F011 content/stories/a.md:2:12", front("---\ntitle: Won #gold\ndate: 2024-08-01\n---\n")),
        ("F012 content/stories/a.md:3:7", front("---\ntitle: a\ndate: 31/07/2024\n---\n")),
        (
            "F012 content/stories/a.md:5:12",
            Site::new().story("a", "publish_at: 2024-08-02\nexpire_at: 2024-08-01\n", ""),
        ),
        ("F013 content/stories/a.markdown", Site::new().file("content/stories/a.markdown", "x")),
        ("F014 content/stories/a.md:4:11", Site::new().story("a", "authors: [\"...\"]\n", "")),
        ("D006 content/.podium-manifest", Site::new().file("content/.podium-manifest", "x")),
        ("B001 content/stories/a.md:5:6", body("## x {onclick=alert}")),
        ("B002 content/stories/a.md:5:5", body("[a](https://games.example/nowhere/)")),
        ("B002 content/stories/a.md:5:1", body("[a]()")),
        ("B006 content/stories/a.md:5:26", body("<Podium event=judo/open  event=judo/open />")),
        ("B007 content/stories/a.md:5:1", body("<Podium event=\"judo/open />")),
        ("B007 content/stories/a.md:7:1", body("- <Note>\n\n</Note>")),
        ("B009 content/stories/a.md:5:6", body("![a](my picture.png)")),
        ("B009 content/stories/a.md:5:5", body("[a](https://)")),
        ("B010 content/stories/a.md:5:5", body("[a](/stories/b/)").story("b", "draft: true\n", "")),
        (
            "B010 content/stories/a.md:5:7",
            body("<Read story=\"b\"/>").story("b", "draft: true\n", ""),
        ),
        ("B012 content/stories/a.md:5:2", body("a[^1]")),
        (
            "C004 site.toml:7:7",
            Site::new()
                .file("site.toml", &format!("{SITE}[[menu]]\ntitle = \"a\"\nurl = \"/abuot/\"\n")),
        ),
        (
            "C004 site.toml:7:7",
            Site::new()
                .file("site.toml", &format!("{SITE}[[menu]]\ntitle = \"a\"\nurl = \"about\"\n")),
        ),
        (
            "G005 content/nations/prk.md",
            Site::new()
                .file("content/nations/kor.md", "---\naliases: [Korea]\n---\n")
                .file("content/nations/prk.md", "---\naliases: [Korea]\n---\n"),
        ),
        ("T004 themes/child/theme.toml", child("theme.toml", "")),
        ("T009 themes/child/templates/storry.html", child("templates/storry.html", "x")),
        (
            "C005 site.toml:2:12",
            Site::new().file("site.toml", &SITE.replace("games.example/", "games.example.org/")),
        ),
        (
            "C006 content/events/athletics/mens-100m.md",
            Site::new()
                .file(
                    "content/stories/first-story.md",
                    include_str!("../src/starter/content/stories/first-story.md"),
                )
                .file(
                    "content/events/athletics/mens-100m.md",
                    include_str!("../src/starter/content/events/athletics/mens-100m.md"),
                ),
        ),
        (
            "T008 site.toml:5:12",
            Site::new().file("site.toml", &format!("{SITE}language = \"de\"\n")),
        ),
        ("F012 content/stories/a.md:3:7", front("---\ntitle: a\ndate: 2024-02-30\n---\n")),
        ("F013 content/events/a.md", Site::new().file("content/events/a.md", EVENT)),
        (
            "F013 content/nations/korea.md",
            Site::new().file("content/nations/korea.md", "---\nname: x\n---\n"),
        ),
        ("F014 content/stories/a.md:2:8", front("---\ntitle: \"\"\ndate: 2024-08-01\n---\n")),
        ("G001 content/stories/a.md:4:10", Site::small().story("a", "events: [judo/opne]\n", "")),
        ("G002 content/stories/a.md:4:11", Site::new().story("a", "nations: [KRO]\n", "")),
        (
            "G002 content/events/judo/a.md:5:21",
            Site::new().file(
                "content/events/judo/a.md",
                "---\ntitle: a\nvenue: b\npodium:\n  gold:   [{nation: Atlantis}]\n---\n",
            ),
        ),
        (
            "G003 content/stories/a.md:4:12",
            Site::small()
                .file("content/athletes/x.md", "---\nname: Ann Lee\nnation: CHN\n---\n")
                .story("a", "athletes: [Ann Lee]\n", ""),
        ),
        ("G004 content/stories/a.md:4:11", Site::small().story("a", "related: [frist]\n", "")),
        (
            "G005 content/athletes/b.md",
            Site::small().file("content/athletes/b.md", "---\nname: Ann Lee\nnation: KOR\n---\n"),
        ),
        ("G006 content/stories/a.md:4:13", Site::new().story("a", "tags: [C++, C#]\n", "")),
        ("G007 content/live/a.md:5:16", live("## 14:05 a {by=b}\n")),
        (
            "F004 content/stories/a.md:4:11",
            Site::new().story("a", "ended_at: 2024-08-01 20:00\n", ""),
        ),
        ("P001 content/public", Site::new().argument("--output").argument("content/public")),
        ("P001 public", Site::new().file("public/mine.txt", "x")),
        (
            "T001 site.toml:5:9",
            Site::new().file("site.toml", &format!("{SITE}theme = \"chidl\"\n")),
        ),
        ("T002 themes/child/theme.toml:1:1", child("theme.toml", "extend = \"podium\"\n")),
        ("T003 themes/child/theme.toml:1:11", child("theme.toml", "extends = \"child\"\n")),
        (
            "T004 themes/child/templates/story.html:1:8",
            child("templates/story.html", "{{ a | nope }}"),
        ),
        (
            "T004 themes/child/templates/story.html:1:13",
            child("templates/story.html", "{% extends \"bas.html\" %}"),
        ),
        (
            "T005 themes/child/templates/story.html:1:10",
            child("templates/story.html", "{{ story.a.b }}"),
        ),
        ("T006 themes/child/i18n/en.toml:1:1", child("i18n/en.toml", "a = 1\n")),
        (
            "T007 themes/child/assets/style.css:1:1",
            child("assets/style.css", "@import \"no.css\";\n"),
        ),
    ];
    fixtures.extend(unix_fixtures());
    fixtures
}

#[cfg(unix)]
fn unix_fixtures() -> Vec<(&'static str, Site)> {
    use std::os::unix::fs::symlink;
    let link = |target: &str, name: &str| {
        let site = Site::new().story("a", "", "");
        symlink(target, site.root().join(name)).unwrap();
        site
    };
    vec![
        ("D001 content/gone.md", link("nothing-here.md", "content/gone.md")),
        ("D003 content/out", link("/etc", "content/out")),
        ("D003 content/out.md", link("../site.toml", "content/out.md")),
        ("D004 content/stories/loop", link("..", "content/stories/loop")),
        ("D005 content/a\\nb.md", Site::new().file("content/a\nb.md", "x")),
    ]
}

#[cfg(not(unix))]
fn unix_fixtures() -> Vec<(&'static str, Site)> {
    Vec::new()
}

#[test]
fn every_mistake_is_reported_once_and_where_it_is() {
    let mut wrong = String::new();
    let mut said = String::new();
    for (expected, site) in fixtures() {
        let run = site.build();
        said += &format!("=== {expected}\n{}\n", terminal(&run));
        if run.reports() != [expected] {
            wrong += &format!("expected {expected}, but:\n{}\n", run.stderr);
            continue;
        }
        let code = codes::find(&expected[..4]).unwrap();
        let is_error = code.severity == podium::diagnostics::Severity::Error;
        assert_eq!(run.status, i32::from(is_error), "{expected}: {}", run.stderr);
        assert!(!is_error || !run.has("/"), "{expected} was published");
    }
    assert!(wrong.is_empty(), "{wrong}");
    snapshot("mistakes.txt", &said);
}

#[test]
fn every_code_has_a_site_that_shows_it() {
    let shown: BTreeSet<String> =
        fixtures().iter().map(|(expected, _)| expected[..4].to_owned()).collect();
    // B011 needs a bug in the parser; D007, P002, P003 and P004 are shown in tests/publishing.rs, those of
    // imports in tests/imports.rs.
    let elsewhere = [
        "B011", "D007", "I001", "I002", "I003", "I004", "I005", "I006", "I007", "I008", "P002",
        "P003", "P004",
    ];
    // Those of checks have theirs in tests/checks.rs.
    for code in codes::ALL.iter().filter(|code| !code.is_check()) {
        assert_ne!(shown.contains(code.id), elsewhere.contains(&code.id), "{}", code.id);
    }
}

#[test]
fn twelve_mistakes_in_twelve_files_are_twelve_reports_in_one_run() {
    let site = Site::small()
        .file("site.toml", &format!("{SITE}[home]\nlead = \"nobody\"\n"))
        .story("a", "standfrist: x\n", "")
        .story("b", "", "[x](missing.md)")
        .story("c", "events: [judo/opne]\n", "")
        .story("d", "", "<div>x</div>")
        .story("e", "", "<Podum/>")
        .story("f", "image: {src: x.png}\n", "")
        .story("g", "", "![x](y.png)")
        .file("content/stories/h.md", "no front matter")
        .file("content/events/judo/late.md", "---\ntitle: x\nsessions: [{start: tomorrow}]\n---\n")
        .file("content/nations/korea.md", "---\nname: x\n---\n")
        .file("content/stories/first.md", "---\ntitle: First\ndate: 2024-08-01\n");
    let run = site.build().bad();
    assert_eq!(
        run.reports(),
        [
            "F012 content/events/judo/late.md:3:20",
            "F013 content/nations/korea.md",
            "F004 content/stories/a.md:4:1",
            "B002 content/stories/b.md:5:5",
            "G001 content/stories/c.md:4:10",
            "B001 content/stories/d.md:5:1",
            "B005 content/stories/e.md:5:1",
            "F010 content/stories/f.md:4:14",
            "F002 content/stories/first.md:1:1",
            "B004 content/stories/g.md:5:6",
            "F001 content/stories/h.md:1:1",
            "C004 site.toml:6:8",
        ]
    );
    assert!(
        run.stderr.ends_with(
            "Nothing was published: 12 errors\n`podium explain F012` says more about the first\n"
        ),
        "{}",
        run.stderr
    );
    assert!(!site.public().exists());
}

#[test]
fn a_broken_theme_does_not_hide_mistakes_in_stories() {
    let run = Site::small()
        .file("site.toml", &format!("{SITE}theme = \"child\"\n"))
        .file("themes/child/theme.toml", "extends = \"podium\"\n")
        .file("themes/child/templates/story.html", "{% if %}")
        .file("themes/child/templates/event.html", "{{ ")
        .story("a", "", "<div>x</div>")
        .story("b", "", "<Anything>[x](y.md)</Anything>")
        .build()
        .bad();
    assert_eq!(
        run.reports(),
        [
            "B001 content/stories/a.md:5:1",
            "B002 content/stories/b.md:5:15",
            "T004 themes/child/templates/event.html:1:1",
            "T004 themes/child/templates/story.html:1:7",
        ]
    );
}

#[test]
fn a_broken_file_is_not_blamed_on_those_that_refer_to_it() {
    let run = Site::small()
        .file("content/events/judo/open.md", "---\ntitle: [\n---\n")
        .file("content/stories/b.md", "")
        .story("a", "events: [judo/open]\nrelated: [b]\n", "<Podium event=\"judo/open\"/>\n\n[x](b.md) [y](../events/judo/open.md#z)\n\n<Read story=\"b\"/>")
        .story("c", "", "<Read story=\"b\"/>")
        .build()
        .bad();
    assert_eq!(
        run.reports(),
        ["F003 content/events/judo/open.md:2:8", "F001 content/stories/b.md"],
        "{}",
        run.stderr
    );
}

#[test]
fn one_mistake_in_a_template_is_one_report_that_counts_its_pages() {
    let mut site = Site::new()
        .file("site.toml", &format!("{SITE}theme = \"child\"\n"))
        .file("themes/child/theme.toml", "extends = \"podium\"\n")
        .file("themes/child/templates/story.html", "{% extends \"podium/story.html\" %}\n{% block kicker %}{% include \"x.html\" %}{% endblock kicker %}\n")
        .file("themes/child/templates/x.html", "<b>{{ story.nothing.here }}</b>\n");
    for i in 0..5 {
        site = site.story(&format!("s{i}"), "", "");
    }
    let run = site.build().bad();
    snapshot("mistake_in_template.txt", &terminal(&run));
}

#[test]
fn the_report_of_a_wrong_date_is_the_promised_one() {
    let run = Site::new()
        .file(
            "content/stories/selfie.md",
            "---\ntitle: One phone\nstandfirst: x\ndate: 31/07/2024\n---\n",
        )
        .build()
        .bad();
    snapshot("wrong_date.txt", &terminal(&run));
}

#[test]
fn the_four_formats_say_the_same() {
    let site = Site::new().story("a", "titel: x\n", "");
    let run = |format: &str| site.podium(&["build", "--message-format", format]);
    let json: serde_json::Value = serde_json::from_str(run("json").stdout.trim()).unwrap();
    assert_eq!((json["code"].as_str(), json["place"]["line"].as_u64()), (Some("F004"), Some(4)));
    assert_eq!(json["suggestion"]["replacement"], "title");
    let human = run("human");
    assert!(human.stdout.is_empty());
    assert_eq!(human.stderr.split("\n\n").next(), json["rendered"].as_str());
    let sarif: serde_json::Value = serde_json::from_str(&run("sarif").stdout).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "F004");
    let github = run("github").stdout;
    assert!(
        github.starts_with(
            "::error file=content/stories/a.md,line=4,endLine=4,col=1,endColumn=6,title=F004::"
        ),
        "{github}"
    );
    assert_eq!(run("github").status, 1);
}

#[test]
fn warnings_are_errors_where_that_is_wanted() {
    let site = Site::new().story("a", "", "x\n\n[^1]: y");
    assert_eq!(site.build().status, 0);
    let site = site.argument("--strict").story("b", "", "");
    let before = common::tree(&site.public());
    assert_eq!(site.build().status, 1);
    assert_eq!(common::tree(&site.public()), before);
}

#[test]
fn a_wrong_command_line_is_told_from_a_wrong_site() {
    let site = Site::new();
    assert_eq!(site.podium(&["bild"]).status, 2);
    assert_eq!(site.podium(&["build", "--at", "yesterday"]).status, 2);
    assert_eq!(site.podium(&["build", "--jobs", "0"]).status, 2);
    assert_eq!(site.podium(&["explain", "F999"]).status, 2);
}

#[test]
fn every_code_can_be_explained() {
    let site = Site::new();
    let list = site.podium(&["explain"]).good().stdout;
    assert_eq!(list.lines().count(), codes::ALL.len());
    for code in codes::ALL {
        let run = site.podium(&["explain", &code.id.to_lowercase()]).good();
        assert!(run.stdout.contains(code.summary) && run.stdout.contains(code.explanation));
    }
}

#[test]
fn a_code_that_is_near_to_none_suggests_none() {
    let run = Site::new().story("a", "nations: [XQZ]\n", "").build().bad();
    assert!(!run.stderr.contains("did you mean"), "{}", run.stderr);
}

#[test]
fn a_file_tells_all_that_is_wrong_with_it_in_one_run() {
    let run = Site::small()
        .file(
            "content/stories/a.md",
            "---
title: \"Never closed
description: What a reader of Hugo writes.
date: 31/07/2024
draft: yes
layout: post
image: {src: none.png, captoin: x}
events: [judo/opne]
nations: [KRO]
related: [frist]
tags: Korea
---
[a](missing.md) <div>x</div>
",
        )
        .build()
        .bad();
    assert_eq!(
        run.reports(),
        [
            "F003 content/stories/a.md:2:8",
            "F004 content/stories/a.md:3:1",
            "F012 content/stories/a.md:4:7",
            "F005 content/stories/a.md:5:8",
            "F004 content/stories/a.md:6:1",
            "F010 content/stories/a.md:7:14",
            "F004 content/stories/a.md:7:24",
            "G001 content/stories/a.md:8:10",
            "G002 content/stories/a.md:9:11",
            "G004 content/stories/a.md:10:11",
            "B002 content/stories/a.md:13:5",
            "B001 content/stories/a.md:13:17",
        ],
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("here it is called `standfirst`"), "{}", run.stderr);
    for word in ["sequence", "unit value", "struct", "floating point"] {
        assert!(!run.stderr.contains(word), "{word}: {}", run.stderr);
    }
}

#[test]
fn one_string_is_a_list_of_one_and_a_path_is_a_picture() {
    let run = Site::new()
        .story("a", "authors: Jane Roe\ntags: Korea\nimage: b.png\n", "")
        .bytes("content/stories/b.png", common::PNG)
        .build()
        .good();
    let page = run.page("/stories/a/");
    assert!(
        page.contains("Jane Roe")
            && page.contains("/tags/korea/")
            && page.contains("/stories/b.png")
    );
}

#[test]
fn a_date_in_the_name_of_a_file_is_offered() {
    let run = Site::new()
        .file("content/stories/2024-08-01-final.md", "---\ntitle: a\n---\n")
        .build()
        .bad();
    assert_eq!(run.reports(), ["F006 content/stories/2024-08-01-final.md:1:1"]);
    assert!(run.stderr.contains("+ date: 2024-08-01"), "{}", run.stderr);
}

#[test]
fn nations_are_known_by_the_names_that_people_use() {
    for (written, code) in [
        ("South Korea", "kor"),
        ("North Korea", "prk"),
        ("Iran", "iri"),
        ("Taiwan", "tpe"),
        ("Hong Kong", "hkg"),
        ("Ivory Coast", "civ"),
        ("Holland", "ned"),
        ("Czech Republic", "cze"),
        ("UK", "gbr"),
        ("US", "usa"),
        ("United States of America", "usa"),
        ("DEU", "ger"),
        ("NLD", "ned"),
        ("DE", "ger"),
        ("NO", "nor"),
        ("Turkey", "tur"),
        ("VNM", "vnm"),
    ] {
        let run = Site::new().story("a", &format!("nations: [{written}]\n"), "").build().good();
        assert!(run.has(&format!("/nations/{code}/")), "{written}");
    }
    let run = Site::new().story("a", "nations: [Virgin Islands, Sweeden]\n", "").build().bad();
    assert!(run.stderr.contains("write one of ISV, IVB"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean `Sweden`?"), "{}", run.stderr);
}

#[test]
fn links_of_an_archive_may_be_dead_if_the_site_says_so() {
    let levels = "levels = { B002 = \"warning\", B003 = \"off\", B004 = \"warning\" }\n";
    let run = Site::small()
        .file("site.toml", &format!("{SITE}check.{levels}"))
        .story("a", "", "[a](b.md) ![c](d.png) [e](first.md#f)")
        .build();
    assert_eq!(run.reports(), ["B002 content/stories/a.md:5:5", "B004 content/stories/a.md:5:16"]);
    assert_eq!(run.status, 0);
    assert!(run.page("/stories/a/").contains("<a>a</a>"));
}

#[test]
fn a_misspelt_template_is_reported() {
    let run = Site::small()
        .file("site.toml", &format!("{SITE}theme = \"child\"\n"))
        .file("themes/child/theme.toml", "extends = \"podium\"\n")
        .file("themes/child/templates/storry.html", "{% extends \"podium/story.html\" %}")
        .file("themes/child/templates/mine.html", "x")
        .file("themes/child/templates/footer.html", "{% include \"mine.html\" %}")
        .build();
    assert_eq!(run.reports(), ["T009 themes/child/templates/storry.html"]);
    assert!(run.stderr.contains("did you mean `story.html`?"), "{}", run.stderr);
}
