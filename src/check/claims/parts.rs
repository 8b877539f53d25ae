//! The parts of a sentence about medals: who, which medal, and what stands between them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::lexicon::{self, Class, Words, is_in, words};
use super::names::{Form, Names};
use super::words::Word;
use crate::games::medals::Medal;
use crate::games::peoples::PEOPLES;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub is: Is,
    /// Which of the sentence's words it takes.
    pub words: Range<usize>,
}

/// What a part of a sentence is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Is {
    /// Somebody, or a nation.
    Who(Who),
    /// "gold", "the silver medal", "a third bronze of the Games", "the title".
    Prize(Prize),
    /// "silver medallists", "champion", "runner-up".
    Holder {
        /// Of which medal.
        medal: Medal,
        /// Whether it may be said of a match too: "winner".
        is_weak: bool,
    },
    /// "bronze-winning", "third-placed".
    Winning(Medal),
    /// "second", "third place", "fourth".
    Rank(u8),
    /// "the bronze-medal match", "the final".
    Round(Medal),
    Podium,
    /// "a one-two": gold and silver for one nation.
    OneTwo,
    /// "he", "she", "they".
    Pronoun,
    /// Any other word, by what it does.
    Word(Class),
    /// A comma, a bracket.
    Mark,
}

/// A medal as it is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prize {
    /// Its colour, if that is said.
    pub medal: Option<Medal>,
    /// Which it is of those that somebody has: "third".
    pub ordinal: Option<u32>,
    /// How many: "three golds".
    pub number: Option<u32>,
    /// The word that says the colour.
    pub word: usize,
    /// The word that says which.
    pub ordinal_word: Option<usize>,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// One, or those who are named together.
    pub members: Vec<Member>,
    /// Whether it ends in 's.
    pub is_possessive: bool,
}

/// One who is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Athletes of that name; none where it is a nation.
    pub athletes: Vec<usize>,
    /// The nation's code, where it is said.
    pub nation: Option<String>,
    /// By what the nation is named.
    pub form: Option<Form>,
    /// The words that name the nation.
    pub nation_words: Option<Range<usize>>,
    /// The words of the name.
    pub words: Range<usize>,
}

/// Whether only nations are named.
pub(super) fn is_nation(who: &Who) -> bool {
    !who.members.is_empty() && who.members.iter().all(|member| member.athletes.is_empty())
}

/// Whether somebody is named by an adjective alone: "the Dutch", "a Thai corner".
pub(super) fn is_adjective(who: &Who) -> bool {
    let is_one =
        |member: &Member| member.athletes.is_empty() && member.form == Some(Form::Adjective);
    !who.members.is_empty() && who.members.iter().all(is_one)
}

/// Who may be meant by a part of a name.
pub struct Known<'a> {
    pub names: &'a Names,
    /// Athletes whose whole name has been read.
    pub introduced: &'a BTreeSet<usize>,
    /// Athletes whom the story is about, for headlines and captions.
    pub expected: &'a BTreeSet<usize>,
    /// Whether those may be meant here.
    pub stands_alone: bool,
    /// Words of the city and the name of these Games, folded.
    pub city: &'a [String],
}

/// Takes a sentence apart.
pub fn parts(words: &[Word], known: &Known) -> Vec<Part> {
    let mut parts = Vec::with_capacity(words.len());
    let mut at = 0;
    // Most words say nothing of a result: a medal is one that does, or begins up to two words before it.
    let telling: Vec<bool> = words.iter().map(|word| lexicon::is_telling(&word.fold)).collect();
    let tells =
        |from: usize, to: usize| telling.iter().take(to).skip(from).any(|is_telling| *is_telling);
    while at < words.len() {
        let result = |at: usize| {
            let rank =
                || if telling[at] || is_count(&words[at]) { rank(words, at, known) } else { None };
            let medal = if tells(at, at + 3) { medal(words, at) } else { None };
            medal.or_else(rank)
        };
        let part = who(words, at, known)
            .or_else(|| result(at))
            .or_else(|| stranger(words, at, known))
            .unwrap_or_else(|| plain(words, at));
        at = part.words.end;
        parts.push(part);
    }
    with_nations(&mut parts, words);
    with_companions(&mut parts, words);
    parts
}

fn part(is: Is, words: Range<usize>) -> Part {
    Part { is, words }
}

