use super::*;

/// A host with two components and one page.
struct Stand;

impl Host for Stand {
    fn link(&self, destination: &str, place: Place) -> Result<Link, Box<Diagnostic>> {
        match destination {
            "page.md" => {
                Ok(Link { href: Some("/page/".into()), is_external: false, warning: None })
            }
            "https://example.org/" => {
                Ok(Link { href: Some(destination.into()), is_external: true, warning: None })
            }
            _ => Err(Box::new(Diagnostic::new(&codes::B002, place, "nothing there"))),
        }
    }

    fn picture(&self, destination: &str, _: Place) -> Result<Picture, Box<Diagnostic>> {
        let url = format!("/{destination}");
        Ok(Picture { url, size: Some((16, 9)), ..Picture::default() })
    }

    fn display(&self, component: &str) -> Option<Display> {
        match component {
            "Note" => Some(Display::Block),
            "Name" => Some(Display::Inline),
            _ => None,
        }
    }

    fn component_names(&self) -> Vec<String> {
        vec!["Name".into(), "Note".into()]
    }

    fn component(&self, call: &Call) -> Result<Shown, Box<Diagnostic>> {
        let attributes: Vec<String> = call
            .attributes
            .iter()
            .map(|a| format!(" {}={}", a.name, a.value.as_deref().unwrap_or_default()))
            .collect();
        let body = call.body.unwrap_or("-").trim();
        let html = format!("[{}{}|{body}]", call.name, attributes.concat());
        Ok(Shown { html, warnings: Vec::new() })
    }

    fn word(&self, key: &str) -> String {
        key.into()
    }
}

fn rendered_with(text: &str, raw_html: bool) -> (Rendered, Arc<Source>) {
    let source = Arc::new(Source::new("x.md", text));
    let style = Style { is_plain: false, raw_html, smart_punctuation: true };
    (render(&source, &(0..text.len()), style, &Stand), source)
}

fn html(text: &str) -> String {
    let (rendered, _) = rendered_with(text, false);
    assert_eq!(rendered.problems, [], "{text}");
    rendered.html.trim().to_owned()
}

/// Code and marked text of everything that is wrong.
fn problems(text: &str) -> Vec<(&'static str, String)> {
    let (rendered, source) = rendered_with(text, false);
    rendered
        .problems
        .iter()
        .map(|problem| match &problem.place {
            Place::Span(_, span) => (problem.code.id, source.text[span.clone()].to_owned()),
            other => (problem.code.id, format!("{other:?}")),
        })
        .collect()
}

#[test]
fn headings_start_at_the_second_level_and_have_ids() {
    assert_eq!(
        html("## The *last* point"),
        "<h2 id=\"the-last-point\">The <em>last</em> point</h2>"
    );
    assert_eq!(html("# A\n\n## A"), "<h2 id=\"a\">A</h2>\n<h3 id=\"a-2\">A</h3>");
    assert_eq!(html("## A {#b .c}"), "<h2 id=\"b\" class=\"c\">A</h2>");
}

#[test]
fn the_anchors_are_those_of_the_rendered_text() {
    let text = "# A\n\n## A\n\n## {#x} B {#y}\n\n## !\n";
    let (rendered, source) = rendered_with(text, false);
    let style = Style { is_plain: false, raw_html: false, smart_punctuation: true };
    assert_eq!(anchors(&source, &(0..text.len()), style), rendered.anchors);
}

#[test]
fn links_are_resolved_and_external_ones_marked() {
    assert_eq!(html("[a](page.md)"), "<p><a href=\"/page/\">a</a></p>");
    assert_eq!(
        html("<https://example.org/>"),
        "<p><a href=\"https://example.org/\" rel=\"external noopener\">https://example.org/</a></p>"
    );
    assert_eq!(
        html("<a@example.org>"),
        "<p><a href=\"mailto:a@example.org\">a@example.org</a></p>"
    );
}

#[test]
fn a_link_that_leads_nowhere_is_marked_at_its_destination() {
    assert_eq!(problems("see [page](pag.md) now"), [("B002", "pag.md".to_owned())]);
    assert_eq!(problems("see [page][1] now\n\n[1]: pag.md"), [("B002", "[page][1]".to_owned())]);
}

#[test]
fn a_picture_alone_is_a_figure() {
    assert_eq!(
        html("![a *b*](c.png \"d\")"),
        "<figure class=\"picture\"><img src=\"/c.png\" alt=\"a b\" width=\"16\" height=\"9\" loading=\"lazy\" decoding=\"async\"><figcaption>d</figcaption></figure>"
    );
    assert!(html("x ![a](c.png)").starts_with("<p>x <img"));
}

