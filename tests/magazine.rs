//! The magazine: issues, their pages, and their print editions.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::fs;

use common::{PNG, SITE, Site};

const ISSUE: &str = "title: Three steps\nnumber: 7\ndate: 2024-08-02\nstandfirst: What it is about\nimage: {src: /cover.png, alt: A cover, credit: An artist}\nprice: €6.50\nbuy: https://shop.example/7\nsubscribe: /subscribe/\nstories: [first, second]\n";

/// A site with two stories and an issue of both.
fn site(front: &str, body: &str) -> Site {
    Site::small()
        .file(
            "site.toml",
            &format!("{SITE}[magazine]\nname = \"Quarterly\"\nissn = \"2049-3630\"\n"),
        )
        .bytes("content/cover.png", PNG)
        .file("content/subscribe.md", "---\ntitle: Subscribe\n---\nText.\n")
        .story("second", "authors: [Ann Writer, Bo Writer]\nstandfirst: Of the second\n", "Text.")
        .file("content/issues/seven.md", &format!("---\n{front}---\n{body}\n"))
}

/// What programs are told of a page, as text.
fn linked(html: &str) -> serde_json::Value {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn node(html: &str, kind: &str) -> serde_json::Value {
    let graph = linked(html)["@graph"].as_array().unwrap().clone();
    graph.into_iter().find(|node| node["@type"] == kind).unwrap()
}

#[test]
fn an_issue_shows_its_cover_its_stories_in_their_order_and_where_to_buy_it() {
    let run = site(ISSUE, "About this *issue*.").build().good();
    let page = run.page("/issues/seven/");
    for expected in [
        "<h1>Three steps</h1>",
        "No. 7 · <time datetime=\"2024-08-02\">August 2024</time>",
        "alt=\"A cover\"",
        "href=\"https://shop.example/7\">Buy this issue · €6.50</a>",
        "href=\"/subscribe/\">Subscribe</a>",
        "href=\"/issues/seven/print/\">Print edition</a>",
        "About this <em>issue</em>.",
        "Of the second",
        "<a href=\"/authors/ann-writer/\">Ann Writer</a> and <a href=\"/authors/bo-writer/\">Bo Writer</a>",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    let place = |story: &str| page.find(&format!("<a href=\"/stories/{story}/\">")).unwrap();
    assert!(place("first") < place("second"));
    let list = run.page("/issues/");
    assert!(list.contains("<h1>Quarterly</h1>") && list.contains("<a href=\"/issues/seven/\">"));
}

#[test]
fn a_story_shows_the_latest_issue_and_says_in_which_it_is_printed() {
    let older = "---\ntitle: Older\nnumber: 6\ndate: 2024-07-01\nstories: [first]\n---\n";
    let run = site(ISSUE, "").file("content/issues/six.md", older).build().good();
    let first = run.page("/stories/first/");
    let (_, rail) = first.split_once("<section class=\"latest-issue\">").unwrap();
    assert!(rail.contains("<a href=\"/issues/seven/\">Three steps</a>"), "{rail}");
    // It does not stand beside itself.
    assert!(!rail.contains("<a href=\"/stories/first/\">"), "{rail}");
    assert!(rail.contains("<a href=\"/stories/second/\">"), "{rail}");
    assert!(rail.contains("<a href=\"/issues/seven/\">See the whole issue</a>"), "{rail}");
    assert!(first.contains("Printed in <a href=\"/issues/seven/\">Three steps</a>, No. 7"));
    assert!(first.contains("Printed in <a href=\"/issues/six/\">Older</a>, No. 6"));
    let parts = node(&first, "NewsArticle")["isPartOf"].clone();
    assert_eq!(parts[0]["@id"], "https://games.example/issues/seven/#issue");
    assert_eq!(parts[0]["issueNumber"], "7");
    assert_eq!(parts[1]["name"], "Older");
    let issue = node(&run.page("/issues/seven/"), "PublicationIssue");
    assert_eq!(issue["datePublished"], "2024-08-02");
    assert_eq!(issue["isPartOf"]["@type"], "Periodical");
    assert_eq!(issue["isPartOf"]["name"], "Quarterly");
    assert_eq!(issue["isPartOf"]["issn"], "2049-3630");
    assert_eq!(issue["hasPart"][1]["@id"], "https://games.example/stories/second/#article");
    assert_eq!(issue["offers"]["url"], "https://shop.example/7");
}

#[test]
fn a_house_without_a_magazine_has_no_page_of_it() {
    let run = Site::small().build().good();
    assert!(!run.has("/issues/"));
    let home = run.page("/");
    assert!(!home.contains("/issues/") && !home.contains("Latest issue"), "{home}");
}

#[test]
fn an_issue_is_there_from_its_date_on_and_drafts_are_not() {
    let later = ISSUE.replace("2024-08-02", "2024-08-20");
    let run = site(&later, "").build().good();
    assert!(!run.has("/issues/seven/") && !run.has("/issues/"));
    // Its cover lies elsewhere, and nobody shows it.
    let run = site(&format!("{ISSUE}draft: true\n"), "").build().good();
    assert!(!run.has("/issues/seven/"));
    let run = site(&format!("{later}publish_at: 2024-08-01\n"), "").build().good();
    assert!(run.has("/issues/seven/"));
}

#[test]
fn a_story_that_is_not_there_is_an_error_and_one_that_is_not_published_is_left_out() {
    let run = site(&ISSUE.replace("second", "secnod"), "").build().bad();
    assert_eq!(run.reports(), ["G004 content/issues/seven.md:10:18"]);
    assert!(run.stderr.contains("second"), "{}", run.stderr);
    let run = site(ISSUE, "").story("second", "draft: true\n", "").build().good();
    assert!(!run.page("/issues/seven/").contains("second"));
}

#[test]
fn an_issue_says_where_it_is_sold_by_an_address() {
    let run = site(&ISSUE.replace("https://shop.example/7", "shop.example/7"), "").build().bad();
    assert_eq!(run.reports(), ["F017 content/issues/seven.md:8:6"]);
}

#[test]
fn the_print_edition_has_the_whole_issue_in_one_document() {
    let text = "Text with a note.[^1]\n\n## What came of it\n\n![A field](/cover.png)\n\n[^1]: The note.\n";
    let run = site(ISSUE, "About it.")
        .story("first", "corrections: [{date: 2024-08-02, text: It was wrong.}]\n", text)
        .story("second", "image: {src: /cover.png, alt: A field, credit: A painter}\n", text)
        .build()
        .good();
    let page = run.page("/issues/seven/print/");
    for expected in [
        "<meta name=\"robots\" content=\"noindex\">",
        "@page :left { @bottom-right { content: \"Quarterly \\b7  7\" } }",
        "<a href=\"#story-1\"><span class=\"contents-title\">first</span></a> <span class=\"contents-page\" data-page-of=\"story-1\"></span>",
        "<article id=\"story-2\">",
        "<h3 id=\"story-1--what-came-of-it\">",
        "<h3 id=\"story-2--what-came-of-it\">",
        "It was wrong.",
        "Cover: An artist",
        "<a href=\"#story-2\">second</a>: A painter",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    assert!(!page.contains("loading=\"lazy\""), "{page}");
    let ids: Vec<&str> =
        page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    assert!(!run.page("/sitemap.xml").contains("/print/"));
}

#[test]
fn links_of_a_story_to_its_own_headings_lead_there_in_the_print_edition_too() {
    let text = "Up [x](#sub) and [y](#über-allem).\n\n## Sub\n\nText.\n\n## Über allem\n";
    let run = site(ISSUE, "## Sub\n\nOf the editor.").story("first", "", text).build().good();
    let page = run.page("/issues/seven/print/");
    assert!(page.contains("<a href=\"#story-1--sub\">x</a>"), "{page}");
    assert!(page.contains("<h3 id=\"story-1--sub\">"), "{page}");
    let link = page.split("<a href=\"#story-1--").nth(2).unwrap().split('"').next().unwrap();
    assert!(link.ends_with("ber-allem"), "{link}");
    // On the story's own page nothing stands in front of them.
    assert!(run.page("/stories/first/").contains("<a href=\"#sub\">x</a>"));
}

#[test]
fn two_live_blogs_in_one_issue_have_ids_of_their_own() {
    let live = "---\ntitle: Live\ndate: 2024-08-01 19:00\nended_at: 2024-08-01 22:00\n---\nOpening.[^1]\n\n## 19:05 Under way\n\n### Sub {#sub}\n\nText.\n\n[^1]: Note.\n";
    let front = ISSUE.replace("[first, second]", "[live/a, live/b]");
    let run = site(&front, "")
        .file("content/live/a.md", live)
        .file("content/live/b.md", live)
        .build()
        .good();
    let page = run.page("/issues/seven/print/");
    let ids: Vec<&str> =
        page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(ids.len() > 6, "{ids:?}");
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
}

#[test]
fn the_print_edition_changes_no_words() {
    let text = "Text about `<img loading=\"lazy\">` and `<aside class>`.\n\n![A](/cover.png)";
    let run = site(ISSUE, "").story("first", "", text).build().good();
    let page = run.page("/issues/seven/print/");
    assert!(page.contains("<code>&lt;img loading=\"lazy\"&gt;</code>"), "{page}");
    assert!(page.contains("<code>&lt;aside class&gt;</code>"), "{page}");
    assert!(page.contains("loading=\"eager\""), "{page}");
}

#[test]
fn where_an_issue_is_sold_must_be_there() {
    let run = site(&ISSUE.replace("/subscribe/", "/subscirbe/"), "").build().bad();
    assert_eq!(run.reports()[0], "F017 content/issues/seven.md:9:12");
    assert!(run.stderr.contains("did you mean `/subscribe/`"), "{}", run.stderr);
    for address in ["//evil.example/x", "http://", "javascript:alert(1)"] {
        let run = site(&ISSUE.replace("/subscribe/", &format!("\"{address}\"")), "").build().bad();
        assert_eq!(run.reports(), ["F017 content/issues/seven.md:9:12"], "{address}");
    }
}

/// A browser that prints the same two pages whatever it is given, and keeps what it was given.
#[cfg(unix)]
fn browser(site: &Site, pdf: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    fs::write(site.root().join("fake.pdf"), pdf).unwrap();
    let root = site.root().display();
    let script = format!(
        "#!/bin/sh\nfor argument; do\n  case $argument in\n    --print-to-pdf=*) to=${{argument#*=}} ;;\n    --user-data-dir=*) folder=$(dirname \"${{argument#*=}}\") ;;\n  esac\ndone\necho \"$argument\" >{root}/given.url\ncp \"$folder\"/issues/seven/print/index.html {root}/given.html\nls -R \"$folder\" >{root}/given.txt\ncp {root}/fake.pdf \"$to\"\n"
    );
    let path = site.root().join("browser.sh");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

/// Two pages, of which the second begins a story.
const PDF: &str = "%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R /Dests 5 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 9 9]>> endobj
3 0 obj <</Type /Page /Parent 2 0 R>> endobj
4 0 obj <</Type /Page /Parent 2 0 R>> endobj
5 0 obj <</story-1 [4 0 R /XYZ 0 9 0]>> endobj
trailer <</Root 1 0 R /Size 6>>
%%EOF
";

#[cfg(unix)]
#[test]
fn printing_puts_the_numbers_of_pages_into_the_contents() {
    let site = site(ISSUE, "See [the first](../stories/first.md).");
    let browser = browser(&site, PDF);
    let at = ["--at", "2024-08-12T00:00:00Z", "--browser", &browser];
    let run = site.podium(&[&["print"], at.as_slice()].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(run.stderr, "Printed “Three steps”, 2 pages\n");
    assert_eq!(run.stdout, "seven.pdf\n");
    assert_eq!(fs::read_to_string(site.root().join("seven.pdf")).unwrap(), PDF);
    let given = fs::read_to_string(site.root().join("given.html")).unwrap();
    assert!(given.contains("[data-page-of=\"story\\2d 1\"]::before{content:\"2\"}"), "{given}");
    let url = fs::read_to_string(site.root().join("given.url")).unwrap();
    assert!(
        url.starts_with("http://127.0.0.1:") && url.ends_with("/issues/seven/print/\n"),
        "{url}"
    );
    // Links are followed from the PDF, pictures and style are read from the disk.
    assert!(given.contains("<a href=\"https://games.example/stories/first/\">"), "{given}");
    assert!(given.contains("Published at https://games.example/issues/seven/"), "{given}");
    assert!(given.contains("script-src 'none'"), "{given}");
    let files = fs::read_to_string(site.root().join("given.txt")).unwrap();
    assert!(files.contains("print.") && files.contains("cover."), "{files}");
    // By its number and into another file.
    let run = site.podium(&[&["print", "7", "-o", "other.pdf"], at.as_slice()].concat());
    assert_eq!((run.status, run.stdout.as_str()), (0, "other.pdf\n"));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_printed_is_told() {
    let site = site(ISSUE, "");
    let fake = browser(&site, "no PDF");
    let at = ["--at", "2024-08-12T00:00:00Z", "--browser"];
    let print = |issue: &str, browser: &str| {
        site.podium(&[&["print", issue], at.as_slice(), &[browser]].concat())
    };
    let run = print("sevn", &fake);
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (2, "error: there is no issue `sevn`; did you mean `seven`?\n")
    );
    let other = "---\ntitle: Other\nnumber: 7\ndate: 2024-07-02\nstories: []\n---\n";
    let twice = site.file("content/issues/other.md", other);
    let run = twice.podium(&[&["print", "7"], at.as_slice(), &[&fake]].concat());
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("write one of seven, other"), "{}", run.stderr);
    let site = twice.without("content/issues/other.md");
    let print = |issue: &str, browser: &str| {
        site.podium(&[&["print", issue], at.as_slice(), &[browser]].concat())
    };
    let run = print("seven", "/no/such/browser");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("/no/such/browser"), "{}", run.stderr);
    let run = print("seven", "true");
    assert!(run.stderr.contains("made no PDF"), "{}", run.stderr);
    // A file that tells no pages is a PDF without numbers.
    let run = print("seven", &fake);
    assert!(run.stderr.contains("no numbers of pages"), "{}", run.stderr);
    let broken = site.story("first", "", "[a](no.md)");
    let run = broken.podium(&[&["print", "seven"], at.as_slice(), &[&fake]].concat());
    assert_eq!(
        (run.status, run.reports()),
        (1, vec!["B002 content/stories/first.md:5:5".to_owned()])
    );
}
