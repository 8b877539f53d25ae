//! What pages tell search engines and those who share them, as others read it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{EVENT, SITE, Site};
use serde_json::Value;

/// What the linked data of a page says, by type.
fn graph(html: &str) -> Vec<Value> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let mut data: Value = serde_json::from_str(json).unwrap();
    data["@graph"].as_array_mut().unwrap().drain(..).collect()
}

fn node(html: &str, kind: &str) -> Value {
    let nodes = graph(html);
    let found = nodes.iter().find(|node| node["@type"] == kind);
    found.unwrap_or_else(|| panic!("{kind} is not among {nodes:#?}")).clone()
}

#[test]
#[ignore = "needs what tests/run installs"]
fn an_independent_reader_finds_every_required_and_recommended_property() {
    // An event of more than one session, which the sample site has none of.
    let heats = "---\ntitle: Heats\nvenue: Hall\nsessions:\n  - {name: Heat 1, start: 2024-08-01 09:00, end: 2024-08-01 09:30}\n  - {name: Final, start: 2024-08-01 20:00, end: 2024-08-01 20:30, medal: true}\nstatus: official\npodium: {gold: [{nation: KOR, athletes: [Ann Lee]}]}\n---\nReport.\n";
    let site = Site::sample().file("content/events/rowing/heats.md", heats);
    site.build().good();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/linked.py");
    let output = Command::new("/usr/bin/python3")
        .arg(script)
        .arg(site.public())
        .arg("https://podium.example.org/")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_story_is_a_news_article_with_its_dates_authors_and_corrections() {
    let front = "date: 2024-07-31T12:45:00+05:30\nupdated: 2024-07-31T17:10:00+05:30\ndateline: Seoul\nauthors: [MWN, Ann Writer]\nevents: [judo/open]\ntags: [Korea]\ncorrections: [{date: 2024-08-01, text: A \"wrong\" </script> name.}]\n";
    let text = format!(
        "---\ntitle: One </script><b> phone\nstandfirst: What it is about\n{front}---\nText.\n"
    );
    let site = Site::small().file("content/stories/phone.md", &text);
    let html = site.build().good().page("/stories/phone/");
    let article = node(&html, "NewsArticle");
    assert_eq!(article["headline"], "One </script><b> phone");
    assert_eq!(article["description"], "What it is about");
    assert_eq!(article["datePublished"], "2024-07-31T12:45:00+05:30");
    // The correction came last.
    assert_eq!(article["dateModified"], "2024-08-01");
    assert_eq!(article["dateline"], "Seoul");
    assert_eq!(article["author"][0]["@type"], "Organization");
    assert_eq!(article["author"][1]["@type"], "Person");
    assert_eq!(article["author"][1]["url"], "https://games.example/authors/ann-writer/");
    assert_eq!(article["publisher"]["name"], "Test");
    assert_eq!(article["articleSection"][0], "Judo");
    assert_eq!(article["isAccessibleForFree"], true);
    assert_eq!(article["correction"][0]["text"], "A \"wrong\" </script> name.");
    let crumbs = node(&html, "BreadcrumbList");
    let names: Vec<_> =
        crumbs["itemListElement"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["Home", "Stories", "One </script><b> phone"]);
    for property in [
        "<meta property=\"og:type\" content=\"article\">",
        "<meta property=\"og:url\" content=\"https://games.example/stories/phone/\">",
        "<meta property=\"article:published_time\" content=\"2024-07-31T12:45:00+05:30\">",
        "<meta property=\"article:author\" content=\"https://games.example/authors/ann-writer/\">",
        "<meta name=\"twitter:card\" content=\"summary\">",
        "<meta name=\"robots\" content=\"max-image-preview:large\">",
        "<link rel=\"canonical\" href=\"https://games.example/stories/phone/\">",
    ] {
        assert!(html.contains(property), "{property}\n{html}");
    }
}

#[test]
fn an_author_is_a_person_or_an_agency_as_the_file_says() {
    let site = Site::new()
        .file("content/authors/ap.md", "---\nname: AP\nagency: false\n---\n")
        .file("content/authors/the-wire.md", "---\nname: The Wire\nagency: true\n---\n")
        .story("a", "authors: [AP, The Wire]\n", "Text.");
    let article = node(&site.build().good().page("/stories/a/"), "NewsArticle");
    assert_eq!(article["author"][0]["@type"], "Person");
    assert_eq!(article["author"][1]["@type"], "Organization");
}

#[test]
fn an_event_tells_when_and_where_it_is_and_who_competes() {
    let event = |status: &str| {
        EVENT.replace(
            "medal: true",
            &format!("medal: true, end: 2024-08-01 21:00, status: {status}"),
        )
    };
    for (status, expected) in [
        ("finished", "EventScheduled"),
        ("postponed", "EventPostponed"),
        ("rescheduled", "EventRescheduled"),
        ("cancelled", "EventCancelled"),
    ] {
        let site = Site::small().file("content/events/judo/open.md", &event(status));
        let html = site.build().good().page("/sports/judo/open/");
        let event = node(&html, "SportsEvent");
        assert_eq!(event["name"], "Judo: Open");
        assert_eq!(event["startDate"], "2024-08-01T20:00:00+02:00");
        assert_eq!(event["endDate"], "2024-08-01T21:00:00+02:00");
        assert_eq!(event["eventStatus"], format!("https://schema.org/{expected}"));
        assert_eq!(event["location"]["name"], "Hall");
        assert_eq!(event["competitor"][0]["name"], "Ann Lee");
    }
    // Nobody knows yet when it is: no search engine would take it.
    let site = Site::new().file("content/events/judo/open.md", "---\ntitle: Open\n---\n");
    let html = site.build().good().page("/sports/judo/open/");
    assert!(graph(&html).iter().all(|node| node["@type"] == "BreadcrumbList"));
}

#[test]
fn a_live_blog_tells_its_updates_and_when_it_ended() {
    let text = "---\ntitle: Live\ndate: 2024-08-01 19:00\nended_at: 2024-08-01 22:00\nauthors: [Ann Writer]\n---\nOpening.\n\n## 19:05 They *bow* {by=ann-writer}\n\nBoth **bow**.\n\n## 19:10\n\nNo title here.\n";
    let html = Site::new().file("content/live/a.md", text).build().good().page("/live/a/");
    let blog = node(&html, "LiveBlogPosting");
    assert_eq!(blog["coverageStartTime"], "2024-08-01T19:00:00+02:00");
    assert_eq!(blog["coverageEndTime"], "2024-08-01T22:00:00+02:00");
    assert_eq!(blog["dateModified"], "2024-08-01T19:10:00+02:00");
    let updates = &blog["liveBlogUpdate"];
    assert_eq!(updates[0]["headline"], "No title here.");
    assert_eq!(updates[1]["headline"], "They bow");
    assert_eq!(updates[1]["articleBody"], "Both bow.");
    assert_eq!(updates[1]["url"], "https://games.example/live/a/#at-2024-08-01-1905");
    assert_eq!(updates[1]["author"]["name"], "Ann Writer");
}

#[test]
fn athletes_and_teams_say_whom_they_belong_to() {
    let site = Site::small().file("content/nations/ain.md", "---\nname: Neutrals\n---\n").file(
        "content/athletes/iva-neutral.md",
        "---\nname: Iva Neutral\nnation: AIN\naliases: [NEUTRAL Iva]\n---\n",
    );
    let run = site.build().good();
    let ann = node(&run.page("/athletes/ann-lee/"), "Person");
    assert_eq!(ann["nationality"]["name"], "Korea");
    assert_eq!(ann["award"][0], "Gold, Judo: Open");
    let iva = node(&run.page("/athletes/iva-neutral/"), "Person");
    assert_eq!(iva["nationality"], Value::Null);
    assert_eq!(iva["memberOf"]["name"], "Neutrals");
    assert_eq!(node(&run.page("/nations/kor/"), "SportsTeam")["identifier"], "KOR");
}

#[test]
fn a_picture_is_shared_with_its_size_and_its_words() {
    let site = Site::new()
        .bytes("content/stories/a/p.png", include_bytes!("field.png"))
        .file(
            "content/stories/a/index.md",
            "---\ntitle: A\ndate: 2024-08-01\nimage: {src: p.png, alt: A \"dot\", caption: Seen, credit: Desk}\n---\nText.\n",
        );
    let html = site.build().good().page("/stories/a/");
    let wide = "https://games.example/pictures/p.a02d80eb687a.16x9-50-30.1200.png";
    assert!(html.contains(&format!("<meta property=\"og:image\" content=\"{wide}\">")), "{html}");
    assert!(html.contains("<meta property=\"og:image:width\" content=\"1200\">"));
    assert!(html.contains("<meta property=\"og:image:alt\" content=\"A &quot;dot&quot;\">"));
    assert!(html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">"));
    let image = &node(&html, "NewsArticle")["image"];
    assert_eq!(image.as_array().unwrap().len(), 3);
    assert_eq!(image[0]["creditText"], "Desk");
    assert_eq!(image[0]["url"], wide);
}