#[test]
fn raw_html_is_refused_where_it_stands() {
    assert_eq!(problems("a <b>c</b>")[0], ("B001", "<b>".to_owned()));
    assert_eq!(
        problems("x\n\n<div class=\"a\">\nb\n</div>\n"),
        [("B001", "<div class=\"a\">".to_owned())]
    );
    assert_eq!(problems("<script>\nalert(1)\n</script>").len(), 1);
}

#[test]
fn raw_html_passes_where_it_is_allowed() {
    let (rendered, _) = rendered_with("<div>\n*a*\n</div>\n\n<Other x=\"1\">b</Other>", true);
    assert_eq!(rendered.problems, []);
    assert_eq!(rendered.html, "<div>\n*a*\n</div>\n<p><Other x=\"1\">b</Other></p>\n");
}

#[test]
fn a_comment_is_for_the_author_alone() {
    assert_eq!(html("a <!-- b --> c"), "<p>a  c</p>");
    assert_eq!(html("<!-- b\n\nc -->\n\nd"), "<p>d</p>");
}

#[test]
fn a_component_stands_by_itself() {
    assert_eq!(html("<Note/>"), "[Note|-]");
    assert_eq!(html("<Note a=\"1\" />\n\nb"), "[Note a=1|-]\n<p>b</p>");
    assert_eq!(html("a\n\n<Note\n  a=\"1\"\n  b='2'\n/>\n"), "<p>a</p>\n[Note a=1 b=2|-]");
}

#[test]
fn a_component_holds_markdown_in_each_of_its_forms() {
    let whole = "[Note|<p>a <em>b</em></p>]";
    for text in [
        "<Note>a *b*</Note>",
        "<Note>\na *b*\n</Note>",
        "<Note>\n\na *b*\n\n</Note>",
        "<Note>\na *b*\n\n</Note>",
    ] {
        assert_eq!(html(text), whole, "{text:?}");
    }
    assert_eq!(html("<Note>\n\n- a\n- b\n\n</Note>"), "[Note|<ul>\n<li>a</li>\n<li>b</li>\n</ul>]");
}

#[test]
fn components_hold_components() {
    assert_eq!(
        html("<Note>\n\n<Note>a</Note>\n\n</Note>"),
        "[Note|[Note|<p>a</p>]]".replace("|[", "|<p>[").replace("]]", "]</p>]")
    );
}

#[test]
fn an_inline_component_stands_in_a_sentence() {
    assert_eq!(html("a <Name b=\"c\"/> d"), "<p>a [Name b=c|-] d</p>");
    assert_eq!(html("a <Name>b *c*</Name> d"), "<p>a [Name|b <em>c</em>] d</p>");
}

#[test]
fn components_in_code_are_code() {
    assert_eq!(html("`<Note/>`"), "<p><code>&lt;Note/&gt;</code></p>");
    assert!(html("```\n<Note/>\n```").contains("&lt;Note/&gt;"));
}

#[test]
fn mistakes_with_components_are_marked() {
    assert_eq!(problems("<Noet/>"), [("B005", "<Noet/>".to_owned())]);
    assert_eq!(problems("a Vec<String> b"), [("B005", "<String>".to_owned())]);
    assert_eq!(problems("<Note>\n\na"), [("B007", "<Note>".to_owned())]);
    assert_eq!(problems("a\n\n</Note>\n"), [("B007", "</Note>".to_owned())]);
    assert_eq!(problems("a <Note/> b"), [("B008", "<Note/>".to_owned())]);
    assert_eq!(problems("a <Name> b")[0].0, "B007");
    assert_eq!(problems("<Note>\n\n- a\n\n  </Note>\n")[0].0, "B007");
    assert_eq!(problems("- <Note>\n\n</Note>\n")[0].0, "B007");
    assert_eq!(problems("<Note a=\"b />")[0], ("B007", "<Note a=\"b />".to_owned()));
}

#[test]
fn what_stands_right_between_tags_is_read_with_the_whole_text() {
    let text =
        "<Note>\nsee [^1], [a][r] and `<b>`\n## H\n</Note>\n\n## H\n\n[r]: page.md\n[^1]: b\n";
    let out = html(text);
    assert!(
        out.contains("href=\"/page/\"")
            && out.contains("doc-noteref")
            && out.contains("<code>&lt;b&gt;"),
        "{out}"
    );
    let (rendered, source) = rendered_with(text, false);
    let style = Style { is_plain: false, raw_html: false, smart_punctuation: true };
    assert_eq!(anchors(&source, &(0..text.len()), style), rendered.anchors);
    assert_eq!(rendered.anchors, ["h", "h-2"]);
    assert_eq!(
        problems("é\n\n<Note>\nb <i>\n</Note>\n\n<Noet/>\n"),
        [("B001", "<i>".to_owned()), ("B005", "<Noet/>".to_owned())]
    );
}

