//! site.toml: what the site is.
//!
//! [`Raw`] is what the file says, [`Config`] what it means. Only this module knows the first.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::diagnostics::{Diagnostic, Place, Severity, Source, codes};
use crate::slug::Script;
use crate::web::url;

/// What a site is, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// site.toml itself, for diagnostics that point into it.
    pub source: Arc<Source>,
    /// The site's name.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// Where the site will be, absolute, ending in a slash.
    pub base_url: String,
    /// Where that is written.
    pub base_url_place: Place,
    /// The path of `base_url`, starting and ending in a slash.
    pub base_path: String,
    /// BCP 47 tag.
    pub language: String,
    /// The zone of dates that carry no offset.
    pub time_zone: TimeZone,
    /// Name of the theme.
    pub theme: String,
    /// Output folder, from the site's folder.
    pub output: String,
    /// The Games that are covered.
    pub games: Games,
    /// What the home page begins with.
    pub home: HomeConfig,
    /// Stories on one page of a list.
    pub per_page: usize,
    /// Who publishes the site.
    pub publisher: Publisher,
    /// The magazine.
    pub magazine: MagazineConfig,
    /// Live blogs.
    pub live: LiveConfig,
    /// How Markdown is read.
    pub markdown: MarkdownConfig,
    /// The editorial checks.
    pub check: CheckConfig,
    /// The feeds.
    pub feeds: FeedsConfig,
    /// Files that are copied.
    pub files: FilesConfig,
    /// Photographs and drawings.
    pub pictures: PicturesConfig,
    /// The house's own marks.
    pub brand: Brand,
    /// Hosts whose posts and films may stand in texts.
    pub embeds: EmbedsConfig,
    /// In which letters addresses are written.
    pub script: Script,
    /// Links that the theme adds to its menu.
    pub menu: Vec<MenuItem>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
    /// Whether site.toml could not be read and this only stands in for it, so that the mistakes in
    /// the stories can be told in the same run.
    pub is_stand_in: bool,
}

/// The Games.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Games {
    /// Such as "Paris 2024".
    #[serde(default, deserialize_with = "line")]
    pub name: String,
    /// Host city.
    #[serde(default, deserialize_with = "line")]
    pub city: String,
    /// Other places of these Games, and other names of the city: "Lille", "Milano".
    #[serde(default)]
    pub places: Vec<String>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    pub start: Option<Date>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    pub end: Option<Date>,
}

/// What an editor has picked for the home page: names with their places in site.toml.
#[derive(Clone, Debug, Default)]
pub struct HomeConfig {
    /// The story that leads; the newest if not given.
    pub lead: Option<(String, Range<usize>)>,
    /// The stories right after it; the newest with a picture if none is given.
    pub seconds: Vec<(String, Range<usize>)>,
    /// Sports whose sections come first.
    pub sections: Vec<(String, Range<usize>)>,
}

/// Who publishes the site, for search engines.
#[derive(Clone, Debug, Default)]
pub struct Publisher {
    /// Its name; the site's title if not given.
    pub name: Option<String>,
    /// Its own site; this one if not given.
    pub url: Option<String>,
    /// A picture of content/, such as `/logo.png`, with its place in site.toml.
    pub logo: Option<(String, Range<usize>)>,
    /// What the foot of pages says of the rights to their texts.
    pub copyright: Option<String>,
    /// Where readers can write to the house: an address of the site, an absolute one, or `mailto:`.
    pub contact: Option<Spanned<String>>,
    /// Where the house says how it corrects: <https://schema.org/correctionsPolicy>.
    pub corrections_policy: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEmbeds {
    allow: Option<Vec<Spanned<String>>>,
}

/// What of other hosts may stand in texts.
#[derive(Clone, Debug)]
pub struct EmbedsConfig {
    /// Their names, without `www.`.
    pub allow: Vec<String>,
}

impl Default for EmbedsConfig {
    fn default() -> Self {
        let hosts = [
            "youtube.com",
            "x.com",
            "twitter.com",
            "instagram.com",
            "threads.net",
            "threads.com",
            "bsky.app",
            "tiktok.com",
            "mastodon.social",
        ];
        EmbedsConfig { allow: hosts.map(str::to_owned).into() }
    }
}

/// The house's own marks. Each is a picture of content/, such as `/logo.png`, with its place in site.toml.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// Stands at the head of pages.
    pub logo: Option<(String, Range<usize>)>,
    /// Stands for the site in tabs, among bookmarks and on telephones' home screens.
    pub icon: Option<(String, Range<usize>)>,
    /// Is shown with a shared link to a page that has no picture of its own.
    pub share_image: Option<(String, Range<usize>)>,
}

