//! Parts of addresses: slugs and aliases.

use std::borrow::Cow;

use deunicode::deunicode_char;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer ones are cut at a word: file systems take 255 bytes for a name.
const LONGEST: usize = 120;

/// In which letters an address is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// In those of ASCII, whatever the script of the text.
    #[default]
    Ascii,
    /// In those of the text.
    Native,
}

/// A slug for an address, in a script.
pub fn in_script(text: &str, script: Script) -> String {
    match script {
        Script::Ascii => slugify(text),
        Script::Native => native(text),
    }
}

/// A slug in the letters of the text itself: letters of any script, digits and single hyphens.
pub fn native(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    // ASCII is composed as it is.
    let composed: Cow<str> =
        if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) };
    for c in composed.chars() {
        if c.is_alphanumeric() || (is_combining_mark(c) && !slug.is_empty()) {
            slug.extend(c.to_lowercase());
        } else if !is_apostrophe(c) {
            hyphen(&mut slug);
        }
    }
    // The dot that a capital İ leaves behind stands for itself; what is composed again is shorter.
    if !slug.is_ascii() {
        slug = slug.nfc().collect();
    }
    if slug.len() > LONGEST {
        let cut = crate::diagnostics::floor_char_boundary(&slug, LONGEST);
        let cut = slug[..cut].rfind('-').unwrap_or(cut);
        slug.truncate(cut);
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    slug
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}')
}

/// Whether a text is surely Japanese: its Chinese characters would be given Chinese readings.
fn has_kana(text: &str) -> bool {
    let is_kana = |c| matches!(c, '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}');
    text.contains(|c: char| is_kana(c) && c.is_alphabetic())
}

