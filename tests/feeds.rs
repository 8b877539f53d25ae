//! Feeds and sitemaps, read back by other implementations and held against the rules of their formats.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Run, Site, tree};
use serde_json::Value;

/// A story with everything that a feed can tell, at an hour in another zone than the site's.
const STORY: &str = "---
title: \"Gold & <silver> ]]> \\uFFFEtoday\"
standfirst: \"One < two & \\\"three\\\"\"
date: 2024-08-01T22:30:00+05:30
updated: 2024-08-03 09:00
authors: [Ann Writer, Bo Writer]
events: [judo/open]
athletes: [Ann Lee]
tags: [Late night]
image: {src: a b.png, alt: x}
corrections: [{date: 2024-08-02, text: \"It was < one\"}]
---
See [the final](../../events/judo/open.md#the-final), [below](#more) and [elsewhere](https://example.org/?a=1&b=2).

## More

![Drawn](a%20b.png)
";

fn story_site() -> Site {
    Site::new()
        .file("content/events/judo/open.md", common::EVENT)
        .file("content/stories/big/index.md", STORY)
        .bytes("content/stories/big/a b.png", include_bytes!("field.png"))
}

fn setting(site: Site, more: &str) -> Site {
    site.file("site.toml", &format!("{}{more}", common::SITE))
}

fn atom(run: &Run, address: &str) -> atom_syndication::Feed {
    run.page(address).parse().unwrap()
}

fn rss(run: &Run, address: &str) -> rss::Channel {
    run.page(address).parse().unwrap()
}

fn json(run: &Run, address: &str) -> Value {
    serde_json::from_str(&run.page(address)).unwrap()
}

/// Values of a JSON Feed's items.
fn of_items(feed: &Value, key: &str) -> Vec<String> {
    let items = feed["items"].as_array().unwrap().iter();
    items.map(|item| item[key].as_str().unwrap_or("-").to_owned()).collect()
}

/// What stands in the elements of that name.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let parts = xml.split(&start).skip(1);
    parts.map(|part| part.split(&end).next().unwrap().to_owned()).collect()
}

/// Every feed of a tree, below its top.
fn feeds(public: &Path) -> Vec<String> {
    let is_feed =
        |path: &String| ["feed.xml", "rss.xml", "feed.json"].iter().any(|it| path.ends_with(it));
    tree(public).into_keys().filter(is_feed).collect()
}

/// Runs a Python program with Debian's Python.
#[track_caller]
fn python(program: &str, arguments: &[PathBuf]) -> String {
    let output =
        Command::new("/usr/bin/python3").args(["-c", program]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What feedparser finds in each feed: the file and a story's address a line.
const FEEDPARSER: &str = r#"
import re, sys, feedparser
root = sys.argv[1]
for path in sys.argv[2:]:
    feed = feedparser.parse(path, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, (path, feed.bozo_exception)
    assert feed.version in ('atom10', 'rss20'), (path, feed.version)
    head = feed.feed
    assert head.title and head.link.startswith('https://') and head.language == 'en', path
    own = [link.href for link in head.links if link.rel == 'self']
    assert own and own[0].endswith(path[len(root):]), (path, own)
    ids = set()
    for entry in feed.entries:
        assert entry.id.startswith('tag:') and entry.id not in ids, (path, entry.id)
        ids.add(entry.id)
        assert entry.published_parsed and entry.title and entry.summary and entry.author, (path, entry.id)
        # The site and its sports have whole texts; the others say what there is to read.
        place = path[len(root):]
        is_full = place.count('/') == 1 or place.startswith('/sports/')
        text = entry.content[0].value if is_full else ''
        assert len(text) > 100 or not is_full and 'content' not in entry, (path, entry.id)
        for address in re.findall(r'(?:href|src|poster)="([^"]*)"', text):
            assert re.match('https?:|mailto:|tel:', address), (path, address)
        for link in entry.get('enclosures', []):
            assert link.type.startswith('image/') and int(link.get('length', 0)) >= 0, (path, link)
        print(path[len(root):], entry.link)
"#;

#[test]
#[ignore = "needs what tests/run installs"]
fn every_feed_of_the_sample_site_is_read_by_feedparser_without_complaint() {
    let site = Site::sample();
    let run = site.build().good();
    let public = site.public();
    let files = feeds(&public);
    let in_xml = files.iter().filter(|file| file.ends_with(".xml")).map(|file| public.join(file));
    let arguments: Vec<PathBuf> = [public.clone()].into_iter().chain(in_xml).collect();
    let found = python(FEEDPARSER, &arguments);
    let found: BTreeSet<&str> = found.lines().collect();
    let stories = tree(&public.join("stories"));
    let mut count = 0;
    for name in stories.keys().filter_map(|file| file.strip_suffix("/index.html")) {
        if name.contains('/') {
            continue;
        }
        let address = format!("/stories/{name}/");
        // The page of a story leads to what the story is about: each of these has it in its feeds.
        let page = run.page(&address);
        let (_, article) = page.split_once("<article class=\"story\">").unwrap();
        let (head, rest) = article.split_once("<div class=\"prose\">").unwrap();
        let named = rest.split_once("<section class=\"named\">").map_or("", |(_, named)| named);
        let named = named.split("</section>").next().unwrap();
        let mut feeds = BTreeSet::from(["/".to_owned()]);
        for link in [head, named].iter().flat_map(|part| part.split("href=\"").skip(1)) {
            let link = link.split('"').next().unwrap();
            let topics = ["/sports/", "/nations/", "/athletes/", "/authors/", "/tags/"];
            if topics.iter().any(|it| link.starts_with(it)) && link.matches('/').count() == 3 {
                feeds.insert(link.to_owned());
            }
        }
        assert!(feeds.len() > 3, "{feeds:?}");
        let url = format!("https://podium.example.org{address}");
        for feed in feeds {
            let is_full = feed == "/" || feed.starts_with("/sports/");
            for name in ["feed.xml", "rss.xml"] {
                let line = format!("{feed}{name} {url}");
                assert_eq!(found.contains(line.as_str()), is_full || name == "feed.xml", "{line}");
            }
            if is_full {
                let items = json(&run, &format!("{feed}feed.json"));
                assert!(of_items(&items, "url").contains(&url), "{feed} {url}");
            }
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
    let site = story_site();
    site.build().good();
    let public = site.public();
    let odd = [public.clone(), public.join("feed.xml"), public.join("rss.xml")];
    assert_eq!(python(FEEDPARSER, &odd).lines().count(), 2);
    assert_eq!(elements(&run.page("/rss.xml"), "item").len(), 12);
}

/// A file passes a schema of tests/schemas.
#[track_caller]
fn is_valid(schema: &str, files: &[PathBuf]) {
    assert!(!files.is_empty(), "{schema}");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(schema);
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--relaxng"])
        .arg(schema)
        .args(files)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn every_xml_file_follows_the_rules_of_its_format() {
    let story =
        story_site().file("content/stories/plain.md", "---\ntitle: Plain\ndate: 2024-08-11\n---\n");
    let short = setting(story_site(), "[feeds]\nfull_text = false\n");
    for site in [Site::sample(), story, short, Site::new()] {
        let site = site.argument("--base-url").argument("https://games.example/a&b/");
        site.build().good();
        let public = site.public();
        let named = |name: &str| -> Vec<PathBuf> {
            let files = feeds(&public).into_iter().filter(|file| file.ends_with(name));
            files.map(|file| public.join(file)).collect()
        };
        is_valid("atom.rng", &named("feed.xml"));
        is_valid("rss.rng", &named("rss.xml"));
        is_valid("sitemap.rng", &[public.join("sitemap.xml")]);
        let news = public.join("news-sitemap.xml");
        if news.exists() {
            is_valid("sitemap.rng", &[news]);
        }
    }
}

#[test]
#[ignore = "needs what tests/run installs"]
fn above_fifty_thousand_addresses_the_sitemap_is_a_list_of_its_parts() {
    // So many files are written in memory, where that is possible.
    if tempfile::tempdir_in("/dev/shm").is_ok() {
        let _ = tempfile::env::override_temp_dir(Path::new("/dev/shm"));
    }
    let tags: Vec<String> = (0..50_000).map(|i| format!("t{i}")).collect();
    let site = setting(Site::new(), "[feeds]\nformats = []\n");
    let site = site.story("a", &format!("tags: [{}]\n", tags.join(", ")), "");
    let run = site.build().good();
    let parts = elements(&run.page("/sitemap.xml"), "loc");
    assert_eq!(
        parts,
        ["https://games.example/sitemap/1.xml", "https://games.example/sitemap/2.xml"]
    );
    let first = elements(&run.page("/sitemap/1.xml"), "loc");
    let second = elements(&run.page("/sitemap/2.xml"), "loc");
    assert_eq!(first.len(), 50_000);
    let all: BTreeSet<&String> = first.iter().chain(&second).collect();
    assert_eq!(all.len(), first.len() + second.len());
    assert!(second.contains(&"https://games.example/tags/t9999/".to_owned()));
    assert!(run.page("/robots.txt").ends_with("Sitemap: https://games.example/sitemap.xml\n"));
    let files = ["sitemap.xml", "sitemap/1.xml", "sitemap/2.xml"];
    is_valid("sitemap.rng", &files.map(|file| site.public().join(file)));
}

#[test]
fn a_story_is_in_the_feeds_of_everything_it_is_about() {
    let run = story_site().build().good();
    let (own, others) = (
        ["/", "/sports/judo/"],
        [
            "/nations/kor/",
            "/athletes/ann-lee/",
            "/authors/ann-writer/",
            "/authors/bo-writer/",
            "/tags/late-night/",
        ],
    );
    for place in own.iter().chain(&others) {
        let feed = atom(&run, &format!("{place}feed.xml"));
        assert_eq!(feed.links[0].href, format!("https://games.example{place}feed.xml"));
        assert_eq!(feed.links[1].href, format!("https://games.example{place}"));
        assert_eq!(feed.entries.len(), 1, "{place}");
        let entry = &feed.entries[0];
        assert_eq!(entry.content.is_some(), own.contains(place), "{place}");
        assert!(entry.summary.is_some(), "{place}");
        assert!(entry.links.iter().any(|link| link.rel == "enclosure"), "{place}");
    }
    // What a desk sends out itself is there for every program; of the rest one format is enough.
    for place in others {
        assert!(!run.has(&format!("{place}rss.xml")) && !run.has(&format!("{place}feed.json")));
    }
    for place in own {
        let channel = rss(&run, &format!("{place}rss.xml"));
        assert_eq!(channel.link, format!("https://games.example{place}"));
        assert_eq!(channel.items.len(), 1, "{place}");
        let feed = json(&run, &format!("{place}feed.json"));
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("https://games.example{place}feed.json"));
        assert_eq!(of_items(&feed, "url"), ["https://games.example/stories/big/"]);
    }
    // The silver medallist has no story of his own, and so no feed.
    assert!(run.has("/athletes/bo-chen/") && !run.has("/athletes/bo-chen/feed.xml"));
    assert!(!run.has("/venues/hall/feed.xml"));
}

#[test]
fn a_story_says_the_same_in_every_format() {
    let run = story_site().build().good();
    let id = "tag:games.example,2024:stories/big";
    let title = "Gold & <silver> ]]> today";
    let picture = "https://games.example/pictures/a-b.a02d80eb687a.1200.png";
    let text = "<p>See <a href=\"https://games.example/sports/judo/open/#the-final\">the final</a>, \
        <a href=\"https://games.example/stories/big/#more\">below</a> and \
        <a href=\"https://example.org/?a=1&amp;b=2\"";

    let feed = atom(&run, "/feed.xml");
    let entry = &feed.entries[0];
    assert_eq!((entry.id.as_str(), entry.title.as_str()), (id, title));
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2024-08-01T22:30:00+05:30");
    assert_eq!(entry.updated.to_rfc3339(), "2024-08-03T09:00:00+02:00");
    assert_eq!(feed.updated, entry.updated);
    assert_eq!(entry.summary.as_ref().unwrap().as_str(), "One < two & \"three\"");
    let html = entry.content.as_ref().unwrap().value.as_deref().unwrap();
    assert!(html.starts_with(text), "{html}");
    assert!(html.contains(&format!("<img src=\"{picture}\"")), "{html}");
    assert!(
        html.trim_end().ends_with("<p><strong>Correction:</strong> It was &lt; one</p>"),
        "{html}"
    );
    let authors: Vec<_> =
        entry.authors.iter().map(|it| (it.name.as_str(), it.uri.as_deref())).collect();
    assert_eq!(authors[0], ("Ann Writer", Some("https://games.example/authors/ann-writer/")));
    assert_eq!(authors.len(), 2);
    let terms: Vec<_> =
        entry.categories.iter().map(|it| (it.term.as_str(), it.label.as_deref())).collect();
    assert_eq!(terms, [("judo", Some("Judo")), ("late-night", Some("Late night"))]);
    let enclosure = entry.links.iter().find(|link| link.rel == "enclosure").unwrap();
    assert_eq!(enclosure.href, picture);
    assert_eq!(enclosure.mime_type.as_deref(), Some("image/png"));
    assert_eq!(enclosure.length, None);

    let channel = rss(&run, "/rss.xml");
    let item = &channel.items[0];
    assert_eq!(item.title.as_deref(), Some(title));
    let guid = item.guid.as_ref().unwrap();
    assert_eq!((guid.value.as_str(), guid.permalink), (id, false));
    assert_eq!(item.pub_date.as_deref(), Some("Thu, 01 Aug 2024 22:30:00 +0530"));
    assert_eq!(channel.last_build_date.as_deref(), Some("Sat, 03 Aug 2024 09:00:00 +0200"));
    assert_eq!(item.description.as_deref(), Some("One &lt; two &amp; &quot;three&quot;"));
    assert_eq!(item.content.as_deref().map(str::trim), Some(html.trim()));
    assert_eq!(item.dublin_core_ext.as_ref().unwrap().creators, ["Ann Writer", "Bo Writer"]);
    let enclosure = item.enclosure.as_ref().unwrap();
    assert_eq!((enclosure.url.as_str(), enclosure.length.clone()), (picture, "0".to_owned()));
    assert!(
        run.page("/rss.xml")
            .contains("<atom:link href=\"https://games.example/rss.xml\" rel=\"self\"")
    );

    let item = json(&run, "/feed.json")["items"][0].clone();
    assert_eq!((item["id"].as_str(), item["title"].as_str()), (Some(id), Some(title)));
    assert_eq!(item["content_html"].as_str().map(str::trim), Some(html.trim()));
    assert_eq!(item["date_published"], "2024-08-01T22:30:00+05:30");
    assert_eq!(item["date_modified"], "2024-08-03T09:00:00+02:00");
    assert_eq!(item["authors"][1]["name"], "Bo Writer");
    assert_eq!(item["tags"], serde_json::json!(["Judo", "Late night"]));
    assert_eq!((item["image"].as_str(), item["language"].as_str()), (Some(picture), Some("en")));
    assert!(item["attachments"][0].get("size_in_bytes").is_none());
}

#[test]
fn ids_stay_when_a_slug_the_scheme_or_the_order_changes() {
    let ids = |run: &Run, base: &str| {
        let feed = atom(run, "/tags/korea/feed.xml");
        assert!(feed.entries[0].links[0].href.starts_with(base), "{:?}", feed.entries[0].links);
        (
            feed.id.clone(),
            feed.entries.iter().map(|entry| entry.id.clone()).collect::<BTreeSet<_>>(),
        )
    };
    let site = Site::new().story("a", "tags: [Korea]\n", "").story("b", "tags: [Korea]\n", "");
    let before = ids(&site.build().good(), "https://games.example/stories/");
    assert_eq!(before.0, "tag:games.example,2024:tags/korea/feed");
    let run = site
        .story("a", "tags: [Korea]\nslug: another\nupdated: 2024-08-09\n", "")
        .argument("--base-url")
        .argument("http://games.example:8080")
        .build()
        .good();
    assert_eq!(before, ids(&run, "http://games.example:8080/stories/"));
    assert!(run.page("/feed.xml").contains("http://games.example:8080/stories/another/"));
}

#[test]
fn a_day_without_an_hour_begins_at_midnight_in_its_zone() {
    let run = Site::new().story("a", "", "").build().good();
    assert_eq!(atom(&run, "/feed.xml").updated.to_rfc3339(), "2024-08-01T00:00:00+02:00");
    let item = &rss(&run, "/rss.xml").items[0];
    assert_eq!(item.pub_date.as_deref(), Some("Thu, 01 Aug 2024 00:00:00 +0200"));
    assert_eq!(json(&run, "/feed.json")["items"][0]["date_published"], "2024-08-01T00:00:00+02:00");
}

#[test]
fn the_settings_say_which_feeds_there_are_and_what_is_in_them() {
    let many = |site: Site| {
        (1..=25).fold(site, |site, day| {
            let text = format!(
                "---\ntitle: S{day}\ndate: 2024-07-{day:02}\ntags: [All]\n---\nBody {day}.\n"
            );
            site.file(&format!("content/stories/s{day}.md"), &text)
        })
    };
    let run = many(Site::new()).build().good();
    let titles = of_items(&json(&run, "/feed.json"), "title");
    assert_eq!((titles.len(), titles[0].as_str(), titles[19].as_str()), (20, "S25", "S6"));
    let entries = atom(&run, "/tags/all/feed.xml").entries;
    assert_eq!((entries.len(), entries[19].title.as_str()), (20, "S6"));
    let settings =
        "[feeds]\nentries = 3\nformats = [\"json\", \"rss\", \"json\"]\nfull_text = false\n";
    let run = setting(many(Site::new()), settings).build().good();
    assert!(!run.has("/feed.xml") && run.has("/tags/all/rss.xml"));
    let feed = json(&run, "/feed.json");
    assert_eq!(of_items(&feed, "title"), ["S25", "S24", "S23"]);
    assert_eq!(of_items(&feed, "content_html"), ["-"; 3]);
    assert_eq!(of_items(&feed, "content_text")[0], "Body 25.");
    assert!(!run.page("/rss.xml").contains("content:encoded"));
    assert!(run.page("/").contains("<link rel=\"alternate\" type=\"application/rss+xml\""));
    assert!(!run.page("/").contains("application/atom+xml"));

    let settings = "[feeds.tags]\nentries = 2\nformats = [\"json\", \"atom\"]\nfull_text = true\n\
        [feeds.athletes]\nformats = []\n";
    let run = setting(many(story_site()), settings).build().good();
    let feed = json(&run, "/tags/all/feed.json");
    assert_eq!(of_items(&feed, "content_html"), ["<p>Body 25.</p>\n", "<p>Body 24.</p>\n"]);
    assert_eq!(atom(&run, "/tags/all/feed.xml").entries.len(), 2);
    assert!(!run.has("/athletes/ann-lee/feed.xml") && run.has("/nations/kor/feed.xml"));
    assert!(!run.page("/athletes/ann-lee/").contains("Feed of these stories"));

    let run = setting(many(Site::new()), "[feeds]\nformats = []\n").build().good();
    assert!(!run.has("/feed.xml") && !run.has("/rss.xml") && !run.has("/feed.json"));
    assert!(
        !run.page("/tags/all/").contains("feed") && !run.page("/").contains("rel=\"alternate\"")
    );

    for (settings, at) in [
        ("[feeds]\nentries = 0\n", "6:11"),
        ("[feeds]\nformats = [\"atom\", \"rdf\"]\n", "6:20"),
        ("[feeds]\nentry = 3\n", "6:1"),
        ("[feeds.sport]\nentries = 3\n", "5:8"),
        ("[feeds.tags]\nformat = [\"rss\"]\n", "6:1"),
    ] {
        let run = setting(Site::new(), settings).build().bad();
        assert_eq!(run.reports(), [format!("C003 site.toml:{at}")], "{}", run.stderr);
    }
}

#[test]
fn pages_lead_to_the_feeds_of_what_they_are_about() {
    let run = story_site().build().good();
    let links = |address: &str| -> Vec<String> {
        let page = run.page(address);
        let links = page.lines().filter(|line| line.starts_with("<link rel=\"alternate\""));
        links
            .map(|line| line.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(links("/"), ["/feed.xml", "/rss.xml", "/feed.json"]);
    assert_eq!(links("/stories/big/"), ["/feed.xml"]);
    let own =
        ["/sports/judo/feed.xml", "/sports/judo/rss.xml", "/sports/judo/feed.json", "/feed.xml"];
    assert_eq!(links("/sports/judo/"), own);
    // Without stories there is only the site's.
    assert_eq!(links("/athletes/bo-chen/"), ["/feed.xml"]);
    for place in [
        "/sports/judo/",
        "/nations/kor/",
        "/athletes/ann-lee/",
        "/authors/ann-writer/",
        "/tags/late-night/",
    ] {
        let link = format!("<a href=\"{place}feed.xml\">Feed of these stories</a>");
        assert!(run.page(place).contains(&link), "{place}");
    }
    assert!(run.page("/stories/big/").contains("<a href=\"/feed.xml\">Feed</a>"));
    assert!(!run.page("/athletes/bo-chen/").contains("Feed of these stories"));
}

#[test]
fn a_site_below_a_path_has_it_in_every_address() {
    let site = story_site().argument("--base-url").argument("https://news.example/paris");
    let run = site.build().good();
    let text = run.page("/rss.xml") + &run.page("/feed.json") + &run.page("/feed.xml");
    for address in text.split("https://news.example").skip(1) {
        assert!(address.starts_with("/paris/"), "{}", &address[..20]);
    }
    assert!(!text.contains("\"/paris/") && !text.contains("href=&quot;/"));
    // Two sites of one host are two.
    assert_eq!(atom(&run, "/feed.xml").id, "tag:news.example,2024:paris/feed");
    assert_eq!(elements(&run.page("/sitemap.xml"), "loc")[0], "https://news.example/paris/");
    assert!(run.page("/robots.txt").contains("Sitemap: https://news.example/paris/sitemap.xml\n"));
    assert!(run.page("/").contains("href=\"/paris/feed.xml\""));
}

#[test]
fn drafts_and_stories_outside_their_time_are_in_no_feed_or_sitemap() {
    let site = Site::new()
        .story("shown", "tags: [T]\n", "")
        .story("hidden-draft", "tags: [T]\ndraft: true\n", "")
        .story("hidden-late", "tags: [T]\npublish_at: 2030-01-01\n", "")
        .story("hidden-old", "tags: [Gone]\nexpire_at: 2024-08-02\n", "");
    let run = site.build().good();
    for (file, bytes) in tree(&site.public()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("hidden-"), "{file}");
    }
    assert_eq!(atom(&run, "/tags/t/feed.xml").entries[0].title.as_str(), "shown");
    assert!(!run.has("/tags/gone/feed.xml"));
}

#[test]
fn a_site_without_stories_has_a_feed_that_does_not_depend_on_the_clock() {
    let run = Site::new().build().good();
    assert_eq!(atom(&run, "/feed.xml").updated.to_rfc3339(), "1970-01-01T00:00:00+00:00");
    let site = setting(Site::new(), "[games]\nstart = 2026-02-06\n");
    let feed = atom(&site.build().good(), "/feed.xml");
    assert_eq!(feed.updated.to_rfc3339(), "2026-02-06T00:00:00+01:00");
    assert_eq!(feed.id, "tag:games.example,2026:feed");
    assert!(feed.entries.is_empty());
}

#[test]
fn a_mistake_in_a_story_is_told_once_and_not_by_each_feed() {
    let site = Site::new().story("a", "tags: [A, B, C]\nauthors: [D]\n", "[x](nowhere.md)");
    assert_eq!(site.build().bad().reports(), ["B002 content/stories/a.md:7:5"]);
}

#[test]
fn the_sitemap_has_every_page_once_and_nothing_else() {
    let site = Site::sample();
    let run = site.build().good();
    let text = run.page("/sitemap.xml");
    let urls = elements(&text, "loc");
    let pages = tree(&site.public()).into_keys().filter_map(|file| {
        let page = file.strip_suffix("index.html")?.to_owned();
        let html = run.page(&format!("/{page}"));
        let is_hidden = html.contains("name=\"robots\" content=\"noindex\"");
        (!is_hidden && !html.contains("http-equiv=\"refresh\""))
            .then(|| format!("https://podium.example.org/{page}"))
    });
    let mut pages: Vec<String> = pages.collect();
    pages.sort();
    assert_eq!(urls, pages);
    // Of stories it is known when they changed.
    assert_eq!(elements(&text, "lastmod").len(), 12);
    let story = story_site().build().good();
    assert_eq!(elements(&story.page("/sitemap.xml"), "lastmod"), ["2024-08-03T09:00:00+02:00"]);
    assert!(!text.contains("changefreq") && !text.contains("priority"));
}

#[test]
fn google_news_is_told_of_the_stories_of_two_days() {
    // The site is built as of 2024-08-12T00:00:00Z.
    let story = |site: Site, name: &str, date: &str| {
        let text = format!(
            "---\ntitle: \"{name} & co\"\ndate: {date}\nupdated: 2024-08-12T00:30:00Z\n---\n"
        );
        site.file(&format!("content/stories/{name}.md"), &text)
    };
    let site = story(Site::new(), "too-old", "2024-08-09T23:59:59Z");
    let site = story(site, "just", "2024-08-10T05:30:00+05:30");
    let site = story(site, "day", "2024-08-11");
    let site = story(site, "now", "2024-08-12T00:00:00Z");
    let site = story(site, "to-come", "2024-08-12T00:00:01Z");
    let run = site.build().good();
    let text = run.page("/news-sitemap.xml");
    let url = |name: &str| format!("https://games.example/stories/{name}/");
    assert_eq!(elements(&text, "loc"), [url("now"), url("day"), url("just")]);
    // The original dates, not those of an update.
    assert_eq!(
        elements(&text, "news:publication_date"),
        ["2024-08-12T00:00:00+00:00", "2024-08-11T00:00:00+02:00", "2024-08-10T05:30:00+05:30"]
    );
    assert_eq!(elements(&text, "news:title")[1], "day &amp; co");
    assert_eq!(elements(&text, "news:name"), ["Test"; 3]);
    assert_eq!(elements(&text, "news:language"), ["en"; 3]);
    assert!(run.page("/robots.txt").ends_with("Sitemap: https://games.example/news-sitemap.xml\n"));
}

#[test]
fn google_news_is_told_of_a_thousand_stories_at_most() {
    let site = (0..1_001).fold(setting(Site::new(), "[feeds]\nformats = []\n"), |site, i| {
        let date = format!("2024-08-11 {:02}:{:02}", i / 60, i % 60);
        site.file(
            &format!("content/stories/s{i}.md"),
            &format!("---\ntitle: S{i}\ndate: {date}\n---\n"),
        )
    });
    let titles = elements(&site.build().good().page("/news-sitemap.xml"), "news:title");
    assert_eq!((titles.len(), titles[0].as_str(), titles[999].as_str()), (1_000, "S1000", "S1"));
}

#[test]
fn robots_may_read_everything_unless_the_reporter_says_otherwise() {
    let run = Site::new().build().good();
    let expected = "User-agent: *\nAllow: /\n\nSitemap: https://games.example/sitemap.xml\n";
    assert_eq!(run.page("/robots.txt"), expected);
    // Nothing is new enough for Google News.
    assert!(!run.has("/news-sitemap.xml"));
    let run = Site::new().file("content/robots.txt", "User-agent: *\nDisallow: /\n").build().good();
    assert_eq!(run.page("/robots.txt"), "User-agent: *\nDisallow: /\n");
    // Other files of these names are another matter.
    for name in ["feed.xml", "sitemap.xml"] {
        let run = Site::new().file(&format!("content/{name}"), "x").build().bad();
        assert_eq!(run.reports(), [format!("A001 content/{name}")]);
    }
}

#[test]
fn a_time_before_the_zones_of_today_is_written_as_every_reader_reads_it() {
    let text = "---\ntitle: Then\ndate: 1900-07-14 12:00\n---\nText.\n";
    let run = Site::new().file("content/stories/then.md", text).build().good();
    assert_eq!(atom(&run, "/feed.xml").updated.to_rfc3339(), "1900-07-14T11:50:39+00:00");
    assert!(run.page("/rss.xml").contains("<pubDate>Sat, 14 Jul 1900 11:50:39 +0000</pubDate>"));
    let items = json(&run, "/feed.json");
    assert_eq!(items["items"][0]["date_published"], "1900-07-14T11:50:39+00:00");
    assert!(run.page("/stories/then/").contains("datetime=\"1900-07-14T11:50:39+00:00\""));
}

#[test]
fn a_correction_is_a_change_to_those_who_follow() {
    let front = "updated: 2024-08-02\ncorrections: [{date: 2024-08-05, text: Wrong.}]\n";
    let run = Site::new().story("a", front, "Text.").build().good();
    assert_eq!(atom(&run, "/feed.xml").updated.to_rfc3339(), "2024-08-05T00:00:00+02:00");
    assert!(run.page("/sitemap.xml").contains("<lastmod>2024-08-05T00:00:00+02:00</lastmod>"));
    assert!(run.page("/stories/a/").contains("\"dateModified\":\"2024-08-05\""));
    assert!(run.page("/stories/a/").contains("Updated <time datetime=\"2024-08-02\">"));
}
