//! CSS, as far as this program writes some.

/// A text as a string of CSS (css-syntax-3, section 4.3.5): what is no letter, digit or space is written by its
/// number, so that it ends neither the string nor the style element that it stands in.
pub fn string(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        if c.is_alphanumeric() || c == ' ' {
            string.push(c);
        } else {
            string += &format!("\\{:x} ", u32::from(c));
        }
    }
    string + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_of_css_ends_where_it_should() {
        assert_eq!(string("Podium 12"), "\"Podium 12\"");
        assert_eq!(string("a\"</style>"), "\"a\\22 \\3c \\2f style\\3e \"");
    }
}