/// A slug made of a text in any script: lower-case ASCII letters, digits and single hyphens; of Japanese
/// its own letters. Empty if the text has nothing that can be written so.
pub fn slugify(text: &str) -> String {
    // What is cut off a long text may be all that told its language.
    let is_japanese = !text.is_ascii() && has_kana(text);
    if let Some(slug) = is_japanese.then(|| native(text)).filter(|slug| has_kana(slug)) {
        return slug;
    }
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if is_apostrophe(c) {
            // O'Connor is one word.
        } else if c.is_ascii() {
            hyphen(&mut slug);
        } else {
            let Some(ascii) = deunicode_char(c) else { continue };
            // A character that stands for a word or syllable is set apart.
            for c in ascii.chars() {
                if c.is_ascii_alphanumeric() {
                    slug.push(c.to_ascii_lowercase());
                } else if !matches!(c, '\'' | '`') {
                    hyphen(&mut slug);
                }
            }
        }
    }
    if slug.len() > LONGEST {
        let cut = slug[..=LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    slug
}

fn hyphen(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// Whether a text is a slug already.
pub fn is_valid(text: &str) -> bool {
    !text.is_empty() && (slugify(text) == text || native(text) == text)
}

/// A slug with its words in the order of the alphabet: what "Kaylee McKeown" and "McKEOWN Kaylee" have
/// in common.
pub fn in_any_order(slug: &str) -> String {
    let mut words: Vec<&str> = slug.split('-').collect();
    words.sort_unstable();
    words.join("-")
}

/// "table-tennis" as "Table tennis".
pub fn in_words(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// A key to sort slugs by, in which numbers stand by their size: "men-60-kg" before "men-100-kg".
pub fn natural(slug: &str) -> Vec<(u64, String)> {
    let mut parts: Vec<(u64, String)> = vec![(0, String::new())];
    let mut was_digit = false;
    for c in slug.chars() {
        let is_digit = c.is_ascii_digit();
        if is_digit && !was_digit {
            parts.push((0, String::new()));
        }
        was_digit = is_digit;
        if let (Some((number, words)), digit) = (parts.last_mut(), c.to_digit(10)) {
            match digit {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(digit.into()),
                None => words.push(c),
            }
        }
    }
    parts
}

/// The address of an alias, from the top of the site: `/old/address/`, or `/old/page.html`.
///
/// # Errors
/// Says in a few words why it cannot be one.
pub fn alias_address(alias: &str) -> Result<String, &'static str> {
    let path = alias.trim();
    if path.contains("://") || path.starts_with("//") {
        return Err("it names a host; expected a path such as old/address/");
    }
    if path.contains(|c: char| {
        c.is_control() || matches!(c, '?' | '#' | '\\' | '%' | ':' | '*' | '"' | '<' | '>' | '|')
    }) {
        return Err("it has a character that an address of the site cannot have");
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| *part == ".." || *part == ".") {
        return Err("it leads out of its folder");
    }
    if parts.is_empty() {
        return Err("it is the home page");
    }
    if parts.iter().any(|part| part.len() > 200) {
        return Err("it is too long");
    }
    let joined = parts.join("/");
    Ok(if joined.ends_with(".html") || joined.ends_with(".htm") {
        format!("/{joined}")
    } else {
        format!("/{joined}/")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_becomes_ascii() {
        for (text, slug) in [
            ("One phone, three flags", "one-phone-three-flags"),
            ("Truls Möregårdh", "truls-moregardh"),
            ("O’Connor's day", "oconnors-day"),
            ("Θερινοί Αγώνες", "therinoi-agones"),
            ("Медали", "medali"),
            ("北京", "bei-jing"),
            ("100 m — men", "100-m-men"),
            ("Sha'Carri", "shacarri"),
        ] {
            assert_eq!(slugify(text), slug, "{text}");
        }
        assert!(!slugify("القاهرة").is_empty() && !slugify("서울").is_empty());
    }

    #[test]
    fn letters_of_any_script_may_be_kept() {
        for (text, slug) in [
            ("결승전", "결승전"),
            ("Quelques éléments", "quelques-éléments"),
            ("100 m — men", "100-m-men"),
            ("O’Connor's day", "oconnors-day"),
            ("हिन्दी समाचार", "हिन्दी-समाचार"),
            ("../../etc", "etc"),
        ] {
            assert_eq!(native(text), slug, "{text}");
        }
        assert_eq!(slugify("卓球の決勝"), "卓球の決勝");
        assert_eq!(slugify("卓球"), "zhuo-qiu");
    }

    #[test]
    fn numbers_are_sorted_by_their_size() {
        let mut slugs =
            ["men-over-100-kg", "men-100-kg", "men-60-kg", "mens-1500m", "mens-100m", "men"];
        slugs.sort_by_key(|slug| natural(slug));
        assert_eq!(
            slugs,
            ["men", "men-60-kg", "men-100-kg", "men-over-100-kg", "mens-100m", "mens-1500m"]
        );
        assert_eq!(natural(&"9".repeat(50)).len(), 2);
    }

    #[test]
    fn what_has_no_letters_has_no_slug() {
        assert_eq!(slugify(""), "");
        assert_eq!(slugify("../.."), "");
        assert_eq!(slugify("!?"), "");
    }

    #[test]
    fn dots_and_slashes_never_pass() {
        assert_eq!(slugify("../../etc"), "etc");
        assert!(!is_valid("../../etc") && !is_valid("a/b") && !is_valid("A") && !is_valid(""));
        assert!(is_valid("a-b-1"));
    }

    #[test]
    fn aliases_stay_inside_the_site() {
        assert_eq!(alias_address("old/address"), Ok("/old/address/".into()));
        assert_eq!(alias_address("/old//x.html"), Ok("/old/x.html".into()));
        for bad in [
            "../x",
            "/a/../../b",
            "https://example.org/",
            "//example.org/",
            "",
            "/",
            "a?b",
            "a#b",
            "a\\b",
            "./x",
        ] {
            assert!(alias_address(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_slug_is_always_safe_and_its_own_slug(text in ".{0,200}") {
            let slug = slugify(&text);
            assert!(slug.len() <= LONGEST);
            assert!(has_kana(&slug) || slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            let native = native(&text);
            assert!(native.len() <= LONGEST && !native.contains(['/', '.', '%', '?', '#', '\\', ' ']));
            assert_eq!(super::native(&native), native.clone());
            assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
            assert_eq!(slugify(&slug), slug);
        }

        #[test]
        fn an_alias_is_refused_or_safe(text in "[./a-z:?#\\\\ ]{0,30}") {
            if let Ok(address) = alias_address(&text) {
                assert!(address.starts_with('/') && !address.split('/').any(|part| part == ".."));
            }
        }
    }
}
