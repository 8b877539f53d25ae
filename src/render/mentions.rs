//! Which pictures are mentioned in what was rendered. Of these alone derivatives are made and files are
//! published: whatever a theme does with a picture, its address is found in the bytes that come of it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::pictures;
use crate::assemble::{Site, relative_path};
use crate::parse::assets::Asset;
use crate::pictures::Focus;
use crate::pictures::derivative::{self, Recipe};
use crate::web::url;

/// The pictures that some page mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// By the place of their file among the site's, what is to be made of it.
    pub derivatives: BTreeSet<(usize, Recipe)>,
    /// Files that are to be published as they are.
    pub originals: BTreeSet<usize>,
}

impl Mentioned {
    /// Whether a file is shown or linked, in whatever size.
    pub fn has(&self, asset: usize) -> bool {
        let least = Recipe { crop: None, width: 0, encoding: derivative::Encoding::Avif };
        let next = self.derivatives.range((asset, least)..).next();
        next.is_some_and(|(found, _)| *found == asset) || self.originals.contains(&asset)
    }
}

/// The site's pictures by the names of their derivatives.
#[derive(Debug)]
pub struct PictureNames<'s> {
    site: &'s Site,
    named: HashMap<&'s str, usize>,
}

impl<'s> PictureNames<'s> {
    /// Of all pictures of a site.
    pub fn new(site: &'s Site) -> PictureNames<'s> {
        let name =
            |(i, asset): (usize, &'s Arc<Asset>)| Some((asset.picture.as_ref()?.name.as_str(), i));
        // Of two files with the same bytes and name the first stands for both.
        let named = site.assets.iter().enumerate().rev().filter_map(name).collect();
        PictureNames { site, named }
    }

    /// The picture whose derivative is at an address, and how it is made. Nothing if none is offered there.
    pub fn derivative(&self, address: &str) -> Option<(usize, Recipe)> {
        let (name, recipe) = derivative::parse(address.strip_prefix(derivative::FOLDER)?)?;
        let asset = *self.named.get(name)?;
        is_offered(self.site, asset, &recipe).then_some((asset, recipe))
    }
}

/// The same of one address, without an index.
pub fn derivative_at(site: &Site, address: &str) -> Option<(usize, Recipe)> {
    let (name, recipe) = derivative::parse(address.strip_prefix(derivative::FOLDER)?)?;
    let is_named =
        |asset: &Arc<Asset>| asset.picture.as_ref().is_some_and(|picture| picture.name == name);
    let asset = site.assets.iter().position(is_named)?;
    is_offered(site, asset, &recipe).then_some((asset, recipe))
}

/// Whether a picture is offered so, around whatever focal point.
fn is_offered(site: &Site, asset: usize, recipe: &Recipe) -> bool {
    let focus = recipe.crop.map_or(Focus::default(), |(_, focus)| focus);
    let offer = pictures::offer(site, &site.assets[asset], focus);
    offer.is_some_and(|offer| offer.has(recipe))
}

/// Collects what pages mention, from several threads.
#[derive(Debug)]
pub struct Mentions<'s> {
    site: &'s Site,
    names: PictureNames<'s>,
    found: Mutex<Mentioned>,
}

impl<'s> Mentions<'s> {
    /// Nothing is mentioned yet.
    pub fn new(site: &'s Site) -> Mentions<'s> {
        Mentions { site, names: PictureNames::new(site), found: Mutex::default() }
    }

    /// Notes what the bytes at an address mention.
    pub fn note(&self, address: &str, bytes: &[u8]) {
        if self.names.named.is_empty() {
            return;
        }
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let mut here = Mentioned::default();
        for (whole, last) in candidates(bytes).filter(|(whole, _)| seen.insert(whole)) {
            let text = |bytes| str::from_utf8(bytes).ok();
            let is_found = text(last).is_some_and(|last| self.resolve(address, last, &mut here));
            if !is_found && let Some(whole) = text(whole).filter(|_| whole.len() > last.len()) {
                self.resolve(address, &unescaped(whole), &mut here);
            }
        }
        if here != Mentioned::default() {
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            found.derivatives.extend(here.derivatives);
            found.originals.extend(here.originals);
        }
    }

    /// What was mentioned.
    pub fn all(self) -> Mentioned {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what an address leads to, as it is written at another. Says whether that is a picture.
    fn resolve(&self, page: &str, written: &str, here: &mut Mentioned) -> bool {
        let config = &self.site.config;
        let below = written.strip_prefix(&config.base_url);
        let below = below.or_else(|| written.strip_prefix(&config.base_path));
        let address = match below {
            Some(below) => format!("/{below}"),
            None if url::scheme(written).is_some() || written.starts_with('/') => return false,
            None => {
                let folder = &page[1..page.rfind('/').map_or(1, |end| end + 1).max(1)];
                match relative_path(folder, written) {
                    Some(path) => format!("/{path}"),
                    None => return false,
                }
            }
        };
        if let Some(derivative) = self.names.derivative(&address) {
            here.derivatives.insert(derivative);
            return true;
        }
        let asset = self.site.asset_at(&url::decode(&address));
        here.originals.extend(asset);
        asset.is_some()
    }
}

/// The ends of names of pictures.
const ENDINGS: [&[u8]; 7] = [b"webp", b"jpg", b"png", b"jpeg", b"avif", b"gif", b"svg"];

/// No address is as long.
const LONGEST: usize = 2000;

/// Whatever in a text looks like the address of a picture: from a quote or space to the end of its name, and
/// from what else may stand before an address.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    memchr::memchr_iter(b'.', bytes).filter_map(|dot| {
        let after = &bytes[dot + 1..];
        let is_here = |ending: &&[u8]| {
            after.get(..ending.len()).is_some_and(|word| word.eq_ignore_ascii_case(ending))
        };
        let ending = ENDINGS.iter().copied().find(is_here)?;
        let goes_on =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if after.get(ending.len()).is_some_and(goes_on) {
            return None;
        }
        let from = dot.saturating_sub(LONGEST);
        let end = dot + 1 + ending.len();
        let begins =
            |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'<' | b'>' | b'\\');
        let start = bytes[from..dot].iter().rposition(begins).map_or(from, |at| from + at + 1);
        // A name may have these in it, too.
        let may_begin = |byte: &u8| matches!(byte, b'\'' | b'(' | b',' | b';' | b'=');
        let last = bytes[start..dot].iter().rposition(may_begin).map_or(start, |at| start + at + 1);
        Some((&bytes[start..end], &bytes[last..end]))
    })
}

/// An address as it is meant, without the references of HTML that this program writes.
fn unescaped(text: &str) -> String {
    text.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_found_in_html_in_json_and_in_xml() {
        let all = |text: &str| -> Vec<String> {
            let found = candidates(text.as_bytes());
            found.map(|(_, last)| String::from_utf8_lossy(last).into_owned()).collect()
        };
        assert_eq!(
            all("<img srcset=\"/p/a.1.320.webp 320w, /p/a.1.640.webp 640w\" src=b.JPG>"),
            ["/p/a.1.320.webp", "/p/a.1.640.webp", "b.JPG"]
        );
        assert_eq!(all("{\"html\":\"<img src=\\\"/a.png\\\">\"}"), ["/a.png"]);
        assert_eq!(all("&lt;img src=&quot;https://x/a.jpeg&quot;"), ["https://x/a.jpeg"]);
        assert_eq!(all("url(a.png?v=1) 3.jpgs .png"), ["a.png", ".png"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            candidates(&[&bytes, b".jpg".as_slice(), &bytes].concat()).count();
        }
    }
}