fn plain(words: &[Word], at: usize) -> Part {
    let word = &words[at];
    let is = match word.fold.as_ref() {
        _ if !word.is_word => Is::Mark,
        "he" | "she" | "they" => Is::Pronoun,
        "podium" => Is::Podium,
        "one-two" | "1-2" => Is::OneTwo,
        "final" | "finals"
            if at > 0 && is_in("b c consolation small minor petite", &words[at - 1].fold) =>
        {
            Is::Word(Class::Plain)
        }
        "final" | "finals" if !is_hope(words.get(at + 1)) && !is_before_a_noun(words, at) => {
            Is::Round(Medal::Gold)
        }
        _ => Is::Word(lexicon::class(word, words.get(at + 1))),
    };
    part(is, at..at + 1)
}

/// Whether "final" is an adjective: "the final lap".
fn is_before_a_noun(words: &[Word], at: usize) -> bool {
    let is_one = words[at].fold == "final";
    let next = words.get(at + 1).filter(|next| next.is_word && !next.is_capital);
    is_one
        && next.is_some_and(|next| {
            lexicon::class(next, words.get(at + 2)) == Class::Plain
                && !FOLLOWERS.contains(next.fold.as_ref())
                && !next.fold.starts_with(|c: char| c.is_ascii_digit())
        })
}

/// What makes a wish of "gold" before it.
static HOPES: Words = LazyLock::new(|| {
    words(
        "hope hopes hopeful hopefuls contender contenders contention chance chances favourite favourites favorite favorites bid bids quest hunt dream dreams prospect prospects target targets drought rush ambition ambitions tilt push charge challenge challenger challengers candidate candidates position positions race threat threats potential credentials shot aspirations form pedigree mission pursuit ceremony ceremonies haul hauls tally count counts table tables zone places events event",
    )
});

/// What may follow "gold" where it is a medal.
static FOLLOWERS: Words = LazyLock::new(|| {
    words(
        "a an the his her their its this that these he she they it we i you there here again tonight today yesterday too also either overall now only just alone ahead back home next last each both all out up down away afterwards later late early apiece together almost exactly barely well still more less half means hangs hung puts sends belongs caps adds ends brings gives takes marks follows leaves lifts moves rounds tops our my your no not anyway however deservedly instead minutes seconds en via despite thanks courtesy amid per worn earlier ever three respectively overall after",
    )
});

/// Before "second" where it is none of the ranks.
static BEFORE_A_COUNT: Words = LazyLock::new(|| {
    words("a the his her their its this that every per one each our another my 's last just split")
});

/// Whether "gold" is followed by what makes a wish of it.
fn is_hope(next: Option<&Word>) -> bool {
    next.is_some_and(|next| HOPES.contains(next.fold.as_ref()))
}

/// Whether "gold" is followed by what it is made of or painted: a noun that is no medal.
fn is_thing(words: &[Word], at: usize) -> bool {
    let Some(next) = words.get(at).filter(|next| next.is_word && !next.is_capital) else {
        return false;
    };
    let class = lexicon::class(next, words.get(at + 1));
    let is_noun = matches!(class, Class::Plain | Class::Kin | Class::Role);
    is_noun && number(&next.fold).is_none() && !FOLLOWERS.contains(next.fold.as_ref())
}

fn colour(word: &str) -> Option<Medal> {
    match word {
        "gold" | "golds" => Some(Medal::Gold),
        "silver" | "silvers" => Some(Medal::Silver),
        "bronze" | "bronzes" => Some(Medal::Bronze),
        _ => None,
    }
}

fn is_medal(word: &str) -> bool {
    matches!(word, "medal" | "medals")
}

fn is_medallist(word: &str) -> bool {
    is_in("medallist medallists medalist medalists winner winners", word)
}

fn is_match(word: &str) -> bool {
    is_in(
        "match matches game bout bouts final play-off playoff contest fight tie decider showdown race encounter duel",
        word,
    )
}

/// A number that is written as a word or with digits.
fn number(word: &str) -> Option<u32> {
    let written = || NUMBERS.get(word).copied();
    written().or_else(|| word.parse().ok().filter(|number| *number < 1000))
}

/// "third", "39th".
fn ordinal(word: &str) -> Option<u32> {
    if let Some(number) = ORDINALS.get(word) {
        return Some(*number);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok().filter(|number| *number < 1000)
}

static NUMBERS: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    counted(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    )
});

