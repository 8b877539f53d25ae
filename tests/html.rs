//! A page of every kind before the judges: the Nu HTML checker and a real browser.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;
#[path = "common/photographs.rs"]
mod photographs;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{SITE, Site};
use photographs::Jpeg;

/// A page of every kind of the sample site.
const PAGES: [&str; 29] = [
    "/",
    "/stories/one-phone-three-flags/",
    "/stories/two-silvers-no-bronze/",
    "/stories/",
    "/stories/page/2/",
    "/sports/",
    "/sports/table-tennis/",
    "/sports/artistic-gymnastics/womens-floor/",
    "/athletes/",
    "/athletes/lim-jong-hoon/",
    "/nations/",
    "/nations/kor/",
    "/venues/south-paris-arena-4/",
    "/venues/",
    "/authors/maud-pryce/",
    "/tags/",
    "/tags/korea/",
    "/medals/",
    "/schedule/",
    "/schedule/2024-07-30/",
    "/sports/table-tennis/schedule/",
    "/nations/kor/schedule/",
    "/issues/",
    "/issues/paris/",
    "/about/",
    "/live/mixed-doubles-final/",
    "/live/all-day/",
    "/live/all-day/page/1/",
    "/404.html",
];

/// It has the style of its pages in itself.
const PRINT_EDITION: &str = "/issues/paris/print/";

fn tools(path: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/node_modules").join(path);
    assert!(path.exists(), "tests/run installs {}", path.display());
    path
}

/// The sample site in a theme, with short lists so that there is a second page.
fn sample(theme: &str) -> Site {
    let site = Site::sample();
    let text = std::fs::read_to_string(site.root().join("site.toml")).unwrap();
    let text = text.replace("theme = \"podium\"", &format!("theme = \"{theme}\""))
        + "\n[lists]\nper_page = 6\n";
    let live = "authors: [Maud Pryce]\nstandfirst: All of a day\nevents: [judo/men-over-100-kg]\n";
    let site = site
        .file("site.toml", &text)
        .file("content/stories/all-of-markdown.md", EVERYTHING)
        .file("content/stories/words.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nWords.\n")
        .file("content/live/all-day.md", &live_blog(live));
    let run = site.build().good();
    for page in PAGES {
        assert!(run.has(page), "{page}");
    }
    site
}

/// A live blog that runs, with more updates than a page holds.
fn live_blog(front: &str) -> String {
    let updates: String = (0..70)
        .map(|i| {
            let (hour, minute) = (19 + i / 60, i % 60);
            let marks = match i {
                3 | 66 => " {.key by=maud-pryce}",
                64 => " {.pinned}",
                5 => " {#kick-off}",
                32 => " {.pinned}",
                _ => "",
            };
            let text = "There is a little more to tell of this minute. ".repeat(4);
            format!("\n## {hour}:{minute:02} Update {i}{marks}\n\nText {i}. {text}\n")
        })
        .collect();
    format!("---\ntitle: The final, live\ndate: 2024-08-11 19:00\n{front}---\nOpening.\n{updates}")
}

/// What Markdown and the components can do, on one page.
const EVERYTHING: &str = r#"---
title: "All of Markdown & <more>"
standfirst: What Markdown and the components can do
authors: [Maud Pryce]
date: 2024-07-20
aliases: [everything.html, all/of/it]
image: {src: one-phone-three-flags/selfie.png, alt: "A \"selfie\"", caption: a, credit: "Illustration: Podium"}
events: [judo/men-over-100-kg]
---
# First level

A paragraph[^1] with `code`, *emphasis*, ~~deletion~~ and "quotes"[^1]. <https://example.org/?a=b&c=d>

![A picture](one-phone-three-flags/selfie.png "A caption & more")

- [x] done
- [ ] open

1. One
   > A quotation

   ```rust
   fn main() { println!("<b>"); }
   ```

| a | b |
|:-:|--:|
| 1 | 2 |

Term
: Definition

> [!WARNING]
> Take care.

<Table caption="Letters & <numbers>">

| a | b |
|---|---|
| 1 | 2 |

</Table>

<MedalTable limit="3" />

<Podium event="judo/men-over-100-kg" />

<Schedule event="judo/men-over-100-kg" />

<Photo src="one-phone-three-flags/selfie.png" alt="x" caption="y" credit="Illustration: Podium" />

<Video src="one-phone-three-flags/selfie.png" captions="words.vtt" caption="Not a film" />

