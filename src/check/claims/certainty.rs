//! Whether a clause is understood whole, so that what it says may be called wrong, and not only doubtful.
//!
//! The forms find a result and somebody of whom it seems to be said; what stands between they pass over. A claim
//! is certain only where nothing that is passed over can turn its meaning: the verb that governs the result is
//! one that gives it to its subject, between the two stand words of a noun phrase, no other person stands in
//! the way, and nothing in the sentence is of another time, another competition or a wish. Everything else that
//! contradicts a record is a question.

use std::sync::LazyLock;

use super::grammar::Reader;
use super::lexicon::{Class, Words, words};
use super::parts::Is;

/// Verbs by which a subject has the result that follows.
static GIVING: Words = LazyLock::new(|| {
    words(
        "hold holding held raising hold-up squeezes awarded totalled totals tallied battles battled battling fights fought fighting charges charged sails sailed sailing rows rowed rowing skis skied skating skates skated boxes boxed diving dives dived riding sneaks sneaked steals stole stealing nicks nicked nabs nabbed swipes swiped rewarded hangs hang hanging bend bends display displaying displayed posts posted clocks clocked clocking threw scores scored scoring totalled records recorded ran eliminated knocked dumped ousted reached reaches advanced advances qualified qualifies progressed booked eased topped tops topping climbed climbs climbing moved moves rose rises rising trailed followed delivers celebrate celebrates celebrating smiles smiling embrace embraces hug hugs congratulates congratulated enjoys enjoy soaks sobs weeps waves raise raises strikes struck striking strike sealing fires fired paddles paddled hammers hammered punched punches wrestles wrestled vaults vaulted flies flew flew touched took takes taking take taken won wins winning win claimed claims claiming claim earned earns earning earn secured secures securing secure grabbed grabs grabbing grab snatched snatches snatching snatch bagged bags bagging bag landed lands landing land collected collects collecting collect settled settle settles settling finished finishes finishing finish came comes coming come got gets getting get gained gains gaining gain sealed seals sealing seal clinched clinches clinching clinch picked picks picking pick pocketed pockets pocketing captured captures capturing capture scooped scoops scooping received receives receiving receive had has have having was were is are be been being became becomes becoming become crowned named delivered delivers delivering walked walks left leaves went goes ended ends ending end hung stormed storms cruised cruises roared roars surged surges powers raced races racing powered sprinted sprints swam swims ran runs rode rides threw throws jumped jumps leapt leaps lifted lifts shot shoots fought fights rallied rallies recovered stood stands stand placed places placing ranked won edged edges edging edge beat beats pipped pips outsprinted took taken denied celebrated celebrates collected retained retains defended defends regained kept keeps clung held holds share shared shares sharing lost loses added adds adding add wrapped posed poses posing poses receives wears wearing wore kisses kissed shows showed brandished clutches clutched holds displays bites biting bit lifts raises completed completes completing complete rounded rounds rounding claimed out-touched emerged emerges walks walked returned returns returning departed slipped dropped drops finishes crossed crosses crossing touched touches touching bowed swept sweeps sweeping brought brings bringing bring gave gives giving put puts handed hands handing presented awarded sent sends consigned relegated pushed pushes pushing",
    )
});

/// Words of a noun phrase about a medal, and what may stand between a verb and it, that turn nothing.
static TRANSPARENT: Words = LazyLock::new(|| {
    words(
        "a an the his her their its our this that own first second third in on at with for to of by from into home up away off out back over and as another men mens women womens mixed individual team olympic olympics games individual final event race competition title contest surprise shock superb stunning brilliant dramatic thrilling historic famous maiden coveted precious emotional hard-fought hard-earned well-earned deserved comfortable narrow clear crushing emphatic big rare unlikely unexpected sensational remarkable joyous tearful shared joint all-around allround around-all metres meters metre m kg kilometres km open doubles singles pairs pair relay freestyle butterfly backstroke breaststroke medley hurdles steeplechase marathon walk jump throw put vault bars beam floor rings horse pommel sculls fours eight class division category sabre epee foil platform springboard synchronised synchro pursuit sprint keirin omnium madison time trial road hill park street surprise successive straight monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night tonight today yesterday here there place position spot step overall only just narrowly comfortably easily brilliantly superbly finally eventually duly then also too again still both together respectively winning outright deservedly dramatically sensationally memorably emphatically famously later once more with him himself herself themselves them it top rostrum podium honours prize medal medals colour only bow him was were is are being been had has settle one two three four five six seven eight nine ten crown victory glory triumph success",
    )
});