#[test]
fn a_component_may_touch_what_it_holds() {
    for (text, expected) in [
        ("<Note>\na\n\nb\n</Note>", "[Note|<p>a</p>\n<p>b</p>]"),
        ("<Note>a\n\nb</Note>", "[Note|<p>a</p>\n<p>b</p>]"),
        ("<Note>\n\na\n</Note>", "[Note|<p>a</p>]"),
        (
            "<Note>\n- a\n\n- b\n</Note>",
            "[Note|<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>]",
        ),
        ("<Note>\n> q\n\nx\n</Note>", "[Note|<blockquote>\n<p>q</p>\n</blockquote>\n<p>x</p>]"),
        (
            "> <Note>\n> x\n>\n> y\n> </Note>",
            "<blockquote>\n[Note|<p>x</p>\n<p>y</p>]\n</blockquote>",
        ),
        ("- <Note>\n  x\n  </Note>", "<ul>\n<li>[Note|<p>x</p>]\n</li>\n</ul>"),
        ("1. <Note>\n   x\n   </Note>", "<ol>\n<li>[Note|<p>x</p>]\n</li>\n</ol>"),
        ("<Note>\n<Note>\na\n</Note>\n</Note>\nb", "[Note|<p>[Note|<p>a</p>]</p>]\n<p>b</p>"),
    ] {
        assert_eq!(html(text), expected, "{text:?}");
    }
    let code = html("<Note>\n```\na\n<Foo>\nb\n```\n</Note>");
    assert!(code.contains(">a\n&lt;Foo&gt;\nb\n</code>"), "{code}");
    assert!(html("<Note>\n    <Foo> code\n</Note>").contains("&lt;Foo&gt; code"));
    assert_eq!(html("\\<Note> a"), "<p>&lt;Note&gt; a</p>");
}

#[test]
fn places_are_right_where_tags_touch_words() {
    for (text, marked) in [
        ("é\n\n> <Note>\n> é [x](no.md)\n> </Note>", "no.md"),
        ("<Note>\né\n\n- é <i>\n</Note>", "<i>"),
        ("- <Note>\n  é [x](no.md)\n  </Note>\n", "no.md"),
        ("é [a.md](a.md \"a.md\")", "a.md"),
    ] {
        assert_eq!(
            problems(text).iter().map(|p| p.1.as_str()).collect::<Vec<_>>(),
            [marked],
            "{text:?}"
        );
    }
    let (rendered, _) = rendered_with("é [a.md](a.md \"a.md\")", false);
    assert_eq!(rendered.problems[0].place.line_and_column(), Some((1, 10)));
}

#[test]
fn deep_alerts_are_read() {
    let text: String = (0..3_000).map(|i| ">".repeat(i + 1) + " [!NOTE]\n").collect();
    let (rendered, _) = rendered_with(&text, false);
    assert_eq!(rendered.problems.len(), 0);
    let alerts = rendered.html.matches("<aside class=\"alert alert-note\"").count();
    assert_eq!(alerts, 3_000);
}

#[test]
fn marks_in_quotations_and_lists_are_in_the_right_place() {
    assert_eq!(problems("> a\n>\n> <Noet/>\n"), [("B005", "<Noet/>".to_owned())]);
    assert_eq!(problems("- a\n\n  <Note>\n  x <b>\n  </Note>\n"), [("B001", "<b>".to_owned())]);
}

#[test]
fn footnotes_are_gathered_at_the_end_in_the_order_of_reference() {
    let out = html("a[^x] b[^y] c[^x]\n\n[^y]: Why.\n\n[^x]: Ex.");
    assert!(out.contains("<a href=\"#_fn-1\" id=\"_fnref-1-2\""), "{out}");
    let (first, second) = (out.find("Ex.").unwrap(), out.find("Why.").unwrap());
    assert!(first < second && out.find("<section").unwrap() < first, "{out}");
    assert_eq!(problems("a\n\n[^x]: b").first().map(|p| p.0), Some("B012"));
}

