//! The words of the grammar, by what they do in a sentence about medals.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::course::Stage;
use super::words::Word;

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Ends one clause or begins another.
    Joint,
    /// Makes of what follows something other than the subject.
    Oblique,
    /// "who", "whose": the clause is about who stands before it.
    Relative,
    /// Somebody is better than the one who follows.
    Beat,
    /// Somebody is worse than the one who follows.
    Lose,
    /// Somebody gets something from the one who stands before: it is the one who follows who gets it.
    Cause,
    /// Nothing of the kind happened, or not yet.
    Unreal,
    /// It happened somewhere else, or in another year.
    Elsewhere,
    /// What somebody is: belongs to the name that follows.
    Role,
    /// Somebody who belongs to somebody.
    Kin,
    /// Any verb.
    Verb,
    /// Anything else.
    Plain,
}

/// Whether a word is one of a list with spaces between them.
pub fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

const JOINTS: &str = "and but while as when whereas though although because since after before where that if with so yet whilst once then or";
const OBLIQUE: &str = "of behind by against over from to past than in on at into between alongside beside under above near for through around without among amid below beyond off toward towards onto via like inside outside";
const BEAT: &str = "beat beats beating beaten defeat defeats defeated defeating edge edges edged edging pip pips pipped pipping down downs downed downing outpoint outpoints outpointed outpointing overcome overcomes overcame overcoming outclass outclasses outclassed outclassing stun stuns stunned stunning overhaul overhauls overhauled overhauling outlast outlasts outlasted outlasting pin pins pinned pinning thrash thrashes thrashed thrashing outsprint outsprints outsprinted outsprinting outkick outkicks outkicked outkicking overpower overpowers overpowered overpowering outfence outfenced outswim outswam throw throws threw throwing sink sinks sank sinking topple topples toppled toppling upset upsets upsetting oust ousts ousted ousting dethrone dethroned conquer conquered vanquish vanquished outrun outran outduel outduels outduelled outdueled crush crushes crushed crushing rout routed blank blanked best bested trounce trounced outtouch outtouched outjumped outscored outlift outlifted dispatch dispatches dispatched dispatching despatched overtake overtakes overtook overtaking subdue subdued eclipse eclipsed floor floors floored flooring bt def halt halts halted halting dismantle dismantles dismantled dismantling survive survives survived surviving eliminate eliminates eliminated eliminating outscore outscores demolish demolished demolishes demolishing hammer hammered hammers see-off squeezed edgeout outgun outgunned outplayed outplay overwhelm overwhelmed overwhelms shade shaded shades shading";
const LOSE: &str = "lost loses lose losing fell succumbed bowed defeat loss";
const CAUSE: &str = "leave leaves leaving left push pushes pushed pushing relegate relegates relegated relegating send sends sent sending condemn condemns condemned condemning consign consigns consigned consigning force forces forced forcing give gives gave giving given hand hands handed handing earn earns earned earning bring brings brought bringing win wins won winning make makes made making present presents presented award awards awarded awarding restrict restricted restricting limit limited limiting gift gifted deliver delivers delivered";
const UNREAL: &str = "thought annulled originally initially could would might may can should must will wouldnt couldnt wont cant if unless hope hopes hoped hoping hopeful hopefuls want wants wanted wanting chase chases chased chasing chaser seek seeks sought seeking eye eyes eyed eyeing target targets targeted targeting dream dreams dreamed dreamt dreaming deny denies denied denying miss misses missed missing fail fails failed failing never not no nor neither without cannot didnt hasnt hadnt wasnt isnt arent doesnt dont havent favourite favourites favorite favorites favoured favored tipped tip tips fancied fancy predicted predicts predict predicting promise promised promises promising bet bets betting odds bid bids bidding contend contends contending contender contenders contention aim aims aimed aiming vow vows vowed vowing plan plans planned planning expected expects expect expecting expectation almost nearly rather instead nothing unlikely likely chance chances hunt hunting race shot fight fighting fights play plays playing battle battling compete competing lose loses losing robbed cost costs strip stripped stripping possible potential prospective wish wished wishes wishing ambition ambitions prospect prospects quest pursuit pursuing try tries trying tried attempt attempts attempted attempting whether supposed worth instead reckoned imagine imagined imagining guess guessed wondered insisted joked joking rehearsed rehearsing practised await awaits awaiting awaited tomorrow upcoming ought needs need needed needing pretend pretended pretending tilt gunning hungry yearning yearns longed longing begrudge price prices bonus worthless any anything whoever closer close within search many countless several numerous bookmaker bookmakers bookies paid pays quoted quote talk talks talked talking think thinking thoughts seem seems seemed seeming meet meets vie vies vying clash clashes sights believe believes believed anyone rumour rumours until fitting prediction predictions forecast sweepstake mercy horoscope verdict-pending";
const ELSEWHERE: &str = "world worlds european europeans asian african panamerican pan continental commonwealth national nationals junior juniors youth under-23 under-20 under-18 u23 u20 wimbledon championship championships universiade collegiate ncaa military paralympic paralympics previous former formerly ex-champion defending reigning outgoing ago career trials olympiad los angeles la athens atlanta barcelona beijing london rio worlds sydney seoul tokyo paris moscow munich montreal helsinki melbourne rome mexico brisbane turin torino vancouver sochi pyeongchang milan cortina salt nagano lillehammer albertville calgary sarajevo decade";
/// Elsewhere only with a capital: the French Open, the World Cup.
const CAPITAL_ELSEWHERE: &str = "open cup league tour slam grand masters diamond opens trophy prix";
/// Other people, whose medals are not those of whom they belong to.
const KIN: &str = "grandfather grandmother father mother uncle aunt brother sister cousin coach coaches trainer parents son daughter husband wife club father's mother's mentor predecessor idol";
const ROLES: &str = "ace skipper champ gutted heartbroken delighted brave plucky tearful jubilant pair duo team quartet trio four crew squad side eight men women man woman girls boys siblings twins player players swimmer swimmers runner runners sprinter sprinters boxer boxers shooter shooters fencer fencers wrestler wrestlers judoka rower rowers sculler scullers sailor sailors gymnast gymnasts archer archers diver divers cyclist cyclists rider riders thrower throwers jumper jumpers vaulter vaulters skater skaters skateboarder skateboarders lifter lifters weightlifter weightlifters surfer surfers climber climbers canoeist canoeists paddler paddlers kayaker kayakers triathlete triathletes marathoner marathoners athlete athletes teenager teenagers veteran veterans rookie star stars southpaw compatriot compatriots countryman countrywoman countrymen team-mate teammate teammates team-mates rival rivals neighbour neighbours neighbor neighbors opponent opponents partner partners captain number one no seed top-seeded unseeded second-seeded third-seeded newcomer outsider debutant debutante student farmer teacher nurse policeman cashier doctor dentist miner prodigy hurdler hurdlers singles doubles triathlon pairing women's men's great hero heroine sensation specialist keeper goalkeeper striker defender skipper duellist marksman markswoman horsewoman horseman veteran's shuttler shuttlers paddlers combination double-act teen fellow young the a an former supermarket its their his her our this that two three four teenaged teenage unheralded unfancied little-known long-time olympic double then-unknown 14-year-old";
const VERBS: &str = "was were is are has have had be been being came come comes went go goes going got get gets saw see seen sees took take takes taken held hold holds stood stand stands ran run runs swam rode ride threw thrown drew draw made make makes said says told tell tells let lets put puts kept keep keeps led lead leads met meet meets found find finds fought drove shook flew swept sweep sweeps shared shares fend fends see sees hold holds denies joins follow follows hug hugs joined face faces watch help helps become becomes became broke broken breaks break caught catch bought built cut hit hurt lit meant paid rose sang sat set shut slid spoke spent split spun stole struck stuck swung tore thought woke wore wept wrote chose clung dealt dug fed felt flung forgot froze grew heard hid knew laid lay leapt rang began begun leave ate fell flees fled sprang spring";

