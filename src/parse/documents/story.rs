//! A story, or a live blog: content/stories/ and content/live/.

use serde::Deserialize;

use super::image::ImageFront;
use super::reader::{DocumentReader, items, list, optional, sentence, stem};
use super::waiver::WaiverFront;
use super::{File, Waiver};
use crate::diagnostics::codes;
use crate::markdown::{self, Style};
use crate::parse::dates::Moment;
use crate::parse::front_matter::{Extra, List, Passage, Text};
use crate::parse::live::{self, Live};
use crate::slug;

/// A story, or a live blog: a story in updates.
#[derive(Debug)]
pub struct Story {
    /// Where it is.
    pub file: File,
    /// What others call it by: its path from content/stories/, or that of a live blog from content/,
    /// without `.md` or `/index.md`.
    pub stem: String,
    /// Its part of the address.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// The sentence under the headline.
    pub standfirst: Option<String>,
    /// What matters most, in a few sentences above the text.
    pub key_points: Vec<String>,
    /// First published.
    pub date: Moment,
    /// Last changed, if that is to be shown.
    pub updated: Option<Moment>,
    /// Where it was written.
    pub dateline: Option<String>,
    /// People or agencies.
    pub authors: Vec<String>,
    /// `sport/event`.
    pub events: Vec<String>,
    /// Names.
    pub athletes: Vec<String>,
    /// Codes or names.
    pub nations: Vec<String>,
    /// Sports, besides those of the events.
    pub sports: Vec<String>,
    pub tags: Vec<String>,
    /// Hand-picked stories.
    pub related: Vec<String>,
    /// What was wrong before.
    pub corrections: Vec<Correction>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// Not to be published yet.
    pub draft: bool,
    /// On the site from then on.
    pub publish_at: Option<Moment>,
    /// On the site until then.
    pub expire_at: Option<Moment>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

impl Story {
    /// When it appears: at `publish_at`, or else at its date. A live blog has the time in its date at which
    /// its coverage begins, and may be announced before.
    pub fn appears_at(&self) -> Option<&Moment> {
        let date = || self.file.live.is_none().then_some(&self.date);
        self.publish_at.as_ref().or_else(date)
    }

    /// When it was last updated, as far as it says: a live blog by its last update, too.
    pub fn last_updated(&self) -> Option<&Moment> {
        let last = self.file.live.as_ref().and_then(|live| live.updates.last());
        let last = last.map(|update| &update.time);
        let later = |moment: &&Moment| moment.timestamp() > self.date.timestamp();
        self.updated.iter().chain(last.filter(later)).max_by_key(|moment| moment.timestamp())
    }

    /// When it was last changed, corrections included.
    pub fn changed(&self) -> Option<&Moment> {
        let corrections = self.corrections.iter().map(|correction| &correction.date);
        let later = |moment: &&Moment| moment.timestamp() > self.date.timestamp();
        let changes = self.last_updated().into_iter().chain(corrections.filter(later));
        changes.max_by_key(|moment| moment.timestamp())
    }

