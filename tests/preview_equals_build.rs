//! Whatever the preview shows is what a clean build writes: 200 random edits of a site of 300 pages.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::preview::Preview;
use common::{Site, podium, tree};

const EDITS: usize = 200;
const NATIONS: [&str; 6] = ["KOR", "CHN", "USA", "FRA", "JAM", "ITA"];
const SPORTS: [&str; 4] = ["judo", "athletics", "swimming", "fencing"];

/// xorshift64: the same numbers in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The files of a site as they are on disk, with what changes them.
struct Desk {
    site: Site,
    chance: Chance,
    /// Files of content/, by path.
    files: BTreeMap<String, String>,
    count: usize,
    settings: Settings,
    /// How to mend what was broken last: a file and its good text.
    broken: Option<(String, Option<String>)>,
}

/// What site.toml says.
#[derive(Clone)]
struct Settings {
    title: String,
    base: &'static str,
    zone: &'static str,
    per_page: usize,
    theme: &'static str,
}

impl Settings {
    fn text(&self) -> String {
        let Settings { title, base, zone, per_page, theme } = self;
        format!(
            "title = \"{title}\"\nbase_url = \"https://games.example{base}\"\ntime_zone = \"{zone}\"\ntheme = \"{theme}\"\n[lists]\nper_page = {per_page}\n"
        )
    }
}

/// Each athlete has a nation, so that a name alone is clear.
fn nation_of(athlete: usize) -> &'static str {
    NATIONS[athlete % NATIONS.len()]
}

impl Desk {
    fn new() -> Desk {
        let settings = Settings {
            title: "Games".into(),
            base: "/",
            zone: "Europe/Paris",
            per_page: 20,
            theme: "mine",
        };
        let site = Site::new()
            .file("site.toml", &settings.text())
            .file("themes/mine/theme.toml", "extends = \"podium\"\n")
            .file("themes/mine/templates/footer.html", "<footer>Footer</footer>")
            .file("themes/mine/assets/style.css", "@import \"parent:style.css\";\n")
            .file("themes/mine/i18n/en.toml", "read = \"Read this\"\n");
        let mut desk = Desk {
            site,
            chance: Chance(0x1896_2024_0726_0811),
            files: BTreeMap::new(),
            count: 0,
            settings,
            broken: None,
        };
        for i in 0..40 {
            let event = desk.event(i);
            desk.write(&format!("events/{}/event-{i}.md", SPORTS[i % 4]), event);
        }
        for i in 0..150 {
            let story = desk.story();
            desk.write(&format!("stories/story-{i}.md"), story);
        }
        for i in 0..10 {
            desk.write(
                &format!("athletes/athlete-{i}.md"),
                format!("---\nname: Athlete {i}\nnation: {}\n---\nText.\n", nation_of(i)),
            );
        }
        for (i, updates) in [2, 59].into_iter().enumerate() {
            let updates: String =
                (0..updates).map(|it| format!("\n## 12:{it:02} First\n\nSaid.\n")).collect();
            let front = "date: 2024-08-01 12:00\nevents: [judo/event-0]\nauthors: [Author 3]\n";
            desk.write(
                &format!("live/blog-{i}.md"),
                format!("---\ntitle: Blog {i}\n{front}---\nOpening.\n{updates}"),
            );
        }
        desk.write("about.md", "---\ntitle: About\n---\nAbout.\n".into());
        desk.count = 1_000;
        desk
    }

