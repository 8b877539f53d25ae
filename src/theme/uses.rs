//! What the templates of a theme look at, so that what none of them shows need not be made.

/// Whether a template may look at a field of a value that all templates have. Wherever the value is used as a
/// whole (given to a component, gone through by a loop, taken from `__tera_context`), it may be.
pub fn may_show(template: &str, value: &str, field: &str) -> bool {
    tags(template).any(|tag| {
        let tag = without_texts(tag);
        tag.contains("__tera_context")
            || words(&tag).any(|(word, before, after)| {
                let shown = after.strip_prefix('.').map(|after| words(after).next());
                word == value
                    && !before.ends_with('.')
                    && shown.is_none_or(|first| {
                        first.is_none_or(|(first, before, _)| first == field || !before.is_empty())
                    })
            })
    })
}

/// What stands between `{{` and `}}`, or `{%` and `%}`.
fn tags(template: &str) -> impl Iterator<Item = &str> {
    template.match_indices('{').filter_map(|(at, _)| {
        let rest = &template[at + 1..];
        let end = match rest.chars().next()? {
            '{' => "}}",
            '%' => "%}",
            _ => return None,
        };
        let inside = &rest[1..];
        Some(&inside[..inside.find(end).unwrap_or(inside.len())])
    })
}

/// A tag without what stands between quotes.
fn without_texts(tag: &str) -> String {
    let mut quote = None;
    let kept = tag.chars().filter(|c| match quote {
        Some(open) => {
            if *c == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(c, '"' | '\'' | '`') {
                quote = Some(*c);
            }
            quote.is_none()
        }
    });
    kept.collect()
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
        ] {
            assert!(may_show(shows, "page", "head"), "{shows}");
        }
        for does_not in [
            "<head> page.head {{ page.url }} {# page #}",
            "{{ pages.head }} {{ story.page }} {{ paginate.page.head }}",
            "{{ t(key=\"page\") }} {% if page.kind == 'page' %}",
            "",
            "{",
        ] {
            assert!(!may_show(does_not, "page", "head"), "{does_not}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_template_makes_it_panic(text in "[{}%page.hd\"' é_-]{0,60}") {
            let _ = may_show(&text, "page", "head");
        }
    }
}