static ORDINALS: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    counted(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    )
});

fn counted(words: &'static str) -> HashMap<&'static str, u32> {
    words.split(' ').zip(1..).collect()
}

/// Whether a word is the adjective of a nation.
fn is_nations(word: &Word) -> bool {
    static DEMONYMS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let demonyms = PEOPLES.iter().flat_map(|people| people.words);
        demonyms.map(|demonym| demonym.to_lowercase()).collect()
    });
    DEMONYMS.contains(word.fold.as_ref())
}

/// A medal, or somebody who has one.
fn medal(words: &[Word], at: usize) -> Option<Part> {
    let fold = |i: usize| words.get(i).map_or("", |word| word.fold.as_ref());
    let word = fold(at);
    if !words[at].is_word {
        return None;
    }
    match word {
        // "the Jamaican champion" is Jamaica's own.
        "champion" if at > 0 && is_nations(&words[at - 1]) => return None,
        "champion" | "champions" => {
            return Some(part(Is::Holder { medal: Medal::Gold, is_weak: false }, at..at + 1));
        }
        "runner-up" | "runners-up" => {
            return Some(part(Is::Holder { medal: Medal::Silver, is_weak: false }, at..at + 1));
        }
        "beaten" | "losing" | "defeated" if matches!(fold(at + 1), "finalist" | "finalists") => {
            return Some(part(Is::Holder { medal: Medal::Silver, is_weak: false }, at..at + 2));
        }
        "winner" | "winners" => {
            // "winner of the silver"
            if fold(at + 1) == "of" {
                let from = at + 2 + usize::from(matches!(fold(at + 2), "the" | "a"));
                if let Some(medal) = colour(fold(from)) {
                    let end = from + 1 + usize::from(is_medal(fold(from + 1)));
                    return Some(part(Is::Holder { medal, is_weak: false }, at..end));
                }
            }
            return Some(part(Is::Holder { medal: Medal::Gold, is_weak: true }, at..at + 1));
        }
        "second-placed" | "third-placed" | "second-place" | "third-place" => {
            let medal = if word.starts_with('s') { Medal::Silver } else { Medal::Bronze };
            let is_match = is_match(fold(at + 1));
            let is = if is_match { Is::Round(medal) } else { Is::Winning(medal) };
            return Some(part(is, at..at + 1 + usize::from(is_match)));
        }
        // Of whose titles they are, and of when, nothing is said.
        "titles" => return Some(part(Is::Word(Class::Plain), at..at + 1)),
        "title" | "crown" => {
            let prize = Prize {
                medal: Some(Medal::Gold),
                ordinal: None,
                number: None,
                word: at,
                ordinal_word: None,
            };
            let is =
                if is_hope(words.get(at + 1)) { Is::Word(Class::Unreal) } else { Is::Prize(prize) };
            return Some(part(is, at..at + 1));
        }
        _ => {}
    }
    // "third gold", "three silver medals", "second Olympic gold"
    let which = ordinal(word);
    let many = number(word);
    let mut from = at;
    if which.is_some() || many.is_some() {
        from = at + 1;
        from += usize::from(fold(from) == "olympic");
        if colour(fold(from)).is_none() && !is_medal(fold(from)) && fold(from) != "title" {
            return None;
        }
    }
    let prize = |medal, word| Prize {
        medal,
        ordinal: which,
        number: many,
        word,
        ordinal_word: which.map(|_| at),
    };
    if is_medal(fold(from)) || fold(from) == "title" {
        let medal = (fold(from) == "title").then_some(Medal::Gold);
        return Some(part(Is::Prize(prize(medal, from)), at..from + 1));
    }
    // "gold-medal-winning", "bronze-medallist"
    let hyphened =
        fold(from).split_once('-').and_then(|(first, rest)| Some((colour(first)?, rest)));
    if let Some((medal, rest)) = hyphened {
        let next = fold(from + 1);
        return match rest {
            "winning" | "medal-winning" | "medalwinning" => {
                Some(part(Is::Winning(medal), at..from + 1))
            }
            "medal" | "medals" if is_match(next) => Some(part(Is::Round(medal), at..from + 2)),
            "medal" if next == "winning" => Some(part(Is::Winning(medal), at..from + 2)),
            "medal" if is_medallist(next) => {
                Some(part(Is::Holder { medal, is_weak: false }, at..from + 2))
            }
            "medal" if is_hope(words.get(from + 1)) => {
                Some(part(Is::Word(Class::Unreal), at..from + 2))
            }
            "medal" => Some(part(Is::Prize(prize(Some(medal), from)), at..from + 1)),
            rest if is_medallist(rest) => {
                Some(part(Is::Holder { medal, is_weak: false }, at..from + 1))
            }
            _ => None,
        };
    }
    let medal = colour(fold(from))?;
    if words[from].is_possessive {
        return None;
    }
    let mut end = from + 1;
    if is_medallist(fold(end)) {
        return Some(part(Is::Holder { medal, is_weak: false }, at..end + 1));
    }
    if is_medal(fold(end)) {
        end += 1;
        if is_medallist(fold(end)) {
            return Some(part(Is::Holder { medal, is_weak: false }, at..end + 1));
        }
        if fold(end) == "winning" {
            return Some(part(Is::Winning(medal), at..end + 1));
        }
    } else if fold(end).starts_with("medal-") || fold(end) == "winning" {
        return Some(part(Is::Winning(medal), at..end + 1));
    }
    if is_match(fold(end)) {
        return Some(part(Is::Round(medal), at..end + 1));
    }
    if is_hope(words.get(end)) {
        return Some(part(Is::Word(Class::Unreal), at..end + 1));
    }
    if !is_medal(fold(end - 1)) && is_thing(words, end) {
        return Some(part(Is::Word(Class::Plain), at..end + 1));
    }
    Some(part(Is::Prize(prize(Some(medal), from)), at..end))
}