/// What a word does; `next` helps where one word is not enough.
pub fn class(word: &Word, next: Option<&Word>) -> Class {
    let is_name = next.is_some_and(|next| next.is_capital);
    let next = next.map(|next| next.fold.as_ref());
    let is_capital = word.is_capital;
    let word = word.fold.as_ref();
    match (word, next) {
        ("world", Some("record" | "number" | "no" | "best")) => return Class::Plain,
        ("short", Some("of")) | ("yet" | "still", Some("to")) => return Class::Unreal,
        ("no", Some("longer" | "less" | "fewer" | "other")) => return Class::Plain,
        ("not" | "nothing", Some("only" | "least")) => return Class::Plain,
        ("pick" | "met" | "played" | "fought" | "battled" | "duelled", Some("for")) => {
            return Class::Unreal;
        }
        _ if is_capital && is_in(CAPITAL_ELSEWHERE, word) => return Class::Elsewhere,
        ("ahead" | "clear" | "back", Some("of")) => return Class::Oblique,
        (
            "held" | "holds" | "hold" | "holding" | "fended" | "fends" | "fend" | "fending" | "saw"
            | "sees" | "see" | "seeing",
            Some("off"),
        ) => return Class::Beat,
        ("rows" | "row" | "rowed" | "rowing", Some("down" | "past" | "away")) => {
            return Class::Beat;
        }
        ("shoots" | "shot", Some("down")) => return Class::Beat,
        (
            "knock" | "knocks" | "knocked" | "knocking" | "put" | "puts" | "dump" | "dumps"
            | "dumped",
            Some("out"),
        ) => return Class::Beat,
        ("sweep" | "sweeps" | "swept" | "sweeping" | "bt", _) if is_name => return Class::Beat,
        ("went" | "goes" | "going", Some("down")) => return Class::Lose,
        ("finished" | "finishes" | "finishing", Some("ahead")) => return Class::Verb,
        _ => {}
    }
    if let Some(class) = CLASSES.get(word) {
        return *class;
    }
    let is_verb = word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
    if is_verb { Class::Verb } else { Class::Plain }
}

