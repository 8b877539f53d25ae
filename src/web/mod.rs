//! What the web's own standards say of addresses and of HTML. Nothing here knows a site.

pub mod css;
pub mod html;
pub mod img;
pub mod url;
