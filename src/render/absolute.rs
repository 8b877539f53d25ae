//! HTML whose addresses lead to the same places wherever it is read.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use iri_string::resolve::FixedBaseResolver;
use iri_string::types::{IriAbsoluteStr, IriReferenceStr};

/// What the value of an attribute is.
#[derive(Clone, Copy)]
enum Value {
    Address,
    /// Several addresses, each with what it is good for.
    Srcset,
}

impl Value {
    /// Of an attribute with addresses in it: the HTML standard's index of attributes, and SVG's own.
    fn of(name: &[u8]) -> Option<Value> {
        Some(match name {
            b"href" | b"xlink:href" | b"src" | b"poster" | b"data" | b"cite" | b"action"
            | b"formaction" => Value::Address,
            b"srcset" | b"imagesrcset" => Value::Srcset,
            _ => return None,
        })
    }
}

/// The HTML of a page with every address that depends on where the page is made absolute. `page` is the
/// absolute address of the page. Everything else stays byte for byte.
pub fn absolute(html: &str, page: &str) -> String {
    // Checked when site.toml was read.
    let Ok(base) = IriAbsoluteStr::new(page) else { return html.to_owned() };
    let base = FixedBaseResolver::new(base);
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut done = 0;
    let mut is_link = false;
    let mut value_is = None;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                is_link = matches!(name, b"a" | b"area");
                value_is = None;
            }
            CallbackEvent::AttributeName { name } => value_is = Value::of(name),
            CallbackEvent::AttributeValue { value } => {
                let new = std::str::from_utf8(value).ok().and_then(|value| match value_is? {
                    // Elsewhere than in a link it names a part of the drawing that it stands in.
                    Value::Address if value.starts_with('#') && !is_link => None,
                    Value::Address => resolved(base, value),
                    Value::Srcset => Some(srcset(base, value)),
                });
                // A span that is none would be a mistake of the tokenizer: the address stays what it is.
                if let (Some(new), Some(before)) = (new, html.get(done..span.start))
                    && html.is_char_boundary(span.end)
                {
                    out.push_str(before);
                    push_value(&mut out, &new);
                    done = span.end;
                }
            }
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    // Reading bytes that are there cannot fail.
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    out.push_str(html.get(done..).unwrap_or_default());
    out
}

/// An address made absolute, by RFC 3986, section 5.2. Nothing if it is absolute, or no address.
fn resolved(base: FixedBaseResolver<'_, iri_string::spec::IriSpec>, value: &str) -> Option<String> {
    // As the URL standard has it, what stands around an address is not a part of it.
    let value = value.trim_ascii();
    let spaced;
    let reference = match IriReferenceStr::new(value) {
        Ok(reference) => reference,
        // Browsers forgive spaces.
        Err(_) => {
            spaced = value.replace(' ', "%20");
            IriReferenceStr::new(&spaced).ok()?
        }
    };
    match reference.to_iri() {
        Ok(_) => None,
        Err(relative) => Some(base.resolve(relative.as_ref()).to_string()),
    }
}

/// The candidates of a `srcset`, each made absolute: the HTML standard, "parse a srcset attribute".
fn srcset(base: FixedBaseResolver<'_, iri_string::spec::IriSpec>, value: &str) -> String {
    let is_space = |c: char| c.is_ascii_whitespace();
    let absolute = |url: &str| resolved(base, url).unwrap_or_else(|| url.to_owned());
    let mut candidates = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|c| is_space(c) || c == ',');
        if rest.is_empty() {
            return candidates.join(", ");
        }
        let (url, after) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
        let alone = url.trim_end_matches(',');
        if alone.len() < url.len() {
            candidates.push(absolute(alone));
            rest = after;
        } else {
            let (descriptors, after) = after.split_at(after.find(',').unwrap_or(after.len()));
            let candidate = format!("{} {}", absolute(url), descriptors.trim_ascii());
            candidates.push(candidate.trim_ascii_end().to_owned());
            rest = after;
        }
    }
}