/// What each word of the lists does; the first list that has it decides.
static CLASSES: LazyLock<HashMap<&str, Class>> = LazyLock::new(|| {
    let lists = [
        ("who whose whom which", Class::Relative),
        (UNREAL, Class::Unreal),
        (BEAT, Class::Beat),
        (LOSE, Class::Lose),
        (CAUSE, Class::Cause),
        (JOINTS, Class::Joint),
        (OBLIQUE, Class::Oblique),
        (ELSEWHERE, Class::Elsewhere),
        (KIN, Class::Kin),
        (ROLES, Class::Role),
        (VERBS, Class::Verb),
    ];
    let mut classes = HashMap::new();
    for (list, class) in lists {
        for word in list.split_ascii_whitespace() {
            classes.entry(word).or_insert(class);
        }
    }
    classes
});

/// A set of words that is looked at for nearly every word of a text.
pub type Words = LazyLock<HashSet<&'static str>>;

/// The words of a list with spaces between them.
pub fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

/// Whether a word can say that somebody has a medal, has not, or has beaten somebody. A sentence without one
/// claims nothing.
pub fn is_telling(word: &str) -> bool {
    let starts = |start: &str| word.starts_with(start);
    let does_start = match word.as_bytes().first() {
        Some(b'b') => starts("bronze"),
        Some(b'c') => starts("champion") || starts("crown"),
        Some(b'g') => starts("gold"),
        Some(b'm') => starts("medal"),
        Some(b'p') => starts("podium"),
        Some(b'r') => starts("runner"),
        Some(b's') => starts("silver") || starts("second-"),
        Some(b't') => starts("title") || starts("third-"),
        Some(b'w') => starts("winner"),
        _ => false,
    };
    let is_ordinal = word.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
    does_start || is_ordinal || TELLING.contains(word)
}

static TELLING: Words = LazyLock::new(|| {
    const WORDS: &str = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth top one-two 1-2 won win wins winning final finals finalist finalists behind ahead lost beaten defeat";
    WORDS.split(' ').chain(BEAT.split(' ')).chain(LOSE.split(' ')).collect()
});

/// The round that a word names.
pub fn stage_at(words: &[Word], at: usize) -> Option<Stage> {
    let word = |i: usize| words.get(i).map_or("", |word| word.fold.as_ref());
    let before = at.checked_sub(1).map_or("", |i| word(i));
    Some(match word(at) {
        "heat" | "heats" => Stage::Heats,
        "qualifying" | "qualification" | "preliminaries" | "preliminary" => Stage::Qualification,
        "round" if matches!(before, "first" | "opening") || word(at + 1) == "one" => {
            Stage::Round(1)
        }
        "round" if before == "second" || word(at + 1) == "two" => Stage::Round(2),
        "16" if matches!(before, "last" | "of") => Stage::RoundOf(16),
        "32" if matches!(before, "last" | "of") => Stage::RoundOf(32),
        "last-16" => Stage::RoundOf(16),
        "eight" if before == "last" => Stage::QuarterFinal,
        "four" if before == "last" => Stage::SemiFinal,
        "group" | "pool" => Stage::Group,
        "quarter-final" | "quarter-finals" | "quarterfinal" | "quarterfinals" | "quarters"
        | "last-eight" => Stage::QuarterFinal,
        "semi-final" | "semi-finals" | "semifinal" | "semifinals" | "semi" | "semis" => {
            Stage::SemiFinal
        }
        "final" | "finals" if !is_in("bronze semi quarter", before) => Stage::Final,
        _ => return None,
    })
}

/// The last round that a sentence names.
pub fn last_stage(words: &[Word]) -> Option<Stage> {
    (0..words.len()).rev().find_map(|at| stage_at(words, at))
}
