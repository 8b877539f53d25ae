//! A medal event: content/events/SPORT/.

use jiff::civil::Date;
use serde::Deserialize;

use super::image::ImageFront;
use super::reader::{DocumentReader, items, list, optional, stem};
use super::session::{Session, SessionFront};
use super::waiver::WaiverFront;
use super::{File, Waiver};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::games::medals::Medal;
use crate::parse::dates::Moment;
use crate::parse::front_matter::{Extra, List, Passage, Text};
use crate::slug;

/// A medal event.
#[derive(Debug)]
pub struct Event {
    /// Where it is.
    pub file: File,
    /// Folder below events/.
    pub sport: String,
    /// The sport as this file writes it.
    pub sport_name: Option<String>,
    /// Name of the file.
    pub slug: String,
    /// Such as "Mixed doubles".
    pub title: String,
    /// The results system's code.
    pub code: Option<String>,
    /// Whom it is for.
    pub gender: Option<Gender>,
    /// Name of the place.
    pub venue: Option<String>,
    /// In the order of the file.
    pub sessions: Vec<Session>,
    /// How far it is.
    pub status: Status,
    /// Who stood where.
    pub podium: Podium,
    /// What changed after the ceremony, oldest first.
    pub changes: Vec<Change>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

impl Event {
    /// Whether it has a podium that may still change.
    pub fn is_provisional(&self) -> bool {
        self.has_podium() && self.status != Status::Official
    }

    /// Whether anybody has a medal.
    pub fn has_podium(&self) -> bool {
        !self.podium.iter().all(Vec::is_empty)
    }
}

/// Whom an event is for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    Women,
    Men,
    /// Mixed pairs or teams.
    Mixed,
    /// Everyone.
    Open,
}

impl Gender {
    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        match self {
            Gender::Women => "women",
            Gender::Men => "men",
            Gender::Mixed => "mixed",
            Gender::Open => "open",
        }
    }
}

/// How far an event is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// To come.
    #[default]
    Scheduled,
    /// Under way.
    Live,
    /// Over, with a result that may still change.
    Provisional,
    /// Over, with a result that stands.
    Official,
}

impl Status {
    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        match self {
            Status::Scheduled => "scheduled",
            Status::Live => "live",
            Status::Provisional => "provisional",
            Status::Official => "official",
        }
    }
}

/// Who stood where: gold, silver, bronze. Any number for each, none included: ties, two bronzes,
/// vacated medals.
pub type Podium = [Vec<Winner>; 3];

/// Who stood where before a change; nothing for a colour that did not change.
pub type PodiumBefore = [Option<Vec<Winner>>; 3];

/// One medal: a nation and those who won it for her.
#[derive(Clone, Debug, PartialEq)]
pub struct Winner {
    /// Code or name.
    pub nation: String,
    /// One person, a pair, a team; empty where only the nation is known.
    pub athletes: Vec<String>,
    /// Name of the team, where it has one of its own.
    pub team: Option<String>,
    /// The day on which it was decided, where that is not the day of the medal session.
    pub date: Option<Date>,
}

