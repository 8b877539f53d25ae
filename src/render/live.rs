//! Live blogs: their updates as templates see them, and the newest ones as data for pages that are open.
//!
//! An update in the data is the HTML that `update.html` makes of it, the same that the page has: a page
//! that puts it in becomes what it would be if it were loaded again.

use serde::Serialize;
use tera::{Context, Value};
use xxhash_rust::xxh3::xxh3_64;

use super::cards::{date, value};
use super::scope::Scope;
use super::{Renderer, style};
use crate::assemble::LiveNode;
use crate::diagnostics::Diagnostic;
use crate::markdown::{self, Part, escaped};
use crate::parse::documents::Story;
use crate::parse::live::{Live, Update};
use crate::plan::{self, Page, addresses as at};

/// The templates of an update and of the list of key moments.
const UPDATE: &str = "update.html";
const KEY_MOMENTS: &str = "key-moments.html";
/// What the ids of the opening begin with; those of updates do not begin so.
const OPENING: &str = "_opening";
/// The data holds the text of so many of the newest updates. An open page that lacks another, or has an
/// older version of it, takes it from the blog's page.
const NEWEST: usize = 20;

/// A live blog, or a page of its older updates.
#[derive(Serialize)]
pub(super) struct LiveView<'a> {
    /// `upcoming`, `running` or `ended`.
    coverage: &'static str,
    begins: Value,
    ends: Option<Value>,
    /// All updates.
    count: usize,
    /// Newest first; on the blog's own page those that stand above all others are not among them.
    updates: Vec<UpdateView<'a>>,
    /// Those that stand above all others.
    pinned: Vec<UpdateView<'a>>,
    /// Of all updates, newest first.
    key_moments: Vec<Value>,
    /// Which page of older updates this is, counted from the oldest; 0 is the blog's own.
    page: usize,
    /// How many pages of older updates there are.
    pages: usize,
    /// Where the updates are that were before these, if there are any.
    older: Option<String>,
    /// Where those are that came after these.
    newer: Option<String>,
    /// The times of the first updates of all pages, as they stand in ids, oldest first and the blog's own
    /// last, with spaces between them: by these a page finds an update that stands on it no more.
    starts: String,
    /// For the same, ids that were given, each with its page of older ones: `kick-off=1`.
    named: String,
    /// The blog's own page.
    url: String,
    /// Where the data is.
    data: String,
    /// Seconds between two looks at the data.
    poll: u32,
}

/// An update.
#[derive(Serialize)]
pub(super) struct UpdateView<'a> {
    id: &'a str,
    url: String,
    time: Value,
    /// Whether the day is to be told with the time.
    with_day: bool,
    title: &'a str,
    body: Value,
    author: Value,
    is_key: bool,
    is_pinned: bool,
    /// Changes with anything that its file says of it.
    version: String,
}

/// An update without its text.
#[derive(Serialize)]
struct Headline<'a> {
    url: String,
    time: Value,
    with_day: bool,
    title: &'a str,
}

/// The newest updates as data. README.md documents its shape.
#[derive(Serialize)]
struct Data<'a> {
    coverage: &'static str,
    count: usize,
    key_moments: String,
    /// The time of the newest update that is on a page of older ones, if there are any.
    older: Option<String>,
    updates: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    version: String,
    pinned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
}

/// A live blog with what was resolved of it.
pub(super) struct Blog<'a> {
    renderer: &'a Renderer<'a>,
    doc: &'a Story,
    live: &'a Live,
    node: &'a LiveNode,
}

impl<'a> Blog<'a> {
    /// The live blog that a story is, if it is one.
    pub(super) fn new(renderer: &'a Renderer<'a>, story: usize) -> Option<Self> {
        let story = &renderer.site.stories[story];
        let (live, node) = (story.doc.file.live.as_ref()?, story.live.as_ref()?);
        Some(Blog { renderer, doc: &story.doc, live, node })
    }

    /// The text in front of the updates as HTML.
    pub(super) fn opening(&self, problems: &mut Vec<Diagnostic>) -> Value {
        // Its headings begin with the third level, as those of the second begin updates.
        Value::safe_string(&self.render(&self.live.opening, OPENING, -1, problems))
    }

