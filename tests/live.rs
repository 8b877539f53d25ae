//! Live blogs: a file of updates in, pages and data out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{EVENT, Run, Site};
use serde_json::Value;

/// A site with an event, an author and a live blog of it, built at a time.
fn site(front: &str, updates: &str) -> Site {
    Site::new()
        .file("content/events/judo/open.md", EVENT)
        .file("content/authors/ann-writer.md", "---\nname: Ann Writer\n---\n")
        .file("content/live/final.md", &blog(front, updates))
}

fn blog(front: &str, updates: &str) -> String {
    format!(
        "---\ntitle: The final, live\ndate: 2024-08-01 19:00\nevents: [judo/open]\n{front}---\nBefore it begins.\n\n{updates}"
    )
}

fn at(site: &Site, time: &str) -> Run {
    site.podium(&["build", "--at", time])
}

const ADDRESS: &str = "/live/final/";
const THREE: &str = "## 19:05 They bow {by=ann-writer}\n\nBoth *bow*.\n\n## 20:10 Gold for Lee {.key}\n\n<Podium event=\"judo/open\" />\n\n## 20:30 Thank you\n\nGood night.\n";

/// Ids of the updates of a page, in its order.
fn ids(html: &str) -> Vec<&str> {
    let articles = html.split("<article class=\"update").skip(1);
    articles.map(|rest| rest.split("id=\"").nth(1).unwrap().split('"').next().unwrap()).collect()
}

/// A blog of so many updates, a minute apart.
fn many(count: usize) -> String {
    (0..count)
        .map(|i| {
            let key = if i == 3 { " {.key}" } else { "" };
            let (hour, minute) = ((19 + i / 60) % 24, i % 60);
            format!("## {hour:02}:{minute:02} Update {i}{key}\n\nText {i}.\n\n")
        })
        .collect()
}

#[test]
fn updates_stand_newest_first_each_with_an_address_a_time_and_its_author() {
    let run = site("", THREE).build().good();
    let page = run.page(ADDRESS);
    assert_eq!(ids(&page), ["at-2024-08-01-2030", "at-2024-08-01-2010", "at-2024-08-01-1905"]);
    assert!(page.contains("<a href=\"/live/final/#at-2024-08-01-1905\"><time datetime=\"2024-08-01T19:05:00+02:00\">19:05</time></a> They bow</h3>"));
    assert!(page.contains("By <a href=\"/authors/ann-writer/\">Ann Writer</a>"));
    assert!(page.contains("<p>Both <em>bow</em>.</p>"));
    assert!(page.contains("<table class=\"podium\">"));
    assert!(page.contains("<p>Before it begins.</p>"));
    // The author's page knows of it, and so do the event and the lists.
    for list in ["/authors/ann-writer/", "/sports/judo/open/", "/stories/", "/"] {
        assert!(run.page(list).contains("href=\"/live/final/\""), "{list}");
    }
}

#[test]
fn key_moments_are_listed_and_pinned_updates_stand_above_all() {
    let updates = THREE.replace("{by=ann-writer}", "{.pinned}");
    let page = site("", &updates).build().good().page(ADDRESS);
    let moments =
        page.split("class=\"key-moments\"").nth(1).unwrap().split("</nav>").next().unwrap();
    assert_eq!(moments.matches("<li>").count(), 1);
    assert!(moments.contains("href=\"/live/final/#at-2024-08-01-2010\""));
    assert_eq!(ids(&page), ["at-2024-08-01-1905", "at-2024-08-01-2030", "at-2024-08-01-2010"]);
}

#[test]
fn the_home_page_and_the_event_say_live_while_the_coverage_runs() {
    let site = site("ended_at: 2024-08-01 21:00\n", THREE);
    for (time, coverage) in [
        ("2024-08-01T16:59:00Z", "upcoming"),
        ("2024-08-01T17:00:00Z", "running"),
        ("2024-08-01T18:59:59Z", "running"),
        ("2024-08-01T19:00:00Z", "ended"),
    ] {
        let run = at(&site, time).good();
        for page in ["/", "/sports/judo/open/"] {
            let says = run.page(page).contains("class=\"live-now\"");
            assert_eq!(says, coverage == "running", "{page} at {time}");
        }
        assert!(run.page(ADDRESS).contains(&format!("data-coverage=\"{coverage}\"")), "{time}");
        assert!(run.page("/stories/").contains(&format!("live-{coverage}")), "{time}");
    }
}