/// Writes the value of an attribute so that it is right between quotes of either kind, and without any.
fn push_value(out: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://games.example/paris/stories/a/";

    #[track_caller]
    fn becomes(html: &str, expected: &str) {
        assert_eq!(absolute(html, PAGE), expected);
    }

    #[test]
    fn addresses_become_absolute_and_nothing_else_changes() {
        becomes(
            "<p title='/x/'>A <a class=x href=\"/paris/medals/?a=1&amp;b=2#top\">b</a> href=\"/c/\" &lt;</p>\n",
            "<p title='/x/'>A <a class=x href=\"https://games.example/paris/medals/?a=1&amp;b=2#top\">b</a> href=\"/c/\" &lt;</p>\n",
        );
        becomes(
            "<a href='../b/'>b</a><img src=pic.png alt=/x/><img src=\"/p/a b.png\">",
            "<a href='https://games.example/paris/stories/b/'>b</a><img src=https://games.example/paris/stories/a/pic.png alt=/x/><img src=\"https://games.example/p/a%20b.png\">",
        );
        becomes(
            "<video poster=\"/p.png\" src='/v.mp4'></video><object data=/o.pdf></object><q cite='#x'>",
            "<video poster=\"https://games.example/p.png\" src='https://games.example/v.mp4'></video><object data=https://games.example/o.pdf></object><q cite='#x'>",
        );
        becomes("<a href=//cdn.example/x>", "<a href=https://cdn.example/x>");
    }

    #[test]
    fn a_fragment_leads_to_the_story_but_stays_within_a_drawing() {
        becomes(
            "<a href=\"#fn-1\">1</a>",
            "<a href=\"https://games.example/paris/stories/a/#fn-1\">1</a>",
        );
        becomes(
            "<svg><use href=\"#dot\"/><image href=\"/p.png\"/></svg>",
            "<svg><use href=\"#dot\"/><image href=\"https://games.example/p.png\"/></svg>",
        );
    }

    #[test]
    fn what_is_absolute_stays_as_it_is() {
        for html in [
            "<a href=\"https://x.example/?a&amp;b\">x</a>",
            "<a href=\"mailto:a@b.example\">x</a><a href=tel:+1>y</a>",
            "<img src=\"data:image/png;base64,AA==\">",
            "<script>x = '<a href=\"/x/\">';</script><!-- <a href=\"/x/\"> -->",
            "<a href=\"http://[bad/\">x</a><a href>y</a><a href=\"\">z</a>",
        ] {
            becomes(html, html);
        }
    }

    #[test]
    fn each_picture_of_a_set_becomes_absolute() {
        becomes(
            "<img srcset=\"/a.png, /b.png 2x,c.png 100w , data:,x 3x\">",
            "<img srcset=\"https://games.example/a.png, https://games.example/b.png 2x, https://games.example/paris/stories/a/c.png 100w, data:,x 3x\">",
        );
    }

    #[test]
    fn values_with_entities_before_and_after_are_cut_where_they_end() {
        becomes(
            "&amp;<b title=\"&quot;é&amp;\"><a title='&#39;' href='/&eacute;?a&amp;b&#61;c' rel=\"&lt;\">é</a>",
            "&amp;<b title=\"&quot;é&amp;\"><a title='&#39;' href='https://games.example/é?a&amp;b=c' rel=\"&lt;\">é</a>",
        );
    }

    proptest::proptest! {
        #[test]
        fn no_html_makes_it_panic(html in "[<>a-z/='\"&;# é!-]{0,80}") {
            let _ = absolute(&html, PAGE);
        }

        #[test]
        fn text_around_addresses_survives(
            before in "[^<]{0,9}", value in "[/a-z#?&;é]{1,9}", after in "[^<]{0,9}",
        ) {
            let made = absolute(&format!("{before}<a href=\"{value}\">{after}"), PAGE);
            proptest::prop_assert!(made.starts_with(&format!("{before}<a href=\"")), "{}", made);
            proptest::prop_assert!(made.ends_with(&format!("\">{after}")), "{}", made);
        }
    }
}