/// Whether a word is a small number in digits.
fn is_count(word: &Word) -> bool {
    word.fold.len() <= 2 && word.fold.bytes().all(|byte| byte.is_ascii_digit()) && word.is_word
}

/// "1 A Ho", "2. B. Kim": the number of a name in a list of results.
fn listed(words: &[Word], at: usize, known: &Known) -> Option<Part> {
    if !is_count(&words[at]) {
        return None;
    }
    let place = words[at].fold.parse::<u8>().ok().filter(|place| (1..60).contains(place))?;
    let end = at
        + 1
        + usize::from(
            words
                .get(at + 1)
                .is_some_and(|mark| matches!(mark.fold.as_ref(), "." | ")" | "=" | "|")),
        );
    let begins = match at.checked_sub(1).map(|i| &words[i]) {
        None => true,
        // "14:52 Ho" is a time.
        Some(before) if before.fold == ":" => before.span.end < words[at].span.start,
        Some(before) => {
            !before.is_word && matches!(before.fold.as_ref(), ";" | "," | ")" | "|")
                || before.is_word
                    && before.fold.len() > 2
                    && before.fold.starts_with(|c: char| c.is_ascii_digit())
        }
    };
    let rest = words.get(end..)?;
    let named = known.names.athletes(rest).or_else(|| known.names.surnames(rest));
    let is_named = named.is_some()
        || known.names.nation(rest).is_some_and(|(_, nation)| nation.form == Form::Name);
    (begins && is_named).then(|| part(Is::Rank(place), at..end))
}

/// "second", "third place", "top of the podium".
fn rank(words: &[Word], at: usize, known: &Known) -> Option<Part> {
    let fold = |i: usize| words.get(i).map_or("", |word| word.fold.as_ref());
    let is_step = |word: &str| matches!(word, "place" | "spot" | "step" | "places");
    if fold(at) == "top" {
        if matches!(fold(at + 1), "step" | "spot") {
            return Some(part(Is::Rank(1), at..at + 2));
        }
        let of_podium = fold(at + 1) == "of" && fold(at + 3) == "podium";
        return of_podium.then(|| part(Is::Rank(1), at..at + 4));
    }
    if let Some(listed) = listed(words, at, known) {
        return Some(listed);
    }
    let place = ordinal(fold(at)).filter(|place| *place < 100)?;
    let place = u8::try_from(place).ok()?;
    if is_step(fold(at + 1)) {
        return Some(part(Is::Rank(place), at..at + 2));
    }
    let before = at.checked_sub(1).map_or("", |i| fold(i));
    let is_counted = BEFORE_A_COUNT.contains(before);
    let owner = at.checked_sub(1).is_some_and(|i| words[i].is_possessive);
    let follows = words.get(at + 1);
    let is_end = follows.is_none_or(|next| {
        !next.is_word
            || matches!(
                lexicon::class(next, words.get(at + 2)),
                Class::Joint | Class::Oblique | Class::Relative
            )
            || is_in("overall again here there then too today tonight yesterday place best monday tuesday wednesday thursday friday saturday sunday", next.fold.as_ref())
    });
    // "first" is said of much else.
    // "first, second and third"
    let is_in_a_row = words.get(at + 1).is_some_and(|mark| mark.fold == "," || mark.fold == "and")
        && fold(at + 2).starts_with("second");
    (is_end && !is_counted && !owner && (place != 1 || is_in_a_row))
        .then(|| part(Is::Rank(place), at..at + 1))
}