#[test]
fn older_updates_move_to_pages_that_keep_them() {
    let small = site("", &many(70)).build().good();
    assert_eq!(ids(&small.page(ADDRESS)).len(), 40);
    let first = small.page("/live/final/page/1/");
    assert_eq!(ids(&first).len(), 30);
    assert!(!small.has("/live/final/page/2/"));
    // The key moment leads to where it is now.
    assert!(small.page(ADDRESS).contains("href=\"/live/final/page/1/#at-2024-08-01-1903\""));

    let large = site("", &many(1000)).build().good();
    assert_eq!(ids(&large.page("/live/final/page/1/")), ids(&first));
    // Not a byte of a full page changes when there is more.
    let larger = site("", &many(1001)).build().good();
    assert!(large.page("/live/final/page/5/") == larger.page("/live/final/page/5/"));
    let own = large.page(ADDRESS);
    assert_eq!(ids(&own).len(), 40);
    assert!(own.len() < 40_000, "{} bytes", own.len());
    // Every update is somewhere, once.
    let mut all: Vec<String> = ids(&own).into_iter().map(str::to_owned).collect();
    let pages = (1..).map(|page| format!("/live/final/page/{page}/"));
    for page in pages.take_while(|page| large.has(page)) {
        all.extend(ids(&large.page(&page)).into_iter().map(str::to_owned));
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 1000);
}

#[test]
fn the_data_holds_the_newest_updates_as_the_page_has_them() {
    let run = site("", &(many(70) + "## 23:00 On top {.pinned}\n\nText.\n")).build().good();
    let data = run.page("/live/final/updates.json");
    let page = run.page(ADDRESS);
    let data: Value = serde_json::from_str(&data).unwrap();
    // Nobody has said when it ended, but a day has passed.
    assert_eq!(data["coverage"], "ended");
    assert_eq!(data["count"], 71);
    let updates = data["updates"].as_array().unwrap();
    // All that stand on the page, the newest with their texts.
    assert_eq!(updates.len(), 41);
    assert_eq!(updates[0]["pinned"], true);
    assert_eq!(updates[1]["id"], "at-2024-08-01-2009");
    assert_eq!(updates.iter().filter(|update| update["html"].is_string()).count(), 20);
    for update in updates {
        let html = update["html"].as_str().unwrap_or_default();
        assert!(page.contains(html), "{update}");
        let version = format!("data-version=\"{}\"", update["version"].as_str().unwrap());
        assert!(page.contains(&version), "{update}");
    }
    assert!(page.contains(data["key_moments"].as_str().unwrap()));
}

#[test]
fn headings_and_footnotes_of_updates_do_not_meet() {
    let updates = "## 19:05 a\n\n### Score\n\nOne[^1].\n\n[^1]: A.\n\n## 19:06 b\n\n### Score\n\nTwo[^1] and [three].\n\n[^1]: B.\n\n[three]: /medals/\n";
    let run = site("authors: [A]\nstandfirst: b\n", updates);
    let page = run.build().good().page(ADDRESS);
    let (later, earlier) = page.split_once("id=\"at-2024-08-01-1905\"").unwrap();
    let later = later.split("<main").nth(1).unwrap();
    assert!(later.contains("B.") && !later.contains("A.") && earlier.contains("A."), "{page}");
    assert!(page.contains("<h4 id=\"at-2024-08-01-1905--score\">"));
    assert!(page.contains("<h4 id=\"at-2024-08-01-1906--score\">"));
    assert!(page.contains("id=\"_fn-at-2024-08-01-1905--1\""));
    assert!(page.contains("<a href=\"/medals/\">three</a>"));
}

