//! How names are written (N codes): against the house form, near misses of a known name, and names that
//! more than one person has.

use std::collections::BTreeSet;

use crate::assemble::{AthleteNode, Site, StoryNode};
use crate::check::claims::parts::{Is, Member, Part};
use crate::check::claims::words::{Word, fold};
use crate::check::copy::{Copy, Text};
use crate::diagnostics::{Diagnostic, Place, codes};

/// A sentence, and whom it can be about.
pub struct Context<'a> {
    /// The site.
    pub site: &'a Site,
    /// The document.
    pub copy: &'a Copy<'a>,
    /// The text.
    pub text: &'a Text<'a>,
    /// Its words.
    pub words: &'a [Word],
    /// Athletes of its events and nations, whom a misspelt name may mean.
    pub near: &'a BTreeSet<usize>,
}

impl Context<'_> {
    /// What is to be said of the names in a sentence.
    pub fn findings(&self, parts: &[Part]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for part in parts {
            let Is::Who(who) = &part.is else { continue };
            if self.words[part.words.start].is_quoted {
                continue;
            }
            for member in &who.members {
                found.extend(self.variant(member).or_else(|| self.shared(member)));
            }
            if who.members.is_empty() {
                found.extend(self.near_miss(part));
            }
        }
        found
    }

    fn written(&self, words: &std::ops::Range<usize>) -> (&str, std::ops::Range<usize>) {
        let (first, last) = (&self.words[words.start], &self.words[words.end - 1]);
        let span = first.span.start..last.span.end;
        (&self.text.words[span.clone()], span)
    }

    /// A whole name that the house writes otherwise.
    fn variant(&self, member: &Member) -> Option<Diagnostic> {
        let [athlete] = member.athletes.as_slice() else { return None };
        let node = &self.site.athletes[*athlete];
        let (written, span) = self.written(&member.words);
        if written == node.name || !is_same_name(written, node) {
            return None;
        }
        let place = self.text.place(self.copy.file, &span);
        let finding =
            Diagnostic::new(&codes::N001, place, format!("the house form is {}", node.name));
        let finding = match &node.doc {
            Some(doc) => finding.related(doc.file.place("name"), "the house form"),
            None => finding,
        };
        Some(certain(finding, written, &node.name))
    }

    /// A name of several people, none of whom is told from the others.
    fn shared(&self, member: &Member) -> Option<Diagnostic> {
        let several = &member.athletes;
        let is_told = several.len() < 2
            || member.nation.is_some()
            || several.iter().any(|it| self.copy.athletes.contains(it) || self.near.contains(it))
            || member.words.len() < 2;
        if is_told {
            return None;
        }
        let (written, span) = self.written(&member.words);
        let place = self.text.place(self.copy.file, &span);
        let who: Vec<String> = several
            .iter()
            .map(|it| {
                let node = &self.site.athletes[*it];
                let nation = node.nation.map(|it| self.site.nations[it].name.as_str());
                format!("{} of {}", node.name, nation.unwrap_or("no nation"))
            })
            .collect();
        let message = format!("{} people are called {written}", several.len());
        Some(
            Diagnostic::new(&codes::N003, place, message)
                .note(format!("they are {}", who.join("; ")))
                .help("name the nation beside the name, or the person in `athletes`"),
        )
    }

    /// A name that nobody has, one or two letters from one that somebody has who may be meant.
    fn near_miss(&self, part: &Part) -> Option<Diagnostic> {
        // The first word may only begin the sentence: "Later Max Muler spoke".
        let starts = part.words.start..part.words.end - 1;
        let (written, span, known) = starts.rev().find_map(|start| {
            let (written, span) = self.written(&(start..part.words.end));
            let athletes = self.near.iter().map(|it| &self.site.athletes[*it]);
            Some((written, span, nearest(written, athletes)?))
        })?;
        let place = self.text.place(self.copy.file, &span);
        let message = format!("nobody is called {written}");
        let finding = Diagnostic::new(&codes::N002, place, message);
        Some(finding.suggest(format!("did you mean {}?", known.name), known.name.clone()))
    }
}

/// A suggestion, where the file has the very words.
fn certain(finding: Diagnostic, written: &str, instead: &str) -> Diagnostic {
    match &finding.place {
        Place::Span(source, at) if source.text[at.clone()] == *written => {
            finding.suggest("write the house form", instead)
        }
        _ => finding,
    }
}

/// Whether a name is written with the letters of the house form or of an alias, in whatever order and with
/// whatever marks; a part of a name is no variant of it.
fn is_same_name(written: &str, node: &AthleteNode) -> bool {
    let sorted = |name: &str| {
        let mut letters: Vec<char> =
            fold(name).chars().filter(char::is_ascii_alphanumeric).collect();
        letters.sort_unstable();
        letters
    };
    let aliases = node.doc.iter().flat_map(|doc| &doc.aliases);
    let written = sorted(written);
    aliases.chain([&node.name]).any(|name| sorted(name) == written)
}

/// The only one whose name is one or two letters away; one, if the name is short.
fn nearest<'s>(
    written: &str,
    known: impl Iterator<Item = &'s AthleteNode>,
) -> Option<&'s AthleteNode> {
    let written = fold(written);
    let most = if written.len() < 10 { 1 } else { 2 };
    let mut near = known.filter(|node| {
        let name = fold(&node.name);
        name != written
            && name.len().abs_diff(written.len()) <= most
            && strsim::osa_distance(&name, &written) <= most
    });
    let first = near.next()?;
    near.next().is_none().then_some(first)
}

/// Names in a story's `athletes` that make somebody new of somebody known: a letter off, or with another
/// nation.
pub fn in_front_matter(site: &Site, story: &StoryNode) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for athlete in &story.athletes {
        let node = &site.athletes[*athlete];
        let is_known = |it: &AthleteNode| {
            it.doc.is_some()
                || !it.medals.is_empty()
                || !it.entries.is_empty()
                || !it.changes.is_empty()
        };
        if is_known(node) {
            continue;
        }
        // `athletes[i]` of the file: what leads to this one.
        let mut names = story.doc.athletes.iter().enumerate();
        let written = names.find(|(_, name)| site.athlete(name) == Ok(*athlete));
        let Some((i, written)) = written else { continue };
        let place = story.doc.file.place(&format!("athletes[{i}]"));
        let others: Vec<&AthleteNode> = site.athletes.iter().filter(|it| is_known(it)).collect();
        let namesakes: Vec<&&AthleteNode> =
            others.iter().filter(|it| fold(&it.name) == fold(&node.name)).collect();
        if let [namesake] = namesakes.as_slice() {
            let nation =
                |it: &AthleteNode| it.nation.map_or("", |it| site.nations[it].name.as_str());
            let message = format!("{} is not of {}", namesake.name, nation(node));
            let finding = Diagnostic::new(&codes::N004, place, message);
            let label = format!("{} competes for {}", namesake.name, nation(namesake));
            found.push(finding.label(label));
        } else if let Some(near) = nearest(&node.name, others.into_iter()) {
            let message = format!("nobody is called {}", node.name);
            let finding = Diagnostic::new(&codes::N002, place, message).help(format!(
                "if {} is somebody else, give them a file in content/athletes/",
                node.name
            ));
            let bare = written == &node.name;
            found.push(if bare {
                finding.suggest(format!("did you mean {}?", near.name), near.name.clone())
            } else {
                finding.help(format!("did you mean {}?", near.name))
            });
        }
    }
    found
}