/// A name at a word.
fn who(words: &[Word], at: usize, known: &Known) -> Option<Part> {
    let rest = &words[at..];
    if !known.names.may_begin(&words[at]) {
        return None;
    }
    let full = known.names.athletes(rest);
    let nation = known.names.nation(rest);
    let short = known.names.surnames(rest).and_then(|(count, athletes)| {
        let of = |set: &BTreeSet<usize>| -> Vec<usize> {
            athletes.iter().copied().filter(|athlete| set.contains(athlete)).collect()
        };
        let mut meant = of(known.introduced);
        // One who is on the story's own podium needs no introduction, if it can be nobody else of it.
        if meant.is_empty() {
            meant = of(known.expected);
            if meant.len() > 1 && !known.stands_alone {
                meant.clear();
            }
        }
        let is_free = !is_in_another_name(words, at, count, known);
        (!meant.is_empty() && is_free).then_some((count, meant))
    });
    let longest = [
        full.map(|(length, _)| length),
        nation.map(|(length, _)| length),
        short.as_ref().map(|(length, _)| *length),
    ];
    let count = longest.into_iter().flatten().max()?;
    let span = at..at + count;
    let mut member = Member {
        athletes: Vec::new(),
        nation: None,
        form: None,
        nation_words: None,
        words: span.clone(),
    };
    if let Some((_, athletes)) = full.filter(|(length, _)| *length == count) {
        member.athletes = athletes.to_vec();
    } else if let Some((_, nation)) = nation.filter(|(length, _)| *length == count) {
        member.nation = Some(nation.code.clone());
        member.form = Some(nation.form);
        member.nation_words = Some(span.clone());
    } else {
        member.athletes = short?.1;
    }
    let is_possessive = words[span.end - 1].is_possessive;
    Some(part(Is::Who(Who { members: vec![member], is_possessive }), span))
}

/// A name that the site does not know: two words with capitals, or more. It belongs to somebody all the same.
fn stranger(words: &[Word], at: usize, known: &Known) -> Option<Part> {
    let is_free = |i: usize| {
        words.get(i).is_some_and(|word| {
            word.is_word
                && word.is_capital
                && !is_title(&word.fold)
                && word.fold.len() > 1
                && !word.is_one_of(known.city)
                && lexicon::class(word, None) == Class::Plain
                && known.names.nation(&words[i..]).is_none()
                && known.names.athletes(&words[i..]).is_none()
        })
    };
    let count = (at..words.len()).take_while(|i| is_free(*i)).count();
    if count == 0 {
        return None;
    }
    let ends = (at..at + count).position(|i| words[i].is_possessive).map_or(count, |i| i + 1);
    let span = at..at + ends;
    let is_possessive = words[span.clone()].last().is_some_and(|word| word.is_possessive);
    let who = Who { members: Vec::new(), is_possessive };
    // One word is a name where it does not begin the sentence, or where a verb follows.
    let next = words.get(at + 1).map(|next| lexicon::class(next, words.get(at + 2)));
    let begins = at < 4 && words[..at].iter().all(|word| !word.is_word);
    let is_name = match begins {
        true => {
            matches!(next, Some(Class::Cause | Class::Verb | Class::Beat))
                && !is_common(&words[at].fold)
        }
        false => !is_common(&words[at].fold),
    };
    (ends >= 2 || ends == 1 && is_name).then(|| part(Is::Who(who), span))
}