/// The magazine, of which content/issues/ has the issues.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MagazineConfig {
    /// What it is called; the site's title if not given.
    #[serde(deserialize_with = "optional_line")]
    pub name: Option<String>,
    /// Its number among all serials (ISO 3297), such as 2049-3630.
    #[serde(deserialize_with = "optional_line")]
    pub issn: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBrand {
    logo: Option<Spanned<String>>,
    icon: Option<Spanned<String>>,
    share_image: Option<Spanned<String>>,
}

/// Photographs and drawings.
#[derive(Clone, Debug)]
pub struct PicturesConfig {
    /// How wide they are offered, in pixels, ascending.
    pub widths: Vec<u32>,
    /// Whether they are offered as AVIF too.
    pub avif: bool,
    /// Whether a picture without a caption or alternative has that of its file.
    pub use_captions: bool,
    /// Whether each must say in its file whose it is.
    pub require_rights: bool,
}

impl Default for PicturesConfig {
    fn default() -> Self {
        PicturesConfig {
            widths: vec![320, 480, 640, 960, 1280, 1600, 2000],
            avif: false,
            use_captions: true,
            require_rights: false,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPictures {
    widths: Option<Spanned<Vec<u32>>>,
    avif: Option<Spanned<bool>>,
    use_captions: Option<bool>,
    require_rights: Option<bool>,
}

/// Wider ones cannot be encoded (WebP, 14 bits a side), and no screen shows them.
const MOST_WIDTH: u32 = 10_000;
/// Each is a file of every picture.
const MOST_WIDTHS: usize = 20;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPublisher {
    #[serde(default, deserialize_with = "optional_line")]
    name: Option<String>,
    url: Option<Spanned<String>>,
    logo: Option<Spanned<String>>,
    #[serde(default, deserialize_with = "optional_line")]
    copyright: Option<String>,
    contact: Option<Spanned<String>>,
    corrections_policy: Option<Spanned<String>>,
}

/// Live blogs.
#[derive(Clone, Copy, Debug)]
pub struct LiveConfig {
    /// Seconds between two looks of an open page at the newest updates; 0: it does not look.
    pub poll: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawLive {
    poll: Spanned<u32>,
}

impl Default for RawLive {
    fn default() -> Self {
        RawLive { poll: Spanned::new(0..0, LiveConfig::default().poll) }
    }
}

/// Seconds: an hour.
const MOST_POLL: u32 = 3_600;

impl Default for LiveConfig {
    fn default() -> Self {
        LiveConfig { poll: 30 }
    }
}

/// How Markdown is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MarkdownConfig {
    /// Whether HTML tags are published as they are.
    pub raw_html: bool,
    /// Whether straight quotes and double hyphens become typographic ones.
    pub smart_punctuation: bool,
}

impl Default for MarkdownConfig {
    fn default() -> Self {
        MarkdownConfig { raw_html: false, smart_punctuation: true }
    }
}

/// The editorial checks.
#[derive(Clone, Debug)]
pub struct CheckConfig {
    /// Whether each build runs them.
    pub build: bool,
    /// Levels that are not those of the codes themselves, by code; nothing where it is off.
    pub levels: BTreeMap<&'static str, Option<Severity>>,
}

impl Default for CheckConfig {
    fn default() -> Self {
        CheckConfig { build: true, levels: BTreeMap::new() }
    }
}

/// Gives findings the levels that site.toml wants, and leaves out those that are off.
pub fn at_levels(config: &CheckConfig, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let levelled = found.into_iter().filter_map(|mut finding| {
        if let Some(level) = config.levels.get(finding.code.id) {
            finding.severity = (*level)?;
        }
        Some(finding)
    });
    levelled.collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawCheck {
    build: bool,
    levels: BTreeMap<String, Spanned<Level>>,
}

impl Default for RawCheck {
    fn default() -> Self {
        RawCheck { build: true, levels: BTreeMap::new() }
    }
}

/// What becomes of the findings of a code.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Off,
    Note,
    Warning,
    Error,
}

/// Which feeds there are, and how full.
#[derive(Clone, Debug)]
pub struct FeedsConfig {
    pub site: FeedRules,
    pub sports: FeedRules,
    pub athletes: FeedRules,
    pub nations: FeedRules,
    pub authors: FeedRules,
    pub tags: FeedRules,
}

/// How feeds of one kind are written.
#[derive(Clone, Debug)]
pub struct FeedRules {
    /// So many of the newest stories are in each.
    pub entries: NonZeroUsize,
    /// In which formats they are written, each once; none: there are no feeds.
    pub formats: Vec<FeedFormat>,
    /// Whether they have the whole text of a story, or the sentence under its headline alone.
    pub full_text: bool,
}

/// The same as site.toml says it: of the site itself, and of one kind of thing where it differs.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawFeeds {
    entries: Option<NonZeroUsize>,
    formats: Option<Vec<FeedFormat>>,
    full_text: Option<bool>,
    sports: RawFeedRules,
    athletes: RawFeedRules,
    nations: RawFeedRules,
    authors: RawFeedRules,
    tags: RawFeedRules,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawFeedRules {
    entries: Option<NonZeroUsize>,
    formats: Option<Vec<FeedFormat>>,
    full_text: Option<bool>,
}

impl RawFeedRules {
    fn or(self, rules: FeedRules) -> FeedRules {
        let mut formats = self.formats.unwrap_or(rules.formats);
        formats.sort_unstable();
        formats.dedup();
        FeedRules {
            entries: self.entries.unwrap_or(rules.entries),
            formats,
            full_text: self.full_text.unwrap_or(rules.full_text),
        }
    }
}

impl From<RawFeeds> for FeedsConfig {
    /// A desk's own feeds are those of the site and of each sport: they have whole texts, in every format. All
    /// others say in one format what there is to read, as a story would stand in a dozen of them.
    fn from(raw: RawFeeds) -> FeedsConfig {
        let site =
            RawFeedRules { entries: raw.entries, formats: raw.formats, full_text: raw.full_text };
        let site = site.or(FeedRules {
            entries: NonZeroUsize::MIN.saturating_add(19),
            formats: vec![FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json],
            full_text: true,
        });
        let short = FeedRules {
            formats: site.formats.first().copied().into_iter().collect(),
            full_text: false,
            entries: site.entries,
        };
        FeedsConfig {
            sports: raw.sports.or(site.clone()),
            athletes: raw.athletes.or(short.clone()),
            nations: raw.nations.or(short.clone()),
            authors: raw.authors.or(short.clone()),
            tags: raw.tags.or(short),
            site,
        }
    }
}

/// How a feed is written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// How many there are.
    pub const COUNT: usize = FeedFormat::Json as usize + 1;

    /// Its media type: RFC 4287, the RSS Advisory Board's, JSON Feed 1.1.
    pub fn media_type(self) -> &'static str {
        match self {
            FeedFormat::Atom => "application/atom+xml",
            FeedFormat::Rss => "application/rss+xml",
            FeedFormat::Json => "application/feed+json",
        }
    }
}

/// Files of content/ that are no Markdown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FilesConfig {
    /// Endings (`glb`) and whole names (`PATENTS`) that are copied too.
    pub copy: Vec<String>,
}

