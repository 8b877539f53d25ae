//! `<img>` and `<picture>`: HTML Living Standard, section 4.8.

use std::fmt::Write;

use pulldown_cmark_escape::escape_html;

/// A picture in a page. Texts are as they are meant: what HTML asks for is done here.
#[derive(Clone, Debug, Default)]
pub struct Img<'a> {
    /// For browsers that choose no other.
    pub src: &'a str,
    /// What it shows, for those who do not see it.
    pub alt: &'a str,
    /// In pixels, so that the page does not jump when it comes.
    pub size: Option<(u64, u64)>,
    /// Media type, and candidates with their widths: the best type first.
    pub sources: &'a [(&'static str, String)],
    /// How wide its place is in which window.
    pub sizes: &'a str,
    /// Whether readers see it before they scroll.
    pub is_eager: bool,
}

impl Img<'_> {
    /// The element.
    pub fn html(&self) -> String {
        let mut out = String::with_capacity(256);
        let is_choice = !self.sources.is_empty();
        if is_choice {
            out.push_str("<picture>");
        }
        for (media_type, candidates) in self.sources {
            let _ = write!(out, "<source type=\"{media_type}\"");
            attribute(&mut out, "srcset", candidates);
            if !self.sizes.is_empty() {
                attribute(&mut out, "sizes", self.sizes);
            }
            out.push('>');
        }
        out.push_str("<img");
        attribute(&mut out, "src", self.src);
        attribute(&mut out, "alt", self.alt);
        if let Some((width, height)) = self.size {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        out.push_str(if self.is_eager { " fetchpriority=\"high\"" } else { " loading=\"lazy\"" });
        out.push_str(" decoding=\"async\">");
        if is_choice {
            out.push_str("</picture>");
        }
        out
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    let _ = escape_html(&mut *out, value);
    out.push('"');
}
