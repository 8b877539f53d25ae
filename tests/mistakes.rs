//! What authors get wrong, and what they are told.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{SITE, Site, snapshot, terminal};
use podium::diagnostics::codes;

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
        page.contains("Jane Roe") && page.contains("/tags/korea/") && page.contains("/pictures/b.")
    );
}

#[test]
fn what_is_offered_instead_of_a_wrong_date_is_a_right_one() {
    let site = Site::small()
        .file("content/stories/first.md", "---\ntitle: First\ndate: 2024-03-31 02:30\n---\n");
    let run = site.build().bad();
    assert_eq!(run.reports(), ["F012 content/stories/first.md:3:7"]);
    assert!(!run.stderr.contains("write 2024"), "{}", run.stderr);
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