    fn write(&mut self, path: &str, text: String) {
        let to = self.site.root().join("content").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, &text).unwrap();
        self.files.insert(path.to_owned(), text);
    }

    fn remove(&mut self, path: &str) {
        fs::remove_file(self.site.root().join("content").join(path)).unwrap();
        self.files.remove(path);
    }

    fn next(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn event(&mut self, i: usize) -> String {
        let c = &mut self.chance;
        let medal = |c: &mut Chance| {
            let athlete = c.below(60);
            format!("[{{nation: {}, athletes: [Athlete {athlete}]}}]", nation_of(athlete))
        };
        let (gold, silver, bronze) = (medal(c), medal(c), medal(c));
        format!(
            "---\ntitle: Event {i}\nvenue: Hall {}\nsessions: [{{name: Final, start: 2024-08-{:02} {:02}:00, medal: true}}]\nstatus: {}\npodium:\n  gold: {gold}\n  silver: {silver}\n  bronze: {bronze}\n---\nReport {i}.\n",
            c.below(6),
            c.below(10) + 1,
            c.below(12) + 8,
            c.one(&["official", "provisional"]),
        )
    }

    fn words(&mut self) -> String {
        let i = self.next();
        let events: Vec<String> = self.of("events/");
        let stories: Vec<String> = self.of("stories/");
        let mut text = format!("Words number {i}.\n\n## A heading {}\n", self.chance.below(5));
        if !events.is_empty() && self.chance.below(2) == 0 {
            let event = self
                .chance
                .one(&events)
                .trim_end_matches(".md")
                .trim_start_matches("events/")
                .to_owned();
            text += &format!("\n<Podium event=\"{event}\" />\n");
        }
        if !stories.is_empty() && self.chance.below(3) == 0 {
            text += &format!("\nSee [another](/{}).\n", self.chance.one(&stories));
        }
        text
    }

    fn of(&self, folder: &str) -> Vec<String> {
        self.files
            .keys()
            .filter(|path| path.starts_with(folder) && path.ends_with(".md"))
            .cloned()
            .collect()
    }

    fn story(&mut self) -> String {
        let i = self.next();
        let events: Vec<String> = self.of("events/");
        let words = self.words();
        let c = &mut self.chance;
        let event = c.one(&events).trim_end_matches(".md").trim_start_matches("events/").to_owned();
        let draft = if c.below(8) == 0 { "draft: true\n" } else { "" };
        let later = if c.below(8) == 0 { "publish_at: 2999-01-01\n" } else { "" };
        format!(
            "---\ntitle: Headline {i}\nstandfirst: Standfirst {i}\ndate: 2024-08-{:02} {:02}:00\nauthors: [Author {}]\nevents: [{event}]\nathletes: [Athlete {}, Athlete {}]\nnations: [{}]\ntags: [Tag {}, Tag {}]\n{draft}{later}---\n{words}",
            c.below(11) + 1,
            c.below(24),
            c.below(8),
            c.below(60),
            c.below(60),
            c.one(&NATIONS),
            c.below(9),
            c.below(9),
        )
    }

    /// Changes something, and says what.
    fn edit(&mut self) -> String {
        if let Some((path, good)) = self.broken.take() {
            let to = self.site.root().join(&path);
            match good {
                Some(text) => fs::write(to, text).unwrap(),
                None => fs::remove_file(to).unwrap(),
            }
            return format!("mended {path}");
        }
        let stories = self.of("stories/");
        let events = self.of("events/");
        let story = self.chance.one(&stories).clone();
        let event = self.chance.one(&events).clone();
        let i = self.next();
        match self.chance.below(27) {
            24..=26 => {
                let live = self.of("live/");
                let path = self.chance.one(&live).clone();
                let text = self.files[&path].clone();
                let text = match self.chance.below(4) {
                    0 if text.contains("ended_at") => text.replace("ended_at: 2024-08-02\n", ""),
                    0 => text.replace("date: ", "ended_at: 2024-08-02\ndate: "),
                    1 => text.replace("Said", &format!("Said {i}")),
                    _ => {
                        let (hour, minute) = ((i / 60) % 24, i % 60);
                        let by = self.chance.one(&["", " {by=author-3}", " {.key}", " {.pinned}"]);
                        text + &format!("\n## {hour:02}:{minute:02} Update {i}{by}\n\nSaid.\n")
                    }
                };
                self.write(&path, text);
                format!("another update in {path}")
            }
            0..=3 => {
                let words = self.words();
                let (front, _) = self.files[&story].rsplit_once("---\n").unwrap();
                let text = format!("{front}---\n{words}");
                self.write(&story, text);
                format!("other words in {story}")
            }
            4 | 5 => {
                let text = self.files[&story].replace("title: ", &format!("title: {i} "));
                self.write(&story, text);
                format!("another headline in {story}")
            }
            6 | 7 => {
                let text = self.story();
                self.write(&story, text);
                format!("all of {story}")
            }
            8 | 9 => {
                let text = self.story();
                let path = match self.chance.below(3) {
                    0 => format!("stories/new-{i}/index.md"),
                    1 => format!("stories/2024/08/new-{i}.md"),
                    _ => format!("stories/new-{i}.md"),
                };
                self.write(&path, text);
                format!("new {path}")
            }
            10 => {
                let text = self.files[&story].clone();
                self.unlink(&story);
                self.remove(&story);
                let path = format!("stories/renamed-{i}.md");
                self.write(&path, text);
                format!("renamed {story} to {path}")
            }
            11 => {
                self.unlink(&story);
                self.remove(&story);
                format!("deleted {story}")
            }
            12 | 13 => {
                let text = self.event(i);
                self.write(&event, text);
                format!("all of {event}")
            }
            14 => {
                let text = self.event(i);
                let path = format!("events/{}/new-{i}.md", self.chance.one(&SPORTS));
                self.write(&path, text);
                format!("new {path}")
            }
            15 => {
                let code = self.chance.one(&NATIONS).to_ascii_lowercase();
                self.write(
                    &format!("nations/{code}.md"),
                    format!("---\nname: Nation {i}\n---\nText {i}.\n"),
                );
                format!("nation {code}")
            }
            16 => {
                let number = self.chance.below(10);
                let path = format!("athletes/athlete-{number}.md");
                let nation = nation_of(number);
                let aliases = if i.is_multiple_of(2) {
                    String::new()
                } else {
                    format!("aliases: [Other {number}]\n")
                };
                self.write(
                    &path,
                    format!(
                        "---\nname: Athlete {number}\nnation: {nation}\n{aliases}---\nText {i}.\n"
                    ),
                );
                path
            }
            17 => {
                self.write(
                    "pictures/dot.svg",
                    format!(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{i}\" height=\"3\"/>"
                    ),
                );
                self.write(
                    "pictures.md",
                    "---\ntitle: Pictures\n---\n![A dot](pictures/dot.svg)\n".into(),
                );
                "a picture".into()
            }
            18 => {
                let (path, text) = match self.chance.below(3) {
                    0 => ("templates/footer.html", format!("<footer>Footer {i}</footer>")),
                    1 => (
                        "assets/style.css",
                        format!("@import \"parent:style.css\";\nb {{ margin: {i}px }}\n"),
                    ),
                    _ => ("i18n/en.toml", format!("read = \"Read {i}\"\n")),
                };
                fs::write(self.site.root().join("themes/mine").join(path), text).unwrap();
                format!("theme's {path}")
            }
            19 => {
                match self.chance.below(5) {
                    0 => self.settings.title = format!("Games {i}"),
                    1 => self.settings.base = *self.chance.one(&["/", "/paris/", "/a/b/"]),
                    2 => {
                        self.settings.zone =
                            *self.chance.one(&["Europe/Paris", "Asia/Seoul", "UTC"])
                    }
                    3 => self.settings.per_page = *self.chance.one(&[7, 20, 50]),
                    _ => self.settings.theme = *self.chance.one(&["mine", "podium"]),
                }
                fs::write(self.site.root().join("site.toml"), self.settings.text()).unwrap();
                format!("site.toml: {}", self.settings.text().replace('\n', " "))
            }
            20 => {
                // A folder with all that is in it.
                let from = self.site.root().join("content/stories/2024");
                if !from.exists() {
                    return self.edit();
                }
                let moved: Vec<String> = self.of("stories/2024/");
                moved.iter().for_each(|path| self.unlink(path));
                let to = format!("stories/y{i}");
                fs::rename(from, self.site.root().join("content").join(&to)).unwrap();
                for path in moved {
                    let text = self.files.remove(&path).unwrap();
                    self.files.insert(path.replace("stories/2024", &to), text);
                }
                format!("folder stories/2024 is now {to}")
            }
            _ => {
                let (path, text) = match self.chance.below(6) {
                    0 => (
                        format!("content/{story}"),
                        self.files[&story].replace("date: ", "date: on "),
                    ),
                    1 => (
                        format!("content/{story}"),
                        self.files[&story].clone() + "\n[x](nowhere.md) <Nothing/>\n",
                    ),
                    2 => (
                        format!("content/{story}"),
                        self.files[&story].replace("events: [", "events: [no/such, "),
                    ),
                    3 => ("themes/mine/templates/footer.html".into(), "{{ nothing.here }}".into()),
                    4 => ("themes/mine/templates/footer.html".into(), "{% if %}".into()),
                    _ => ("site.toml".into(), "title = 1\n".into()),
                };
                let full = self.site.root().join(&path);
                self.broken = Some((path.clone(), fs::read_to_string(&full).ok()));
                fs::write(full, &text).unwrap();
                format!("broke {path} with {}", text.lines().next().unwrap())
            }
        }
    }

    /// Takes the links to a story away that is about to go.
    fn unlink(&mut self, story: &str) {
        let link = format!("See [another](/{story}).");
        let linking: Vec<String> = self
            .files
            .iter()
            .filter(|(_, text)| text.contains(&link))
            .map(|(path, _)| path.clone())
            .collect();
        for path in linking {
            let text = self.files[&path].replace(&link, "See another.");
            self.write(&path, text);
        }
    }
}