/// Whether a surname is a part of a name that the site does not know.
fn is_in_another_name(words: &[Word], at: usize, count: usize, known: &Known) -> bool {
    let is_name = |word: &Word| {
        word.is_word
            && word.is_capital
            && !is_title(&word.fold)
            && lexicon::class(word, None) != Class::Role
    };
    let after = words.get(at + count).is_some_and(|next| {
        is_name(next)
            && !words[at + count - 1].is_possessive
            && known.names.nation(&words[at + count..]).is_none()
            && colour(&next.fold).is_none()
    });
    let before = at.checked_sub(1).is_some_and(|i| {
        let word = &words[i];
        is_name(word)
            && !word.is_possessive
            && i > 0
            && known.names.nation(&words[i..]).is_none()
            && i.checked_sub(1).is_none_or(|j| {
                known.names.nation(&words[j..]).is_none_or(|(length, _)| length < 2)
            })
    });
    after || before
}

static COMMON: Words = LazyLock::new(|| {
    words(
        "he she they january february march april may june july august september october november december olympics games paralympics gold silver bronze yesterday today tonight tomorrow everybody nobody somebody everyone both all this that these those there here it its i we you what when who why how his her their our my one two three no not yes only even still then now later earlier once twice first second third last next another each neither either champion champions women men mixed final finals semi-final semi-finals united arena stadium centre center park hall pool street court dome velodrome",
    )
});

static TITLES: Words = LazyLock::new(|| {
    words(
        "olympic olympics champion champions monday tuesday wednesday thursday friday saturday sunday and the in on at of for to from with by as but while when after silver bronze world magnificent",
    )
});

/// Words that may have a capital, and are no names.
fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// Words with a capital that are not names of people.
fn is_title(word: &str) -> bool {
    colour(word).is_some() || TITLES.contains(word)
}

/// Gives a name the nation that stands beside it: "China's X", "Dutch rower X", "X of Japan", "X (KOR)".
fn with_nations(parts: &mut Vec<Part>, words: &[Word]) {
    let mut i = 0;
    while i < parts.len() {
        if let Some(end) = nation_before(parts, i) {
            let Is::Who(nation) = parts[i].is.clone() else { break };
            let from = parts[i].words.start;
            if let (Is::Who(who), Some(nation)) = (&mut parts[end].is, nation.members.first()) {
                for member in &mut who.members {
                    member.nation.clone_from(&nation.nation);
                    member.form = nation.form;
                    member.nation_words.clone_from(&nation.nation_words);
                }
            }
            parts[end].words.start = from;
            parts.drain(i..end);
        }
        if let Some(end) = nation_behind(parts, i, words) {
            let Is::Who(nation) = parts[end - 1].is.clone() else { break };
            let close = parts.get(end).filter(|part| is_mark(part, words, ")"));
            let with_bracket = parts.get(i + 1).is_some_and(|part| is_mark(part, words, "("));
            let end = end + usize::from(with_bracket && close.is_some());
            let until = parts[end - 1].words.end;
            if let (Is::Who(who), Some(nation)) = (&mut parts[i].is, nation.members.first()) {
                for member in who.members.iter_mut().filter(|member| member.nation.is_none()) {
                    member.nation.clone_from(&nation.nation);
                    member.form = nation.form;
                    member.nation_words.clone_from(&nation.nation_words);
                }
                who.is_possessive = nation_is_possessive(words, &nation.words);
            }
            parts[i].words.end = until;
            parts.drain(i + 1..end);
        }
        i += 1;
    }
}

fn nation_is_possessive(words: &[Word], span: &Range<usize>) -> bool {
    words[span.end - 1].is_possessive
}

fn is_mark(part: &Part, words: &[Word], mark: &str) -> bool {
    part.is == Is::Mark && words[part.words.start].fold == mark
}

fn is_person(part: &Part) -> bool {
    matches!(&part.is, Is::Who(who) if !who.members.is_empty()
        && who.members.iter().all(|member| !member.athletes.is_empty()))
}

fn is_nation_part(part: &Part) -> bool {
    matches!(&part.is, Is::Who(who) if !who.members.is_empty()
        && who.members.iter().all(|member| member.athletes.is_empty()))
}