#[test]
fn alerts_tables_tasks_and_definitions() {
    assert!(
        html("> [!NOTE]\n> a")
            .starts_with("<aside class=\"alert alert-note\" aria-label=\"alert.note\">")
    );
    let table = html("|a|b|\n|-|-:|\n|c|d|");
    let head = "<th scope=\"col\">a</th><th scope=\"col\" style=\"text-align: right\">b</th>";
    assert!(table.contains(" tabindex=\"0\" role=\"group\" aria-label=\"table_scroll\"><table>"));
    assert!(table.contains(head) && table.contains("<td>c</td>"), "{table}");
    assert!(html("- [x] a").contains("checked aria-label=\"task.done\""));
    assert_eq!(html("a\n: b"), "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>");
    assert_eq!(html("~~a~~ \"b\" -- c"), "<p><del>a</del> “b” – c</p>");
}

#[test]
fn the_first_words_end_at_a_word() {
    assert_eq!(first_words("## A\n\nOne *two* three", 100), "One two three");
    assert_eq!(first_words("One two, three", 9), "One two…");
    assert_eq!(first_words("", 9), "");
}

#[test]
fn deep_nesting_is_read() {
    let (rendered, _) = rendered_with(&format!("{}a", "> ".repeat(20_000)), false);
    assert_eq!(rendered.problems, []);
    let (rendered, _) = rendered_with(&"*a **b ".repeat(5_000), false);
    assert_eq!(rendered.problems, []);
    rendered_with(&"[".repeat(50_000), false);
    rendered_with(&"<Note>\n\n".repeat(2_000), false);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "([-a*_`\\[\\]()<>!#|:~^\"' \n/=1.]|<Note>|</Note>|<Name |\\[\\^x\\]|é|> |\n\n){0,40}") {
        let (rendered, source) = rendered_with(&text, false);
        for problem in &rendered.problems {
            if let Place::Span(_, span) = &problem.place {
                assert!(source.text.get(span.clone()).is_some(), "{span:?}");
            }
        }
        rendered_with(&text, true);
    }
}

#[test]
fn one_tilde_strikes_nothing() {
    assert_eq!(html("6월~10일 그리고 5월~7일"), "<p>6월~10일 그리고 5월~7일</p>");
    assert_eq!(html("a ~~b~~ c"), "<p>a <del>b</del> c</p>");
}

#[test]
fn quotation_marks_look_the_right_way() {
    for (text, shown) in [
        ("그는 \"한국\"은 \"중국\"이라고", "그는 “한국”은 “중국”이라고"),
        ("\"日本\"です", "“日本”です"),
        ("He is 6'2\" tall", "He is 6′2″ tall"),
        ("(the '90s) and the '90s", "(the ’90s) and the ’90s"),
        ("\"I won,\" she said", "“I won,” she said"),
        ("a score of \"90\"", "a score of “90”"),
    ] {
        assert_eq!(html(text), format!("<p>{shown}</p>"), "{text}");
    }
}

fn linked(text: &str) -> String {
    struct Web;
    impl Host for Web {
        fn link(&self, destination: &str, _: Place) -> Result<Link, Box<Diagnostic>> {
            Ok(Link { href: Some(destination.to_owned()), is_external: false, warning: None })
        }

        fn picture(&self, _: &str, place: Place) -> Result<Picture, Box<Diagnostic>> {
            Err(Box::new(Diagnostic::new(&codes::B004, place, "none")))
        }

        fn display(&self, _: &str) -> Option<Display> {
            None
        }

        fn component_names(&self) -> Vec<String> {
            Vec::new()
        }

        fn component(&self, _: &Call) -> Result<Shown, Box<Diagnostic>> {
            Ok(Shown::default())
        }

        fn word(&self, key: &str) -> String {
            key.into()
        }
    }
    let source = Arc::new(Source::new("x.md", text));
    let style = Style { is_plain: false, raw_html: false, smart_punctuation: true };
    let rendered = render(&source, &(0..text.len()), style, &Web);
    assert_eq!(rendered.problems, [], "{text}");
    rendered.html.trim().to_owned()
}