/// What a clean build writes, or the errors that it reports.
fn clean_build(desk: &Desk, folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Vec<String>> {
    let _ = fs::remove_dir_all(folder);
    let output = podium()
        .current_dir(desk.site.root())
        .args([
            "build",
            "--drafts",
            "--at",
            "2024-08-12T00:00:00Z",
            "--message-format",
            "json",
            "--output",
        ])
        .arg(folder)
        .output()
        .unwrap();
    if output.status.success() {
        let mut files = tree(folder);
        // Publishing writes it for itself.
        files.remove(".podium-manifest");
        return Ok(files);
    }
    let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
    let text = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["rendered"].as_str().unwrap().trim_end().to_owned()
    };
    Err(lines.map(text).collect())
}

/// The address of a file, from the top of the host.
fn address(base: &str, file: &str) -> String {
    let file = file
        .strip_suffix("index.html")
        .filter(|it| it.is_empty() || it.ends_with('/'))
        .unwrap_or(file);
    format!("{base}{file}")
}

#[test]
fn after_each_of_200_random_edits_the_preview_is_what_a_clean_build_writes() {
    // A tree is written after each edit: in memory, where that is possible.
    if tempfile::tempdir_in("/dev/shm").is_ok() {
        let _ = tempfile::env::override_temp_dir(Path::new("/dev/shm"));
    }
    let mut desk = Desk::new();
    let aside = tempfile::tempdir().unwrap();
    let preview = Preview::of(&desk.site, &[]);
    let mut before: BTreeSet<String> = BTreeSet::new();
    let mut last: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let (mut good, mut bad) = (0, 0);
    for number in 0..=EDITS {
        let what = if number == 0 { "the start".to_owned() } else { desk.edit() };
        match clean_build(&desk, &aside.path().join("out")) {
            Ok(files) => {
                good += 1;
                let pages = files.keys().filter(|path| path.ends_with("index.html")).count();
                assert!(pages >= 300, "{pages} pages");
                let base = desk.settings.base;
                let now: BTreeSet<String> = files.keys().map(|file| address(base, file)).collect();
                let changed = files.iter().filter(|(file, bytes)| last.get(*file) != Some(bytes));
                let changed: Vec<&String> = changed.map(|(file, _)| file).collect();
                preview.until(&format!("edit {number} ({what})"), |preview| {
                    let is_same = |file: &String| {
                        let answer = preview.get(&address(base, file));
                        answer.status == 200 && answer.published() == files[file]
                    };
                    let is_gone = |address: &String| preview.get(address).status != 200;
                    // What must be different first; then everything.
                    let other = changed.iter().copied().chain(files.keys()).find(|it| !is_same(it));
                    let left = before.difference(&now).find(|it| !is_gone(it));
                    let is_right =
                        other.is_none() && left.is_none() && preview.problems().is_empty();
                    is_right.then_some(())
                });
                (before, last) = (now, files);
            }
            Err(expected) => {
                bad += 1;
                preview.until(&format!("the errors of edit {number} ({what})"), |preview| {
                    (preview.problems() == expected).then_some(())
                });
            }
        }
    }
    assert!(good > 120 && bad > 15, "{good} good and {bad} bad states");
}
