//! The preview: a server that shows the site as it would be published, as soon as a file is saved.
//!
//! 1. [`watcher`] says what may have changed; what happens together comes together.
//! 2. [`file_cache`] reads what has changed and says how much of the site that concerns.
//! 3. [`state`] is what is shown: an edition, revised in place where only words have changed, and
//!    otherwise assembled anew. A page is rendered when it is asked for.
//! 4. In the background every page is rendered once, for what is wrong with it.
//! 5. [`server`] answers browsers with the help of [`answer`], and client.js in the pages asks after
//!    each change whether its page is another.
//!
//! The bytes of a page are those that `build --drafts` would write; all that is added is one tag.

mod answer;
mod background_publisher;
mod file_cache;
mod preview_loop;
mod server;
mod state;
mod watcher;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::assemble::Waiting;
use crate::build::Published;
use crate::diagnostics::Diagnostic;
use answer::Hosts;
use background_publisher::{BackgroundPublisher, Stop};
use preview_loop::PreviewLoop;
use server::Server;
use state::PreviewState;
use watcher::{Post, Watch};

/// What to preview, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// Instead of the one of site.toml.
    pub base_url: Option<String>,
    /// Whether drafts, and stories outside their time, are shown.
    pub drafts: bool,
    /// Instead of now.
    pub at: Option<Timestamp>,
    /// Whether the site is published too after each change.
    pub publish: bool,
    /// Whether files are looked at again and again, where events do not arrive.
    pub poll: bool,
    /// On which of its names or addresses the server answers.
    pub host: String,
    /// The port, or the first of those that are tried; 0 for any.
    pub port: u16,
}

/// Something that the user wants to know.
#[derive(Debug)]
pub enum News<'a> {
    /// The port was taken, and another is used.
    PortTaken {
        /// The one that was wanted.
        wanted: u16,
        /// The one that is used.
        used: u16,
    },
    /// Changes do not arrive as events, for this reason: files are looked at again and again.
    Polling(&'a str),
    /// The preview is there, at this address.
    Ready(&'a str),
    /// Something has changed, and this is how it stands.
    Rebuilt(&'a Rebuilt),
    /// It was published, or not, after a change.
    Published {
        /// What was published; nothing if there were errors.
        published: Option<&'a Published>,
        /// What there is to say, as `build` says it.
        diagnostics: &'a [Diagnostic],
        /// How long it took.
        took: Duration,
    },
}

/// Why the site stands otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It was read for the first time.
    Start,
    /// These files are different, from the site's folder.
    Files(Vec<String>),
    /// A story's time has come or gone.
    Time,
}

/// How the site stands after a change.
#[derive(Debug)]
pub struct Rebuilt {
    /// Why.
    pub cause: Cause,
    /// How many pages the site has; nothing if it could never be read.
    pub pages: Option<usize>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Stories whose time is still to come.
    pub waiting: Vec<Waiting>,
    /// From the first sign of the last change until browsers could have the page.
    pub took: Duration,
    /// Whether every page has been rendered, so that nothing else can be wrong.
    pub is_complete: bool,
}

/// Previews a site until the user or the system ends it.
///
/// # Errors
/// The server cannot listen: the reason in words.
pub fn run(options: &Options, tell: &(dyn Fn(&News) + Sync)) -> Result<(), String> {
    let Options { host, port, .. } = options;
    // As it stands in an address.
    let host = &host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let listener = server::listen(host, *port)
        .map_err(|error| format!("cannot listen on {host}, port {port}: {error}"))?;
    let used = listener.local_addr().map_or(*port, |address| address.port());
    if *port != 0 && used != *port {
        tell(&News::PortTaken { wanted: *port, used });
    }
    let (post, mut inbox) = Post::new();
    // Watched before it is read, so that nothing is missed in between.
    let mut watch = Watch::start(&options.root, options.poll, &post);
    let state = Arc::new(PreviewState::new(&options.root, options.at));
    let publisher = options.publish.then(BackgroundPublisher::new);
    let hosts = Hosts { name: host.clone(), port: used };
    let mut preview =
        PreviewLoop::new(options, hosts.origin(), state.clone(), publisher.as_ref(), tell);
    preview.open();
    // Who connects before this waits, and gets the page.
    let server = Server::start(listener, hosts, state, post)
        .map_err(|error| format!("cannot begin to answer: {error}"))?;
    std::thread::scope(|scope| {
        let _stop = publisher.as_ref().map(|publisher| {
            scope.spawn(|| publisher.run(options, tell));
            Stop(publisher)
        });
        preview.run(&mut inbox, &mut watch);
    });
    drop(server);
    Ok(())
}

/// Threads for what nobody waits for: they leave a processor to those who wait for a page.
fn background_threads() -> Option<rayon::ThreadPool> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = processors.saturating_sub(1).max(1);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()
}