#[test]
fn links_lead_to_an_update_wherever_it_has_moved_to() {
    let link = |id: &str| format!("[x](../live/final.md#{id})");
    let site = site("", &many(70)).story(
        "a",
        "related: [final]\n",
        &(link("at-2024-08-01-1903") + " " + &link("at-2024-08-01-2009")),
    );
    let page = site.build().good().page("/stories/a/");
    assert!(page.contains("href=\"/live/final/page/1/#at-2024-08-01-1903\""), "{page}");
    assert!(page.contains("href=\"/live/final/#at-2024-08-01-2009\""), "{page}");
    let wrong = site.story("a", "", &link("at-2024-08-01-2300")).build().bad();
    assert_eq!(wrong.reports(), ["B003 content/stories/a.md:5:5"]);
}

#[test]
fn an_edit_of_one_update_changes_its_version_alone() {
    let versions = |updates: &str| -> Vec<(String, String)> {
        let data = site("", updates).build().good().page("/live/final/updates.json");
        let data: Value = serde_json::from_str(&data).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let updates = data["updates"].as_array().unwrap();
        updates.iter().map(|it| (text(&it["id"]), text(&it["version"]))).collect()
    };
    let before = versions(THREE);
    let after = versions(&THREE.replace("Good night.", "Good night, all."));
    let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0.0, "at-2024-08-01-2030");
}

#[test]
fn a_draft_or_a_blog_outside_its_time_is_nowhere() {
    let run = site("draft: true\n", THREE).build().good();
    assert!(!run.has(ADDRESS) && !run.has("/live/final/updates.json"));
    assert!(!run.page("/").contains("/live/final/"));
}