/// A change of a podium after the ceremony.
#[derive(Clone, Debug)]
pub struct Change {
    /// When.
    pub date: Moment,
    /// What.
    pub text: String,
    /// Which of the changes in its file it is.
    pub number: usize,
    /// Who had the medals until then; colours that did not change are left out.
    pub was: PodiumBefore,
    /// Names of those concerned, besides those who lost or gained a medal.
    pub athletes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFront {
    title: Option<Text>,
    sport: Option<Text>,
    code: Option<Text>,
    gender: Option<Gender>,
    venue: Option<Text>,
    sessions: Option<List<SessionFront>>,
    status: Option<Status>,
    podium: Option<PodiumFront>,
    changes: Option<List<ChangeFront>>,
    image: Option<ImageFront>,
    aliases: Option<List<Text>>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PodiumFront {
    gold: Option<List<WinnerFront>>,
    silver: Option<List<WinnerFront>>,
    bronze: Option<List<WinnerFront>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WinnerFront {
    nation: Text,
    athletes: Option<List<Text>>,
    team: Option<Text>,
    date: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeFront {
    date: Text,
    text: Passage,
    was: Option<PodiumFront>,
    athletes: Option<List<Text>>,
}

impl DocumentReader<'_> {
    pub(super) fn event(&mut self, mut file: File) -> Option<Event> {
        let front: EventFront = self.front(&file)?;
        file.image = self.image(&file, front.image);
        file.aliases = self.aliases(&file, front.aliases);
        let stem = stem(&file.path).to_owned();
        let parts: Vec<&str> = stem.split('/').collect();
        let (sport, name) = match parts.as_slice() {
            [sport, name] => (*sport, *name),
            _ => {
                let place = Place::File(file.source.path.clone());
                self.problems.push(
                    Diagnostic::new(
                        &codes::F013,
                        place,
                        "an event lies in the folder of its sport",
                    )
                    .help("move it to content/events/SPORT/EVENT.md"),
                );
                return None;
            }
        };
        let sport_slug = self.slug(&file, None, sport);
        if let Some(Text(named)) = &front.sport
            && slug::slugify(named) != sport_slug
        {
            let diagnostic =
                self.problem(&file, &codes::F013, "sport", "the folder says another sport");
            diagnostic.label = format!("but the file lies in events/{sport}/");
        }
        let title = self.required(&file, "title", front.title);
        let sessions = self.sessions(&file, front.sessions);
        let podium = self.podium(&file, front.podium.unwrap_or_default());
        let is_empty = podium.iter().all(Vec::is_empty);
        Some(Event {
            slug: self.slug(&file, None, name),
            sport: sport_slug,
            sport_name: optional(front.sport),
            title,
            code: optional(front.code),
            gender: front.gender,
            venue: optional(front.venue),
            sessions,
            // Who writes down a podium and no status means that it stands.
            status: front.status.unwrap_or(match is_empty {
                true => Status::Scheduled,
                false => Status::Official,
            }),
            podium,
            changes: self.changes(&file, front.changes),
            fact_ok: self.waivers(&file, front.fact_ok),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    fn podium(&mut self, file: &File, front: PodiumFront) -> Podium {
        let colours = Medal::ALL.into_iter().zip([front.gold, front.silver, front.bronze]);
        let mut places = colours.map(|(medal, winners)| {
            self.winners(file, &format!("podium.{}", medal.word()), items(winners))
        });
        std::array::from_fn(|_| places.next().unwrap_or_default())
    }

    /// The medals of one colour, which stand at `path`.
    fn winners(&mut self, file: &File, path: &str, winners: Vec<WinnerFront>) -> Vec<Winner> {
        let mut read = Vec::with_capacity(winners.len());
        for (i, winner) in winners.into_iter().enumerate() {
            let at = format!("{path}[{i}]");
            let nation = winner.nation.0.trim().to_owned();
            if nation.is_empty() {
                self.problem(file, &codes::F014, &format!("{at}.nation"), "`nation` is empty");
            }
            let athletes = list(winner.athletes);
            for (j, athlete) in athletes.iter().enumerate() {
                if slug::slugify(athlete).is_empty() {
                    let at = format!("{at}.athletes[{j}]");
                    self.problem(file, &codes::F014, &at, "this is not a name");
                }
            }
            let date = winner.date.and_then(|date| self.moment(file, &format!("{at}.date"), &date));
            let date = date.map(|moment| moment.zoned.date());
            read.push(Winner { nation, athletes, team: optional(winner.team), date });
        }
        read
    }

    fn changes(&mut self, file: &File, changes: Option<List<ChangeFront>>) -> Vec<Change> {
        let mut read = Vec::new();
        for (i, change) in items(changes).into_iter().enumerate() {
            let at = format!("changes[{i}]");
            let Some(date) = self.moment(file, &format!("{at}.date"), &change.date) else {
                continue;
            };
            let was = change.was.unwrap_or_default();
            let was = Medal::ALL.into_iter().zip([was.gold, was.silver, was.bronze]);
            let mut was = was.map(|(medal, winners)| {
                Some(self.winners(file, &format!("{at}.was.{}", medal.word()), winners?.0))
            });
            let was = std::array::from_fn(|_| was.next().flatten());
            let athletes = list(change.athletes);
            read.push(Change { date, text: change.text.0, number: i, was, athletes });
        }
        read.sort_by_key(|change| change.date.timestamp());
        read
    }
}
