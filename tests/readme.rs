//! What README.md promises, tried.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::Site;

/// The fenced blocks of README.md with their language.
fn blocks() -> Vec<(String, String)> {
    let readme = include_str!("../README.md");
    let mut blocks = Vec::new();
    let mut parts = readme.split("\n```");
    parts.next();
    while let Some(block) = parts.next() {
        let (language, text) = block.split_once('\n').unwrap();
        blocks.push((language.to_owned(), format!("{text}\n")));
        parts.next();
    }
    blocks
}

fn block(language: &str, with: &str) -> String {
    let blocks = blocks();
    let found = blocks.iter().find(|(of, text)| of == language && text.contains(with));
    found.unwrap_or_else(|| panic!("README.md has no {language} block with {with}")).1.clone()
}

#[test]
fn the_first_story_of_the_readme_builds() {
    let story = block("markdown", "One phone");
    let event = block("markdown", "podium:");
    let site = Site::new()
        .file("content/stories/one-phone-three-flags.md", &story)
        .file("content/events/table-tennis/mixed-doubles.md", &event);
    let run = site.build().good();
    for address in [
        "/sports/table-tennis/mixed-doubles/",
        "/sports/table-tennis/",
        "/athletes/lim-jong-hoon/",
        "/nations/kor/",
        "/venues/south-paris-arena-4/",
        "/authors/meridian-wire/",
        "/tags/korea/",
    ] {
        assert!(run.page(address).contains("/stories/one-phone-three-flags/"), "{address}");
    }
    assert!(run.page("/medals/").contains("/nations/kor/"));

    let wrong = story.replace("mixed-doubles]", "mixed-double]");
    let run = site.file("content/stories/one-phone-three-flags.md", &wrong).build().bad();
    assert!(run.stderr.starts_with(&block("text", "error[G001]")), "{}", run.stderr);
}

#[test]
fn the_checks_of_the_readme_say_what_it_says() {
    let story = block("markdown", "One phone")
        .replace("Lim Jong-hoon raised", "Lim Jong-hoon, the silver medallist, raised");
    let site = Site::new()
        .file("content/stories/one-phone-three-flags.md", &story)
        .file("content/events/table-tennis/mixed-doubles.md", &block("markdown", "podium:"));
    let run = site.check().bad();
    assert!(run.stderr.starts_with(&block("text", "error[R001]")), "{}", run.stderr);
    let waiver = block("yaml", "fact_ok").replace("Silver medallists", "the silver medallist");
    let waived = story.replace("tags: [Korea]\n", &format!("tags: [Korea]\n{waiver}"));
    let run = site.file("content/stories/one-phone-three-flags.md", &waived).check().good();
    assert!(run.stderr.ends_with("nothing found, 1 waived\n"), "{}", run.stderr);
}

#[test]
fn the_live_blog_of_the_readme_builds() {
    let site = Site::new()
        .file("content/live/final.md", &block("markdown", "as it happens"))
        .file("content/events/table-tennis/mixed-doubles.md", &block("markdown", "podium:"));
    let page = site.build().good().page("/live/final/");
    let place = |id: &str| page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("{page}"));
    let (pinned, gold, first) =
        (place("at-2024-07-31-0010"), place("at-2024-07-30-2358"), place("at-2024-07-30-2205"));
    assert!(pinned < gold && gold < first);
}

#[test]
fn the_settings_of_the_readme_are_known() {
    let site = Site::new()
        .file("site.toml", &block("toml", "base_url"))
        .story("one-phone-three-flags", "authors: [Desk]\nstandfirst: What it is about\n", "")
        .story("two-silvers-no-bronze", "authors: [Desk]\nstandfirst: What it is about\n", "")
        .story(
            "breaking-one-word-names",
            "authors: [Desk]\nsports: [Table tennis]\nstandfirst: What it is about\n",
            "",
        )
        .bytes("content/logo.png", common::PNG)
        .bytes("content/icon.png", common::PNG)
        .bytes("content/share.png", common::PNG)
        .file("content/about.md", "---\ntitle: About\n---\n");
    site.build().good();
}

#[test]
fn every_component_of_the_readme_exists_and_no_other() {
    let readme = include_str!("../README.md");
    let mut named: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `<")?.split([' ', '>']).next())
        .collect();
    named.sort_unstable();
    let run = Site::new().story("a", "", "<Xyzzy/>").build().bad();
    let listed = run.stderr.split("its components are ").nth(1).unwrap().lines().next().unwrap();
    assert_eq!(named.join(", "), listed);
}

#[test]
fn every_key_of_a_story_stands_in_the_readme() {
    let readme = include_str!("../README.md");
    let run = Site::new().story("a", "xyzzy: 1\n", "").build().bad();
    let listed = run.stderr.split("the keys here are ").nth(1).unwrap().lines().next().unwrap();
    for key in listed.split(", ") {
        assert!(readme.contains(key), "{key} is not in README.md");
    }
}

#[test]
fn timings_have_the_shape_that_the_readme_shows() {
    let site = Site::small();
    let file = site.root().join("timings.json");
    let run = site.podium(&["build", "-v", "--timings", file.to_str().unwrap()]).good();
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let shown: serde_json::Value = serde_json::from_str(&block("json", "\"stages\"")).unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys(&written), keys(&shown));
    for list in ["stages", "pages", "templates"] {
        assert_eq!(keys(&written[list][0]), keys(&shown[list][0]), "{list}");
    }
    assert!(written["pages"].as_array().unwrap().len() == 10);
    // Which ten are the slowest is another matter each time.
    for part in [" ms  discover\n", " ms  publish\n", "\nTemplates that took", ".html\n"] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    let run = site.podium(&["build", "--timings", "no/such/folder.json"]).good();
    assert!(run.stderr.starts_with("error: --timings no/such/folder.json: "), "{}", run.stderr);
}