<PullQuote by="Nobody">Words.</PullQuote>

She said <Lang code="fr">à *bientôt*</Lang> and left.

<Note>

- A list

A paragraph.

</Note>

<Read story="one-phone-three-flags" />

## First level

[^1]: A footnote.

    With two paragraphs.
"#;

/// The Nu checker finds nothing in the files of a site that are not skipped.
#[track_caller]
fn passes_nu(site: &Site, skip: &str) {
    let output = Command::new("java")
        .arg("-jar")
        .arg(tools("vnu-jar/build/dist/vnu.jar"))
        .args(["--errors-only", skip, "--format", "text"])
        .arg(site.public())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_page_of_every_kind_passes_the_nu_html_checker() {
    for theme in ["podium", "broadsheet"] {
        passes_nu(&sample(theme), "--skip-non-html");
    }
}

#[test]
#[ignore = "needs what tests/run installs"]
fn every_style_sheet_passes_the_nu_html_checker() {
    passes_nu(&sample("broadsheet"), "--skip-non-css");
}

/// A browser finds nothing wrong: runs a script of tests/browser.
#[track_caller]
fn passes_browser(script: &str, arguments: &[&std::ffi::OsStr]) {
    tools("playwright-core");
    let output = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(script))
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

/// The sample site with photographs in all places: upright and wide, in a gallery, wide and full, of athletes
/// and authors.
fn photographed() -> Site {
    let photo = |name: &str, width: &str| {
        format!(
            "<Photo src=\"{name}.jpg\" alt=\"Fields\" caption=\"Fields\" credit=\"Desk\" {width}/>\n\n"
        )
    };
    let body = format!(
        "<Gallery label=\"Fields\">\n{}</Gallery>\n\n{}{}{}![Fields](tall.jpg \"Fields\")\n",
        photo("wide", "") + &photo("tall", "") + &photo("square", ""),
        photo("square", ""),
        photo("wide", "width=\"wide\" "),
        photo("wide", "width=\"full\" "),
    );
    let story = format!(
        "---\ntitle: Fields\nstandfirst: Of all shapes\ndate: 2024-08-10\nauthors: [Maud Pryce]\nathletes: [Lim Jong-hoon]\nimage: {{src: tall.jpg, alt: Fields, caption: Fields, credit: Desk}}\n---\n{body}"
    );
    let image = "image: {src: /stories/fields/tall.jpg, alt: A portrait, credit: Desk}\n";
    let with_portrait = |path: &str| {
        let text = std::fs::read_to_string(Site::sample().root().join(path)).unwrap();
        let others = text.split_inclusive('\n').filter(|line| !line.starts_with("image:"));
        others.collect::<String>().replacen("---\n", &format!("---\n{image}"), 1)
    };
    Site::sample()
        .file("content/stories/fields/index.md", &story)
        .bytes("content/stories/fields/tall.jpg", &Jpeg::new(1700, 2400).bytes())
        .bytes("content/stories/fields/wide.jpg", &Jpeg::new(3000, 1200).bytes())
        .bytes("content/stories/fields/square.jpg", &Jpeg::new(2100, 2100).bytes())
        .file(
            "content/athletes/lim-jong-hoon.md",
            &with_portrait("content/athletes/lim-jong-hoon.md"),
        )
        .file("content/authors/maud-pryce.md", &with_portrait("content/authors/maud-pryce.md"))
}

#[test]
#[ignore = "needs what tests/run installs"]
fn every_place_gets_the_size_of_a_picture_that_it_has_dots_for() {
    let site = photographed();
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.stderr);
    let pages = [
        "/stories/fields/",
        "/",
        "/stories/",
        "/athletes/lim-jong-hoon/",
        "/authors/maud-pryce/",
        "/authors/",
        "/stories/one-phone-three-flags/",
    ];
    passes_browser("pictures.mjs", &arguments(&site.public(), &pages));
    passes_browser("pages.mjs", &arguments(&site.public(), &pages[..6]));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn readers_sort_the_medal_table_and_see_their_own_time() {
    let site = sample("podium");
    passes_browser("games.mjs", &[site.public().as_os_str()]);
}

/// The arguments of a script: a folder and addresses.
fn arguments<'a>(public: &'a Path, addresses: &'a [&str]) -> Vec<&'a std::ffi::OsStr> {
    [public.as_os_str()].into_iter().chain(addresses.iter().map(std::ffi::OsStr::new)).collect()
}

#[test]
#[ignore = "needs what tests/run installs"]
fn readers_walk_through_the_site_with_the_keyboard_alone() {
    let site = sample("podium");
    let lead = "/stories/one-phone-three-flags/";
    let walk = [lead, "/", lead, "/medals/", "/schedule/", "/live/all-day/"];
    passes_browser("keyboard.mjs", &arguments(&site.public(), &walk));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn readers_share_a_story_and_see_a_post_only_once_they_want_to() {
    let site = sample("podium");
    let story = ["/stories/wang-chuqin-broken-racket/"];
    passes_browser("story.mjs", &arguments(&site.public(), &story));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn chromium_prints_an_issue_with_the_numbers_of_its_pages() {
    let site = sample("podium");
    let at = ["--at", "2024-08-12T00:00:00Z"];
    let run = site.podium(&[&["print", "paris", "-o", "issue.pdf"], &at[..]].concat());
    assert_eq!((run.status, run.stdout.as_str()), (0, "issue.pdf\n"), "{}", run.stderr);
    assert!(!run.stderr.contains("no numbers"), "{}", run.stderr);
    let pages = run.stderr.rsplit(", ").next().unwrap().split(' ').next().unwrap();
    // Cover, contents, seven stories and the pictures.
    assert!((8..=20).contains(&pages.parse::<usize>().unwrap()), "{}", run.stderr);
    let pdf = std::fs::read(site.root().join("issue.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_page_of_every_kind_is_light() {
    let site = sample("podium");
    passes_browser("weight.mjs", &arguments(&site.public(), &PAGES));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_page_of_every_kind_is_right_in_a_browser() {
    // The child theme changes colours and a few rules: its story and tables show them all.
    let child = ["/", "/stories/one-phone-three-flags/", "/medals/"];
    for (theme, pages) in [("podium", &PAGES[..]), ("broadsheet", &child[..])] {
        let site = sample(theme);
        let pages = [&["/stories/all-of-markdown/", PRINT_EDITION], pages].concat();
        passes_browser("pages.mjs", &arguments(&site.public(), &pages));
    }
}

#[test]
#[ignore = "needs what tests/run installs"]
fn an_open_live_blog_gets_its_updates_without_losing_the_readers_place() {
    let site = Site::new()
        .file("site.toml", &format!("{SITE}live.poll = 1\n"))
        .file("content/authors/maud-pryce.md", "---\nname: Maud Pryce\n---\n")
        .file("content/live/final.md", &live_blog(""));
    let small = "---\ntitle: Small\ndate: 2024-08-11 19:00\n---\n## 19:00 First\n\nA.\n\n## 19:01 Second\n\nB.\n\n## 19:02 Third\n\nC.\n";
    let site = site.file("content/live/small.md", small);
    let podium = std::ffi::OsStr::new(env!("CARGO_BIN_EXE_podium"));
    passes_browser("live.mjs", &[podium, site.root().as_os_str()]);
}

/// `podium watch` on a copy of the sample site, used in a browser.
fn previews(scenario: &str) {
    let site = Site::sample();
    let podium = std::ffi::OsStr::new(env!("CARGO_BIN_EXE_podium"));
    passes_browser("watch.mjs", &[podium, site.root().as_os_str(), std::ffi::OsStr::new(scenario)]);
}

macro_rules! in_the_preview {
    ($($name:ident $scenario:literal)*) => {$(
        #[test]
        #[ignore = "needs what tests/run installs"]
        fn $name() {
            previews($scenario);
        }
    )*};
}

in_the_preview! {
    an_edit_of_a_text_appears_in_the_preview_by_itself "text-edit"
    scroll_position_and_focus_stay_when_the_preview_reloads "place-stays"
    a_style_sheet_is_swapped_without_a_reload "style-swap"
    a_mistake_in_a_template_is_shown_over_the_last_good_page_until_it_is_mended "template-error"
    mistakes_in_stories_are_shown_in_the_browser_as_in_the_terminal "story-error"
    a_new_story_appears_on_the_home_page_of_the_preview "new-story"
    a_deleted_story_is_gone_from_the_preview "deleted-story"
    a_page_catches_up_when_the_preview_is_started_again "reconnect"
    many_tabs_and_browsers_follow_one_preview "many-tabs"
    drafts_are_marked_and_the_bar_says_which_file_made_a_page "drafts-and-bar"
}