/// A link in the menu.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// What it says.
    #[serde(deserialize_with = "line")]
    pub title: String,
    /// An address of the site (`/about/`) or an absolute one.
    pub url: Spanned<String>,
    /// How it looks, if not as the others do.
    pub style: Option<MenuStyle>,
}

/// How a link in the menu looks.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MenuStyle {
    /// As something to do: "Subscribe".
    Button,
}

/// Languages that are written from right to left, where their tags do not say the script.
const RIGHT_TO_LEFT: &[&str] =
    &["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Scripts that are written from right to left (ISO 15924).
const RIGHT_TO_LEFT_SCRIPTS: &[&str] =
    &["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"];

impl Config {
    /// The direction of the site's language, as HTML's attribute `dir` says it.
    pub fn direction(&self) -> &'static str {
        let tag = self.language.to_lowercase();
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let is_script =
            |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_right_to_left = match parts.find(is_script) {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
            None => RIGHT_TO_LEFT.contains(&language),
        };
        if is_right_to_left { "rtl" } else { "ltr" }
    }

    /// What the magazine is called.
    pub fn magazine_name(&self) -> &str {
        self.magazine.name.as_deref().unwrap_or(&self.title)
    }

    /// The links that site.toml puts on every page, with what a report calls each.
    pub fn links(&self) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
        let publisher = &self.publisher;
        let menu = self.menu.iter().map(|item| ("menu", &item.url));
        let contact = publisher.contact.iter().map(|url| ("publisher's contact", url));
        let policy = publisher.corrections_policy.iter();
        menu.chain(contact).chain(policy.map(|url| ("corrections policy", url)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(deserialize_with = "line")]
    title: String,
    #[serde(default, deserialize_with = "line")]
    description: String,
    base_url: Spanned<String>,
    #[serde(default = "english")]
    language: Spanned<String>,
    #[serde(default = "utc")]
    time_zone: Spanned<String>,
    #[serde(default = "default_theme")]
    theme: String,
    #[serde(default = "default_output")]
    output: String,
    #[serde(default)]
    games: Games,
    #[serde(default)]
    home: RawHome,
    #[serde(default)]
    lists: RawLists,
    #[serde(default)]
    publisher: RawPublisher,
    #[serde(default)]
    magazine: MagazineConfig,
    #[serde(default)]
    live: RawLive,
    #[serde(default)]
    markdown: MarkdownConfig,
    #[serde(default)]
    check: RawCheck,
    #[serde(default)]
    feeds: RawFeeds,
    #[serde(default)]
    files: FilesConfig,
    #[serde(default)]
    pictures: RawPictures,
    #[serde(default)]
    brand: RawBrand,
    #[serde(default)]
    embeds: RawEmbeds,
    #[serde(default)]
    slugs: RawSlugs,
    #[serde(default)]
    menu: Vec<MenuItem>,
    #[serde(default)]
    extra: toml::Table,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSlugs {
    script: Option<Script>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawHome {
    lead: Option<Spanned<String>>,
    seconds: Vec<Spanned<String>>,
    sections: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawLists {
    per_page: NonZeroUsize,
}

impl Default for RawLists {
    fn default() -> Self {
        RawLists { per_page: NonZeroUsize::MIN.saturating_add(19) }
    }
}

fn english() -> Spanned<String> {
    Spanned::new(0..0, "en".into())
}

fn utc() -> Spanned<String> {
    Spanned::new(0..0, "UTC".into())
}

fn default_theme() -> String {
    "podium".into()
}

fn default_output() -> String {
    "public".into()
}

/// A text of one line: calendars, feeds and terminals take a line break for the end of something.
fn line<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.trim().contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        true => Err(serde::de::Error::custom(
            "expected one line, without characters that cannot be seen",
        )),
        false => Ok(text.trim().to_owned()),
    }
}

fn optional_line<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    line(deserializer).map(Some)
}

/// A day, written as a TOML date or as a text.
fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Date(toml::value::Datetime),
        Text(String),
    }
    let text = match Day::deserialize(deserializer)? {
        Day::Date(date) => date.to_string(),
        Day::Text(text) => text,
    };
    text.parse()
        .map(Some)
        .map_err(|_| serde::de::Error::custom("expected a day such as 2024-07-26"))
}

