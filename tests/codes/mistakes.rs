//! What authors get wrong, and where they are told.

use crate::common::{EVENT, SITE, Site};
use crate::photographs::Jpeg;

/// What is reported, and a site that shows it.
pub fn fixtures() -> Vec<(&'static str, Site)> {
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
    let results = |sheet: &str| Site::small().file("content/events/judo/open.results.csv", sheet);
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
        ("V001 content/stories/b.jpg", {
            let whole = Jpeg::new(400, 300).bytes();
            body("![a](b.jpg)").bytes("content/stories/b.jpg", &whole[..whole.len() / 2])
        }),
        (
            "V003 content/stories/b.svg:2:1",
            body("![a](b.svg)").file(
                "content/stories/b.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<a onclick=\"steal()\"/></svg>",
            ),
        ),
        (
            "F005 content/stories/a.md:4:28",
            Site::new()
                .file("content/stories/a.md", "---\ntitle: a\ndate: 2024-08-01\nimage: {src: b.jpg, focus: 40 20}\n---\n")
                .bytes("content/stories/b.jpg", &Jpeg::new(400, 300).bytes()),
        ),
        (
            "B006 content/stories/a.md:5:20",
            body("<Photo src=\"b.jpg\" focus=\"left\"/>")
                .bytes("content/stories/b.jpg", &Jpeg::new(400, 300).bytes()),
        ),
        ("C004 site.toml:6:10", Site::small().file("site.toml", &format!("{SITE}[pictures]\nwidths = [0]\n"))),
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
        (
            "B020 content/stories/a.md:5:7",
            body("<Post url=\"https://social.example/@desk/12\" by=\"Desk\">Words.</Post>"),
        ),
        ("B019 content/stories/a.md:5:1", body("{{< youtube x >}}")),
        ("B018 content/stories/a.md:5:6", body("![a](b.png)").file("content/stories/b.png", "")),
        ("B018 content/stories/a.md:5:6", body("![a](b.svg)").file("content/stories/b.svg", "<sv")),
        (
            "B018 content/stories/a.md:5:8",
            body("<Photo src=\"b.jpg\"/>").bytes("content/stories/b.jpg", b"<!doctype html>"),
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
        (
            "F017 content/issues/a.md:4:6",
            Site::new().file(
                "content/issues/a.md",
                "---\ntitle: a\ndate: 2024-08-01\nbuy: shop.example.org\n---\n",
            ),
        ),
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
                    include_str!("../../src/starter/content/stories/first-story.md"),
                )
                .file(
                    "content/events/athletics/mens-100m.md",
                    include_str!("../../src/starter/content/events/athletics/mens-100m.md"),
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
            "G008 content/events/judo/opne.results.csv",
            Site::small().file("content/events/judo/opne.results.csv", "phase,nation\nfinal,KOR\n"),
        ),
        (
            "G009 content/events/judo/open.results.csv:2:7",
            results("phase,session,nation,rank\nfinal,Finale,KOR,1\n"),
        ),
        (
            "G010 content/events/judo/two.results.csv:2:1",
            Site::new()
                .file(
                    "content/events/judo/two.md",
                    "---\ntitle: Two\nsessions:\n  - {name: Mat 1 heats, start: 2024-08-01 10:00}\n  - {name: Mat 2 heats, start: 2024-08-01 10:00}\n---\n",
                )
                .file(
                    "content/events/judo/two.results.csv",
                    "phase,time,nation,rank\nheats,2024-08-01 10:05,KOR,1\n",
                ),
        ),
        ("I001 content/events/judo/open.results.csv", results("phase,nation\n")),
        ("I001 content/events/judo/open.results.csv:2:1", results("phase,nation\nfinal,KOR,1\n")),
        ("I002 content/events/judo/open.results.csv:1:1", results("phase,rank\nfinal,1\n")),
        (
            "I002 content/events/judo/open.results.csv:1:1",
            results("phase,nation,irregluar\nfinal,KOR,DNF\n"),
        ),
        ("G002 content/events/judo/open.results.csv:2:7", results("phase,nation\nfinal,KRO\n")),
        ("I003 content/events/judo/open.results.csv:3:1", results("phase,nation\nfinal,KOR\n,CHN\n")),
        (
            "I003 content/events/judo/open.results.csv:2:11",
            results("phase,nation,rank\nfinal,KOR,second\n"),
        ),
        (
            "I003 content/events/judo/open.results.csv:2:11",
            results("phase,nation,win\nfinal,KOR,maybe\n"),
        ),
        (
            "I003 content/events/judo/open.results.csv:2:11",
            results("phase,nation,athletes\nfinal,KOR,\"Ann Lee, Bo Lee\"\n"),
        ),
        (
            "I009 content/events/judo/open.results.csv:2:11",
            results("phase,nation,mark\nfinal,KOR,06.02.2024\n"),
        ),
        (
            "I003 content/events/judo/open.results.csv:2:11",
            results("phase,nation,time\nfinal,KOR,9.79\n"),
        ),
        (
            "I003 content/events/judo/open.results.csv:2:11",
            results("phase,nation,status\nfinal,KOR,done\n"),
        ),
        (
            "I004 content/events/judo/open.results.csv:3:1",
            results("phase,nation,rank\nheats,KOR,1\nheats,KOR,2\n"),
        ),
        (
            "I004 content/events/judo/open.results.csv:4:1",
            results("phase,nation,win\nheats,KOR,W\nheats,CHN,L\nheats,FRA,L\n"),
        ),
        (
            "I004 content/events/judo/open.results.csv:3:11",
            results("phase,nation,status\nheats,KOR,live\nheats,CHN,official\n"),
        ),
        (
            "I009 content/events/judo/open.results.csv:2:11",
            results("phase,nation,mark\nfinal,KOR,4-Feb\n"),
        ),
        (
            "I009 content/events/judo/open.results.csv:2:11",
            results("phase,nation,record\nfinal,KOR,#NAME?\n"),
        ),
        (
            "I009 content/events/judo/open.results.csv:3:11",
            results("phase,nation,mark\nheats,KOR,15.366\nheats,CHN,15.3\nheats,FRA,15.266\n"),
        ),
        (
            "B006 content/stories/a.md:5:1",
            results("phase,nation,rank\nheats,KOR,1\n")
                .story("a", "", "<Bracket event=\"judo/open\"/>"),
        ),
        (
            "B006 content/stories/a.md:5:28",
            results("phase,nation,rank\nheats,KOR,1\n")
                .story("a", "", "<Results event=\"judo/open\" phase=\"final\"/>"),
        ),
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