/// Words that make a sentence one about something else, or about what is not so, wherever they stand in it.
static TURNING: Words = LazyLock::new(|| {
    words(
        "ago last previous previously former formerly earlier season year years decade career once trials qualifying qualifier qualification rehearsal training practice junior juniors youth under-23 under-20 u23 u20 world european europeans asian african commonwealth continental national nationals championship championships league cup tour grand diamond masters invitational if unless whether would could might may should must will wont cannot cant couldnt wouldnt almost nearly virtually practically briefly momentarily initially originally provisionally unofficially apparently supposedly reportedly allegedly seemingly probably possibly perhaps maybe hopes hope hoped hoping hopeful wants want wanted dream dreams dreamed dreamt predicted predicts expected favourite favourites favorite favorites yet never not no nobody neither nor without instead until before pending provisional file rehearsed imagine imagined pretend tipped backed bookmakers odds bronze-age bid chase chasing eyeing eyes targeting seeking seeks aims aiming chance chances quest hunt eve preview ahead-of upcoming tomorrow next future soon defending reigning holder holders outgoing had-been coach coaches coached father mother grandfather grandmother uncle aunt brother sister son daughter husband wife mentor idol replica chocolate jubilee fake like paralympic paralympics archive rumours rumour poll survey stripped disqualified disqualification appeal appealed protest annulled doping test upgraded reallocated since promised promise who-would else threatened threatens nothing trophy hopefuls contender contenders rather than deny denying",
    )
});

/// Words that are true of one place only: beside them no colour can be replaced.
static PLACED: Words = LazyLock::new(|| {
    words(
        "l-r left right first second third victory victories triumph triumphs triumphed top topped tops glory title titles crown crowned crowns only maiden successive straight double treble hat-trick retain retains retained defend defended defends regain regained reclaim reclaimed anthem fastest quickest best highest longest furthest strongest unbeaten undefeated invincible dominant dominates dominated dominance perfect flawless settle settled settles settling consolation beaten disappointment disappointed heartbreak heartache agony agonisingly narrowly just short so only edge edges edged pip pipped ahead behind lead led leads leading leader leaders margin by ever history historic again another also too both same all every still even dethroned king queen champion champions winner winners win wins won winning storm storms stormed romp romps romped cruise cruises cruised sail sails power powers powered surge surges light trail chase nearly upset shock surprise record records never yet finally rare new old since century years decades",
    )
});

/// Words that make the whole sentence one of another time, or of what is not so.
static AWAY: Words = LazyLock::new(|| {
    words(
        "ago if unless prediction predictions predicted predict predicts forecast sweepstake bookmakers bookmaker odds annulled stripped disqualified disqualification reinstated reallocated upgraded rehearsal replica archive file previously formerly season training tomorrow trials autumn spring",
    )
});