/// Reads `site.toml` in the site's folder, and says what is wrong with it. Where it cannot be read,
/// but is there, a configuration stands in for it with which nothing can be published.
pub fn load(root: &Path, base_url: Option<&str>) -> (Option<Config>, Vec<Diagnostic>) {
    const NAME: &str = "site.toml";
    let bytes = match crate::paths::read(&root.join(NAME)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let place = Place::File(NAME.into());
            let problem = Diagnostic::new(&codes::C001, place, "there is no site.toml here")
                .help("go to the site's folder, or name it with --root DIR")
                .help("`podium init DIR` makes a new site");
            return (None, vec![problem]);
        }
        Err(error) => {
            return (Some(Config::stand_in(NAME)), vec![crate::text::unreadable(NAME, &error)]);
        }
    };
    let text = match crate::text::text_of(NAME, bytes) {
        Ok(text) => text,
        Err(problem) => return (Some(Config::stand_in(NAME)), vec![problem]),
    };
    let source = Arc::new(Source::new(NAME, text));
    match toml::from_str::<Raw>(&source.text) {
        Ok(raw) => {
            let (config, problems) = resolve(raw, source, base_url);
            (Some(config), problems)
        }
        Err(error) => {
            let problem = toml_error(&codes::C002, &codes::C003, &source, &error);
            (Some(Config::stand_in(NAME)), vec![problem])
        }
    }
}

