//! What prose says about medals, held against the recorded podiums (R codes, and N004).
//!
//! [`words`] takes a text apart, [`names`] knows whom it names, [`parts`] makes parts of sentences of them,
//! [`grammar`] makes claims of the parts by their [`forms`], of whom [`subject`] says and whether at all
//! [`reality`], [`judge`] compares a claim with the recorded results ([`result_index`]).

mod certainty;
pub mod claim;
mod course;
mod figures;
mod forms;
pub mod grammar;
pub mod judge;
mod lexicon;
pub mod names;
pub mod parts;
mod reality;
pub mod result_index;
mod subject;
pub mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::assemble::Site;
use crate::check::names::{Context, Spelling};
use crate::check::prose::{Prose, Text, TextKind};
use crate::check::waivers::IN_FILE;
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::games::medals::Medal;
use claim::{Claim, Says};
use course::Course;
use grammar::Setting;
use judge::{Bench, Certainty, Recorded, Verdict, Wrong};
use names::Names;
use parts::{Is, Known, Member, Part, Who};
use result_index::ResultIndex;
use words::Word;

/// What is needed to read any text of a site.
pub struct Reading<'a> {
    site: &'a Site,
    names: Names,
    results: ResultIndex,
    course: Course,
    /// Names that a misspelt one may mean.
    pub spelling: Spelling,
    /// The grammar reads English; in other languages only names are looked at.
    is_english: bool,
    year: Option<i16>,
    city: Vec<String>,
}

/// Something that a text says of a recorded medal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Which text: "this caption".
    pub what: &'static str,
    /// The words.
    pub place: Place,
    /// Of which event.
    pub event: usize,
    /// Which medal, and which of those of that colour; nothing where it is about an order.
    pub holding: Option<(Medal, usize)>,
}

/// Whether all that a sentence says is right, when it stands where another one did.
type Holds<'h> = dyn Fn(&str) -> bool + 'h;

/// A sentence with all that was read in it.
struct Sentence<'t> {
    words: Vec<Word<'t>>,
    parts: Vec<Part>,
}

/// What is wrong with the results and names that a document tells.
pub(super) fn check(context: &super::Context, prose: &Prose) -> Vec<Diagnostic> {
    context.reading.findings(prose)
}

