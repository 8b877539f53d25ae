//! Prose as words, with the marks between them.

use std::borrow::Cow;
use std::ops::Range;

use deunicode::deunicode_char;

/// A word or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// Where it is in the passage, without a possessive ending.
    pub span: Range<usize>,
    /// Lower-case ASCII letters and digits, hyphens between them; of a mark the mark itself.
    pub fold: Cow<'t, str>,
    /// Whether it is a word or a number, and not a mark.
    pub is_word: bool,
    /// Whether it begins with a capital.
    pub is_capital: bool,
    /// Whether all its letters are capitals, and it has two at least.
    pub is_upper: bool,
    /// Whether it ends in 's or s'.
    pub is_possessive: bool,
    /// Whether it stands in quotation marks.
    pub is_quoted: bool,
}

impl Word<'_> {
    /// Whether it is one of these, which are folded.
    pub fn is_one_of(&self, folded: &[String]) -> bool {
        folded.iter().any(|other| *other == self.fold)
    }
}

/// More words and marks than a sentence has.
pub const LONGEST: usize = 400;

/// The words of a passage, sentence by sentence.
pub fn sentences(text: &str) -> Vec<Vec<Word<'_>>> {
    let mut all = Vec::new();
    let mut sentence: Vec<Word> = Vec::new();
    let mut quotation = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        if c.is_whitespace() {
            at = next;
            continue;
        }
        if c.is_alphanumeric() {
            let end = word_end(text, at);
            if sentence.len() >= LONGEST {
                all.push(std::mem::take(&mut sentence));
            }
            sentence.push(word(text, at..end, quotation.is_some()));
            at = end + possessive(&text[end..]);
            continue;
        }
        match quotation {
            Some(close) if c == close && closes(text, at) => quotation = None,
            None => quotation = opens(text, at, c),
            Some(_) => {}
        }
        let mark = match c {
            '“' | '”' | '"' => "\"",
            '–' | '—' => "—",
            '-' if text[..at].ends_with(' ') && text[next..].starts_with(' ') => "—",
            '’' | '‘' => "'",
            '…' => ".",
            _ => &text[at..next],
        };
        sentence.push(Word {
            span: at..next,
            fold: Cow::Borrowed(mark),
            is_word: false,
            is_capital: false,
            is_upper: false,
            is_possessive: false,
            is_quoted: quotation.is_some(),
        });
        // "1. Ho 9.79": the number of a line.
        let is_number =
            sentence.len() == 2 && sentence[0].fold.bytes().all(|byte| byte.is_ascii_digit());
        let is_end =
            matches!(c, '.' | '!' | '?' | '…') && !is_number && ends_sentence(text, at, next);
        // What nobody would call a sentence is cut: the grammar looks back and forth in it.
        if is_end || sentence.len() >= LONGEST {
            all.push(std::mem::take(&mut sentence));
        }
        at = next;
    }
    all.push(sentence);
    all.retain(|sentence| sentence.iter().any(|word| word.is_word));
    all
}

/// Where a word that starts at `start` ends: letters and digits, with hyphens, apostrophes, points and
/// commas only between them.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut letters = text[start..].char_indices().peekable();
    let mut last = ' ';
    while let Some((i, c)) = letters.next() {
        let following = letters.peek().map(|(_, next)| *next);
        let goes_on = following.is_some_and(char::is_alphanumeric);
        let joins = match c {
            '-' | '‑' => goes_on,
            '\'' | '’' => goes_on && !is_possessive_here(&text[start + i..]),
            ',' | '.' if last.is_ascii_digit() => {
                following.is_some_and(|next| next.is_ascii_digit())
            }
            // U.S., D.P.R.K.
            '.' => start + i == end && i <= 8 && is_initials(&text[start..start + i]),
            c => c.is_alphanumeric() || is_mark(c),
        };
        if !joins {
            break;
        }
        end = start + i + c.len_utf8();
        last = c;
    }
    end
}

/// Accents that stand by themselves.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Single capitals with points between them.
fn is_initials(text: &str) -> bool {
    let mut parts = text.split('.').peekable();
    parts.peek().is_some()
        && parts.all(|part| part.len() == 1 && part.chars().all(|c| c.is_ascii_uppercase()))
}

fn is_possessive_here(rest: &str) -> bool {
    possessive(rest) > 1
}