impl Config {
    /// Where the site is.
    pub fn top(&self) -> url::Top<'_> {
        url::Top { url: &self.base_url, path: &self.base_path }
    }

    /// An address of the site, from the top of its host.
    pub fn below_base(&self, address: &str) -> String {
        format!("{}{address}", self.base_path.trim_end_matches('/'))
    }

    /// An address of the site with its host.
    pub fn absolute(&self, address: &str) -> String {
        format!("{}{address}", self.base_url.trim_end_matches('/'))
    }

    /// The host of the site, without port; empty if it has none.
    pub fn host(&self) -> &str {
        url::host(&self.base_url)
    }

    /// A configuration that believes what it cannot know.
    fn stand_in(name: &str) -> Config {
        Config {
            source: Arc::new(Source::new(name, String::new())),
            title: String::new(),
            description: String::new(),
            base_url: String::new(),
            base_url_place: Place::Site,
            base_path: "/".into(),
            language: "en".into(),
            time_zone: TimeZone::UTC,
            theme: default_theme(),
            output: default_output(),
            games: Games::default(),
            home: HomeConfig::default(),
            per_page: RawLists::default().per_page.get(),
            publisher: Publisher::default(),
            magazine: MagazineConfig::default(),
            live: LiveConfig::default(),
            markdown: MarkdownConfig { raw_html: true, ..MarkdownConfig::default() },
            check: CheckConfig { build: false, ..CheckConfig::default() },
            feeds: RawFeeds::default().into(),
            files: FilesConfig::default(),
            pictures: PicturesConfig::default(),
            brand: Brand::default(),
            embeds: EmbedsConfig::default(),
            script: Script::default(),
            menu: Vec::new(),
            extra: serde_json::Value::Null,
            is_stand_in: true,
        }
    }
}

/// A located diagnostic of what serde or the parser found wrong with a TOML file.
pub fn toml_error(
    syntax: &'static crate::diagnostics::Code,
    setting: &'static crate::diagnostics::Code,
    source: &Arc<Source>,
    error: &toml::de::Error,
) -> Diagnostic {
    let message = error.message().trim().lines().next().unwrap_or("not TOML").to_owned();
    let is_setting = [
        "unknown field",
        "invalid type",
        "invalid value",
        "missing field",
        "expected a day",
        "expected one line",
        "unknown variant",
    ]
    .iter()
    .any(|start| message.starts_with(start));
    let place = match error.span() {
        Some(span) => Place::Span(source.clone(), span),
        None => Place::File(source.path.clone()),
    };
    if !is_setting {
        return Diagnostic::new(syntax, place, format!("{} is not TOML: {message}", source.path));
    }
    let mut diagnostic = Diagnostic::new(setting, place, message.clone());
    if message.starts_with("missing field") {
        // The span of a missing key is the whole table.
        diagnostic.place = Place::File(source.path.clone());
    }
    let mut names = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field")
        && let Some(written) = names.next()
    {
        diagnostic = diagnostic.did_you_mean(written, names);
    }
    diagnostic
}