#[test]
fn a_live_blog_is_started_and_can_be_published() {
    let site = Site::new();
    let run = site.podium(&["new", "live", "Who wins?"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let path = site.root().join("content/live/who-wins.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replace("draft: true", "draft: false") + "\n## 14:05 First\n\nText.\n";
    let run = site.file("content/live/who-wins.md", &text).build().good();
    assert!(run.page("/live/who-wins/").contains("First"));
}

#[test]
fn every_mistake_in_the_headings_is_told_at_once() {
    let updates = "# 19:00 a\n\n## Background\n\n## 7.30 pm b\n\n## 19:05 c {.kye}\n\n## 19:06 d {by=ann-wirter}\n\n## 19:90 e\n\n## 19:04 f\n\n## 19:08 g\n";
    let run = site("", updates).build();
    let codes: Vec<String> =
        run.reports().iter().map(|it| it.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(codes, ["B013", "B013", "B013", "B015", "B013", "B014"], "{}", run.stderr);
    assert!(run.stderr.contains("did you mean `.key`?"), "{}", run.stderr);
    let run = site("", "## 19:06 d {by=ann-wirter}\n").build().bad();
    assert_eq!(run.reports(), ["G007 content/live/final.md:8:16"]);
    assert!(run.stderr.contains("did you mean `ann-writer`?"), "{}", run.stderr);
}

#[test]
fn what_updates_share_is_told_in_each_and_nothing_is_lost() {
    let updates = "## 19:05 a\n\nOne[^s] and [l].\n\n## 19:06 b\n\nTwo[^s].\n\n[^s]: The source.\n\n[l]: /medals/\n";
    let site = site("", updates);
    let run = site.build().good();
    let page = run.page(ADDRESS);
    assert_eq!(page.matches("The source.").count(), 2, "{page}");
    assert!(page.contains("<a href=\"/medals/\">l</a>"));
    assert!(
        !page.contains("&quot;articleBody&quot;:&quot;One[^s]")
            && page.contains("\"articleBody\":\"One and l.\"")
    );
    // A mistake within is told with its place.
    let wrong =
        site.file("content/live/final.md", &blog("", &updates.replace("/medals/", "/medal/")));
    assert_eq!(wrong.build().bad().reports(), ["B002 content/live/final.md:10:13"]);
}

#[test]
fn an_update_that_is_half_written_takes_nothing_from_the_others() {
    let updates = "## 19:05 a\n\nOne[^s] and [l].\n\n> [q]: /schedule/\n\n[^s]: Src.\n\n[l]: /medals/\n\n## 19:07 c\n\nThree[^s] and [l] and [q].\n\n```\nopen\n";
    let page = site("", updates).build().good().page(ADDRESS);
    let last = page.split("id=\"at-2024-08-01-1905\"").next().unwrap();
    assert!(last.contains("<a href=\"/medals/\">l</a> and <a href=\"/schedule/\">q</a>"), "{last}");
    assert!(last.contains("<code>open\n</code>") && last.contains("Src."), "{last}");
}

#[test]
fn headings_and_ids_of_updates_never_meet() {
    let updates =
        "## 19:05 a\n\n### 2\n\nText.\n\n## 19:05 b {#kick-off}\n\n### Kick-off\n\n## 19:05 c\n";
    let site = site("authors: [A]\nstandfirst: b\n", updates);
    site.file(
        "content/live/final.md",
        &blog(
            "authors: [A]\nstandfirst: b\nended_at: 2024-08-01\n",
            &format!("### Kick-off\n\nText.\n\n{updates}"),
        ),
    )
    .check()
    .good();
}

#[test]
fn a_link_within_a_blog_follows_its_update() {
    let updates = many(70)
        .replace("Text 69.", "[x](#at-2024-08-01-1903) [y](/live/final/#at-2024-08-01-1903)");
    let page = site("", &updates).build().good().page(ADDRESS);
    assert_eq!(page.matches("href=\"/live/final/page/1/#at-2024-08-01-1903\"").count(), 3);
}

#[test]
fn crossing_midnight_changes_nothing_that_was_there() {
    let versions = |updates: &str| {
        let data = site("", updates).build().good().page("/live/final/updates.json");
        let data: Value = serde_json::from_str(&data).unwrap();
        let all: Vec<String> = data["updates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["version"].to_string())
            .collect();
        all
    };
    let before = versions(THREE);
    let after = versions(&format!("{THREE}\n## 00:01 Good morning\n\nText.\n"));
    assert_eq!(before[..], after[1..]);
}

#[test]
fn a_blog_without_a_byline_is_by_those_who_write_its_updates() {
    let page = site("", THREE).build().good().page(ADDRESS);
    let head = page.split("class=\"story-meta\"").nth(1).unwrap();
    assert!(
        head.starts_with(">\n<p class=\"byline\">By <a href=\"/authors/ann-writer/\">"),
        "{head}"
    );
    assert!(page.contains("\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Writer\""));
}

#[test]
fn a_broken_theme_accuses_no_blog() {
    let site = site("", THREE)
        .file("site.toml", &format!("{}theme = \"mine\"\n", common::SITE))
        .file("themes/mine/theme.toml", "extends = \"podium\"\n")
        .file("themes/mine/templates/footer.html", "{% if %}");
    assert_eq!(site.build().bad().reports().len(), 1);
}

#[test]
fn feeds_and_the_sitemap_know_live_blogs() {
    let run = site("", &many(70)).build().good();
    let feed = run.page("/feed.xml");
    assert!(feed.contains(":live/final</id>"), "{feed}");
    assert!(feed.contains("<updated>2024-08-01T20:09:00+02:00</updated>"));
    let text = feed.split("<content").nth(1).unwrap();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(
        place("Before it begins.") < place("Update 69") && place("Update 69") < place("Update 68")
    );
    assert!(text.contains("href=&quot;https://games.example/live/final/#at-2024-08-01-2009&quot;"));
    let sitemap = run.page("/sitemap.xml");
    assert!(sitemap.contains("<loc>https://games.example/live/final/</loc>"));
    assert!(sitemap.contains("<loc>https://games.example/live/final/page/1/</loc>"));
    assert!(sitemap.contains("<lastmod>2024-08-01T20:09:00+02:00</lastmod>"));
    assert!(!sitemap.contains("updates.json"));
}

#[test]
fn a_day_after_its_last_update_a_blog_that_nobody_ended_is_over() {
    let blog = site("", "## 19:00 They are under way\n\nText.\n");
    let coverage = |at: &str| -> String {
        let run = blog.podium(&["build", "--at", at]);
        let data: Value = serde_json::from_str(&run.page("/live/final/updates.json")).unwrap();
        data["coverage"].as_str().unwrap().to_owned()
    };
    assert_eq!(coverage("2024-08-02 18:59"), "running");
    assert_eq!(coverage("2024-08-02 19:00"), "ended");
    assert_eq!(coverage("2026-08-02"), "ended");
}