#[test]
fn a_bare_address_is_a_link() {
    for (text, shown) in [
        (
            "See https://a.example/x_y?b=c&d=1--2.",
            "See <a href=\"https://a.example/x_y?b=c&amp;d=1--2\">https://a.example/x_y?b=c&amp;d=1--2</a>.",
        ),
        (
            "(https://a.example/(x))",
            "(<a href=\"https://a.example/(x)\">https://a.example/(x)</a>)",
        ),
        ("mail me@a.example now", "mail <a href=\"mailto:me@a.example\">me@a.example</a> now"),
        ("`https://a.example/`", "<code>https://a.example/</code>"),
        (
            "[https://a.example/](https://b.example/)",
            "<a href=\"https://b.example/\">https://a.example/</a>",
        ),
        (
            "*https://a.example/* \"b\"",
            "<em><a href=\"https://a.example/\">https://a.example/</a></em> “b”",
        ),
        (
            "https://a.example/ and http://b.example",
            "<a href=\"https://a.example/\">https://a.example/</a> and <a href=\"http://b.example\">http://b.example</a>",
        ),
        ("ftp://a.example and a@b", "ftp://a.example and a@b"),
    ] {
        assert_eq!(linked(text), format!("<p>{shown}</p>"), "{text}");
    }
}

#[test]
fn elements_that_can_do_nothing_are_allowed() {
    for text in [
        "H<sub>2</sub>O, 10<sup>2</sup>, <kbd>Ctrl</kbd>, <mark>new</mark>, a<br>b",
        "<abbr title=\"National Olympic Committee\">NOC</abbr> and <cite>The Times</cite>",
        "<sup>*a*</sup>",
    ] {
        assert_eq!(html(text), format!("<p>{text}</p>").replace("*a*", "<em>a</em>"));
    }
    assert_eq!(
        html("<details open>\n<summary>More</summary>\n\nWords.\n\n</details>"),
        "<details open><summary>More</summary>\n<p>Words.</p>\n</details>"
    );
    for (text, code) in [
        ("a <sup>b", "B007"),
        ("a </sup> b", "B007"),
        ("*a <sup>b* c</sup>", "B007"),
        ("<sup onclick=\"x\">a</sup>", "B001"),
        ("<details>\n\na", "B007"),
        ("<sub>a\n\nb</sub>", "B007"),
        ("<Note><sup>a</Note>", "B007"),
    ] {
        let (rendered, _) = rendered_with(text, false);
        assert_eq!(rendered.problems[0].code.id, code, "{text}: {}", rendered.html);
        for name in ["sup", "sub", "details"] {
            let count = |tag: &str| rendered.html.matches(tag).count();
            assert_eq!(
                count(&format!("<{name}>")),
                count(&format!("</{name}>")),
                "{}",
                rendered.html
            );
        }
    }
}

#[test]
fn the_syntax_of_other_programs_is_reported_where_it_is() {
    for (text, marked) in [
        ("a {{< youtube x >}} b", "{{< youtube x >}"),
        ("{% include a.html %}", "{% include a.html %}"),
        ("Words.\n{: .lead}", "{: .lead}"),
        ("!!! note", "!!! note"),
        ("::: tip\nx\n:::", "::: tip"),
        ("[[toc]]", "[[toc]]"),
        ("see [the rules][nowhere] now", "[nowhere]"),
        ("| a | b |\n|---|\n| c | d |", "| a | b |"),
    ] {
        let (rendered, source) = rendered_with(text, false);
        assert_eq!(rendered.problems.len(), 1, "{text}: {:?}", rendered.problems);
        let Place::Span(_, span) = &rendered.problems[0].place else { panic!("{text}") };
        assert_eq!(rendered.problems[0].code.id, "B019", "{text}");
        assert_eq!(&source.text[span.clone()], marked);
    }
    for text in [
        "`{{< x >}}`",
        "a[0][1] and [x][]",
        "```\n::: x\n```",
        "{a} | b",
        "| a | b |\n|---|---|\n| c | d |",
    ] {
        let (rendered, _) = rendered_with(text, false);
        assert_eq!(rendered.problems, [], "{text}");
    }
}

#[test]
fn a_long_text_is_written_as_a_short_one() {
    let piece = "# One *a*\n\nWords \"said\" https-free, ~~b~~ and\nmore[^1].\n\n- a\n- b\n\n  c\n\n> q\n\n| a | b |\n|---|---|\n| c | d |\n\n1. x\n   - y\n\n```\ncode\n```\n\n";
    let lines = "a line\nand *another* with a [link](page.md)\n";
    let long = piece.repeat(900) + &lines.repeat(4_000) + "\n[^1]: A note.\n";
    let streamed = html(&long);
    let (whole, _) = rendered_with(&format!("{long}\n<Note />\n"), false);
    assert_eq!(whole.problems, []);
    assert_eq!(streamed.replace('\n', ""), whole.html.replace("[Note|-]", "").replace('\n', ""));
    assert!(streamed.len() > 500_000);
}
