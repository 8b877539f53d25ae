//! Quotation marks where the parser cannot know which way they look.

/// The mark that stands for a straight one, if it is another than the parser's choice. `before` and `after`
/// are some of the text on either side, `is_open` says whether a quotation has begun, `chosen` is the
/// parser's mark.
pub(super) fn mended(
    mark: char,
    before: &str,
    after: &str,
    is_open: bool,
    chosen: &str,
) -> Option<&'static str> {
    let last = before.chars().next_back();
    let next = after.chars().next();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match mark {
        // 6'2: feet and minutes.
        '\'' if is_digit(last) && is_digit(next) => Some("\u{2032}"),
        // The '90s, 'tis.
        '\'' if !last.is_some_and(char::is_alphanumeric) && is_elision(after) => Some("\u{2019}"),
        // 6'2": inches behind feet.
        '"' if is_digit(last) => {
            let feet = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let inches =
                feet.len() < before.len() && feet.ends_with(['\'', '\u{2032}', '\u{2019}']);
            let foot = feet.trim_end_matches(['\'', '\u{2032}', '\u{2019}']);
            let is_inches = inches && is_digit(foot.chars().next_back());
            match chosen == "\u{201C}" {
                _ if is_inches => Some("\u{2033}"),
                // A quotation does not begin right behind a number.
                true if is_open => Some("\u{201D}"),
                true => Some("\u{2033}"),
                false => None,
            }
        }
        // "한국"은 and 그는"한국": scripts that set no spaces around a quotation.
        '"' if last.is_some_and(is_cjk) || next.is_some_and(is_cjk) => {
            let is_beside = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
            match (is_beside(last), is_beside(next)) {
                (true, true) if is_open => Some("\u{201D}"),
                (true, true) if last.is_some_and(is_cjk) => Some("\u{201C}"),
                (true, false) => Some("\u{201D}"),
                _ => None,
            }
        }
        // Nor behind a word.
        '"' if chosen == "\u{201C}" && last.is_some_and(char::is_alphanumeric) => Some("\u{201D}"),
        '\'' if chosen == "\u{2018}" && is_digit(last) => Some("\u{2032}"),
        '\'' if chosen == "\u{2018}" && last.is_some_and(char::is_alphanumeric) => Some("\u{2019}"),
        _ => None,
    }
}

/// A number of years or a word that has lost its beginning.
fn is_elision(after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &after[digits..];
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    if digits == 2 && !rest.starts_with(char::is_alphanumeric) && !rest.starts_with('\'') {
        return true;
    }
    let word: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
    matches!(word.to_lowercase().as_str(), "tis" | "twas" | "til" | "em" | "cause" | "n")
}

/// A letter of Chinese, Japanese or Korean.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_by_what_stands_around_them() {
        let told = |mark, before, after| mended(mark, before, after, false, "");
        assert_eq!(told('\'', "6", "2\""), Some("\u{2032}"));
        assert_eq!(told('"', "6'2", " tall"), Some("\u{2033}"));
        assert_eq!(told('"', "6\u{2032}2", ""), Some("\u{2033}"));
        assert_eq!(told('\'', "the (", "90s)"), Some("\u{2019}"));
        assert_eq!(told('\'', "rock ", "n' roll"), Some("\u{2019}"));
        assert_eq!(mended('"', "\"한국", "은", true, ""), Some("\u{201D}"));
        assert_eq!(told('"', "그는", "한국"), Some("\u{201C}"));
        assert_eq!(told('"', "\"90", " points"), None);
        assert_eq!(told('\'', "say ", "hello'"), None);
        assert_eq!(mended('"', "9.79", " wins", false, "\u{201C}"), Some("\u{2033}"));
        assert_eq!(mended('"', "tall", " he", true, "\u{201C}"), Some("\u{201D}"));
    }
}