#[test]
fn what_is_no_page_of_its_own_is_not_for_search_engines() {
    let run = Site::new().story("a", "aliases: [old/]\n", "Text.").build().good();
    for address in ["/404.html", "/old/"] {
        let html = run.page(address);
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{address}");
        assert!(!html.contains("ld+json") && !html.contains("og:"), "{address}");
    }
}

#[test]
fn the_publisher_is_the_site_unless_site_toml_says_another() {
    let publisher =
        "[publisher]\nname = \"The Desk\"\nurl = \"https://desk.example/\"\nlogo = \"/logo.png\"\n";
    let site = Site::new().file("site.toml", &format!("{SITE}{publisher}"));
    let run = site.build().bad();
    assert_eq!(run.reports(), ["C004 site.toml:8:8"]);
    let run = site.bytes("content/logo.png", include_bytes!("field.png")).build().good();
    let publisher = &node(&run.page("/"), "WebSite")["publisher"];
    assert_eq!(publisher["name"], "The Desk");
    assert_eq!(publisher["url"], "https://desk.example/");
    let logo = publisher["logo"]["url"].as_str().unwrap();
    assert!(logo.starts_with("https://games.example/pictures/logo."), "{logo}");
}

#[test]
fn a_page_without_a_text_is_described_by_its_results() {
    let bare = EVENT.split("Report.").next().unwrap();
    let site = Site::new().file("content/events/judo/open.md", bare);
    let run = site.build().good();
    for (address, expected) in [
        ("/sports/judo/open/", "Judo: Open. Gold: Ann Lee (KOR). Silver: Bo Chen (CHN)."),
        ("/athletes/bo-chen/", "Bo Chen, China. Silver: Judo, Open."),
        ("/nations/chn/", "China. Gold 0, Silver 1, Bronze 0."),
    ] {
        let description = format!("<meta name=\"description\" content=\"{expected}\">");
        assert!(run.page(address).contains(&description), "{}", run.page(address));
    }
}