    /// When it was last changed, or else when it was first published.
    pub fn last_changed(&self) -> &Moment {
        self.changed().unwrap_or(&self.date)
    }
}

/// A dated note: what was wrong in a story.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When.
    pub date: Moment,
    /// What.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoryFront {
    title: Option<Text>,
    standfirst: Option<Passage>,
    key_points: Option<List<Passage>>,
    date: Option<Text>,
    updated: Option<Text>,
    ended_at: Option<Text>,
    dateline: Option<Text>,
    authors: Option<List<Text>>,
    events: Option<List<Text>>,
    athletes: Option<List<Text>>,
    nations: Option<List<Text>>,
    sports: Option<List<Text>>,
    tags: Option<List<Text>>,
    image: Option<ImageFront>,
    related: Option<List<Text>>,
    corrections: Option<List<CorrectionFront>>,
    draft: Option<bool>,
    raw_html: Option<bool>,
    publish_at: Option<Text>,
    expire_at: Option<Text>,
    aliases: Option<List<Text>>,
    slug: Option<Text>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionFront {
    date: Text,
    text: Passage,
}

impl DocumentReader<'_> {
    pub(super) fn story(&mut self, mut file: File) -> Option<Story> {
        let front: StoryFront = self.front(&file)?;
        file.raw_html = front.raw_html;
        file.image = self.image(&file, front.image);
        file.aliases = self.aliases(&file, front.aliases);
        let is_live = file.path.starts_with("live/");
        let mut stem = stem(&file.path).to_owned();
        if is_live {
            stem.insert_str(0, "live/");
        }
        let title = self.required(&file, "title", front.title);
        let date = front.date.filter(|date| !date.0.trim().is_empty());
        if date.is_none() {
            self.required(&file, "date", None);
        }
        let date = self.optional_moment(&file, "date", date.as_ref());
        let publish_at = self.optional_moment(&file, "publish_at", front.publish_at.as_ref());
        let expire_at = self.optional_moment(&file, "expire_at", front.expire_at.as_ref());
        let updated = self.optional_moment(&file, "updated", front.updated.as_ref());
        if let (Some(from), Some(until)) = (&publish_at, &expire_at)
            && until.timestamp() <= from.timestamp()
        {
            let diagnostic = self.problem(
                &file,
                &codes::F012,
                "expire_at",
                "`expire_at` is not after `publish_at`",
            );
            diagnostic.label = "the story would never be on the site".into();
        }
        for (key, moment, what) in [
            ("updated", &updated, "a story is not updated before it is published"),
            ("expire_at", &expire_at, "the story would be over before it begins"),
        ] {
            let is_shown = key == "updated" || publish_at.is_none();
            if let (Some(date), Some(moment)) = (&date, moment)
                && is_shown
                && moment.is_before(date)
            {
                let message = format!("`{key}` is before `date`");
                self.problem(&file, &codes::F015, key, &message).label = what.into();
            }
        }
        for (key, names) in [
            ("authors", &front.authors),
            ("athletes", &front.athletes),
            ("nations", &front.nations),
            ("sports", &front.sports),
            ("tags", &front.tags),
        ] {
            for (i, Text(name)) in names.iter().flat_map(|names| &names.0).enumerate() {
                if slug::slugify(name).is_empty() {
                    let at = format!("{key}[{i}]");
                    self.problem(&file, &codes::F014, &at, "this has no letter or digit in it");
                }
            }
        }
        self.cut_off(&file, &["title", "standfirst"]);
        let ended_at = self.optional_moment(&file, "ended_at", front.ended_at.as_ref());
        if !is_live && front.ended_at.is_some() {
            let diagnostic = self.problem(&file, &codes::F004, "ended_at", "a story does not end");
            diagnostic.label = "only live blogs do, which lie in content/live/".into();
        }
        file.live = match &date {
            Some(date) if is_live => Some(self.live(&file, date, ended_at)),
            _ => None,
        };
        let name = stem.rsplit('/').next().unwrap_or(&stem);
        Some(Story {
            slug: self.slug(&file, front.slug.as_ref(), name),
            title,
            standfirst: optional(front.standfirst.map(sentence)),
            key_points: items(front.key_points)
                .into_iter()
                .filter_map(|point| optional(Some(sentence(point))))
                .collect(),
            updated,
            dateline: optional(front.dateline),
            authors: list(front.authors),
            events: list(front.events),
            athletes: list(front.athletes),
            nations: list(front.nations),
            sports: list(front.sports),
            tags: list(front.tags),
            related: list(front.related),
            corrections: self.corrections(&file, front.corrections),
            fact_ok: self.waivers(&file, front.fact_ok),
            draft: front.draft.unwrap_or(false),
            publish_at,
            expire_at,
            extra: front.extra.unwrap_or_default().0.into(),
            stem,
            date: date.unwrap_or_else(|| Moment::never(self.zone)),
            file,
        })
    }

    /// The updates of a live blog.
    fn live(&mut self, file: &File, start: &Moment, ended_at: Option<Moment>) -> Live {
        let style = Style::new(&self.config.markdown, file.raw_html);
        let outline = markdown::outline(file.markdown(), file.body.start, style);
        let problems = &mut self.problems;
        let live = live::updates(&file.source, &file.body, outline, start, self.zone, problems);
        let live = Live { ended_at, ..live };
        if live.end().is_some_and(|end| end < start.timestamp()) {
            let message = "the coverage ends before it begins";
            self.problem(file, &codes::F012, "ended_at", message);
        }
        // What others may lead to in it are its updates.
        let ids = live.updates.iter().map(|update| update.id.clone()).collect();
        let _ = file.anchors.set(ids);
        live
    }

    fn corrections(
        &mut self,
        file: &File,
        corrections: Option<List<CorrectionFront>>,
    ) -> Vec<Correction> {
        let mut read = Vec::new();
        for (i, correction) in items(corrections).into_iter().enumerate() {
            let at = format!("corrections[{i}].date");
            if let Some(date) = self.moment(file, &at, &correction.date) {
                read.push(Correction { date, text: correction.text.0 });
            }
        }
        read
    }
}