    /// What one of its pages shows.
    pub(super) fn page(&self, page: usize, problems: &mut Vec<Diagnostic>) -> LiveView<'a> {
        let address = plan::story_address(self.doc);
        let url = |page: usize| self.renderer.url(&at::older(&address, page));
        let pages = self.live.older_pages();
        let is_own = page == 0;
        let (pinned, others) = match is_own {
            true => (self.pinned(), self.newest(self.live.on_page(0).len())),
            false => (Vec::new(), self.live.on_page(page).rev().collect()),
        };
        LiveView {
            coverage: self.node.coverage.word(),
            begins: date(&self.doc.date),
            ends: self.live.ended_at.as_ref().map(date),
            count: self.live.updates.len(),
            updates: self.updates(&others, problems),
            pinned: self.updates(&pinned, problems),
            key_moments: if is_own { self.key_moments() } else { Vec::new() },
            page,
            pages,
            older: match page {
                0 => (pages > 0).then(|| url(pages)),
                page => (page > 1).then(|| url(page - 1)),
            },
            newer: (page > 0).then(|| url(if page == pages { 0 } else { page + 1 })),
            starts: if is_own && pages > 0 { self.starts() } else { String::new() },
            named: if is_own { self.named() } else { String::new() },
            url: url(0),
            data: self.renderer.url(&at::updates(&address)),
            poll: self.renderer.site.config.live.poll,
        }
    }

    fn starts(&self) -> String {
        let first = |page| self.live.updates[self.live.on_page(page).start].time.zoned.clone();
        let pages = (1..=self.live.older_pages()).chain([0]);
        let starts: Vec<String> =
            pages.map(|page| first(page).strftime("%Y-%m-%d-%H%M").to_string()).collect();
        starts.join(" ")
    }

    fn named(&self) -> String {
        let older = 0..self.live.on_page(0).start;
        let given = older.filter(|i| !self.live.updates[*i].id.starts_with("at-"));
        let pair = |i: usize| format!("{}={}", self.live.updates[i].id, self.live.page_of(i));
        given.map(pair).collect::<Vec<_>>().join(" ")
    }

    /// Newest first.
    fn pinned(&self) -> Vec<usize> {
        let all = (0..self.live.updates.len()).rev();
        all.filter(|i| self.live.updates[*i].is_pinned).collect()
    }

    /// The newest updates that are not pinned, newest first, of the last so many.
    fn newest(&self, most: usize) -> Vec<usize> {
        let all = (0..self.live.updates.len()).rev().take(most);
        all.filter(|i| !self.live.updates[*i].is_pinned).collect()
    }

    fn key_moments(&self) -> Vec<Value> {
        let updates = self.live.updates.iter().enumerate().rev();
        let key = updates.filter(|(_, update)| update.is_key);
        key.map(|(i, update)| self.headline(i, update)).collect()
    }

    /// The newest updates that have a headline, newest first, without their texts.
    pub(super) fn headlines(&self, most: usize) -> Vec<Value> {
        let updates = self.live.updates.iter().enumerate().rev();
        let titled = updates.filter(|(_, update)| !update.title.is_empty());
        titled.take(most).map(|(i, update)| self.headline(i, update)).collect()
    }

    fn headline(&self, i: usize, update: &Update) -> Value {
        value(&Headline {
            url: self.url(i),
            time: date(&update.time),
            with_day: self.is_of_another_day(update),
            title: &update.title,
        })
    }

    fn url(&self, update: usize) -> String {
        let address = plan::update_address(self.doc, self.live, update);
        self.renderer.site.config.below_base(&address)
    }

    fn updates(&self, which: &[usize], problems: &mut Vec<Diagnostic>) -> Vec<UpdateView<'a>> {
        which.iter().map(|i| self.update(*i, problems)).collect()
    }

    fn update(&self, i: usize, problems: &mut Vec<Diagnostic>) -> UpdateView<'a> {
        let update = &self.live.updates[i];
        // Its title is a heading of the third level.
        let body = self.render(&update.body, &update.id, 1, problems);
        let author = self.node.authors[i];
        let author =
            author.map_or_else(Value::none, |author| self.renderer.cards.authors[author].clone());
        let mut view = UpdateView {
            id: &update.id,
            url: self.url(i),
            time: date(&update.time),
            with_day: self.is_of_another_day(update),
            title: &update.title,
            body: Value::safe_string(&body),
            author,
            is_key: update.is_key,
            is_pinned: update.is_pinned,
            version: String::new(),
        };
        let seen = serde_json::to_vec(&view).unwrap_or_default();
        view.version = format!("{:016x}", xxh3_64(&seen));
        view
    }

    /// Whether it is not of the day on which the coverage begins.
    fn is_of_another_day(&self, update: &Update) -> bool {
        let zone = self.renderer.site.config.time_zone.clone();
        update.time.zoned.date() != self.doc.date.zoned.with_time_zone(zone).date()
    }

    /// A part of the text as HTML.
    fn render(
        &self,
        span: &std::ops::Range<usize>,
        id: &str,
        shift: isize,
        problems: &mut Vec<Diagnostic>,
    ) -> String {
        let file = &self.doc.file;
        let scope = Scope::new(self.renderer, file);
        let part = Part { span, definitions: &self.live.definitions, id, shift };
        let rendered =
            markdown::render_part(&file.source, part, style(self.renderer.site, file), &scope);
        problems.extend(rendered.problems);
        rendered.html
    }

    /// The text with the newest updates, for feeds. What is wrong is told by the blog's own page.
    pub(super) fn full_text(&self) -> String {
        let mut unused = Vec::new();
        let mut html = self.opening(&mut unused).to_string();
        let newest = [self.pinned(), self.newest(self.live.on_page(0).len())].concat();
        for view in self.updates(&newest, &mut unused) {
            let heading = self.heading(&view.time, view.with_day, view.title);
            let url = escaped(&view.url);
            html += &format!("<h3><a href=\"{url}\">{heading}</a></h3>\n{}", view.body);
        }
        html
    }

    /// The whole text as it is read afterwards: from the first update to the last, with who wrote each. All ids begin
    /// with `prefix`. What is wrong is told by the blog's own page.
    pub(super) fn on_paper(&self, prefix: &str) -> String {
        let mut unused = Vec::new();
        let mut html =
            self.render(&self.live.opening, &format!("{prefix}{OPENING}"), -1, &mut unused);
        for (i, update) in self.live.updates.iter().enumerate() {
            let with_day = i == 0 || self.is_of_another_day(update);
            let heading = self.heading(&date(&update.time), with_day, &update.title);
            let author = self.node.authors[i].map(|author| {
                let name = &self.renderer.site.authors[author].name;
                let by = self.renderer.theme.translations.text("by");
                format!("<p class=\"byline\">{} {}</p>\n", escaped(by), escaped(name))
            });
            let id = format!("{prefix}{}", update.id);
            let body = self.render(&update.body, &id, 1, &mut unused);
            html += &format!("<h3>{heading}</h3>\n{}{body}", author.unwrap_or_default());
        }
        html
    }

    /// When an update was written, and its title, as HTML.
    fn heading(&self, time: &Value, with_day: bool, title: &str) -> String {
        let style = if with_day { "day_clock" } else { "clock" };
        let time = self.renderer.theme.translations.date(time, style).unwrap_or_default();
        escaped(format!("{time} {title}").trim())
    }

    fn template(
        &self,
        template: &str,
        name: &'static str,
        value: Value,
        page: &str,
    ) -> Result<String, Box<Diagnostic>> {
        let mut context = Context::new();
        context.insert_value(name, value);
        self.renderer.theme.render(template, &context, page)
    }

    /// The newest updates as data. Mistakes in them are reported by the blog's own page.
    ///
    /// # Errors
    /// A template failed.
    pub(super) fn data(&self, page: &Page) -> Result<String, Box<Diagnostic>> {
        let mut unused = Vec::new();
        let own = self.live.on_page(0);
        let with_text = own.end.saturating_sub(NEWEST)..own.end;
        let shown = self.renderer.site.config.below_base(&page.address);
        let mut items = Vec::new();
        for i in [self.pinned(), self.newest(own.len())].concat() {
            let view = self.update(i, &mut unused);
            let html = match with_text.contains(&i) {
                true => Some(self.template(UPDATE, "update", value(&view), &shown)?),
                false => None,
            };
            items.push(Item {
                id: view.id,
                version: view.version.clone(),
                pinned: view.is_pinned,
                html: html.map(|html| html.trim().to_owned()),
            });
        }
        let moments = value(&self.key_moments());
        let moments = self.template(KEY_MOMENTS, "key_moments", moments, &shown)?;
        let data = Data {
            coverage: self.node.coverage.word(),
            count: self.live.updates.len(),
            key_moments: moments.trim().to_owned(),
            older: own.start.checked_sub(1).map(|i| self.live.updates[i].time.iso()),
            updates: items,
        };
        Ok(serde_json::to_string(&data).unwrap_or_default() + "\n")
    }
}
