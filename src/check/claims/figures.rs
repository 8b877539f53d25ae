//! Numbers in prose that are results: times, distances, points, margins, scores.

use std::ops::Range;

use super::words::Word;

/// A number with what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// In millionths: of seconds, metres, kilograms, points.
    pub value: i64,
    /// The last digit that is written, in millionths.
    pub precision: i64,
    /// The words that say it, with their unit.
    pub words: Range<usize>,
    /// What it is of, where that is said.
    pub unit: Option<Unit>,
    /// Whether it has a point or a colon: it is no count.
    pub is_exact: bool,
}

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Metres,
    Kilograms,
    Points,
}

/// A score: "4-2".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    pub pair: (i64, i64),
    pub words: Range<usize>,
}

const MILLION: i64 = 1_000_000;

/// What a word measures, and how many millionths one of it is.
fn unit(word: &str) -> Option<(Unit, i64)> {
    Some(match word {
        "thousandth" | "thousandths" => (Unit::Seconds, MILLION / 1000),
        "hundredth" | "hundredths" => (Unit::Seconds, MILLION / 100),
        "tenth" | "tenths" => (Unit::Seconds, MILLION / 10),
        "s" | "sec" | "secs" | "second" | "seconds" => (Unit::Seconds, MILLION),
        "min" | "mins" | "minute" | "minutes" => (Unit::Seconds, 60 * MILLION),
        "h" | "hr" | "hrs" | "hour" | "hours" => (Unit::Seconds, 3600 * MILLION),
        "m" | "metre" | "metres" | "meter" | "meters" => (Unit::Metres, MILLION),
        "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => {
            (Unit::Metres, MILLION / 100)
        }
        "kg" | "kilo" | "kilos" | "kilogram" | "kilograms" => (Unit::Kilograms, MILLION),
        "pt" | "pts" | "point" | "points" => (Unit::Points, MILLION),
        _ => return None,
    })
}

/// A number as it is written, with points or in words, in millionths, and its last digit.
fn number(raw: &str) -> Option<(i64, i64)> {
    let plain = raw.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 7
        || part.len() > 4
        || !is_number(whole)
        || !is_number(part)
    {
        return None;
    }
    let precision = MILLION / 10_i64.pow(u32::try_from(part.len()).ok()?);
    let fraction: i64 = format!("{part:0<6}").parse().ok()?;
    Some((whole.parse::<i64>().ok()? * MILLION + fraction, precision))
}

fn counted(word: &str) -> Option<i64> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        _ => return None,
    })
}

/// A number that begins a word, and the unit that is written on it: "7.48sec", "92.97m".
fn split(raw: &str) -> (&str, &str) {
    let end =
        raw.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(raw.len());
    raw.split_at(end)
}

/// All figures of a sentence of a text.
pub fn figures(text: &str, words: &[Word]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match figure(text, words, at) {
            Some(figure) => {
                at = figure.words.end;
                found.push(figure);
            }
            None => at += 1,
        }
    }
    found
}

fn figure(text: &str, words: &[Word], at: usize) -> Option<Figure> {
    let word = words.get(at).filter(|word| word.is_word)?;
    if !word.fold.starts_with(|c: char| c.is_ascii_digit()) {
        // "five thousandths", "two minutes"
        let is_one = word.fold == "a";
        let many = if is_one { 1 } else { counted(&word.fold)? };
        let (what, one) = unit(&words.get(at + 1)?.fold)?;
        if is_one && one > MILLION {
            return None;
        }
        return Some(Figure {
            value: many * one,
            precision: one,
            words: at..at + 2,
            unit: Some(what),
            is_exact: one < MILLION,
        });
    }
    let raw =
        |i: usize| words.get(i).and_then(|word| text.get(word.span.clone())).unwrap_or_default();
    let touches =
        |i: usize| words.get(i + 1).is_some_and(|next| next.span.start == words[i].span.end);
    let (digits, ending) = split(raw(at));
    let (mut value, mut precision) = number(digits)?;
    // A distance that is run is no result.
    let is_length = |word: &str| {
        matches!(
            word,
            "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" | "k" | "mile" | "miles"
        )
    };
    if is_length(&ending.to_lowercase())
        || ending.is_empty() && words.get(at + 1).is_some_and(|next| is_length(&next.fold))
    {
        return None;
    }
    let mut end = at + 1;
    let mut is_exact = precision < MILLION;
    let mut ending = ending;
    // "1:44.36", "2:07:11"
    while ending.is_empty() && touches(end - 1) && touches(end) && raw(end) == ":" {
        let (next, rest) = split(raw(end + 1));
        let (more, last) = number(next)?;
        if next.split('.').next().map_or(0, str::len) != 2 {
            break;
        }
        value = value.checked_mul(60)?.checked_add(more)?;
        (precision, ending) = (last, rest);
        is_exact = true;
        end += 2;
    }
    let has_colon = end > at + 1;
    let mut what = has_colon.then_some(Unit::Seconds);
    if ending.is_empty() {
        if let Some((of, one)) = words.get(end).and_then(|word| unit(&word.fold)) {
            end += 1;
            if !has_colon {
                value = value / MILLION * one + value % MILLION * one / MILLION;
                precision = (precision * one / MILLION).max(1);
                is_exact |= one < MILLION;
                what = Some(of);
                (value, precision, end) = longer(text, words, (value, precision, end), of)?;
            }
        }
    } else {
        let (of, one) = unit(&ending.to_lowercase())?;
        value = value / MILLION * one + value % MILLION * one / MILLION;
        what = Some(of);
        (value, precision, end) = longer(text, words, (value, precision, end), of)?;
    }
    Some(Figure { value, precision, words: at..end, unit: what, is_exact })
}

