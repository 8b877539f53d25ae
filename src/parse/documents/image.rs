//! A picture with what must stand beside it.

use serde::de::{self, IntoDeserializer};
use serde::{Deserialize, Deserializer};

use crate::parse::front_matter::{Passage, Text};

/// A picture with what must stand beside it.
#[derive(Clone, Debug)]
pub struct Image {
    src: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageFront {
    src: Text,
    alt: Option<Passage>,
    caption: Option<Passage>,
    credit: Option<Text>,
}

impl From<ImageFront> for Image {
    fn from(front: ImageFront) -> Image {
        Image {
            src: front.src.0,
            alt: front.alt.map(|text| text.0),
            caption: front.caption.map(|text| text.0),
            credit: front.credit.map(|text| text.0),
        }
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Image;

            fn expecting(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
                to.write_str("a picture")
            }

            /// A path alone says where it is.
            fn visit_str<E: de::Error>(self, path: &str) -> Result<Image, E> {
                let src = Text::deserialize(path.into_deserializer())?;
                Ok(ImageFront { src, alt: None, caption: None, credit: None }.into())
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Image, A::Error> {
                let map = de::value::MapAccessDeserializer::new(map);
                ImageFront::deserialize(map).map(Image::from)
            }
        }
        deserializer.deserialize_any(Visitor)
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
}
