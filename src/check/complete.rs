//! What a story must have before it is complete (E codes): authors, a standfirst, and with each picture
//! the words and the name that belong to it.

use jiff::{SignedDuration, Timestamp};

use super::Context;
use super::prose::Prose;
use crate::assemble::{DocumentId, PictureWords, Site, StoryNode};
use crate::diagnostics::{Code, Diagnostic, Place, codes};
use crate::markdown::prose::Mention;
use crate::parse::documents::File;
use crate::parse::live::Update;

/// Readers of a live blog wait no longer for the next update.
const QUIET: SignedDuration = SignedDuration::from_hours(12);

/// Clocks differ, and a reporter may write down the minute that is about to begin.
const SOON: SignedDuration = SignedDuration::from_mins(10);

/// What a document lacks.
pub(super) fn check(context: &Context, prose: &Prose) -> Vec<Diagnostic> {
    if let DocumentId::Story(i) = prose.id {
        let story = &context.site.stories[i];
        let mut found = lacks_of_story(context.site, story, &prose.pictures);
        found.extend(live(story, context.at));
        return found;
    }
    let mut found = of_image(context.site, prose.file, false);
    found.extend(in_body(context.site, prose.file, &prose.pictures));
    found
}

fn lacks_of_story(site: &Site, story: &StoryNode, pictures: &[Mention]) -> Vec<Diagnostic> {
    let doc = &story.doc;
    let mut found = Vec::new();
    let lacks = |code: &'static Code, message: &str| {
        // The headline is where a reporter looks first; the missing key has no place of its own.
        Diagnostic::new(code, doc.file.place("title"), message)
    };
    if story.authors.is_empty() && doc.authors.is_empty() {
        found.push(lacks(&codes::E004, "this story has no author").help("add `authors: [...]`"));
    }
    if doc.standfirst.is_none() {
        let finding = lacks(&codes::E005, "this story has no standfirst");
        found.push(finding.help("add `standfirst: ...`, the sentence under the headline"));
    }
    found.extend(of_image(site, &doc.file, true));
    found.extend(in_body(site, &doc.file, pictures));
    found
}

/// A live blog whose readers wait for nothing, and updates of what has not happened.
fn live(story: &StoryNode, at: Timestamp) -> Vec<Diagnostic> {
    let doc = &story.doc;
    let Some(live) = &doc.file.live else { return Vec::new() };
    let mut found = Vec::new();
    let end = live.end();
    let last = doc.last_changed().timestamp();
    if end.is_none_or(|end| end > at) && at.duration_since(last) > QUIET {
        let place = doc.file.place("title");
        let is_over = live.closes(&doc.date) <= at;
        let message = match is_over {
            true => "nobody has said when this live blog ended",
            false => "this live blog is still said to be live",
        };
        let label = match is_over {
            true => "a day after its last update it counts as ended",
            false => "its last update is more than twelve hours old",
        };
        found.push(
            Diagnostic::new(&codes::E006, place, message)
                .label(label)
                .help("say when the coverage ended: `ended_at: ...`"),
        );
    }
    let mut tell = |code: &'static Code, update: &Update, message: &str, help: &str| {
        let place = Place::Span(doc.file.source.clone(), update.heading.clone());
        let time = update.time.zoned.strftime("%-d %B %Y, %H:%M");
        let finding = Diagnostic::new(code, place, message)
            .label(format!("it is taken for one of {time}"))
            .help("the day follows from `date` and the order of the updates; it may be written in front of the time: ## 2024-07-31 00:10 ...");
        found.push(if help.is_empty() { finding } else { finding.help(help) });
    };
    // Of many the first: they have one cause.
    // One that says its day itself has drawn the others along.
    let says_day = |update: &&Update| {
        let heading = &doc.file.source.text[update.heading.clone()];
        heading.trim_start_matches(['#', ' ']).get(4..5) == Some("-")
    };
    let first = |is: &dyn Fn(&&Update) -> bool| {
        let all = || live.updates.iter().filter(|update| is(update));
        all().find(says_day).or_else(|| all().next())
    };
    let soon = at.checked_add(SOON).unwrap_or(at);
    if let Some(update) = first(&|update| update.time.timestamp() > soon) {
        tell(&codes::E007, update, "this update is still to come", "");
    }
    let is_late = |update: &&Update| end.is_some_and(|end| update.time.timestamp() > end);
    if let Some(update) = first(&is_late) {
        let message = "this update is later than the end of the coverage";
        tell(&codes::E008, update, message, "if the coverage goes on, change `ended_at`");
    }
    found
}

/// What is missing beside a picture of front matter, and in its file. Portraits and flags need no caption.
fn of_image(site: &Site, file: &File, with_caption: bool) -> Vec<Diagnostic> {
    let at = site.build_time.at;
    let Some(image) = file.image.as_ref().filter(|image| !image.is_lapsed(at)) else {
        return Vec::new();
    };
    let shown = site.picture(file);
    // Nobody sees one whose right has ended.
    let asset = site.asset(file, image.src()).ok().map(|asset| &site.assets[asset]);
    if asset.is_some_and(|asset| site.is_lapsed(asset)) {
        return Vec::new();
    }
    let of_file = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let has = |own: Option<&str>, shown: Option<&str>| of_file(own) || of_file(shown);
    let lacks = |code: &'static Code, what: &str, key: &str| {
        let message = format!("this picture has no {what}");
        Diagnostic::new(code, file.place("image.src"), message)
            .help(format!("add `{key}: ...` to it"))
    };
    let mut found = Vec::new();
    if !has(Some(image.alt()), shown.as_ref().map(|shown| shown.alt)) {
        found.push(lacks(&codes::E001, "text alternative", "alt"));
    }
    if with_caption && !has(image.caption(), shown.as_ref().and_then(|shown| shown.caption)) {
        found.push(lacks(&codes::E002, "caption", "caption"));
    }
    if !has(image.credit(), shown.as_ref().and_then(|shown| shown.credit.as_deref())) {
        found.push(lacks(&codes::E003, "credit", "credit"));
    }
    found
}

/// Pictures in the text without an alternative, caption or credit, of which their files say nothing either.
fn in_body(site: &Site, file: &File, pictures: &[Mention]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for mention in pictures {
        let place = Place::Span(file.source.clone(), mention.span.clone());
        let of_file = site.mentioned(file, &mention.src);
        let of_file = of_file.map(|at| site.pictured(at, PictureWords::default()));
        let lacks = |code: &'static Code, what: &str, how: String| {
            Diagnostic::new(code, place.clone(), format!("this picture has no {what}")).help(how)
        };
        let add = |key: &str| format!("add {key}=\"...\" to it");
        let is_silent = |own: &str, of_file: Option<&str>| {
            own.trim().is_empty() && of_file.is_none_or(|text| text.trim().is_empty())
        };
        if is_silent(&mention.alt, of_file.as_ref().map(|picture| picture.alt)) {
            found.push(lacks(
                &codes::E001,
                "text alternative",
                match mention.is_component {
                    true => add("alt"),
                    false => "write it between the brackets: ![what it shows](picture.jpg)".into(),
                },
            ));
        }
        if !mention.is_component {
            continue;
        }
        if is_silent(&mention.caption, of_file.as_ref().and_then(|picture| picture.caption)) {
            found.push(lacks(&codes::E002, "caption", add("caption")));
        }
        let credit = of_file.as_ref().and_then(|picture| picture.credit.as_deref());
        if is_silent(&mention.credit, credit) {
            found.push(lacks(&codes::E003, "credit", add("credit")));
        }
    }
    found
}