/// "1 min 8.09 s": what follows minutes belongs to them.
fn longer(
    text: &str,
    words: &[Word],
    (value, precision, end): (i64, i64, usize),
    of: Unit,
) -> Option<(i64, i64, usize)> {
    let same = Some((value, precision, end));
    if of != Unit::Seconds || value % (60 * MILLION) != 0 || value == 0 {
        return same;
    }
    let Some(next) = words.get(end).filter(|word| word.is_word) else { return same };
    if !next.fold.starts_with(|c: char| c.is_ascii_digit()) {
        return same;
    }
    let Some(rest) = figure(text, words, end).filter(|rest| rest.unit == Some(Unit::Seconds))
    else {
        return same;
    };
    Some((value.checked_add(rest.value)?, rest.precision, rest.words.end))
}

/// All scores of a sentence: "4-2", "21\u{2013}15". Years and seasons are none.
pub fn scores(text: &str, words: &[Word]) -> Vec<Score> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !words[at].fold.starts_with(|c: char| c.is_ascii_digit()) {
            at += 1;
            continue;
        }
        let number = |word: &str| {
            let is_number = !word.is_empty()
                && word.len() <= 3
                && word.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| word.parse::<i64>().ok()).flatten()
        };
        let raw = text.get(words[at].span.clone()).unwrap_or_default();
        let joined =
            raw.split_once(['-', '\u{2011}']).and_then(|(a, b)| Some((number(a)?, number(b)?)));
        if let Some(pair) = joined {
            found.push(Score { pair, words: at..at + 1 });
        } else if let [first, mark, second, ..] = &words[at..]
            && mark.fold == "\u{2014}"
            && first.span.end == mark.span.start
            && mark.span.end == second.span.start
            && let (Some(a), Some(b)) = (number(&first.fold), number(&second.fold))
        {
            found.push(Score { pair: (a, b), words: at..at + 3 });
            at += 2;
        }
        at += 1;
    }
    found
}

/// The digits of a number of millionths, as far as they are written: of a time those of hours, minutes and seconds.
fn digits(said: &Figure, value: i64) -> String {
    const MINUTE: i64 = 60 * MILLION;
    let precision = said.precision.max(1);
    if said.unit != Some(Unit::Seconds) || said.value < MINUTE {
        return (value / precision).to_string();
    }
    let (hours, minutes, seconds) =
        (value / (60 * MINUTE), value / MINUTE % 60, value % MINUTE / precision);
    let width = (10 * MILLION / precision).to_string().len();
    format!("{hours}{minutes:02}{seconds:0width$}")
}

/// Whether two numbers may be one, mistyped: two neighbouring digits swapped, one digit another, one left out.
pub fn is_near(said: &Figure, value: i64) -> bool {
    let (a, b) = (digits(said, said.value), digits(said, value));
    let is_turned = a.len() == 2 && a.chars().rev().eq(b.chars());
    if a == b || a.len() < 3 && b.len() < 3 && !is_turned {
        return false;
    }
    strsim::osa_distance(&a, &b) == 1
}

/// Whether a number is the same, as far as it is written: rounded or cut.
pub fn is_same(said: &Figure, value: i64) -> bool {
    (said.value - value).abs() < said.precision
}

#[cfg(test)]
mod tests {
    use super::super::words::sentences;
    use super::*;

    fn of(text: &str) -> Vec<(i64, Option<Unit>)> {
        let words = sentences(text).concat();
        figures(text, &words).into_iter().map(|figure| (figure.value, figure.unit)).collect()
    }

    #[test]
    fn times_distances_and_points_are_read_as_they_are_written() {
        assert_eq!(of("won in 9.79"), [(9_790_000, None)]);
        assert_eq!(
            of("in 1:44.36 and 2:07:11"),
            [(104_360_000, Some(Unit::Seconds)), (7_631_000_000, Some(Unit::Seconds))]
        );
        assert_eq!(of("38min 12.07sec"), [(2_292_070_000, Some(Unit::Seconds))]);
        assert_eq!(of("by five thousandths"), [(5000, Some(Unit::Seconds))]);
        assert_eq!(
            of("92.97m, 15.300 points"),
            [(92_970_000, Some(Unit::Metres)), (15_300_000, Some(Unit::Points))]
        );
    }

    #[test]
    fn scores_are_read_with_hyphens_and_dashes() {
        let text = "beat Ho 4-2 and Kim 21\u{2013}15, in 2039-40";
        let words = sentences(text).concat();
        let pairs: Vec<(i64, i64)> =
            scores(text, &words).into_iter().map(|score| score.pair).collect();
        assert_eq!(pairs, [(4, 2), (21, 15)]);
    }
}
