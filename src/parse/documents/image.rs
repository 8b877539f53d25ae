//! A picture with what must stand beside it.

use serde::de::{self, IntoDeserializer};
use serde::{Deserialize, Deserializer};

use super::File;
use super::reader::DocumentReader;
use crate::diagnostics::codes;
use crate::parse::dates::Moment;
use crate::parse::front_matter::{Passage, Text};
use crate::pictures::Focus;

/// A picture with what must stand beside it.
#[derive(Clone, Debug)]
pub struct Image {
    src: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
    /// What every crop of it shows, if its author says so.
    pub focus: Option<Focus>,
    /// Until when it may be shown.
    pub rights_until: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageMap {
    src: Text,
    alt: Option<Passage>,
    caption: Option<Passage>,
    credit: Option<Text>,
    focus: Option<Text>,
    rights: Option<RightsFront>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RightsFront {
    until: Text,
}

/// What YAML says of a picture: its path, or all of it.
pub(super) struct ImageFront(ImageMap);

impl<'de> Deserialize<'de> for ImageFront {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = ImageFront;

            fn expecting(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
                to.write_str("a picture")
            }

            /// A path alone says where it is.
            fn visit_str<E: de::Error>(self, path: &str) -> Result<ImageFront, E> {
                let src = Text::deserialize(path.into_deserializer())?;
                let (alt, caption, credit, focus, rights) = (None, None, None, None, None);
                Ok(ImageFront(ImageMap { src, alt, caption, credit, focus, rights }))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<ImageFront, A::Error> {
                let map = de::value::MapAccessDeserializer::new(map);
                ImageMap::deserialize(map).map(ImageFront)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl DocumentReader<'_> {
    /// The picture of a file.
    pub(super) fn image(&mut self, file: &File, front: Option<ImageFront>) -> Option<Image> {
        let ImageMap { src, alt, caption, credit, focus, rights } = front?.0;
        let focus = focus.and_then(|text| {
            let focus = text.0.parse().ok();
            if focus.is_none() {
                let message = "`focus` is not a point of the picture";
                let problem = self.problem(file, &codes::F005, "image.focus", message);
                problem.label = "expected two percentages, such as 40% 20%".into();
                problem.help.push("the first counts from the left, the second from the top".into());
            }
            focus
        });
        let until = rights.map(|rights| rights.until);
        Some(Image {
            src: src.0,
            alt: alt.map(|text| text.0),
            caption: caption.map(|text| text.0),
            credit: credit.map(|text| text.0),
            focus,
            rights_until: self.optional_moment(file, "image.rights.until", until.as_ref()),
        })
    }
}

impl Image {
    /// Path from the file's folder, or from content/ with a slash in front.
    pub fn src(&self) -> &str {
        &self.src
    }

    /// What it shows, for those who do not see it; empty if not given.
    pub fn alt(&self) -> &str {
        self.alt.as_deref().unwrap_or_default()
    }

    /// The words under it.
    pub fn caption(&self) -> Option<&str> {
        self.caption.as_deref()
    }

    /// Who made it.
    pub fn credit(&self) -> Option<&str> {
        self.credit.as_deref()
    }

    /// Whether it may not be shown any more at that time.
    pub fn is_lapsed(&self, at: jiff::Timestamp) -> bool {
        self.rights_until.as_ref().is_some_and(|until| until.timestamp() <= at)
    }
}
