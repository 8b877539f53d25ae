//! How names are written (N codes): against the house form, near misses of a known name, and names that
//! more than one person has.

use std::collections::{BTreeSet, HashMap};

use crate::assemble::{AthleteNode, DocumentId, Site};
use crate::check::claims::parts::{Is, Member, Part};
use crate::check::claims::words::{Word, fold};
use crate::check::prose::{Prose, Text};
use crate::diagnostics::{Diagnostic, Place, codes};

/// Athletes who are known by more than a story, for a look-up of names that are nearly theirs. Two names are
/// compared only if they share their first or their last word: a slip is in one of them.
#[derive(Debug, Default)]
pub struct Spelling {
    by_word: HashMap<String, Vec<usize>>,
    folded: HashMap<usize, String>,
}

impl Spelling {
    /// Learns the names of a site.
    pub fn new(site: &Site) -> Spelling {
        let mut spelling = Spelling::default();
        for (i, athlete) in
            site.athletes.iter().enumerate().filter(|(_, athlete)| is_known(athlete))
        {
            let folded = fold(&athlete.name);
            for word in ends(&folded) {
                spelling.by_word.entry(word.to_owned()).or_default().push(i);
            }
            spelling.folded.insert(i, folded.into_owned());
        }
        spelling
    }

    /// The only one of those who are wanted whose name is one or two letters away; one, if it is short.
    fn nearest(&self, written: &str, is_wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let written = fold(written);
        let most = if written.len() < 10 { 1 } else { 2 };
        let is_near = |athlete: &usize| {
            let name = &self.folded[athlete];
            *name != written
                && name.len().abs_diff(written.len()) <= most
                && is_wanted(*athlete)
                && strsim::osa_distance(name, &written) <= most
        };
        let candidates = ends(&written).into_iter().filter_map(|word| self.by_word.get(word));
        let mut near = candidates.flatten().copied().filter(is_near);
        let first = near.next()?;
        near.all(|other| other == first).then_some(first)
    }

    /// Those whose family name, or one name of several, is all that is written.
    fn called(&self, written: &str, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        // A whole name that shares one word with another is somebody else's, unless much of it is the same.
        const ALIKE: f64 = 0.65;
        let written = fold(written);
        let is_part = !written.contains(' ');
        let is_alike = |athlete: &usize| {
            let name = &self.folded[athlete];
            is_part || strsim::normalized_damerau_levenshtein(name, &written) >= ALIKE
        };
        let candidates = ends(&written).into_iter().filter_map(|word| self.by_word.get(word));
        let mut called: Vec<usize> = candidates
            .flatten()
            .copied()
            .filter(|athlete| is_wanted(*athlete))
            .filter(is_alike)
            .collect();
        called.sort_unstable();
        called.dedup();
        called
    }

    /// The only known one of exactly this name.
    fn namesake(&self, name: &str) -> Option<usize> {
        let folded = fold(name);
        let last = ends(&folded).into_iter().next_back()?;
        let called = self.by_word.get(last)?;
        let mut same = called.iter().copied().filter(|athlete| self.folded[athlete] == folded);
        let first = same.next()?;
        same.all(|other| other == first).then_some(first)
    }
}

/// The first and the last word of a name.
fn ends(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split(' ').collect();
    if words.len() > 2 {
        words.drain(1..words.len() - 1);
    }
    words
}

/// Whether somebody is known by more than the stories that name them.
fn is_known(athlete: &AthleteNode) -> bool {
    let AthleteNode { doc, medals, entries, changes, .. } = athlete;
    doc.is_some() || !medals.is_empty() || !entries.is_empty() || !changes.is_empty()
}