fn resolve(raw: Raw, source: Arc<Source>, base_url: Option<&str>) -> (Config, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let at = |span: Range<usize>| {
        if span.is_empty() {
            Place::File("site.toml".into())
        } else {
            Place::Span(source.clone(), span)
        }
    };
    let (written, place) = match base_url {
        Some(url) => (url.to_owned(), Place::Site),
        None => (raw.base_url.get_ref().clone(), at(raw.base_url.span())),
    };
    let base_url_place = place.clone();
    let (base_url, base_path) = match url::base(&written) {
        Ok(parts) => parts,
        Err(why) => {
            problems.push(
                Diagnostic::new(
                    &codes::C004,
                    place,
                    format!("base_url is not a web address: {why}"),
                )
                .help("it is where the site will be, such as https://games.example.org/paris/"),
            );
            (String::new(), "/".into())
        }
    };
    let zone_name = raw.time_zone.get_ref();
    let time_zone = TimeZone::get(zone_name).unwrap_or_else(|_| {
        let known: Vec<String> =
            jiff::tz::db().available().map(|name| format!("\"{name}\"")).collect();
        problems.push(
            Diagnostic::new(
                &codes::C004,
                at(raw.time_zone.span()),
                format!("there is no time zone `{zone_name}`"),
            )
            .label("expected an IANA name such as Europe/Paris")
            .did_you_mean(zone_name, known.iter().map(String::as_str)),
        );
        TimeZone::UTC
    });
    let language = raw.language.get_ref().clone();
    if !is_language_tag(&language) {
        problems.push(
            Diagnostic::new(
                &codes::C004,
                at(raw.language.span()),
                format!("`{language}` is not a language tag"),
            )
            .label("expected a tag such as en or pt-BR"),
        );
    }
    if let Some(url) = &raw.publisher.url
        && let Err(why) = url::base(url.get_ref())
    {
        let message = format!("the publisher's url is not a web address: {why}");
        problems.push(Diagnostic::new(&codes::C004, at(url.span()), message));
    }
    let publisher = Publisher {
        name: raw.publisher.name,
        url: raw.publisher.url.map(Spanned::into_inner),
        logo: spanned(raw.publisher.logo),
        copyright: raw.publisher.copyright,
        contact: raw.publisher.contact,
        corrections_policy: raw.publisher.corrections_policy,
    };
    let pictures = pictures(raw.pictures, &at, &mut problems);
    if *raw.live.poll.get_ref() > MOST_POLL {
        let message = "an open page would hardly ever look for updates";
        problems.push(
            Diagnostic::new(&codes::C004, at(raw.live.poll.span()), message)
                .label(format!("expected at most {MOST_POLL} seconds")),
        );
    }
    let mut levels = BTreeMap::new();
    for (written, level) in &raw.check.levels {
        let checks = || codes::ALL.iter().filter(|code| code.has_level());
        let Some(code) = checks().find(|code| code.id.eq_ignore_ascii_case(written)) else {
            let is_code = codes::find(written).is_some_and(|code| !code.has_level());
            let why = if is_code { "has a level that cannot be set" } else { "is not a code" };
            let message = format!("`{written}` {why}");
            problems.push(
                Diagnostic::new(&codes::C004, at(level.span()), message)
                    .label("the level of this code")
                    .help(
                        "`podium explain` lists the codes; levels can be set for E, L, M, N, R and V, and for B002 to B004",
                    ),
            );
            continue;
        };
        let level = match level.get_ref() {
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        };
        levels.insert(code.id, level);
    }
    // Chinese readings of Japanese names are wrong.
    let is_japanese = language.split('-').next() == Some("ja");
    let script = raw.slugs.script.unwrap_or(match is_japanese {
        true => Script::Native,
        false => Script::Ascii,
    });
    let config = Config {
        title: raw.title,
        description: raw.description,
        base_url,
        base_url_place,
        base_path,
        language,
        time_zone,
        theme: raw.theme,
        output: raw.output,
        games: raw.games,
        home: HomeConfig {
            lead: spanned(raw.home.lead),
            seconds: raw.home.seconds.into_iter().filter_map(|name| spanned(Some(name))).collect(),
            sections: raw
                .home
                .sections
                .into_iter()
                .filter_map(|name| spanned(Some(name)))
                .collect(),
        },
        per_page: raw.lists.per_page.get(),
        publisher,
        magazine: raw.magazine,
        live: LiveConfig { poll: raw.live.poll.into_inner() },
        markdown: raw.markdown,
        check: CheckConfig { build: raw.check.build, levels },
        feeds: raw.feeds.into(),
        files: raw.files,
        pictures,
        brand: Brand {
            logo: spanned(raw.brand.logo),
            icon: spanned(raw.brand.icon),
            share_image: spanned(raw.brand.share_image),
        },
        embeds: embeds(raw.embeds, &at, &mut problems),
        script,
        menu: raw.menu,
        extra: serde_json::to_value(raw.extra).unwrap_or_default(),
        source: source.clone(),
        is_stand_in: false,
    };
    problems.extend(config.links().filter(|(_, url)| !may_lead_to(url.get_ref())).map(
        |(name, url)| {
            let message = format!("the {name} cannot lead to `{}`", url.get_ref());
            Diagnostic::new(&codes::C004, at(url.span()), message)
                .label("expected an address of the site, such as /about/, or an https: address")
        },
    ));
    (config, problems)
}