impl Reader<'_> {
    /// Whether a claim of the subject at a part (nothing for none that is named) and the result at `k` is
    /// understood whole, where no word turns it.
    pub(super) fn is_understood(&self, subject: Option<usize>, k: usize) -> bool {
        let Some(subject) = subject else { return false };
        if subject == k {
            return true;
        }
        if self.parts[subject].is == Is::Pronoun && self.setting.before.is_none() {
            return false;
        }
        match subject < k {
            true => self.is_given(subject, k),
            false => (k + 1..subject).all(|i| self.is_quiet(i)),
        }
    }

    /// Whether a word turns the sentence.
    pub(super) fn is_turned(&self) -> bool {
        *self.turned.get_or_init(|| (0..self.parts.len()).any(|k| self.is_turning(k)))
    }

    /// Whether a word turns what is said between a subject and a result, or makes the whole sentence one of
    /// another time. What a relative clause tells meanwhile turns nothing.
    pub(super) fn is_turned_between(&self, subject: usize, k: usize) -> bool {
        let (first, last) = (subject.min(k), subject.max(k));
        let from = self.clause_start(first);
        let end = self.clause_end(last);
        let is_away = *self.away.get_or_init(|| {
            let is_elsewhere =
                |i: usize| self.is_other(i) || self.is_mark(i, "?") || AWAY.contains(self.fold(i));
            (0..self.parts.len()).any(is_elsewhere)
        });
        is_away || (from..end).any(|i| self.is_turning(i) && !self.is_aside(i, first, last))
    }

    /// Whether a part is of what stands between commas, on the way from a subject to its result: "Ho, carrying the
    /// hopes of all, took silver".
    fn is_aside(&self, at: usize, subject: usize, k: usize) -> bool {
        let comma = |i: usize| self.is_mark(i, ",—");
        self.is_in_a_closed_relative(at, k)
            || (subject + 1..at).any(comma) && (at + 1..k).any(comma)
    }

    fn is_turning(&self, k: usize) -> bool {
        self.parts[k].is == Is::Word(Class::Unreal)
            || self.is_other(k)
            || matches!(self.parts[k].is, Is::Word(_)) && TURNING.contains(self.fold(k))
            || self.is_mark(k, "?")
    }

    /// Whether the verb before a result gives it to the subject, and nothing between them is unknown.
    fn is_given(&self, subject: usize, k: usize) -> bool {
        let is_verb = |i: &usize| {
            matches!(self.class(*i), Some(Class::Verb | Class::Cause | Class::Beat | Class::Lose))
                || GIVING.contains(self.fold(*i))
        };
        let Some(verb) = (subject + 1..k).rev().find(is_verb) else {
            // "Ho (silver)", "Ho, gold": nothing stands between but marks.
            return (subject + 1..k).all(|i| self.is_quiet(i));
        };
        let is_beat = self.class(verb) == Some(Class::Beat);
        // "beat Kim to gold": Kim is who was beaten.
        let beaten = verb + 1 + self.modifiers(verb + 1);
        let is_quiet = |i: usize| self.is_quiet(i) || is_beat && i == beaten;
        if !is_beat && !GIVING.contains(self.fold(verb)) || !(verb + 1..k).all(is_quiet) {
            return false;
        }
        // Whoever stands between may be the one who is meant, unless it is whom the subject has beaten.
        (subject + 1..verb).all(|i| match &self.parts[i].is {
            Is::Who(who) => {
                let is_place = who.members.is_empty();
                let is_nation = who.members.iter().all(|member| member.athletes.is_empty());
                let is_governed =
                    i.checked_sub(1 + self.modifiers_before(i)).is_some_and(|before| {
                        matches!(
                            self.class(before),
                            Some(Class::Oblique | Class::Beat | Class::Role)
                        )
                    });
                is_governed || (is_place || is_nation) && !who.is_possessive
            }
            Is::Prize(_) | Is::Holder { .. } | Is::Winning(_) | Is::Pronoun => false,
            _ => !self.is_mark(i, ";:"),
        })
    }

    /// How many parts of a noun phrase stand right before `k`: "the", "compatriot".
    fn modifiers_before(&self, k: usize) -> usize {
        self.parts[..k]
            .iter()
            .rev()
            .take(4)
            .take_while(|part| matches!(part.is, Is::Word(Class::Role)))
            .count()
    }

    /// Whether a part is none that can turn a meaning: no verb but one that gives, nobody else.
    fn is_quiet(&self, k: usize) -> bool {
        self.is_transparent(k)
            || matches!(self.class(k), Some(Class::Plain | Class::Oblique | Class::Joint))
            || GIVING.contains(self.fold(k))
    }

    /// Whether a part turns nothing, whatever stands around it.
    fn is_transparent(&self, k: usize) -> bool {
        match &self.parts[k].is {
            Is::Word(Class::Role) => true,
            Is::Word(_) => {
                let word = self.fold(k);
                TRANSPARENT.contains(word)
                    || word.starts_with(|c: char| c.is_ascii_digit())
                    || self.setting.events.contains(word)
            }
            Is::Mark => self.is_mark(k, ",():—-\"'|*"),
            Is::Round(_) | Is::Rank(_) | Is::Podium => true,
            // "took China's first gold", "the Dutch bronze"
            Is::Who(who) => who.members.iter().all(|member| member.athletes.is_empty()),
            Is::Prize(_) | Is::Holder { .. } | Is::Winning(_) | Is::OneTwo | Is::Pronoun => false,
        }
    }

    /// Whether every word of the sentence is one that is known here: only then may a word of it be replaced.
    pub(super) fn is_plain(&self) -> bool {
        let is_known = |i: usize| match &self.parts[i].is {
            Is::Who(_) => true,
            Is::Word(Class::Beat | Class::Lose | Class::Unreal | Class::Elsewhere | Class::Kin) => {
                false
            }
            Is::Word(_) => !PLACED.contains(self.fold(i)),
            Is::Mark => !self.is_mark(i, "?\""),
            Is::Prize(prize) => {
                prize.ordinal.is_none() && prize.number.is_none() && !PLACED.contains(self.fold(i))
            }
            Is::Holder { is_weak, .. } => !is_weak,
            Is::Winning(_) | Is::Rank(_) => true,
            Is::Round(_) | Is::Podium | Is::OneTwo | Is::Pronoun => false,
        };
        !self.is_turned() && (0..self.parts.len()).all(is_known)
    }
}
