//! What the templates of a theme look at, so that what none of them shows need not be made.

/// Whether a template may look at a field of a value that all templates have. Wherever the value is used as a
/// whole (given to a component, gone through by a loop, taken from `__tera_context`), it may be, and wherever
/// it cannot be told.
pub fn may_show(template: &str, value: &str, field: &str) -> bool {
    let Some(code) = code(template) else { return true };
    code.contains("__tera_context")
        || words(&code).any(|(word, before, after)| {
            let is_whole = || match after.strip_prefix('.').map(|after| words(after).next()) {
                Some(Some((first, "", _))) => first == field,
                _ => true,
            };
            word == value && !before.ends_with('.') && is_whole()
        })
}

/// Whether a template may look at a field of that name, of whatever value.
pub fn may_name(template: &str, field: &str) -> bool {
    let Some(code) = code(template) else { return true };
    words(&code).any(|(word, before, _)| word == field && before.ends_with('.'))
}

/// What stands between `{{` and `}}`, or `{%` and `%}`, without texts in quotes. Nothing where a backslash in
/// a text, or a part that is not read as a template, leaves open where a text ends.
fn code(template: &str) -> Option<String> {
    let mut code = String::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let inside = rest.get(start + 2..).unwrap_or_default();
        let end = match rest[start + 1..].chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            Some('#') => {
                rest = inside.split_once("#}").map_or("", |(_, after)| after);
                continue;
            }
            _ => {
                rest = &rest[start + 1..];
                continue;
            }
        };
        if inside.trim_start_matches(|c: char| c == '-' || c.is_whitespace()).starts_with("raw") {
            return None;
        }
        rest = inside;
        while !rest.is_empty() && !rest.starts_with(end) {
            let next = rest.chars().next().unwrap_or_default();
            rest = &rest[next.len_utf8()..];
            if matches!(next, '"' | '\'' | '`') {
                let (text, after) = rest.split_once(next)?;
                if text.contains('\\') {
                    return None;
                }
                rest = after;
            } else {
                code.push(next);
            }
        }
        code.push('\n');
        rest = rest.strip_prefix(end).unwrap_or_default();
    }
    Some(code)
}

/// Names in a text, each with what stands before and after it, without spaces around.
fn words(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + text[at..].find(is_part)?;
        let to = text[from..].find(|c| !is_part(c)).map_or(text.len(), |end| from + end);
        at = to;
        Some((&text[from..to], text[..from].trim_end(), text[to..].trim_start()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_shown_where_it_is_named_or_the_whole_value_is_used() {
        for shows in [
            "{{ page.head.title }}",
            "{%- if page . head %}",
            "{% for key, value in page %}",
            "{{<Head page={page} />}}",
            "{% set p = page %}{{ p.head }}",
            "{{ page[\"head\"] }}",
            "{{ __tera_context }}",
            "{{ x(y=page) }} {{ page.url }}",
            "{{ page }",
            "{{ page. }}",
            "{{ \"}}\" ~ page.head }}",
            "{{ \"\\\"}}\" ~ page.head }}",
            "{%-\nraw %}{{ \" }}{% endraw %}{{ page.head }}\"",
            "{{ \" }} {{ page.head }}",
            "{# {{ \" #}{{ page.head }}",
            "{ {{{ page.head }}",
        ] {
            assert!(may_show(shows, "page", "head"), "{shows}");
        }
        for does_not in [
            "<head> page.head {{ page.url }} {# {{ page }} #}",
            "{{ pages.head }} {{ story.page }} {{ paginate.page.head }}",
            "{{ t(key=\"page\") }} {% if page.kind == 'page' %}",
            "{{ x }} page {{ y }}",
            "",
            "{",
            "{é {{",
        ] {
            assert!(!may_show(does_not, "page", "head"), "{does_not}");
        }
    }

    #[test]
    fn a_field_may_be_of_any_value() {
        assert!(may_name("{% if row.nation.flag %}", "flag"));
        assert!(may_name("{{ nation . flag }}", "flag"));
        assert!(!may_name("<span class=\"a.flag\">{{ flag }}{{ nation.flags }}", "flag"));
    }

    proptest::proptest! {
        #[test]
        fn no_template_makes_it_panic(text in "[{}%#page.hd\"'\\\\ é_-]{0,60}") {
            let _ = may_show(&text, "page", "head");
        }
    }
}