/// Where the person is whose nation stands at `i`.
fn nation_before(parts: &[Part], i: usize) -> Option<usize> {
    if !is_nation_part(&parts[i]) {
        return None;
    }
    let Is::Who(nation) = &parts[i].is else { return None };
    let form = nation.members.first()?.form?;
    let is_owner = nation.is_possessive;
    if form == Form::Name && !is_owner {
        return None;
    }
    // "Of the Jamaicans Lyles feared one": several are not one of them.
    let is_several =
        |end: usize| parts.get(end + 1).is_some_and(|next| next.is != Is::Word(Class::Verb));
    let is_between = |part: &Part| match &part.is {
        Is::Word(Class::Role | Class::Plain) => true,
        Is::Holder { is_weak: false, .. } | Is::Winning(_) => false,
        _ => false,
    };
    let gap = parts[i + 1..].iter().take(3).take_while(|part| is_between(part)).count();
    let end = i + 1 + gap;
    let fits = form != Form::People || is_several(end);
    (fits && parts.get(end).is_some_and(is_person)).then_some(end)
}

/// Where the part ends that says the nation of the person at `i`.
fn nation_behind(parts: &[Part], i: usize, words: &[Word]) -> Option<usize> {
    let Is::Who(who) = &parts[i].is else { return None };
    if !is_person(&parts[i])
        || who.is_possessive
        || who.members.iter().any(|member| member.nation.is_some())
    {
        return None;
    }
    let fold = |j: usize| parts.get(j).map_or("", |part| words[part.words.start].fold.as_ref());
    let at = match fold(i + 1) {
        "of" | "from" if fold(i + 2) == "the" => i + 3,
        "of" | "from" | "(" => i + 2,
        _ => return None,
    };
    parts.get(at).filter(|part| is_nation_part(part))?;
    Some(at + 1)
}

/// Makes one of those who are named together: "X and Y", "X, Y and Z", "X/Y".
fn with_companions(parts: &mut Vec<Part>, words: &[Word]) {
    let mut i = 0;
    while i < parts.len() {
        let Some(end) = companions(parts, i, words) else {
            i += 1;
            continue;
        };
        let mut members = Vec::new();
        let mut is_possessive = false;
        for part in &parts[i..end] {
            if let Is::Who(who) = &part.is {
                members.extend(who.members.iter().cloned());
                is_possessive = who.is_possessive;
            }
        }
        // "the Chinese pair X and Y": the nation is that of both.
        if let Some((first, rest)) = members.split_first_mut()
            && let Some(form) = first.form.filter(|form| *form != Form::Name)
            && first.nation_words.as_ref().is_some_and(|span| span.start < first.words.start)
        {
            for member in rest
                .iter_mut()
                .filter(|member| member.nation.is_none() && !member.athletes.is_empty())
            {
                member.nation.clone_from(&first.nation);
                member.form = Some(form);
                member.nation_words.clone_from(&first.nation_words);
            }
        }
        let span = parts[i].words.start..parts[end - 1].words.end;
        parts[i] = part(Is::Who(Who { members, is_possessive }), span);
        parts.drain(i + 1..end);
        i += 1;
    }
}

/// Where those end who are named together with the one at `i`.
fn companions(parts: &[Part], i: usize, words: &[Word]) -> Option<usize> {
    let same =
        |a: &Part, b: &Part| is_person(a) && is_person(b) || is_nation_part(a) && is_nation_part(b);
    let owner = |part: &Part| matches!(&part.is, Is::Who(who) if who.is_possessive);
    let mut end = i + 1;
    if !matches!(parts[i].is, Is::Who(_)) || owner(&parts[i]) {
        return None;
    }
    let is_adjective = |part: &Part| match &part.is {
        Is::Who(who) => {
            is_nation_part(part)
                && who.members.iter().any(|member| member.form == Some(Form::Adjective))
        }
        _ => false,
    };
    let mut last = end;
    while let (Some(mark), Some(next)) = (parts.get(end), parts.get(end + 1)) {
        let fold = words[mark.words.start].fold.as_ref();
        let (mut to, mut joins_last) = (end + 1, matches!(fold, "and" | "&" | "/"));
        let mut next = next;
        // "X, Y, and Z" has a comma before the word.
        if fold == "," && words[next.words.start].fold == "and" && end > i + 1 {
            joins_last = true;
            to += 1;
            match parts.get(to) {
                Some(after) => next = after,
                None => break,
            }
        }
        if !(joins_last || fold == ",")
            || !same(&parts[i], next)
            || is_adjective(next)
            || is_adjective(&parts[i])
        {
            break;
        }
        end = to + 1;
        if joins_last {
            last = end;
            // What follows "and Z" is something else.
            if fold != "/" {
                break;
            }
        }
    }
    (last > i + 1).then_some(last)
}
