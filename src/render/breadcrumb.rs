//! The way from the home page to a page.

use super::Renderer;

/// A step of a breadcrumb.
pub(super) struct Crumb {
    /// The name of the page.
    pub(super) name: String,
    pub(super) address: String,
}

impl Crumb {
    /// A page of its own name.
    pub(super) fn new(name: &str, address: impl Into<String>) -> Crumb {
        Crumb { name: name.to_owned(), address: address.into() }
    }

    /// An overview, by the theme's word for it.
    pub(super) fn list(renderer: &Renderer, key: &'static str, address: &str) -> Crumb {
        Crumb::new(renderer.theme.translations.text(key), address)
    }

    /// The home page.
    pub(super) fn home(renderer: &Renderer) -> Crumb {
        Crumb::list(renderer, "home", "/")
    }
}
