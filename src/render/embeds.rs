//! Posts and films of other hosts: a card of the theme's own, in whose place a reader may ask for what the host
//! itself shows. Nothing is asked of another host before that.

use serde::Serialize;

use crate::config::EmbedsConfig;
use crate::web::url;

/// A post or a film of another host, for templates.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct EmbedView {
    /// Where it is.
    url: String,
    /// What readers call the host: "YouTube".
    network: &'static str,
    /// What can be shown in a frame, where the host offers that without a script of its own in the page.
    frame: Option<String>,
}

/// What is wrong with an embed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is not what the component shows; this would be.
    Form(&'static str),
    /// This host is not among those that site.toml allows.
    Host(String),
}

/// How many characters the id of a film on YouTube has.
const ID_OF_FILM: usize = 11;

/// A film on YouTube, by its id.
pub(super) fn youtube(id: &str, config: &EmbedsConfig) -> Result<EmbedView, Wrong> {
    if id.len() != ID_OF_FILM
        || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    {
        return Err(Wrong::Form(
            "the id is what stands behind v= in the address of the film, such as jNQXAC9IVRw",
        ));
    }
    allowed("youtube.com", config)?;
    Ok(EmbedView {
        url: format!("https://www.youtube.com/watch?v={id}"),
        network: "YouTube",
        // The host that sets no cookies before the film plays.
        frame: Some(format!("https://www.youtube-nocookie.com/embed/{id}?autoplay=1")),
    })
}

/// A post, by its address.
pub(super) fn post(address: &str, config: &EmbedsConfig) -> Result<EmbedView, Wrong> {
    let is_secure = address.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    let authority = url::authority(address).to_ascii_lowercase();
    let is_host = !authority.is_empty() && !authority.contains('@');
    if !is_secure || !is_host || !url::is_absolute(address) {
        return Err(Wrong::Form(
            "expected the address of the post as browsers show it: https://...",
        ));
    }
    let host = authority.strip_prefix("www.").unwrap_or(&authority);
    let path = address.splitn(4, '/').nth(3).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (network, frame) = match (host, parts.as_slice()) {
        ("youtube.com" | "m.youtube.com" | "youtu.be", _) => {
            return Err(Wrong::Form("a film is shown by <YouTube id=\"...\" title=\"...\" />"));
        }
        ("x.com" | "twitter.com", _) => ("X", None),
        ("instagram.com", [.., kind @ ("p" | "reel"), id]) => {
            ("Instagram", Some(format!("https://www.instagram.com/{kind}/{id}/embed/")))
        }
        ("instagram.com", _) => ("Instagram", None),
        ("threads.net" | "threads.com", _) => ("Threads", None),
        ("bsky.app", _) => ("Bluesky", None),
        ("tiktok.com", [.., "video", id]) if is_number(id) => {
            ("TikTok", Some(format!("https://www.tiktok.com/embed/v2/{id}")))
        }
        ("tiktok.com", _) => ("TikTok", None),
        // Every server has a name of its own; these are its addresses.
        (_, [user, id]) if user.starts_with('@') && is_number(id) => {
            ("Mastodon", Some(format!("https://{host}/{user}/{id}/embed")))
        }
        (_, _) => {
            return Err(Wrong::Form("this is not the address of a post that a card can show"));
        }
    };
    allowed(host, config)?;
    Ok(EmbedView { url: url::encode_invalid(address), network, frame })
}

fn allowed(host: &str, config: &EmbedsConfig) -> Result<(), Wrong> {
    let is_host = |allowed: &String| allowed.trim_start_matches("www.").eq_ignore_ascii_case(host);
    match config.allow.iter().any(is_host) {
        true => Ok(()),
        false => Err(Wrong::Host(host.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_shown_where_the_host_has_one_without_a_script() {
        let config = EmbedsConfig {
            allow: ["x.com", "instagram.com", "tiktok.com", "social.example", "youtube.com"]
                .map(str::to_owned)
                .into(),
        };
        let frame = |address| post(address, &config).map(|view| view.frame);
        assert_eq!(frame("https://x.com/a/status/1"), Ok(None));
        assert_eq!(
            frame("https://www.instagram.com/p/Ab_1/?x=y"),
            Ok(Some("https://www.instagram.com/p/Ab_1/embed/".into()))
        );
        assert_eq!(
            frame("https://www.tiktok.com/@a/video/12"),
            Ok(Some("https://www.tiktok.com/embed/v2/12".into()))
        );
        assert_eq!(
            frame("https://social.example/@a/12"),
            Ok(Some("https://social.example/@a/12/embed".into()))
        );
        assert!(matches!(frame("https://social.example/about"), Err(Wrong::Form(_))));
        assert!(matches!(frame("x.com/a"), Err(Wrong::Form(_))));
        assert_eq!(
            frame("https://mastodon.social/@a/12"),
            Err(Wrong::Host("mastodon.social".into()))
        );
        assert!(youtube("jNQXAC9IVRw", &config).is_ok());
        assert!(matches!(youtube("jNQXAC9IVRw\"", &config), Err(Wrong::Form(_))));
    }
}
