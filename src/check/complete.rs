//! What a story must have before it is complete (E codes): authors, a standfirst, and with each picture
//! the words and the name that belong to it.

use jiff::{SignedDuration, Timestamp};

use super::Context;
use super::prose::Prose;
use crate::assemble::{DocumentId, StoryNode};
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
        let mut found = lacks_of_story(story, &prose.pictures);
        found.extend(live(story, context.at));
        return found;
    }
    let mut found = of_image(prose.file, false);
    found.extend(in_body(prose.file, &prose.pictures));
    found
}

fn lacks_of_story(story: &StoryNode, pictures: &[Mention]) -> Vec<Diagnostic> {
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
    found.extend(of_image(&doc.file, true));
    found.extend(in_body(&doc.file, pictures));
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

/// What is missing beside a picture of front matter. Portraits and flags need no caption.
fn of_image(file: &File, with_caption: bool) -> Vec<Diagnostic> {
    let Some(image) = &file.image else { return Vec::new() };
    let is_blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let lacks = |code: &'static Code, what: &str, key: &str| {
        let message = format!("this picture has no {what}");
        Diagnostic::new(code, file.place("image.src"), message)
            .help(format!("add `{key}: ...` to it"))
    };
    let mut found = Vec::new();
    if is_blank(Some(image.alt())) {
        found.push(lacks(&codes::E001, "text alternative", "alt"));
    }
    if with_caption && is_blank(image.caption()) {
        found.push(lacks(&codes::E002, "caption", "caption"));
    }
    if is_blank(image.credit()) {
        found.push(lacks(&codes::E003, "credit", "credit"));
    }
    found
}

/// Pictures in the text without an alternative, caption or credit.
fn in_body(file: &File, pictures: &[Mention]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for mention in pictures {
        let place = Place::Span(file.source.clone(), mention.span().clone());
        let lacks = |code: &'static Code, what: &str, how: &str| {
            Diagnostic::new(code, place.clone(), format!("this picture has no {what}")).help(how)
        };
        match mention {
            Mention::Markdown { has_alt: false, .. } => found.push(lacks(
                &codes::E001,
                "text alternative",
                "write it between the brackets: ![what it shows](picture.jpg)",
            )),
            Mention::Markdown { .. } => {}
            Mention::Component { attributes, .. } => {
                for (key, code, what) in [
                    ("alt", &codes::E001, "text alternative"),
                    ("caption", &codes::E002, "caption"),
                    ("credit", &codes::E003, "credit"),
                ] {
                    if !attributes.iter().any(|name| name == key) {
                        found.push(lacks(code, what, &format!("add {key}=\"...\" to it")));
                    }
                }
            }
        }
    }
    found
}