/// How long the possessive ending is that a text begins with: `'s`, or `'` alone behind an s.
fn possessive(rest: &str) -> usize {
    let mut letters = rest.chars();
    match letters.next() {
        Some(mark @ ('\'' | '’')) => {
            let is_s = matches!(letters.next(), Some('s' | 'S'));
            let is_end = !letters.next().is_some_and(char::is_alphanumeric);
            if is_s && is_end { mark.len_utf8() + 1 } else { 0 }
        }
        _ => 0,
    }
}

fn word(text: &str, span: Range<usize>, is_quoted: bool) -> Word<'_> {
    let raw = &text[span.clone()];
    let rest = &text[span.end..];
    let is_plural_owner = raw.ends_with(['s', 'S'])
        && rest.starts_with(['\'', '’'])
        && rest.chars().nth(1).is_none_or(char::is_whitespace);
    let letters = || raw.chars().filter(|c| c.is_alphabetic());
    Word {
        fold: fold(raw),
        is_word: true,
        is_capital: raw.chars().next().is_some_and(char::is_uppercase),
        is_upper: letters().count() >= 2 && letters().all(char::is_uppercase),
        is_possessive: possessive(rest) > 0 || is_plural_owner && !is_quoted,
        is_quoted,
        span,
    }
}

/// A word in lower-case ASCII, without points and apostrophes.
pub fn fold(word: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if word.bytes().all(is_plain) {
        // Most words of a text are what they fold to.
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\'' | '’' | '.' | ',' => {}
            '‑' => folded.push('-'),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c if is_mark(c) => {}
            c => folded.extend(
                deunicode_char(c).unwrap_or_default().chars().map(|c| c.to_ascii_lowercase()),
            ),
        }
    }
    Cow::Owned(folded)
}

/// The mark that will close a quotation that this one opens. An apostrophe opens none within a word.
fn opens(text: &str, at: usize, mark: char) -> Option<char> {
    let before = text[..at].chars().next_back();
    let is_free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'));
    match mark {
        '“' => Some('”'),
        '"' => Some('"'),
        '«' => Some('»'),
        '‘' => Some('’'),
        '\'' if is_free && text[at + 1..].contains('\'') => Some('\''),
        _ => None,
    }
}

fn closes(text: &str, at: usize) -> bool {
    let mark = text[at..].chars().next().unwrap_or_default();
    let after = text[at + mark.len_utf8()..].chars().next();
    // An apostrophe within a word closes nothing.
    !matches!(mark, '\'' | '’') || !after.is_some_and(char::is_alphanumeric)
}

/// Whether a point ends a sentence, and not an abbreviation.
fn ends_sentence(text: &str, at: usize, next: usize) -> bool {
    let rest = text[next..].trim_start_matches(['"', '”', '’', '\'', ')']);
    let is_apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let follows = rest.trim_start().chars().next();
    let is_new = follows.is_none_or(|c| c.is_uppercase() || !c.is_alphanumeric());
    let before = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_short = text[at..].starts_with('.')
        && (matches!(before, "St" | "Mr" | "Mrs" | "Ms" | "Dr" | "No" | "vs")
            || before.chars().count() == 1 && before.chars().all(char::is_uppercase));
    is_apart && is_new && (!is_short || rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folds(text: &str) -> Vec<Vec<String>> {
        let one =
            |sentence: Vec<Word>| sentence.into_iter().map(|word| word.fold.into_owned()).collect();
        sentences(text).into_iter().map(one).collect()
    }

    #[test]
    fn words_are_folded_and_marks_stand_by_themselves() {
        assert_eq!(
            folds("Élodie O’Brien’s bronze (6.15m), U.S. gold. The 1,500m – done!"),
            [
                vec!["elodie", "obrien", "bronze", "(", "615m", ")", ",", "us", "gold", "."],
                vec!["the", "1500m", "—", "done", "!"],
            ]
        );
    }

    #[test]
    fn possessives_are_known() {
        let words = sentences("Kim's gold, the Koreans' bronze, Rios").remove(0);
        let owners: Vec<&str> =
            words.iter().filter(|word| word.is_possessive).map(|word| word.fold.as_ref()).collect();
        assert_eq!(owners, ["kim", "koreans"]);
    }

    #[test]
    fn quotations_are_marked() {
        let words = sentences("\"We won gold,\" she said of 'our' silver that's hers.").remove(0);
        let quoted: Vec<&str> = words
            .iter()
            .filter(|word| word.is_quoted && word.is_word)
            .map(|word| word.fold.as_ref())
            .collect();
        assert_eq!(quoted, ["we", "won", "gold", "our"]);
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        assert_eq!(folds("Mr. Lee of St. Lucia won. J. Kim did not.").len(), 2);
    }
}