impl<'a> Reading<'a> {
    /// Learns the names and results of a site.
    pub fn new(site: &'a Site) -> Reading<'a> {
        let games = &site.config.games;
        let start = games.start.or_else(|| site.days.first().map(|day| day.date));
        // Venues are places of these Games too.
        let venues = site.venues.iter().map(|venue| venue.name.as_str());
        let cities = site.venues.iter().filter_map(|venue| venue.doc.as_ref()?.city.as_deref());
        let places: Vec<&str> = venues.chain(cities).collect();
        let own = games.places.join(" ");
        let named = format!("{} {} {} {own}", games.city, games.name, places.join(" "));
        let city = words::sentences(&named).concat().into_iter().map(|word| word.fold.into_owned());
        Reading {
            site,
            names: Names::new(site),
            results: ResultIndex::new(site),
            course: Course::new(site),
            spelling: Spelling::new(site),
            is_english: site.config.language.split('-').next() == Some("en"),
            year: start.map(|day| day.year()),
            city: city.filter(|word| word.len() > 2 && word != "games").collect(),
        }
    }

    /// What is wrong with the results and names that a document tells.
    pub fn findings(&self, prose: &Prose) -> Vec<Diagnostic> {
        let expected = self.expected(prose);
        let mut found = Vec::new();
        self.read(prose, expected.clone(), |text, sentence, bench, claims, holds| {
            let context = Context {
                site: self.site,
                prose,
                text,
                words: &sentence.words,
                expected: &expected,
                spelling: &self.spelling,
            };
            if text.kind == TextKind::FileCaption {
                // What is said of medals in it is checked, not how the agency spells.
                let claims = if self.is_english { claims } else { &[] };
                found.extend(self.judged(prose, text, sentence, claims, bench, holds));
                return;
            }
            found.extend(context.findings(&sentence.parts));
            if self.is_english {
                found.extend(self.nations(prose, text, sentence, bench));
                found.extend(self.judged(prose, text, sentence, claims, bench, holds));
            }
        });
        found
    }

    /// What a document rightly says of recorded medals.
    pub fn assertions(&self, prose: &Prose) -> Vec<Assertion> {
        let mut found: Vec<Assertion> = Vec::new();
        self.read(prose, self.expected(prose), |text, sentence, bench, claims, _| {
            for claim in claims {
                if bench.judge(claim, &sentence.words) != Verdict::Right {
                    continue;
                }
                for (event, holding) in bench.supports(claim, &sentence.words) {
                    let place = text.place(prose.file, &span(&sentence.words, &claim.anchor));
                    let what = match text.kind {
                        TextKind::Title => "this headline",
                        TextKind::Standfirst => "this standfirst",
                        TextKind::KeyPoint => "this key point",
                        TextKind::Caption => "this caption",
                        TextKind::Alternative => "this text alternative",
                        // Nobody can mend it here.
                        TextKind::FileCaption => continue,
                        TextKind::Quotation => "this quotation",
                        TextKind::Body if text.at.is_some() => "this update",
                        TextKind::Body => "this sentence",
                    };
                    let assertion = Assertion { what, place, event, holding };
                    if !found.contains(&assertion) {
                        found.push(assertion);
                    }
                }
            }
        });
        found
    }

    /// Athletes whom a document is about, by what its front matter says.
    fn expected(&self, prose: &Prose) -> BTreeSet<usize> {
        let mut expected: BTreeSet<usize> = prose.athletes.iter().copied().collect();
        for event in &prose.events {
            let holdings = self.results.events[*event].podium.iter().flatten();
            expected.extend(holdings.flat_map(|holding| holding.athletes.iter().copied()));
            let rows = self.course.of_event(*event).iter();
            expected.extend(rows.flat_map(|row| row.athletes.iter().copied()));
        }
        expected
    }

    /// Reads a document sentence by sentence.
    fn read(
        &self,
        prose: &Prose,
        expected: BTreeSet<usize>,
        mut take: impl FnMut(&Text, &Sentence, &Bench, &[Claim], &Holds),
    ) {
        let events: BTreeSet<usize> = prose.events.iter().copied().collect();
        let mut introduced: BTreeSet<usize> = prose.athletes.iter().copied().collect();
        let mut expected = expected;
        // Headlines and captions may call by surname whom the text names in full.
        let texts: Vec<Vec<(Vec<usize>, Vec<Word>)>> = prose
            .texts
            .iter()
            .map(|text| {
                let sentences = words::sentences(&text.words).into_iter();
                sentences.map(|words| (self.full_names(&words), words)).collect()
            })
            .collect();
        for (names, _) in texts.iter().flatten() {
            expected.extend(names);
        }
        let mut topic: Option<Who> = None;
        let of_now = prose.texts.iter().zip(texts).filter(|(text, _)| !is_of_a_file(&text.words));
        for (text, sentences) in of_now {
            let mut stage = None;
            for (names, words) in sentences {
                introduced.extend(names);
                let known = Known {
                    names: &self.names,
                    introduced: &introduced,
                    expected: &expected,
                    stands_alone: text.kind.stands_alone(),
                    city: &self.city,
                };
                let parts = parts::parts(&words, &known);
                let bench = Bench {
                    site: self.site,
                    results: &self.results,
                    course: &self.course,
                    events: &events,
                    athletes: &introduced,
                    date: text.at.or(prose.date),
                };
                let setting = Setting {
                    text: &text.words,
                    year: self.year,
                    city: &self.city,
                    before: topic.as_ref(),
                    stage,
                    events: &self.results.vocabulary,
                };
                let sentence = Sentence { words, parts };
                let claims = grammar::claims(&sentence.words, &sentence.parts, &setting);
                // What a corrected sentence says, read again from its first word.
                let holds = |mended: &str| {
                    if !grammar::is_plain(&sentence.words, &sentence.parts, &setting) {
                        return false;
                    }
                    let words = words::sentences(mended);
                    let [words] = words.as_slice() else { return false };
                    let parts = parts::parts(words, &known);
                    let setting = Setting { text: mended, ..setting };
                    let claims = grammar::claims(words, &parts, &setting);
                    grammar::are_all_claimed(&parts, &claims)
                        && claims.iter().all(|claim| bench.judge(claim, words) == Verdict::Right)
                };
                take(text, &sentence, &bench, &claims, &holds);
                stage = lexicon::last_stage(&sentence.words).or(stage);
                match grammar::topic(&sentence.parts) {
                    Some(who) => topic = Some(who.clone()),
                    // A sentence about somebody else ends it, unless it goes on about the same one.
                    None if sentence.parts.iter().any(|part| part.is == Is::Pronoun) => {}
                    None => topic = None,
                }
            }
        }
    }

    fn full_names(&self, words: &[Word]) -> Vec<usize> {
        let mut found = Vec::new();
        let may_begin = |at: &usize| words[*at].is_capital && self.names.may_begin(&words[*at]);
        for at in (0..words.len()).filter(may_begin) {
            if let Some((_, athletes)) = self.names.athletes(&words[at..]) {
                found.extend_from_slice(athletes);
            }
        }
        found
    }

    /// Nations that are said of people who are of another.
    fn nations(
        &self,
        prose: &Prose,
        text: &Text,
        sentence: &Sentence,
        bench: &Bench,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for part in &sentence.parts {
            let Is::Who(who) = &part.is else { continue };
            for member in &who.members {
                let Some(finding) = self.nation(prose, text, sentence, bench, member) else {
                    continue;
                };
                found.push(finding);
            }
        }
        found
    }

    fn nation(
        &self,
        prose: &Prose,
        text: &Text,
        sentence: &Sentence,
        bench: &Bench,
        member: &Member,
    ) -> Option<Diagnostic> {
        let (said, at) = (member.nation.as_deref()?, member.nation_words.clone()?);
        let nations: Vec<&str> = member
            .athletes
            .iter()
            .filter_map(|athlete| self.site.athletes[*athlete].nation)
            .map(|nation| self.site.nations[nation].code.as_str())
            .collect();
        if nations.is_empty() || nations.contains(&said) || nations.len() < member.athletes.len() {
            return None;
        }
        let word = &sentence.words[at.start].fold;
        let is_korean = word.starts_with("korea") && matches!(nations[0], "KOR" | "PRK");
        if is_korean || sentence.words[at.start].is_quoted {
            return None;
        }
        let athlete = &self.site.athletes[member.athletes[0]];
        let place = text.place(prose.file, &span(&sentence.words, &at));
        let message = format!("{} is not of {}", athlete.name, bench.nation_name(said));
        let finding = Diagnostic::new(&codes::N004, place, message).label(format!(
            "{} competes for {}",
            athlete.name,
            bench.nation_name(nations[0])
        ));
        Some(match &athlete.doc {
            Some(doc) => finding.related(doc.file.place("nation"), "recorded here"),
            None => match athlete.medals.first() {
                Some(award) => {
                    let award = &self.site.awards[*award];
                    let file = &self.site.events[award.event].doc.file;
                    finding.related(file.place(&award.path), "recorded here")
                }
                None => finding,
            },
        })
    }

    /// The findings of a sentence: contradictions of medals are one, with all that is to be changed.
    fn judged(
        &self,
        prose: &Prose,
        text: &Text,
        sentence: &Sentence,
        claims: &[Claim],
        bench: &Bench,
        holds: &Holds,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut wrong: Vec<Wrong> = Vec::new();
        let mut doubtful: Vec<Wrong> = Vec::new();
        // A list of another race has nothing right in it.
        let listed = |claim: &&Claim| claim.is_in_list;
        let is_right = |claim: &Claim| bench.judge(claim, &sentence.words) == Verdict::Right;
        let header = sentence.parts.iter().position(|part| matches!(part.is, Is::Rank(_)));
        let header = &sentence.words[..header.map_or(0, |at| sentence.parts[at].words.start)];
        let is_header = header.last().is_some_and(|mark| mark.fold == ":");
        const OF_THESE: &str = "final finals standings result results podium top order medals medallists heat heats semi-final semi-finals qualifying places";
        let is_named = sentence
            .parts
            .first()
            .is_some_and(|part| matches!(&part.is, Is::Who(who) if !who.members.is_empty()));
        let is_here = is_named
            || header.iter().any(|word| {
                self.results.vocabulary.contains(word.fold.as_ref())
                    || lexicon::is_in(OF_THESE, &word.fold)
            });
        let is_of_others = is_header && !is_here
            || claims.iter().any(|claim| claim.is_in_list)
                && claims.iter().filter(listed).filter(|claim| is_right(claim)).count() * 2
                    < claims.iter().filter(listed).count();
        for claim in claims.iter().filter(|claim| !(claim.is_in_list && is_of_others)) {
            match bench.judge(claim, &sentence.words) {
                Verdict::Right => {}
                Verdict::Unsupported(why) => {
                    let place = text.place(prose.file, &span(&sentence.words, &claim.anchor));
                    found.push(Diagnostic::new(&codes::R006, place, why));
                }
                Verdict::Wrong(_) if is_shared(claim, claims, bench, &sentence.words) => {}
                Verdict::Wrong(contradiction)
                    if claim.is_quoted || text.kind == TextKind::Quotation =>
                {
                    let place =
                        text.place(prose.file, &span(&sentence.words, &contradiction.words));
                    let finding =
                        Diagnostic::new(&codes::R007, place, contradiction.message.clone());
                    found.push(self.with_record(finding, &contradiction));
                }
                Verdict::Wrong(contradiction) => {
                    let is_certain = match contradiction.certainty {
                        Certainty::OfClaim => claim.is_certain,
                        Certainty::Certain => true,
                        Certainty::Doubtful => false,
                    };
                    let kind = if is_certain { &mut wrong } else { &mut doubtful };
                    if !kind.contains(&contradiction) {
                        kind.push(contradiction);
                    }
                }
            }
        }
        doubtful.retain(|contradiction| !wrong.contains(contradiction));
        if text.kind == TextKind::FileCaption {
            found.extend(self.in_file(prose, text, sentence, &wrong));
            return found;
        }
        let by_place = |contradiction: &Wrong| (contradiction.words.start, contradiction.words.end);
        wrong.sort_by_key(by_place);
        doubtful.sort_by_key(by_place);
        let is_open = !doubtful.is_empty();
        match self.contradiction(prose, text, sentence, &wrong, is_open, holds) {
            // What is asked about the same words would be said twice.
            Some(finding) => found.push(finding),
            None => found.extend(self.question(prose, text, sentence, &doubtful)),
        }
        found
    }

    /// The contradictions in a sentence of the caption that a picture's own file has.
    fn in_file(
        &self,
        prose: &Prose,
        text: &Text,
        sentence: &Sentence,
        wrong: &[Wrong],
    ) -> Option<Diagnostic> {
        let first = wrong.first()?;
        let place = text.place(prose.file, &(0..0));
        let message = format!("in the file of this picture: {}", first.message);
        let said = span(&sentence.words, &(0..sentence.words.len()));
        let finding = Diagnostic::new(&codes::V012, place, message)
            .label(format!("{IN_FILE}{}", &text.words[said]))
            .help("write a caption of your own, and tell who supplied the picture")
            .help("if it is right all the same: `fact_ok`, with words of it");
        Some(self.with_all(finding, wrong))
    }

    /// What else is wrong than that a finding is about, and each record that is contradicted.
    fn with_all(&self, mut finding: Diagnostic, wrong: &[Wrong]) -> Diagnostic {
        for other in wrong.iter().skip(1) {
            finding = finding.note(other.message.clone());
        }
        wrong.iter().fold(finding, |finding, wrong| self.with_record(finding, wrong))
    }

    /// What seems to contradict the results.
    fn question(
        &self,
        prose: &Prose,
        text: &Text,
        sentence: &Sentence,
        doubtful: &[Wrong],
    ) -> Option<Diagnostic> {
        let first = doubtful.first()?;
        let place = text.place(prose.file, &span(&sentence.words, &first.words));
        let message = format!("does this say that {}? {}", first.reading, first.message);
        let finding = Diagnostic::new(&codes::R012, place, message);
        let others = doubtful.iter().skip(1);
        let finding = others.fold(finding, |finding, other| {
            finding.note(format!("does this say that {}? {}", other.reading, other.message))
        });
        Some(doubtful.iter().fold(finding, |finding, wrong| self.with_record(finding, wrong)))
    }

    fn contradiction(
        &self,
        prose: &Prose,
        text: &Text,
        sentence: &Sentence,
        wrong: &[Wrong],
        is_open: bool,
        holds: &Holds,
    ) -> Option<Diagnostic> {
        let (first, last) = (wrong.first()?, wrong.last()?);
        let whole = first.words.start..last.words.end.max(first.words.end);
        let all = span(&sentence.words, &whole);
        let place = text.place(prose.file, &all);
        let finding = Diagnostic::new(first.code, place.clone(), first.message.clone());
        let finding = self.with_all(finding, wrong);
        if is_open || !self.is_mended(text, sentence, wrong, holds) {
            return Some(finding);
        }
        // Certain only where each of the words can be corrected, and stands so in the file.
        let Place::Span(source, at) = &place else { return Some(finding) };
        let mut mended = String::new();
        let mut from = at.start;
        for contradiction in wrong {
            let Some((word, instead)) = &contradiction.fix else { return Some(finding) };
            let word = &sentence.words[*word].span;
            let Place::Span(_, there) = text.place(prose.file, word) else { return Some(finding) };
            if there.start < from || source.text.get(there.clone()) != text.words.get(word.clone())
            {
                return Some(finding);
            }
            mended += source.text.get(from..there.start).unwrap_or_default();
            mended += &like(&text.words[word.clone()], instead);
            from = there.end;
        }
        if from > at.end {
            return Some(finding);
        }
        mended += source.text.get(from..at.end).unwrap_or_default();
        Some(finding.suggest("write what is recorded", mended))
    }

    /// Whether a sentence is right in all that it says once its wrong words are replaced.
    fn is_mended(&self, text: &Text, sentence: &Sentence, wrong: &[Wrong], holds: &Holds) -> bool {
        let whole = span(&sentence.words, &(0..sentence.words.len()));
        let mut mended = text.words[whole.clone()].to_owned();
        for contradiction in wrong.iter().rev() {
            let Some((word, instead)) = &contradiction.fix else { return false };
            let at = &sentence.words[*word].span;
            let written = &text.words[at.clone()];
            mended.replace_range(
                at.start - whole.start..at.end - whole.start,
                &like(written, instead),
            );
        }
        holds(&mended)
    }

    fn with_record(&self, finding: Diagnostic, wrong: &Wrong) -> Diagnostic {
        let (event, place) = match &wrong.recorded {
            None => return finding,
            Some(Recorded::Podium(event, path)) => {
                let event = &self.site.events[*event].doc;
                (event, event.file.place(path))
            }
            Some(Recorded::Row(unit, entry)) => {
                let node = &self.site.units[*unit];
                let event = &self.site.events[node.event];
                let (Some(results), Some(unit)) = (&event.results, self.site.unit(node)) else {
                    return finding;
                };
                (&event.doc, results.place(&unit.entries[*entry], "mark"))
            }
        };
        if finding.related.iter().any(|(other, _)| *other == place) {
            return finding;
        }
        finding.related(place, format!("recorded here, of {}", event.title))
    }
}

/// Whether a caption says that its picture comes from the files: it is of another day, perhaps of other Games.
fn is_of_a_file(text: &str) -> bool {
    let begins = |word: &str| {
        let head = text.trim_start().get(..word.len());
        let rest = text.trim_start().get(word.len()..).unwrap_or_default();
        head.is_some_and(|head| head.eq_ignore_ascii_case(word))
            && rest.trim_start().starts_with([':', '-', '\u{2013}', '\u{2014}', '.'])
    };
    const MARKS: [&str; 7] = [
        "(file)",
        "file photo",
        "file picture",
        "file image",
        "library picture",
        "archive picture",
        "archive photo",
    ];
    let has_mark = || {
        let text = text.to_ascii_lowercase();
        MARKS.iter().any(|mark| text.contains(mark))
    };
    begins("file") || begins("archive") || has_mark()
}

/// Whether several medals are said of several people together, "gold and silver for Quan and Chen", and each
/// is somebody's.
fn is_shared(claim: &Claim, claims: &[Claim], bench: &Bench, words: &[Word]) -> bool {
    // Who won an event that is named has nothing to share.
    let medal = |claim: &Claim| claim.medal().filter(|_| claim.says != Says::Won);
    let Some(own) = medal(claim) else { return false };
    let is_same = |neighbour: &Claim| {
        neighbour.of == claim.of && medal(neighbour).is_some_and(|other| other != own)
    };
    if claim.of.len() < 2 || !claims.iter().any(is_same) {
        return false;
    }
    claim.of.iter().any(|member| {
        let alone = Claim { of: vec![member.clone()], ..claim.clone() };
        bench.judge(&alone, words) == Verdict::Right
    })
}

fn span(words: &[Word], range: &Range<usize>) -> Range<usize> {
    let first = words.get(range.start).map_or(0, |word| word.span.start);
    let last =
        range.end.checked_sub(1).and_then(|i| words.get(i)).map_or(first, |word| word.span.end);
    first..last.max(first)
}

/// A word with the capitals of another.
fn like(written: &str, word: &str) -> String {
    let mut letters = written.chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase);
    if is_capital && letters.clone().any(char::is_alphabetic) && letters.all(|c| !c.is_lowercase())
    {
        return word.to_uppercase();
    }
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if is_capital => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::assemble::{self, BuildTime};
    use crate::config;
    use crate::diagnostics::Source;
    use crate::parse::{self, Parsed};