/// Whether a link that leads away from the stories may be that: an address of the site, one of the web, or one to write to.
pub fn may_lead_to(address: &str) -> bool {
    if address.starts_with('/') {
        return !address.starts_with("//");
    }
    let is_web = ["https://", "http://"].iter().any(|start| address.starts_with(start));
    address.starts_with("mailto:") || is_web && !url::host(address).is_empty()
}

fn spanned(value: Option<Spanned<String>>) -> Option<(String, Range<usize>)> {
    value.map(|value| (value.get_ref().clone(), value.span()))
}

fn embeds(
    raw: RawEmbeds,
    at: &dyn Fn(Range<usize>) -> Place,
    problems: &mut Vec<Diagnostic>,
) -> EmbedsConfig {
    let Some(allow) = raw.allow else { return EmbedsConfig::default() };
    let is_host = |host: &str| {
        let parts = host.split('.').collect::<Vec<_>>();
        let is_part =
            |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
        parts.len() > 1 && parts.iter().all(is_part)
    };
    for host in allow.iter().filter(|host| !is_host(host.get_ref())) {
        let message = format!("`{}` is not the name of a host", host.get_ref());
        let problem = Diagnostic::new(&codes::C004, at(host.span()), message);
        problems.push(problem.label("expected a name such as x.com, without https:// and slashes"));
    }
    EmbedsConfig { allow: allow.into_iter().map(Spanned::into_inner).collect() }
}

fn pictures(
    raw: RawPictures,
    at: &dyn Fn(Range<usize>) -> Place,
    problems: &mut Vec<Diagnostic>,
) -> PicturesConfig {
    let usual = PicturesConfig::default();
    let mut widths = usual.widths;
    if let Some(wanted) = raw.widths {
        let span = wanted.span();
        let wanted = wanted.into_inner();
        let is_usable = !wanted.is_empty()
            && wanted.len() <= MOST_WIDTHS
            && wanted.iter().all(|width| (1..=MOST_WIDTH).contains(width));
        if is_usable {
            widths = wanted;
        } else {
            let message = "these are no widths of pictures";
            let problem = Diagnostic::new(&codes::C004, at(span), message);
            problems.push(problem.label(format!(
                "expected 1 to {MOST_WIDTHS} numbers of pixels, from 1 to {MOST_WIDTH}"
            )));
        }
    }
    widths.sort_unstable();
    widths.dedup();
    let is_wanted = raw.avif.as_ref().is_some_and(|avif| *avif.get_ref());
    if let Some(avif) = raw.avif.filter(|_| is_wanted && !cfg!(feature = "avif")) {
        let message = "this program was built without AVIF";
        let problem = Diagnostic::new(&codes::C004, at(avif.span()), message);
        problems.push(problem.help("build it with `--features avif`, or leave this out"));
    }
    PicturesConfig {
        widths,
        avif: is_wanted && cfg!(feature = "avif"),
        use_captions: raw.use_captions.unwrap_or(usual.use_captions),
        require_rights: raw.require_rights.unwrap_or(usual.require_rights),
    }
}

/// Whether a text has the form of a BCP 47 tag (RFC 5646, section 2.1, without the grandfathered).
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags() {
        assert!(is_language_tag("en") && is_language_tag("pt-BR") && is_language_tag("zh-Hant-TW"));
        assert!(!is_language_tag("") && !is_language_tag("english") && !is_language_tag("en_GB"));
    }
}
