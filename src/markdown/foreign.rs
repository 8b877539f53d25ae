//! The syntax of other programs, which would be printed as it stands.

use std::ops::Range;

/// What was found in a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Where it is in the file.
    pub span: Range<usize>,
    /// What it is.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// Marks that begin something in another program, what they are, and the way out.
const MARKS: &[(&str, &str, &str)] = &[
    ("{{<", "a shortcode of Hugo", "use a component instead, such as <Video ... />"),
    ("{{%", "a shortcode of Hugo", "use a component instead, such as <Note> ... </Note>"),
    ("{{ ", "an output of Liquid, Jinja or Go's templates", "write the words themselves"),
    ("{%", "a tag of Liquid or Jinja", "use a component instead, such as <Photo ... />"),
    (
        "{: ",
        "an attribute list of kramdown",
        "classes and ids are for headings: ## Title {#id .class}",
    ),
    (
        "{:.",
        "an attribute list of kramdown",
        "classes and ids are for headings: ## Title {#id .class}",
    ),
    (
        "{:#",
        "an attribute list of kramdown",
        "classes and ids are for headings: ## Title {#id .class}",
    ),
];

/// Marks that mean something at the beginning of a line only.
const AT_LINE: &[(&str, &str, &str)] = &[
    ("!!! ", "an admonition of Python-Markdown", "write > [!NOTE] and the words behind > below"),
    ("??? ", "an admonition of Python-Markdown", "use <details> with a <summary>"),
    (
        ":::",
        "a container of other Markdown programs",
        "use a component, such as <Note> ... </Note>",
    ),
    ("[[toc]]", "a table of contents", "there is none here: remove the line"),
    ("[toc]", "a table of contents", "there is none here: remove the line"),
    ("[[_toc_]]", "a table of contents", "there is none here: remove the line"),
];

/// In bytes; what is longer is no shortcode and no label.
const LONGEST: usize = 400;

/// What is left as text in a paragraph. `text` is the whole file, `words` are the places of what is text in
/// the paragraph, in order.
pub(super) fn find(text: &str, paragraph: &Range<usize>, words: &[Range<usize>]) -> Vec<Foreign> {
    let mut found = Vec::new();
    let is_words = |at: usize| {
        let before = words.partition_point(|span| span.start <= at);
        before.checked_sub(1).is_some_and(|i| words[i].contains(&at))
    };
    let source = &text[paragraph.clone()];
    let mut at = paragraph.start;
    let mut lines = source.split_inclusive('\n').peekable();
    let mut is_first = true;
    while let Some(line) = lines.next() {
        let start = at + line.len() - line.trim_start().len();
        let end = at + line.trim_end().len();
        let inner = line.trim();
        let lower = inner.get(..9.min(inner.len())).unwrap_or_default().to_lowercase();
        let marks = AT_LINE.iter().find(|(mark, ..)| lower.starts_with(mark));
        if let Some((_, what, help)) = marks.filter(|_| is_words(start)) {
            found.push(Foreign { span: start..end, message: what_is_no(what), help });
        }
        if is_first
            && let Some(next) = lines.peek()
            && inner.contains('|')
            && is_rule(next)
            && is_words(start)
        {
            let (head, rule) = (cells(inner), cells(next.trim()));
            found.push(Foreign {
                span: start..end,
                message: format!(
                    "this is no table: its head has {head} cells, the line below has {rule}"
                ),
                help: "give both lines as many cells",
            });
        }
        is_first = false;
        at += line.len();
    }
    // Each place of a bracket is looked at once.
    for (i, _) in source.match_indices(['{', ']']) {
        let rest = &source[i..];
        let here = paragraph.start + i;
        // The second sign of `{{%`, and what closes what has been told of.
        let is_told = source[..i].ends_with('{')
            || ["{{< /", "{{% /", "{{</", "{{%/", "{% end"]
                .iter()
                .any(|opening| rest.starts_with(opening));
        let mark = MARKS.iter().find(|(mark, ..)| !is_told && rest.starts_with(mark));
        if let Some((mark, what, help)) = mark.filter(|_| is_words(here)) {
            let window = &rest[..crate::diagnostics::floor_char_boundary(rest, LONGEST)];
            let line = window.lines().next().unwrap_or_default();
            let end = line.find('}').map_or(mark.len(), |end| end + 1);
            found.push(Foreign { span: here..here + end, message: what_is_no(what), help });
        } else if let Some(label) = rest.strip_prefix("][")
            && let label = &label[..crate::diagnostics::floor_char_boundary(label, LONGEST)]
            && let Some(end) = label.find([']', '\n']).filter(|end| label[*end..].starts_with(']'))
            && is_words(here)
            && is_words(here + 1)
            && label[..end].chars().any(char::is_alphabetic)
            && !label.starts_with('^')
        {
            found.push(Foreign {
                span: here + 1..here + 3 + end,
                message: format!("nothing says where `[{}]` leads", &label[..end]),
                help: "write its address on a line of its own: [label]: https://...",
            });
        }
    }
    found
}

fn what_is_no(what: &str) -> String {
    format!("{what} means nothing here, and would be printed")
}

/// The line below the head of a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

fn cells(line: &str) -> usize {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.replace("\\|", "").matches('|').count() + 1
}
