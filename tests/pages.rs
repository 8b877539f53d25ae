//! What readers find on the pages.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{EVENT, PNG, SITE, Site, podium};

/// Every address that a page leads to, the site's own alone.
fn links(html: &str) -> Vec<String> {
    let mut links: Vec<String> = ["href=\"/", "src=\"/"]
        .iter()
        .flat_map(|start| html.split(start).skip(1))
        .map(|rest| format!("/{}", rest.split(['"', '#']).next().unwrap()))
        .collect();
    links.sort();
    links.dedup();
    links
}

#[test]
fn no_link_of_the_sample_site_is_dead() {
    let site = Site::sample();
    let run = site.build().good();
    let mut seen = 0;
    for (path, bytes) in common::tree(&site.public()) {
        if !path.ends_with(".html") {
            continue;
        }
        for link in links(&String::from_utf8(bytes).unwrap()) {
            assert!(run.has(&link), "{path} leads to {link}");
            seen += 1;
        }
    }
    assert!(seen > 1_000);
}

#[test]
fn a_story_shows_all_that_stands_around_it() {
    let page = Site::sample().build().good().page("/stories/one-phone-three-flags/");
    for expected in [
        "<h1>One phone, three flags</h1>",
        "<p class=\"standfirst\">",
        "By <a href=\"/authors/meridian-wire/\">Meridian Wire</a>",
        "<time datetime=\"2024-07-31T12:45:00+05:30\">31 July 2024, 12:45 IST</time>",
        "<span class=\"place\">Seoul</span>",
        "1 minute to read",
        "width=\"1280\" height=\"720\"",
        "<span class=\"credit\">Illustration: Podium</span>",
        "<span class=\"read-word\">Read</span>",
        "<h2>Correction</h2>",
        "<a href=\"/issues/\">Latest issue</a>",
        "Printed in <a href=\"/issues/paris/\">Three steps, one picture</a>",
        "<a href=\"/sports/table-tennis/mixed-doubles/\">",
        "<a href=\"/athletes/lim-jong-hoon/\">",
        "<a href=\"/nations/prk/\">North Korea</a>",
        "<a href=\"/tags/korea/\" rel=\"tag\">Korea</a>",
        "<link rel=\"canonical\" href=\"https://podium.example.org/stories/one-phone-three-flags/\">",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
}

#[test]
fn what_a_story_names_links_back_to_it() {
    let run = Site::sample().build().good();
    let story = "href=\"/stories/one-phone-three-flags/\"";
    for address in [
        "/",
        "/stories/",
        "/sports/table-tennis/",
        "/sports/table-tennis/mixed-doubles/",
        "/athletes/ri-jong-sik/",
        "/nations/kor/",
        "/venues/south-paris-arena-4/",
        "/authors/meridian-wire/",
        "/tags/korea/",
    ] {
        assert!(run.page(address).contains(story), "{address}");
    }
}

#[test]
fn a_podium_recorded_once_is_true_everywhere() {
    let run = Site::sample().build().good();
    let tie = run.page("/sports/swimming/mens-100m-breaststroke/");
    assert_eq!(tie.matches("class=\"place-silver\"").count(), 2);
    assert!(tie.contains("Not awarded"));
    assert!(run.page("/athletes/adam-peaty/").contains("medal-silver"));
    assert!(run.page("/nations/gbr/").contains("/sports/swimming/mens-100m-breaststroke/"));
    assert_eq!(
        run.page("/sports/judo/men-over-100-kg/").matches("class=\"place-bronze\"").count(),
        2
    );
    let medals = run.page("/medals/");
    let row = medals.split("<tr>").find(|row| row.contains("/nations/kor/")).unwrap();
    // A team's medal counts once: three for South Korea, not eight.
    assert!(row.contains("<td class=\"num\">0</td><td class=\"num\">1</td><td class=\"num\">2</td><td class=\"num total\">3</td>"), "{row}");
    let home = run.page("/");
    let leader = home.split("<section class=\"medal-strip\"").nth(1).unwrap();
    let leader = leader.split("<li>").nth(1).unwrap();
    assert!(leader.contains("title=\"China\">CHN</abbr>"), "{leader}");
    for (medal, number) in [("Gold", 5), ("Silver", 1), ("Bronze", 0)] {
        assert!(
            leader.contains(&format!("<span class=\"sr\">{medal} </span>{number}<")),
            "{leader}"
        );
    }
    assert!(run.page("/nations/kor/").contains("Rank 11 in the medal table"), "{row}");
}

#[test]
fn nations_have_their_flags_and_teams_without_one_a_plain_mark() {
    let podium = "---\ntitle: A\npodium:\n  gold: [{nation: AIN, athletes: [Mia]}]\n  silver: [{nation: KEN, athletes: [Ola]}]\n  bronze: [{nation: TPE, athletes: [Yu]}, {nation: EOR, athletes: [Cy]}]\n---\n";
    let site = Site::new().file("content/events/tennis/a.md", podium);
    let run = site.build().good();
    let page = run.page("/sports/tennis/a/");
    assert!(page.contains("<img class=\"nation-flag\" src=\"/flags/ken.png\" alt=\"\""), "{page}");
    assert_eq!(page.matches("<span class=\"nation-flag no-flag\"></span>").count(), 3, "{page}");
    let flags: Vec<String> = common::tree(&site.public())
        .into_keys()
        .filter(|path| path.starts_with("flags/"))
        .collect();
    assert_eq!(flags, ["flags/ken.png"]);
    assert!(std::fs::read(site.public().join("flags/ken.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn neutral_athletes_have_medals_but_stand_in_no_table() {
    let run = Site::new()
        .file("content/events/tennis/a.md", "---\ntitle: A\npodium:\n  gold: [{nation: AIN, athletes: [Mia]}]\n  silver: [{nation: EOR, athletes: [Ola]}]\n---\n")
        .build()
        .good();
    let medals = run.page("/medals/");
    let (table, after) = medals.split_once("</table>").unwrap();
    assert!(!table.contains("/nations/ain/") && table.contains("/nations/eor/"));
    assert!(after.contains("/nations/ain/"));
    assert!(run.page("/athletes/mia/").contains("medal-gold"));
    assert!(run.page("/nations/ain/").contains("stand in no table"));
}

#[test]
fn a_nation_file_decides_about_name_and_table() {
    let run = Site::small()
        .file(
            "content/nations/kor.md",
            "---\nname: South Korea\nin_medal_table: false\n---\nHouse style.\n",
        )
        .build()
        .good();
    assert!(run.page("/nations/kor/").contains("House style."));
    assert!(run.page("/sports/judo/open/").contains("South Korea"));
    assert!(!run.page("/medals/").split("</table>").next().unwrap().contains("South Korea"));
}

#[test]
fn drafts_and_stories_outside_their_time_are_not_published() {
    let site = Site::new()
        .story("draft", "draft: true\n", "")
        .story("early", "publish_at: 2024-08-12 02:00\n", "")
        .story("in-time", "publish_at: 2024-08-12T02:00:00+02:00\nexpire_at: 2024-08-13\n", "")
        .story("later", "publish_at: 2024-08-12T00:00:01Z\n", "")
        .story("over", "expire_at: 2024-08-12T00:00:00Z\n", "")
        .file(
            "content/stories/bundle/index.md",
            "---\ntitle: x\ndate: 2024-08-01\ndraft: true\n---\n",
        )
        .file("content/stories/bundle/secret.png", "x")
        .file("content/stories/bundle/more/secret.png", "x")
        .file("content/stories/bundle2.png", "x")
        .file("content/page.md", "---\ntitle: x\ndraft: true\n---\n");
    let run = site.build().good();
    let shown = |name: &str| run.has(&format!("/stories/{name}/"));
    assert!(shown("early") && shown("in-time") && run.has("/stories/bundle2.png"));
    assert!(!shown("draft") && !shown("later") && !shown("over") && !run.has("/page/"));
    assert!(!run.has("/stories/bundle/secret.png") && !run.has("/stories/bundle/more/secret.png"));
    let run = site.argument("--drafts").build().good();
    assert!(run.has("/stories/draft/") && run.has("/stories/later/") && run.has("/stories/over/"));
    assert!(run.has("/stories/bundle/secret.png") && run.has("/page/"));
    assert!(run.page("/stories/draft/").contains("<span class=\"flag\">Draft</span>"));
}

#[test]
fn a_link_to_a_draft_becomes_words() {
    let site = Site::new()
        .story("a", "related: [b]\n", "See [the draft](b.md).\n\n<Read story=\"b\"/>")
        .story("b", "draft: true\n", "");
    let run = site.build();
    assert_eq!(run.reports(), ["B010 content/stories/a.md:6:17", "B010 content/stories/a.md:8:7"]);
    let page = run.page("/stories/a/");
    assert!(page.contains("See <a>the draft</a>.") && !page.contains("/stories/b/"), "{page}");
}

#[test]
fn an_alias_leads_to_the_new_address() {
    let run = Site::new().story("a", "aliases: [old/address/, 2024/x.html]\n", "").build().good();
    for address in ["/old/address/", "/2024/x.html"] {
        let page = run.page(address);
        assert!(page.contains("content=\"0; url=/stories/a/\""), "{page}");
        assert!(
            page.contains("<link rel=\"canonical\" href=\"https://games.example/stories/a/\">")
        );
    }
}

#[test]
fn a_site_may_lie_below_a_path() {
    let site = Site::small()
        .story("b", "aliases: [old]\n", "[a](first.md#x) [b](/medals/) ![c](c.png)\n\n## X\n")
        .bytes("content/stories/c.png", PNG)
        .story("first", "", "## X\n");
    let run = site.argument("--base-url").argument("https://news.example/games").build().good();
    let page = run.page("/stories/b/");
    assert!(page.contains("href=\"/games/stories/first/#x\""), "{page}");
    assert!(page.contains("href=\"/games/medals/\"") && page.contains("src=\"/games/pictures/c."));
    assert!(page.contains("href=\"https://news.example/games/stories/b/\""));
    assert!(run.page("/old/").contains("url=/games/stories/b/"));
    for link in links(&page) {
        assert!(run.has(link.strip_prefix("/games").expect(&link)), "{link}");
    }
}

#[test]
fn two_people_of_one_name_have_two_pages() {
    let site = Site::new()
        .file(
            "content/events/judo/a.md",
            "---\ntitle: A\npodium:\n  gold: [{nation: KOR, athletes: [Kim Min-jong]}]\n---\n",
        )
        .file(
            "content/events/golf/b.md",
            "---\ntitle: B\npodium:\n  gold: [{nation: PRK, athletes: [Kim Min-jong]}]\n---\n",
        )
        .story("clear", "athletes: [Kim Min-jong (PRK)]\n", "")
        .story("by-event", "athletes: [Kim Min-jong]\nevents: [judo/a]\n", "");
    let run = site.build().good();
    assert!(run.page("/athletes/kim-min-jong-kor/").contains("/stories/by-event/"));
    assert!(run.page("/athletes/kim-min-jong-prk/").contains("/stories/clear/"));
    assert!(!run.has("/athletes/kim-min-jong/"));
}

#[test]
fn an_alias_of_an_athlete_is_the_same_person() {
    let run = Site::small()
        .file(
            "content/athletes/ann-lee.md",
            "---\nname: Ann Lee\nnation: KOR\naliases: [LEE Ann]\n---\n",
        )
        .file(
            "content/events/judo/b.md",
            "---\ntitle: B\npodium:\n  gold: [{nation: South Korea, athletes: [LEE Ann]}]\n---\n",
        )
        .file("content/nations/kor.md", "---\nname: South Korea\n---\n")
        .story("a", "athletes: [Lee Ann, ann lee]\n", "")
        .build()
        .good();
    let page = run.page("/athletes/ann-lee/");
    let medals = page.split("<ul class=\"won").nth(1).unwrap().split("</ul>").next().unwrap();
    assert_eq!(medals.matches("medal-gold").count(), 2, "{page}");
    assert!(page.contains("/stories/a/") && !run.has("/athletes/lee-ann/"));
}

#[test]
fn who_is_named_anywhere_has_a_page() {
    let run = Site::new()
        .story("a", "athletes: [Zoe Nobody]\nsports: [Modern pentathlon]\nauthors: [A. Writer]\ntags: [Fair play]\nnations: [FIJ]\n", "")
        .build()
        .good();
    for address in [
        "/athletes/zoe-nobody/",
        "/sports/modern-pentathlon/",
        "/authors/a-writer/",
        "/tags/fair-play/",
        "/nations/fij/",
    ] {
        assert!(run.page(address).contains("/stories/a/"), "{address}");
    }
}

#[test]
fn long_lists_go_over_pages() {
    let mut site = Site::new().file("site.toml", &format!("{SITE}[lists]\nper_page = 2\n"));
    for i in 1..=5 {
        site = site.story(&format!("s{i}"), &format!("tags: [t]\nupdated: 2024-08-0{i}\n"), "");
    }
    let run = site.build().good();
    for list in ["/stories/", "/tags/t/"] {
        let (first, second, third) = (
            run.page(list),
            run.page(&format!("{list}page/2/")),
            run.page(&format!("{list}page/3/")),
        );
        assert_eq!(first.matches("class=\"card\"").count(), 2, "{list}");
        assert_eq!(third.matches("class=\"card\"").count(), 1, "{list}");
        assert!(first.contains(&format!("rel=\"next\" href=\"{list}page/2/\"")));
        assert!(second.contains(&format!("rel=\"prev\" href=\"{list}\"")));
        assert!(!run.has(&format!("{list}page/4/")));
    }
}

#[test]
fn the_newest_story_leads_unless_another_is_chosen() {
    let site = Site::new()
        .file("content/stories/old.md", "---\ntitle: Old\ndate: 2024-08-01 10:00\n---\n")
        .file("content/stories/new.md", "---\ntitle: New\ndate: 2024-08-01 11:00\n---\n");
    let lead = |page: String| {
        page.split("<section class=\"lead\"").nth(1).unwrap().split("href=\"").nth(1).unwrap()[..13]
            .to_owned()
    };
    assert_eq!(lead(site.build().good().page("/")), "/stories/new/");
    let site = site.file("site.toml", &format!("{SITE}[home]\nlead = \"old\"\n"));
    assert_eq!(lead(site.build().good().page("/")), "/stories/old/");
}

#[test]
fn a_picture_that_moves_with_its_story_is_found() {
    let site = Site::new()
        .file("content/stories/2024/trip/index.md", "---\ntitle: Trip\ndate: 2024-08-01\nimage: {src: p.svg, alt: A}\n---\n![B](p.svg)\n\n<Photo src=\"p.svg\" alt=\"C\"/>\n")
        .file("content/stories/2024/trip/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>");
    let page = site.build().good().page("/stories/trip/");
    assert_eq!(page.matches("<img src=\"/stories/2024/trip/p.svg\"").count(), 3, "{page}");
    assert_eq!(page.matches("width=\"4\" height=\"3\"").count(), 3, "{page}");
}

#[test]
fn a_child_theme_changes_what_it_wants_and_no_more() {
    let site = Site::sample();
    let default = site.build().good().page("/stories/one-phone-three-flags/");
    let text = std::fs::read_to_string(site.root().join("site.toml")).unwrap();
    let site =
        site.file("site.toml", &text.replace("theme = \"podium\"", "theme = \"broadsheet\""));
    let run = site.build().good();
    let child = run.page("/stories/one-phone-three-flags/");
    // A block of the parent's template of the same name, with the parent's text in it.
    assert!(
        child.contains("<p class=\"nameplate-line\">Seoul, Wednesday 31 July 2024</p>"),
        "{child}"
    );
    assert!(child.contains("<p class=\"kicker\">"));
    // A template, words, colours and the style sheet.
    assert!(child.contains("Full medal table") && !default.contains("Full medal table"));
    assert!(child.contains("<span class=\"read-word\">See also</span>"));
    let sheet = |page: &str| {
        page.split("href=\"")
            .find(|rest| rest.starts_with("/assets/style."))
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_ne!(sheet(&child), sheet(&default));
    let css = run.page(&sheet(&child));
    assert!(
        css.contains("--paper: #fbf6ec")
            && !css.contains("--paper: #fffdf9")
            && css.contains(".nameplate-line")
            && css.contains(".card-title")
    );
}

#[test]
fn themes_may_extend_each_other_to_any_depth() {
    let run = Site::new()
        .file("site.toml", &format!("{SITE}theme = \"a\"\n"))
        .file("themes/a/theme.toml", "extends = \"b\"")
        .file("themes/b/theme.toml", "extends = \"c\"")
        .file("themes/c/theme.toml", "extends = \"podium\"")
        .file("themes/a/templates/footer.html", "A")
        .file("themes/b/templates/footer.html", "B")
        .file(
            "themes/b/templates/parts2.html",
            "{% component Two() %}<p>two</p>{% endcomponent Two %}",
        )
        .file(
            "themes/c/templates/medals.html",
            "{% extends \"podium/medals.html\" %}{% block title %}C{% endblock title %}",
        )
        .story("x", "", "<Two/>")
        .build()
        .good();
    let page = run.page("/medals/");
    assert!(
        page.contains("<title>C</title>") && page.contains("\nA\n") && !page.contains("\nB\n"),
        "{page}"
    );
    assert!(run.page("/stories/x/").contains("<p>two</p>"));
}

#[test]
fn everything_else_is_copied_to_the_same_place() {
    let run = Site::new()
        .bytes("content/files/data set.pdf", &[0, 159, 146, 150])
        .file("content/.well-known/security.txt", "x")
        .file("content/.DS_Store", "x")
        .file("content/stories/a.md~", "x")
        .build()
        .good();
    assert!(run.has("/files/data set.pdf") && run.has("/.well-known/security.txt"));
    assert!(!run.has("/.DS_Store") && !run.has("/stories/a.md~"));
}

#[test]
fn plain_pages_lie_where_their_files_do() {
    let run = Site::new()
        .file("content/about.md", "---\ntitle: About\n---\n")
        .file("content/help/index.md", "---\ntitle: Help\n---\n[a](../about.md) [b](contact.md)\n")
        .file("content/help/contact.md", "---\ntitle: Contact\naliases: [contact]\n---\n")
        .build()
        .good();
    assert!(
        run.page("/help/").contains("href=\"/about/\"")
            && run.page("/help/").contains("href=\"/help/contact/\"")
    );
    assert!(run.has("/contact/"));
}

#[test]
fn a_new_site_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let run =
        |arguments: &[&str]| podium().current_dir(folder.path()).args(arguments).output().unwrap();
    assert!(run(&["init", "t", "--title", "Our \"Games\""]).status.success());
    let output = run(&["--root", "t", "build", "--strict", "--base-url", "https://games.example/"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let home = std::fs::read_to_string(folder.path().join("t/public/index.html")).unwrap();
    assert!(home.contains("Our &quot;Games&quot;"));
    assert_eq!(run(&["init", "t"]).status.code(), Some(2));
}

#[test]
fn what_new_starts_builds_and_is_never_overwritten() {
    let site = Site::new();
    for arguments in [
        &["new", "story", "Biles: \"the last\" floor"][..],
        &["new", "story", "--bundle", "Two"],
        &["new", "event", "judo/mens-100-kg"],
        &["new", "athlete", "Lim Jong-hoon", "--nation", "kor"],
    ] {
        let run = site.podium(arguments).good();
        assert!(site.root().join(run.stdout.trim()).is_file(), "{}", run.stdout);
        assert_eq!(site.podium(arguments).status, 1);
    }
    assert!(site.root().join("content/stories/two/index.md").is_file());
    assert_eq!(site.podium(&["new", "event", "judo"]).status, 2);
    assert_eq!(site.podium(&["new", "story", "!!!"]).status, 2);
    let run = site.argument("--drafts").build().good();
    assert!(
        run.page("/stories/biles-the-last-floor/").contains("Biles: &quot;the last&quot; floor")
    );
    assert!(
        run.page("/sports/judo/mens-100-kg/").contains("Judo:</a> Men&#39;s 100 kg</h1>")
            && run.has("/athletes/lim-jong-hoon/")
    );
}

#[test]
fn completions_are_written_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = Site::new().podium(&["completions", shell]).good();
        assert!(run.stdout.contains("message-format"), "{shell}");
    }
}

#[test]
fn an_event_before_its_day_has_a_page_that_says_so() {
    let run = Site::new()
        .file("content/events/judo/open.md", &EVENT[..EVENT.find("podium:").unwrap()].replace("official", "scheduled"))
        .file("content/events/judo/open.md", "---\ntitle: Open\nsessions: [{name: Final, start: 2024-08-20 20:00, medal: true}]\n---\n")
        .story("a", "", "<Podium event=\"judo/open\"/>\n\n<Schedule event=\"judo/open\"/>")
        .build()
        .good();
    assert!(run.page("/sports/judo/open/").contains("once it has been decided"));
    assert!(
        run.page("/stories/a/").contains("once it has been decided")
            && run.page("/stories/a/").contains(">20 Aug, 20:00</time>")
    );
}

#[test]
fn a_file_name_is_found_in_either_form_of_unicode() {
    let (composed, decomposed) = ("gr\u{F6}\u{DF}e.png", "gro\u{308}\u{DF}e.png");
    for (on_disk, in_text) in [(composed, decomposed), (decomposed, composed)] {
        let run = Site::new()
            .bytes(&format!("content/stories/{on_disk}"), PNG)
            .story("a", "", &format!("![a]({in_text})"))
            .build()
            .good();
        let page = run.page("/stories/a/");
        let src = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap();
        let path = percent(src);
        assert!(run.has(&path), "{path}");
    }
}

/// An address without its percent signs.
fn percent(address: &str) -> String {
    let mut parts = address.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn headings_keep_their_letters_in_any_script() {
    let run = Site::new()
        .story("a", "", "## 결승전\n\n## Quelques éléments\n\n## Own {#Mine}\n\n[x](#결승전)")
        .story("b", "", "[x](a.md#quelques-éléments) [y](a.md#quelques-elements) [z](a.md#Mine)")
        .build()
        .good();
    let page = run.page("/stories/a/");
    for id in ["결승전", "quelques-éléments", "Mine"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{page}");
    }
    let page = run.page("/stories/b/");
    // Also as it was called before.
    assert_eq!(page.matches("/stories/a/#quelques-%C3%A9l%C3%A9ments").count(), 2, "{page}");
    assert!(page.contains("/stories/a/#Mine"));
}

#[test]
fn addresses_are_in_the_letters_that_a_site_wants() {
    let site = || {
        Site::new()
            .file(
                "content/stories/卓球の決勝.md",
                "---\ntitle: a\ndate: 2024-08-01\ntags: [卓球]\n---\n",
            )
            .file(
                "content/stories/결승전.md",
                "---\ntitle: b\ndate: 2024-08-01\nathletes: [임종훈]\n---\n",
            )
    };
    let run = site().build().good();
    assert!(run.has("/stories/卓球の決勝/") && run.has("/tags/zhuo-qiu/"));
    assert!(run.page("/").contains("/stories/%E5%8D%93%E7%90%83%E3%81%AE%E6%B1%BA%E5%8B%9D/"));
    assert!(!run.has("/stories/결승전/"));
    for setting in ["[slugs]\nscript = \"native\"\n", "language = \"ja\"\n"] {
        let run = site().file("site.toml", &format!("{SITE}{setting}")).build();
        assert_eq!(run.status, 0, "{}", run.stderr);
        for address in
            ["/stories/卓球の決勝/", "/tags/卓球/", "/stories/결승전/", "/athletes/임종훈/"]
        {
            assert!(run.has(address), "{setting}: {address}");
        }
    }
}

#[test]
fn one_story_may_have_raw_html() {
    let run = Site::new().story("a", "raw_html: true\n", "a <b>c</b>").build().good();
    assert!(run.page("/stories/a/").contains("<p>a <b>c</b></p>"));
    let toml = format!("{SITE}[markdown]\nraw_html = true\n");
    Site::new()
        .file("site.toml", &toml)
        .story("a", "raw_html: false\n", "a <b>c</b>")
        .build()
        .bad();
}

#[test]
fn a_page_with_a_player_is_no_film() {
    for src in ["https://www.youtube.com/watch?v=x", "https://youtu.be/x", "https://vimeo.com/1"] {
        let run = Site::new().story("a", "", &format!("<Video src=\"{src}\"/>")).build().bad();
        assert_eq!(run.reports(), ["B006 content/stories/a.md:5:8"]);
        assert!(run.stderr.contains("<YouTube id="), "{}", run.stderr);
    }
    Site::new().story("a", "", "<Video src=\"https://cdn.example/a.mp4\"/>").build();
}

#[test]
fn unusual_signs_in_addresses_are_encoded() {
    let body = "[a](https://a.example/x|y) [b](<https://b.example/{z}^>) [c](https://c.example/100%) \
        [d](https://例え.jp/日)";
    let page = Site::new().story("a", "", body).build().good().page("/stories/a/");
    for href in [
        "https://a.example/x%7Cy",
        "https://b.example/%7Bz%7D%5E",
        "https://c.example/100%25",
        "https://例え.jp/%E6%97%A5",
    ] {
        assert!(page.contains(&format!("href=\"{href}\"")), "{page}");
    }
}

/// A site of so many stories of three sports; every third has a picture.
fn newsroom(stories: usize) -> Site {
    (0..stories).fold(Site::new().bytes("content/stories/p.png", PNG), |site, i| {
        let sport = ["Judo", "Rowing", "Fencing"][i % 3];
        let day = format!("2024-08-{:02} {:02}:00", 1 + i / 24 % 11, i % 24);
        let picture = if i % 3 == 0 { "image: {src: p.png, alt: A field}\n" } else { "" };
        let story =
            format!("---\ntitle: Story {i}\ndate: {day}\nsports: [{sport}]\n{picture}---\nText.\n");
        site.file(&format!("content/stories/s{i}.md"), &story)
    })
}

#[test]
fn the_front_has_a_lead_seconds_with_pictures_the_latest_and_sections_and_no_story_twice() {
    let run = newsroom(40).build().good();
    let home = run.page("/");
    let front = home.split("<main").nth(1).unwrap();
    let titles: Vec<&str> = front.split("href=\"/stories/s").skip(1).collect();
    let mut numbers: Vec<&str> =
        titles.iter().map(|rest| rest.split('/').next().unwrap()).collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count, "a story stands twice");
    let seconds =
        front.split("class=\"seconds\"").nth(1).unwrap().split("class=\"columns\"").next();
    assert_eq!(seconds.unwrap().matches("card has-image").count(), 3);
    let sections = front.split("<div class=\"sections\">").nth(1).unwrap();
    for sport in ["Judo", "Rowing", "Fencing"] {
        assert!(
            sections.contains(&format!("/sports/{}/\">{sport}</a></h2>", sport.to_lowercase()))
        );
    }
}

#[test]
fn the_front_is_whole_with_one_story_and_with_none() {
    for stories in [0, 1] {
        let home = newsroom(stories).build().good().page("/");
        assert_eq!(home.matches("<article class=\"card").count(), stories, "{home}");
        assert!(!home.contains("class=\"seconds\"") && !home.contains("class=\"sections\""));
    }
}

#[test]
fn an_editor_picks_what_stands_on_the_front() {
    let config = "[home]\nlead = \"s4\"\nseconds = [\"s1\", \"s2\"]\nsections = [\"fencing\"]\n";
    let site = newsroom(40).file("site.toml", &format!("{SITE}{config}"));
    let home = site.build().good().page("/");
    let order: Vec<usize> = ["/stories/s4/", "/stories/s1/", "/stories/s2/"]
        .iter()
        .map(|story| home.find(story).unwrap())
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    let sections = home.split("<div class=\"sections\">").nth(1).unwrap();
    let first = sections.split("<h2").nth(1).unwrap();
    assert!(first.contains("/sports/fencing/"), "{first}");
    let wrong = "[home]\nseconds = [\"s99\"]\nsections = [\"fencig\"]\n";
    let run = newsroom(4).file("site.toml", &format!("{SITE}{wrong}")).build().bad();
    assert_eq!(run.reports(), ["C004 site.toml:6:12", "C004 site.toml:7:13"]);
    assert!(run.stderr.contains("\"fencing\""), "{}", run.stderr);
}

#[test]
fn the_foot_of_pages_says_what_the_house_says_of_itself() {
    let house = "[publisher]\ncopyright = \"© 2024 The Desk\"\ncontact = \"mailto:desk@example.org\"\ncorrections_policy = \"/about/\"\n[[menu]]\ntitle = \"Subscribe\"\nurl = \"/about/\"\nstyle = \"button\"\n";
    let site = Site::small().file("site.toml", &format!("{SITE}{house}"));
    let about = "---\ntitle: About\n---\nWho we are.\n";
    let home = site.file("content/about.md", about).build().good().page("/");
    let foot = home.split("<footer").nth(1).unwrap();
    for part in [
        "© 2024 The Desk",
        "href=\"mailto:desk@example.org\"",
        "href=\"/about/\">Corrections policy",
    ] {
        assert!(foot.contains(part), "{part}: {foot}");
    }
    assert!(home.contains("<a class=\"menu-button\" href=\"/about/\">Subscribe</a>"), "{home}");
    let wrong = "[publisher]\ncontact = \"desk@example.org\"\ncorrections_policy = \"/policy/\"\n";
    let run = Site::small().file("site.toml", &format!("{SITE}{wrong}")).build().bad();
    assert_eq!(run.reports(), ["C004 site.toml:6:11", "C004 site.toml:7:22"]);
}

#[test]
fn a_language_that_runs_from_right_to_left_says_so() {
    for (language, direction) in
        [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ur-Latn", "ltr")]
    {
        let site = format!("language = \"{language}\"\n{SITE}");
        let home = Site::small().file("site.toml", &site).build().page("/");
        assert!(
            home.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")),
            "{home}"
        );
    }
}

#[test]
fn a_day_has_what_is_decided_first_and_like_sessions_in_one_row() {
    let sessions: String = (1..=3)
        .map(|heat| {
            format!("  - {{name: Heat {heat}, start: 2024-08-02T10:{heat}0:00+02:00, status: scheduled}}\n")
        })
        .collect();
    let event = format!(
        "---\ntitle: Women's 100 m\nsessions:\n{sessions}  - {{name: Final, start: 2024-08-02T20:00:00+02:00, medal: true, status: scheduled}}\n---\n"
    );
    let site = Site::new().file("content/events/athletics/a.md", &event);
    let run = site.podium(&["build", "--at", "2024-08-02T10:15:00+02:00"]).good();
    let day = run.page("/schedule/2024-08-02/");
    let (finals, rest) = day.split_once("id=\"athletics\"").unwrap();
    assert!(finals.contains("Decided on this day") && finals.contains(">Final</span>"), "{day}");
    assert!(!finals.contains(">Next</span>"), "heats come before");
    assert!(rest.contains("Heat 1–3") && rest.contains("<summary>3 sessions</summary>"), "{rest}");
    assert!(rest.contains("<span class=\"flag flag-live flag-clock\">Now</span>"), "{rest}");
    assert!(day.contains("<a href=\"/schedule/2024-08-02/\" aria-current=\"page\">"), "{day}");
    // The schedule of all days opens on the day.
    let schedule = run.page("/schedule/");
    let opening = schedule.split("class=\"finals\"").nth(1).unwrap();
    assert!(
        opening.contains("href=\"/schedule/2024-08-02/\">") && opening.contains("Final"),
        "{opening}"
    );
}

#[test]
fn a_sport_and_a_nation_have_their_whole_schedule_on_a_page() {
    let event = |name: &str, day: u32| {
        format!(
            "---\ntitle: {name}\nvenue: Hall\nsessions:\n  - {{name: Heats, start: 2024-08-{day:02}T10:00:00+02:00, status: scheduled}}\n  - {{name: Final, start: 2024-08-{day:02}T20:00:00+02:00, medal: true, status: scheduled}}\n---\n"
        )
    };
    let site = Site::new()
        .file("content/events/judo/a.md", &event("First", 2))
        .file("content/events/judo/b.md", &event("Second", 3))
        .file("content/events/archery/c.md", &event("Third", 3))
        .file(
            "content/athletes/ann.md",
            "---\nname: Ann Lee\nnation: SWE\nentries: [judo/b, archery/c]\n---\n",
        );
    let run = site.podium(&["build", "--at", "2024-08-02T12:00:00+02:00"]).good();
    let sport = run.page("/sports/judo/schedule/");
    let (head, days) = sport.split_once("data-own-time").unwrap();
    assert!(head.contains("Next</span> <a href=\"/sports/judo/a/\">First</a>, Final"), "{head}");
    assert!(!head.contains("Next final"), "the next session is one");
    assert_eq!(days.matches("<details class=\"rest\" open>").count(), 2, "{days}");
    assert!(days.contains("data-until=\"2024-08-02T20:00:00Z\""), "{days}");
    assert!(!days.contains("/sports/archery/"), "{days}");
    let nation = run.page("/nations/swe/schedule/");
    assert!(
        nation.contains("Next</span> <a href=\"/sports/archery/c/\">Archery: Third</a>, Heats"),
        "{nation}"
    );
    assert!(
        nation
            .contains("Next final</span> <a href=\"/sports/archery/c/\">Archery: Third</a>, Final"),
        "{nation}"
    );
    assert!(!nation.contains("/sports/judo/a/"), "{nation}");
    // Both pages lead there, and the nation's says what is decided next.
    assert!(run.page("/sports/judo/").contains("href=\"/sports/judo/schedule/\""));
    let own = run.page("/nations/swe/");
    assert!(own.contains("href=\"/nations/swe/schedule/\"") && own.contains("Next final"), "{own}");
    // Games that are over have no next session.
    let over = site.podium(&["build", "--at", "2024-09-02T12:00:00+02:00"]).good();
    assert!(!over.page("/sports/judo/schedule/").contains("class=\"next-up\""));
}
