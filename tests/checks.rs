//! `podium check`: each finding has a site that shows it, and one in which all is well.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeSet;

use common::{EVENT, SITE, Site, snapshot, terminal};
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

/// A site with a theme of its own, in which one file is different from the default theme's, and all
/// that its base says is in one template.
fn themed(template: &str, from: &str, to: &str) -> Site {
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
fn html(body: &str) -> Site {
    complete("", body).file("site.toml", &format!("{SITE}[markdown]\nraw_html = true\n"))
}

const FINAL: &str = "sessions: [{name: Final, start: 2024-08-01 20:00, medal: true}]\n";

/// Somebody who entered, and won nothing.
const ENTRANT: &str = "---\nname: Max Muller\nnation: GER\nentries: [judo/open]\n---\n";

/// Two people of one name.
fn twins(body: &str) -> Site {
    complete("", body)
        .file("content/athletes/kim-kor.md", "---\nname: Kim Min\nnation: KOR\n---\n")
        .file("content/athletes/kim-prk.md", "---\nname: Kim Min\nnation: PRK\n---\n")
}

/// What is reported, a site that shows it, and one that has it right.
fn fixtures() -> Vec<(&'static str, Site, Site)> {
    let picture = |keys: &str| complete(&format!("image: {{src: a.png, {keys}}}\n"), "");
    let live = |front: &str, updates: &str| {
        let text = format!(
            "---\ntitle: a\ndate: 2024-08-01 19:00\n{front}authors: [Desk]\nstandfirst: b\n---\n{updates}"
        );
        complete("", "").file("content/live/a.md", &text)
    };
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
            "E006 content/live/a.md:2:8",
            live("", "## 19:05 a\n"),
            live("ended_at: 2024-08-01 20:00\n", "## 19:05 a\n"),
        ),
        (
            "E008 content/live/a.md:8:1",
            live("ended_at: 2024-08-01 20:00\n", "## 20:30 a\n"),
            live("ended_at: 2024-08-01\n", "## 20:30 a\n"),
        ),
        (
            "E007 content/live/a.md:7:1",
            live("", "## 2024-08-13 19:05 a\n"),
            live("", "## 2024-08-12 02:09 a\n"),
        ),
        (
            "L001 content/stories/a.md:7:10",
            html("<a href=\"/nowhere/\">a</a>"),
            html("<a href=\"/medals\">a</a> <a href=\"../../medals/?a#top\">a</a> <a href=\"tel:1\">a</a>"),
        ),
        (
            "L001 content/stories/a.md:7:14",
            html("<img srcset=\"/no.png, ../a.png 2x\" src=\"/stories/a.png\" alt=\"a\">"),
            html("<img srcset=\"../a.png, /stories/a.png 2x\" src=\"/stories/%61.png\" alt=\"a\">"),
        ),
        (
            "L001 themes/child/templates/footer.html:5:27",
            themed("footer.html", "\"/venues/\"", "\"/venue/\""),
            themed("footer.html", "\"/venues/\"", "\"/venues/index.html\""),
        ),
        (
            "L001 themes/child/templates/footer.html:5:8",
            themed("footer.html", "{{ url(path=\"/venues/\") }}", "/venues/")
                .argument("--base-url")
                .argument("https://games.example/paris/"),
            themed("footer.html", "{{ url(path=\"/venues/\") }}", "https://games.example/paris/venues/")
                .argument("--base-url")
                .argument("https://games.example/paris/"),
        ),
        (
            "L002 content/stories/a.md:7:10",
            html("<a href=\"/sports/judo/open/#th-final\">a</a>"),
            html("<a href=\"/sports/judo/open/#the-final\">a</a> <a href=\"#top\">a</a> <a href=\"#\">a</a> <a href=\"#:~:text=a\">a</a>"),
        ),
        (
            "L002 themes/child/templates/base.html:19:23",
            themed("base.html", "id=\"_text\"", "id=\"text\""),
            themed("base.html", "id=\"_text\"", "id=\"text\"").file(
                "themes/child/templates/header.html",
                "<a name=\"_text\"></a>\n<a href=\"{{ url(path=\"/medals/\") }}\">a</a><a href=\"{{ url(path=\"/stories/\") }}\">a</a><a href=\"{{ url(path=\"/schedule/\") }}\">a</a><a href=\"{{ url(path=\"/sports/\") }}\">a</a><a href=\"{{ url(path=\"/nations/\") }}\">a</a><a href=\"{{ url(path=\"/athletes/\") }}\">a</a>",
            ),
        ),
        (
            "L003 content/about.md",
            complete("", "Text.").file("content/about.md", "---\ntitle: About\n---\n[a](/about/)\n"),
            complete("", "[a](/old/)")
                .file("content/about.md", "---\ntitle: About\naliases: [old/]\n---\nText.\n"),
        ),
        (
            "L003",
            themed("footer.html", "{{ url(path=\"/tags/\") }}", "{{ url(path=\"/\") }}")
                .story("a", &format!("{COMPLETE}tags: [Korea]\n"), "")
                .file("themes/child/templates/tag.html", "{% extends \"podium/tag.html\" %}\n{% block crumbs %}{% endblock crumbs %}\n"),
            themed("footer.html", "{{ url(path=\"/tags/\") }}", "{{ url(path=\"/\") }}"),
        ),
        (
            "L004 content/stories/a.md:9:10",
            html("<p id=\"twice\">a</p>\n\n## Twice {#twice}"),
            html("<p id=\"once\">a</p>\n\n## Twice {#twice}"),
        ),
        (
            "L005 content/stories/a.md:9:6",
            complete("", "## One\n\n#### Three's `deep`"),
            complete("", "## One\n\n### Two\n\n## One's `more`"),
        ),
        (
            "L005 content/stories/a.md",
            html("<h1>More</h1>"),
            html("<h2>More</h2>"),
        ),
        (
            "L005",
            themed("medals.html", "<h1>{{ t(key=\"medal_table\") }}</h1>", ""),
            themed("medals.html", "<h1>{{ t(key=\"medal_table\") }}</h1>", "<h1>Medals</h1>"),
        ),
        (
            "L006 content/stories/a.md:7:10",
            html("<a href=\"/medals/\"><img src=\"../a.png\" alt=\"\"> <i aria-hidden=\"true\">→</i></a>"),
            html("<a href=\"/medals/\"><img src=\"../a.png\" alt=\"Medals\"></a><a href=\"/medals/\" aria-label=\"Medals\"></a><a href=\"/medals/\"><svg><title>Medals</title></svg></a>"),
        ),
        (
            "L006 content/stories/a.md:7:1",
            html("<button class=\"share\"></button>"),
            html("<button class=\"share\">Share</button>"),
        ),
        (
            "L007 themes/child/templates/redirect.html:2:1",
            themed("redirect.html", " lang=\"{{ site.language }}\"", "")
                .story("a", &format!("{COMPLETE}aliases: [old/]\n"), "Text."),
            themed("redirect.html", " lang=\"{{ site.language }}\"", " lang='en'")
                .story("a", &format!("{COMPLETE}aliases: [old/]\n"), "Text."),
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
        (
            "N001 content/stories/a.md:8:9",
            complete("events: [judo/open]\n", "Gold to Lee Ann at last."),
            complete("events: [judo/open]\n", "Gold to Ann Lee at last."),
        ),
        (
            "N002 content/stories/a.md:8:7",
            complete("events: [judo/open]\n", "Later Max Muler spoke.").file("content/athletes/max.md", ENTRANT),
            complete("events: [judo/open]\n", "Later Max Muller spoke.").file("content/athletes/max.md", ENTRANT),
        ),
        (
            "N002 content/stories/a.md:6:12",
            complete("athletes: [Ann Leee]\n", ""),
            complete("athletes: [Ann Lee]\n", ""),
        ),
        (
            "N003 content/stories/a.md:7:11",
            twins("Yesterday Kim Min trained."),
            twins("Yesterday South Korea's Kim Min trained."),
        ),
        (
            "N004 content/stories/a.md:8:1",
            complete("events: [judo/open]\n", "China's Ann Lee came early."),
            complete("events: [judo/open]\n", "South Korea's Ann Lee came early."),
        ),
        (
            "N004 content/stories/a.md:6:12",
            complete("athletes: [Ann Lee (CHN)]\n", ""),
            complete("athletes: [Ann Lee (KOR)]\n", ""),
        ),
        (
            "R001 content/stories/a.md:8:14",
            complete("events: [judo/open]\n", "Bo Chen took gold on Thursday."),
            complete("events: [judo/open]\n", "Bo Chen took silver on Thursday."),
        ),
        (
            "R002 content/stories/a.md:8:9",
            complete("events: [judo/open]\n", "Gold to Max Muller at last.").file("content/athletes/max.md", ENTRANT),
            complete("events: [judo/open]\n", "Gold hopes for Max Muller at last.").file("content/athletes/max.md", ENTRANT),
        ),
        (
            "R003 content/stories/a.md:8:9",
            complete("events: [judo/open]\n", "Bo Chen beat Ann Lee in the final."),
            complete("events: [judo/open]\n", "Bo Chen lost to Ann Lee in the final."),
        ),
        (
            "R004 content/stories/a.md:8:11",
            complete("events: [judo/open]\n", "Ann Lee's third gold of the Games came late."),
            complete("events: [judo/open]\n", "Ann Lee's first gold of the Games came late."),
        ),
        (
            "R006 content/stories/a.md:7:12",
            complete("", "China took bronze in the long jump."),
            complete("", "China took part in the long jump."),
        ),
        (
            "R007 content/stories/a.md:8:15",
            complete("events: [judo/open]\n", "\"Bo Chen took gold,\" she said."),
            complete("events: [judo/open]\n", "\"Bo Chen took silver,\" she said."),
        ),
        (
            "R008 content/stories/a.md:7:19",
            complete("events: [judo/open]\nfact_ok: [{words: took gold, reason: a film}]\n", "Bo Chen took silver."),
            complete("events: [judo/open]\nfact_ok: [{words: took gold, reason: a film}]\n", "Bo Chen took gold."),
        ),
        (
            "R009 content/stories/a.md:7:19",
            complete(
                "events: [judo/open]\nfact_ok: [{words: took gold, reason: a film, until: 2024-08-02}]\n",
                "Bo Chen took silver.",
            ),
            complete(
                "events: [judo/open]\nfact_ok: [{words: took gold, reason: a film, until: 2024-09-02}]\n",
                "Bo Chen took gold.",
            ),
        ),
    ]
}