    /// A site with an event and a story, without a folder.
    fn site(title: &str, body: &str) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let text = "title = \"T\"\nbase_url = \"https://x.example/\"\n[games]\nname = \"Paris 2024\"\ncity = \"Paris\"\n";
        std::fs::write(folder.path().join("site.toml"), text).unwrap();
        let config = Arc::new(config::load(folder.path(), None).0.unwrap());
        let event = "---\ntitle: Men's 100m\npodium: {gold: [{nation: JAM, athletes: [Ann Lee-Hoon]}], silver: [{nation: CHN, athletes: [Bo Chen]}]}\n---\n";
        let title = serde_json::Value::from(title);
        let story =
            format!("---\ntitle: {title}\ndate: 2024-08-01\nevents: [judo/open]\n---\n{body}");
        let parsed = |path: &str, text: &str| {
            let source = Arc::new(Source::new(format!("content/{path}"), text));
            let (document, problems) = parse::documents::read(path, source, &config);
            Parsed { path: path.into(), source: None, document, remains: None, problems }
        };
        let all = [parsed("events/judo/open.md", event), parsed("stories/a.md", &story)];
        assemble::site(&all, &config, BuildTime { at: Timestamp::UNIX_EPOCH, drafts: true }).0
    }

    fn read(title: &str, body: &str) -> Vec<Diagnostic> {
        let site = site(title, body);
        let reading = Reading::new(&site);
        let story = |i| Prose::new(&site, crate::assemble::DocumentId::Story(i));
        (0..site.stories.len())
            .filter_map(story)
            .flat_map(|prose| reading.findings(&prose))
            .collect()
    }

    #[test]
    fn a_wrong_colour_is_found_in_a_headline_and_in_the_text() {
        let found = read("Lee-Hoon takes silver", "Bo Chen took silver.");
        assert_eq!(found.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["R001"]);
        assert_eq!(found[0].suggestion.as_ref().unwrap().replacement, "gold");
    }

    proptest! {
        /// Words of the grammar in any order, with marks of every kind.
        #[test]
        fn no_text_makes_it_panic(
            words in proptest::collection::vec(
                prop_oneof![
                    Just("Ann Lee-Hoon"), Just("Bo"), Just("Chen's"), Just("gold"), Just("the silver medallists"),
                    Just("and"), Just(","), Just("("), Just(")"), Just("of"), Just("China"), Just("Jamaica's"),
                    Just("won"), Just("beat"), Just("lost to"), Just("behind"), Just("second"), Just("third gold of the Games"),
                    Just("who"), Just("with"), Just("for"), Just("to"), Just("into"), Just("**"), Just("“"), Just("’"), Just("'"),
                    Just("he"), Just("they"), Just("podium"), Just("completed the"), Just("1-2"), Just("2020"), Just("&amp;"),
                    Just("U.S."), Just("é"), Just("🥇"), Just("—"), Just("final"), Just("two golds"), Just("?"), Just("that"),
                    Just("ahead of"), Just("champion"), Just("winner of the"), Just("if"), Just(". "), Just("World"), Just("in"),
                ],
                0..24,
            ),
            tail in ".{0,40}",
        ) {
            let text = words.join(" ");
            read(&text, &format!("{text}\n\n{tail}\n\n## 14:05 {text}\n\n> {text}\n\n![{text}](x.png \"{tail}\")"));
        }
    }
}