/// A sentence, and whom it can be about.
pub struct Context<'a> {
    pub site: &'a Site,
    /// The document.
    pub prose: &'a Prose<'a>,
    pub text: &'a Text<'a>,
    pub words: &'a [Word<'a>],
    /// Athletes of its podiums, and those whom it names in its front matter.
    pub expected: &'a BTreeSet<usize>,
    /// Names that a misspelt one may mean.
    pub spelling: &'a Spelling,
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

    /// Whether somebody is of the document's events or nations.
    fn is_near(&self, athlete: usize) -> bool {
        let node = &self.site.athletes[athlete];
        self.expected.contains(&athlete)
            || node.entries.iter().any(|event| self.prose.events.contains(event))
            || node.nation.is_some_and(|nation| self.prose.nations.contains(&nation))
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
        // Only where a file of the house says what its form is: spreadsheets have orders of their own.
        let has_house_form =
            node.doc.as_ref().is_some_and(|doc| doc.family.is_some() || !doc.aliases.is_empty());
        if !has_house_form || written == node.name || !is_same_name(written, node) {
            return None;
        }
        let place = self.text.place(self.prose.file, &span);
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
            || several.iter().any(|athlete| self.is_near(*athlete))
            || member.words.len() < 2;
        if is_told {
            return None;
        }
        let (written, span) = self.written(&member.words);
        let place = self.text.place(self.prose.file, &span);
        let who: Vec<String> = several
            .iter()
            .map(|athlete| {
                let node = &self.site.athletes[*athlete];
                let nation = node.nation.map(|nation| self.site.nations[nation].name.as_str());
                let won = node.medals.iter().map(|award| &self.site.awards[*award].event);
                let sport = node.entries.iter().chain(won).next();
                let sport =
                    sport.map(|event| &self.site.sports[self.site.events[*event].sport].name);
                match sport {
                    Some(sport) => {
                        format!("{} of {} ({sport})", node.name, nation.unwrap_or("no nation"))
                    }
                    None => format!("{} of {}", node.name, nation.unwrap_or("no nation")),
                }
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
            Some((written, span, self.spelling.nearest(written, |athlete| self.is_near(athlete))?))
        })?;
        let known = &self.site.athletes[known];
        let place = self.text.place(self.prose.file, &span);
        let message = format!("nobody is called {written}");
        let finding = Diagnostic::new(&codes::N002, place, message);
        // Which of the two is meant is for the author to say: no correction that is certain.
        Some(finding.help(format!("did you mean {}?", known.name)))
    }
}

/// A suggestion, where the file has the very words.
fn certain(finding: Diagnostic, written: &str, instead: &str) -> Diagnostic {
    match &finding.place {
        Place::Span(source, at) if source.text.get(at.clone()) == Some(written) => {
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

/// Names in a story's `athletes` that make somebody new of somebody known: a letter off, or with another
/// nation.
pub(super) fn check(context: &super::Context, prose: &Prose) -> Vec<Diagnostic> {
    let DocumentId::Story(i) = prose.id else { return Vec::new() };
    let site = context.site;
    let (story, spelling) = (&site.stories[i], &context.reading.spelling);
    let mut found = Vec::new();
    for athlete in &story.athletes {
        let node = &site.athletes[*athlete];
        if is_known(node) {
            continue;
        }
        // `athletes[i]` of the file: what leads to this one.
        let mut names = story.doc.athletes.iter().enumerate();
        let written = names.find(|(_, name)| site.athlete(name) == Ok(*athlete));
        let Some((i, _)) = written else { continue };
        let place = || story.doc.file.place(&format!("athletes[{i}]"));
        if let Some(namesake) = spelling.namesake(&node.name) {
            let namesake = &site.athletes[namesake];
            let nation = |person: &AthleteNode| {
                person.nation.map_or("", |nation| site.nations[nation].name.as_str())
            };
            let message = format!("{} is not of {}", namesake.name, nation(node));
            let label = format!("{} competes for {}", namesake.name, nation(namesake));
            found.push(Diagnostic::new(&codes::N004, place(), message).label(label));
        } else if let Some(near) = spelling.nearest(&node.name, |_| true) {
            let near = &site.athletes[near].name;
            let message = format!("nobody is called {}", node.name);
            let finding = Diagnostic::new(&codes::N002, place(), message).help(format!(
                "if {} is somebody else, add a file in content/athletes/",
                node.name
            ));
            let meant = format!("did you mean {near}?");
            found.push(finding.help(meant));
        } else {
            // "Lyles", "Mondo Duplantis": somebody of the story's events is called so.
            let is_of_events = |athlete: usize| {
                let node = &site.athletes[athlete];
                let won = node.medals.iter().map(|award| &site.awards[*award].event);
                let entered = node.entries.iter().chain(won);
                entered.into_iter().any(|event| story.events.contains(event))
            };
            if let [one] = spelling.called(&node.name, is_of_events).as_slice() {
                let name = &site.athletes[*one].name;
                let message = format!("nobody is called {}", node.name);
                let finding = Diagnostic::new(&codes::N002, place(), message);
                found.push(finding.help(format!("did you mean {name}?")).help(format!(
                    "if {} is somebody else, add a file in content/athletes/",
                    node.name
                )));
            }
        }
    }
    found
}