#[test]
fn every_finding_is_told_where_it_is_and_its_right_twin_is_left_alone() {
    let mut wrong = String::new();
    let mut said = String::new();
    for (expected, failing, passing) in fixtures() {
        let code = codes::find(&expected[..4]).unwrap();
        let run = match code.severity {
            Severity::Note => failing.podium(&["check", "--notes", "--at", "2024-08-12T00:00:00Z"]),
            _ => failing.check(),
        };
        said += &format!("=== {expected}\n{}\n", terminal(&run));
        if run.reports() != [expected] {
            wrong += &format!("expected {expected}, but:\n{}\n", run.stderr);
        }
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
    snapshot("checks.txt", &said);
}

#[test]
fn every_code_of_a_check_has_its_fixtures() {
    let shown: BTreeSet<String> =
        fixtures().iter().map(|(expected, ..)| expected[..4].to_owned()).collect();
    // What other hosts answer is in tests/external.rs, results that change in tests/corrections.rs.
    let is_here = |id: &str| !["L008", "L009", "R010", "R011"].contains(&id);
    for code in codes::ALL.iter().filter(|code| code.is_check() && is_here(code.id)) {
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
    assert!(run.stderr.contains("`F001` has a level that cannot be set"), "{}", run.stderr);
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

#[test]
fn what_one_template_says_on_many_pages_is_one_report() {
    let footer = themed("footer.html", "{{ url(path=\"/venues/\") }}", "/venue/");
    let run = footer.check().bad();
    assert_eq!(run.reports(), ["L001 themes/child/templates/footer.html:5:14"], "{}", run.stderr);
    let all = " other pages";
    assert!(run.stderr.contains("while rendering / and ") && run.stderr.contains(all));
    assert!(run.stderr.contains("did you mean `/venues/`?"), "{}", run.stderr);
    // Told by no text: the address is made of two.
    let made =
        themed("footer.html", "{{ url(path=\"/venues/\") }}", "{{ url(path=\"/ven\" ~ \"ue/\") }}");
    let run = made.check().bad();
    assert_eq!(run.reports(), ["L001"], "{}", run.stderr);
    assert!(run.stderr.contains("the site has nothing at `/venue/`"), "{}", run.stderr);
    assert!(run.stderr.contains("while rendering / and "), "{}", run.stderr);
}

#[test]
fn what_markdown_has_reported_is_not_reported_again() {
    for (body, expected) in [
        ("[a](b.md) [c](../about.md)", "B002 content/stories/a.md:7:5"),
        ("[a](/nowhere/)", "B002 content/stories/a.md:7:5"),
        ("[a](#nowhere)", "B003 content/stories/a.md:7:5"),
        ("![a](b.png)", "B004 content/stories/a.md:7:6"),
    ] {
        let about = "---\ntitle: About\n---\nText.\n";
        // Nothing else leads to the page about: the link that is wrong may be the one that should.
        let run = complete("", body).file("content/about.md", about).check().bad();
        assert_eq!(run.reports(), [expected], "{body}");
    }
    // A file that is broken is broken, and not a link to its page.
    let broken = complete("", "[a](b.md#more) ![b](b.md) <a href=\"/stories/b/\">a</a>")
        .file("site.toml", &format!("{SITE}[markdown]\nraw_html = true\n"))
        .file("content/stories/b.md", "---\ndate: 2024-08-01\n---\n## More\n");
    assert_eq!(broken.check().bad().reports().len(), 1);
    let menu = format!("{SITE}[[menu]]\ntitle = \"A\"\nurl = \"/nowhere/\"\n");
    let run = complete("", "Text.").file("site.toml", &menu).check().bad();
    assert_eq!(run.reports(), ["C004 site.toml:7:7"]);
}

#[test]
fn a_dead_link_stops_a_build_before_it_publishes() {
    let text = SITE.replace("check.build = false\n", "");
    let site = html("<a href=\"/nowhere/\">a</a>")
        .file("site.toml", &format!("{text}[markdown]\nraw_html = true\n"));
    let run = site.build().bad();
    assert_eq!(run.reports(), ["L001 content/stories/a.md:7:10"]);
    assert!(!run.has("/"));
    let site = site.file(
        "site.toml",
        &format!("{text}[check.levels]\nL001 = \"warning\"\n[markdown]\nraw_html = true\n"),
    );
    assert!(site.build().has("/"));
}

#[test]
fn the_sample_site_has_no_finding_in_either_theme() {
    for theme in ["podium", "broadsheet"] {
        let site = Site::sample();
        let text = std::fs::read_to_string(site.root().join("site.toml")).unwrap();
        let site = site.file("site.toml", &text.replace("\"podium\"", &format!("\"{theme}\"")));
        let run = site.check().good();
        assert!(run.stderr.ends_with("nothing found\n"), "{theme}: {}", run.stderr);
    }
}

#[test]
fn a_note_does_not_stop_a_strict_build() {
    let text = SITE.replace("check.build = false\n", "");
    let site = Site::small()
        .file("site.toml", &format!("{text}[check.levels]\nE004 = \"note\"\n"))
        .story("first", "standfirst: x\n", "")
        .argument("--strict");
    assert!(site.build().has("/"));
}

/// A story that has it right, over a picture whose caption has it the other way round.
fn podium_picture(caption: &str) -> Site {
    Site::new()
        .bytes("content/stories/a.png", include_bytes!("pixel.png"))
        .file(
            "content/events/table-tennis/mixed-doubles.md",
            "---\ntitle: Mixed doubles\nstatus: official\npodium:\n  gold: [{nation: CHN, athletes: [Zhao Lin, Sun Ying]}]\n  silver: [{nation: PRK, athletes: [Ri Jong Su, Kim Kum Hwa]}]\n  bronze: [{nation: KOR, athletes: [Lim Jong-min, Shin Yu-ra]}]\n---\n",
        )
        .story(
            "one-picture",
            &format!(
                "{COMPLETE}events: [table-tennis/mixed-doubles]\nimage:\n  src: a.png\n  alt: Six players on a podium\n  caption: {caption}\n  credit: Desk\n"
            ),
            "Lim Jong-min of South Korea took out his telephone, and six players bent over it: the winners from China, the runners-up Ri Jong Su and Kim Kum Hwa from the North, and Shin Yu-ra beside him with her bronze.",
        )
}

#[test]
fn a_caption_that_swaps_silver_and_bronze_is_one_error_with_its_correction() {
    let swapped = "Silver medallists Lim Jong-min and Shin Yu-ra with the Chinese champions and the bronze medallists, Ri Jong Su and Kim Kum Hwa of North Korea.";
    let run = podium_picture(swapped).check().bad();
    assert_eq!(run.reports(), ["R001 content/stories/one-picture.md:10:12"]);
    for part in [
        "Lim Jong-min has bronze, not silver",
        "Ri Jong Su has silver, not bronze",
        "::: content/events/table-tennis/mixed-doubles.md:7:12",
        "10 +   caption: Bronze medallists Lim Jong-min and Shin Yu-ra with the Chinese champions and the silver medallists, Ri Jong Su",
    ] {
        assert!(run.stderr.contains(part), "{part}:\n{}", run.stderr);
    }
    let right = "Bronze medallists Lim Jong-min and Shin Yu-ra with the Chinese champions and the silver medallists, Ri Jong Su and Kim Kum Hwa of North Korea.";
    assert!(podium_picture(right).check().good().reports().is_empty());
}

#[test]
fn a_waiver_is_counted() {
    let front = "events: [judo/open]\nfact_ok: [{words: took gold, reason: a film, code: R001}]\n";
    let run = complete(front, "Bo Chen took gold.").check().good();
    assert!(run.stderr.ends_with("nothing found, 1 waived\n"), "{}", run.stderr);
    let run = complete(&front.replace("R001", "R002"), "Bo Chen took gold.").check().bad();
    assert_eq!(run.reports().len(), 2, "{}", run.stderr);
    let run = complete(&front.replace("R001", "F001"), "Bo Chen took gold.").check().bad();
    assert_eq!(run.reports(), ["F005 content/stories/a.md:7:52"]);
    let run = complete(&front.replace(", reason: a film", ""), "").check().bad();
    assert_eq!(run.reports()[0], "F006 content/stories/a.md:7:11", "{}", run.stderr);
}

#[test]
fn prose_in_another_language_is_not_read_as_english() {
    let german = format!("{SITE}language = \"de\"\n");
    let site = complete("events: [judo/open]\n", "Bo Chen won gold, in German all the same.");
    assert_eq!(site.check().bad().reports(), ["R001 content/stories/a.md:8:13"]);
    let run = site.file("site.toml", &german).check();
    assert_eq!(run.reports(), ["T008 site.toml:5:12"], "{}", run.stderr);
}

#[test]
fn a_team_mate_and_a_nations_team_name_no_team_event() {
    let event = |title: &str, silver: &str, bronze: &str| {
        format!(
            "---\ntitle: {title}\ngender: men\npodium:\n  gold: [{{nation: JPN, athletes: [Oka Shin, Sugi Daiki]}}]\n  silver: [{{nation: CHN, athletes: [{silver}]}}]\n  bronze: [{{nation: CHN, athletes: [{bronze}]}}]\n---\n"
        )
    };
    let team = event("Men's Team", "Xiao Tan, Zhang Bo", "Li Wu");
    let all_around = event("Men's All-Around", "Zhang Bo", "Xiao Tan");
    let site = complete(
        "events: [gymnastics/mens-all-around]\n",
        "Zhang Bo was second. His team-mate Xiao Tan won bronze. Xiao Tan took bronze for Team China.",
    );
    site.file("content/events/gymnastics/mens-team.md", &team)
        .file("content/events/gymnastics/mens-all-around.md", &all_around)
        .check()
        .good();
}

#[test]
fn another_person_with_one_name_in_common_is_not_suggested() {
    let site = Site::small()
        .file("content/events/judo/open.md", &EVENT.replace("Bo Chen", "Wang Chuqin"))
        .story("a", "events: [judo/open]\nathletes: [Wang Manyu]\n", "");
    let run = site.check();
    assert!(!run.stderr.contains("N002"), "{}", run.stderr);
    let run = site.story("a", "events: [judo/open]\nathletes: [Wang]\n", "").check();
    assert!(run.stderr.contains("did you mean Wang Chuqin?"), "{}", run.stderr);
}

#[test]
fn many_sessions_before_the_opening_are_one_report_and_few_days_are_none() {
    let games = format!("{SITE}[games]\nstart = 2024-07-26\nend = 2024-08-11\n");
    let event = |name: &str, day: &str| {
        format!(
            "---\ntitle: {name}\nvenue: Hall\nsessions: [{{name: Round, start: {day} 12:00}}]\n---\n"
        )
    };
    let mut site = Site::small().file("site.toml", &games);
    for i in 0..50 {
        site = site.file(&format!("content/events/football/e{i}.md"), &event("E", "2024-06-01"));
    }
    let run = site.check();
    assert_eq!(run.stderr.matches("warning[M007]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("and 46 more"), "{}", run.stderr);
    // Football and archery begin two days before the opening.
    let run = Site::small()
        .file("site.toml", &games)
        .file("content/events/football/e.md", &event("E", "2024-07-24"))
        .check();
    assert!(!run.stderr.contains("M007"), "{}", run.stderr);
}

#[test]
fn a_medal_behind_one_of_an_unknown_nation_is_found_where_it_is_recorded() {
    let silver = "  silver:\n    - {nation: Nowhere, athletes: [Cy Doe]}\n    - {nation: CHN, athletes: [Bo Chen]}\n";
    let event = EVENT.replace("  silver: [{nation: CHN, athletes: [Bo Chen]}]\n", silver);
    let run = Site::small()
        .file("content/events/judo/open.md", &event)
        .story("a", "events: [judo/open]\n", "Bo Chen took gold.")
        .check()
        .bad();
    let finding = run.stderr.split("error[R001]").nth(1).unwrap();
    let recorded = finding.lines().find(|line| line.contains("{nation: CHN")).unwrap();
    assert!(recorded.contains("- {nation: CHN, athletes: [Bo Chen]}"), "{}", run.stderr);
    assert!(!finding.contains("Cy Doe"), "{}", run.stderr);
}
