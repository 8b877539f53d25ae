//! `podium watch`

use std::collections::HashSet;
use std::net::{IpAddr, UdpSocket};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::tz::TimeZone;
use tempfile::TempDir;

use super::{Console, Status, at, counted, tally};
use crate::assemble::Waiting;
use crate::build::Published;
use crate::cli::{Common, Watch};
use crate::diagnostics::{Diagnostic, Severity};
use crate::preview::{self, Cause, News, Options, Rebuilt};
use crate::specimens;

/// Previews the site until Ctrl-C.
pub fn run(common: &Common, arguments: &Watch, console: &Console) -> Status {
    let at = match at(common, arguments.at.as_deref(), console) {
        Ok(at) => at,
        Err(status) => return status,
    };
    if !common.root.join("site.toml").exists() {
        let (_, problems) = crate::config::load(&common.root, None);
        console.diagnostics(&problems);
        return Status::SiteHasErrors;
    }
    let mut at = at;
    let mut root = common.root.clone();
    // Removed when the preview has ended.
    let folder;
    if arguments.specimens {
        folder = match specimens(&root, console) {
            Ok(folder) => folder,
            Err(status) => return status,
        };
        root = folder.path().to_owned();
        at = at.or_else(|| specimens::AT.parse().ok());
    }
    let options = Options {
        root,
        base_url: arguments.base_url.clone(),
        drafts: !arguments.no_drafts,
        at,
        publish: arguments.publish,
        poll: arguments.poll,
        host: arguments.host.clone(),
        port: arguments.port,
    };
    let log = Log {
        console,
        opens: arguments.open,
        on_all: arguments.host.parse().is_ok_and(|host: IpAddr| host.is_unspecified()),
        told: HashSet::new(),
        told_of_publishing: HashSet::new(),
        has_errors: false,
        is_half_told: false,
        is_unpublished: false,
        waiting: Vec::new(),
    };
    let log = Mutex::new(log);
    let tell = |news: &News| log.lock().unwrap_or_else(PoisonError::into_inner).write(news);
    match preview::run(&options, &tell) {
        Ok(()) => {
            console.say("Ended.");
            Status::Good
        }
        Err(why) => {
            console.complain(&why);
            Status::WrongCommandLine
        }
    }
}

/// A folder with the specimens in the look of a site.
///
/// # Errors
/// Nothing of its site.toml can be used, or the system gives no folder; that has been said.
fn specimens(root: &Path, console: &Console) -> Result<TempDir, Status> {
    let project = super::open(root, console)?;
    let written = tempfile::tempdir().and_then(|folder| {
        specimens::write(root, &project.config, folder.path())?;
        Ok(folder)
    });
    written.map_err(|error| {
        console.complain(&format!("the specimens cannot be written: {error}"));
        Status::SiteHasErrors
    })
}

/// What the terminal shows: a block for each change, in which nothing is said twice.
struct Log<'a> {
    console: &'a Console,
    opens: bool,
    /// Whether the preview is on all addresses of this machine.
    on_all: bool,
    /// What the reader has seen and is still true.
    told: HashSet<Identity>,
    /// The same of what publishing alone has to say.
    told_of_publishing: HashSet<Identity>,
    /// Whether the site had errors when it was told of last.
    has_errors: bool,
    /// Whether the last block came before all pages were looked through.
    is_half_told: bool,
    /// Whether the reader knows that publishing waits for something to be mended.
    is_unpublished: bool,
    /// Stories that the reader knows to wait for their time.
    waiting: Vec<Waiting>,
}

/// What makes two reports the same for a reader, who may have moved it to another line in between.
type Identity = (String, &'static str, String, String);

fn identity(diagnostic: &Diagnostic) -> Identity {
    let path = diagnostic.place.path().unwrap_or_default().to_owned();
    (path, diagnostic.code.id, diagnostic.message.clone(), diagnostic.label.clone())
}

/// Those that are not known.
fn unknown(all: &[Diagnostic], known: &HashSet<Identity>) -> Vec<Diagnostic> {
    all.iter().filter(|diagnostic| !known.contains(&identity(diagnostic))).cloned().collect()
}

impl Log<'_> {
    fn write(&mut self, news: &News) {
        match news {
            News::PortTaken { wanted, used } => {
                self.console.say(&format!("Port {wanted} is taken: using {used}"));
            }
            News::Polling(why) => self.console.say(&format!(
                "Looking at the files several times a second, since changes do not arrive by themselves ({why})"
            )),
            News::Ready(url) => {
                self.console.say(&format!("Preview at {url} (Ctrl-C ends it)"));
                if let Some(others) = self.on_all.then(address_for_others).flatten() {
                    let rest = url.split(':').nth(2).unwrap_or_default();
                    self.console.say(&format!("From other machines: http://{others}:{rest}"));
                }
                // The address may become another later.
                let opens = std::mem::take(&mut self.opens);
                if opens && open::that_detached(url).is_err() {
                    self.console.say("No browser could be opened");
                }
            }
            News::Rebuilt(rebuilt) => self.rebuilt(rebuilt),
            News::Published { published, diagnostics, took } => {
                self.published(*published, diagnostics, *took);
            }
        }
    }

    fn rebuilt(&mut self, rebuilt: &Rebuilt) {
        let all = &rebuilt.diagnostics;
        let new = unknown(all, &self.told);
        let error = all.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        let had_errors = std::mem::replace(&mut self.has_errors, error.is_some());
        // The second part of a block has only what the first could not have.
        let is_rest = std::mem::replace(&mut self.is_half_told, !rebuilt.is_complete);
        if rebuilt.is_complete {
            self.told = all.iter().map(identity).collect();
        } else {
            self.told.extend(new.iter().map(identity));
        }
        if is_rest && new.is_empty() && had_errors == error.is_some() {
            return;
        }
        let what = match &rebuilt.cause {
            Cause::Start => match rebuilt.pages {
                Some(pages) => counted(pages, "page"),
                None => "the site cannot be shown".to_owned(),
            },
            Cause::Time => "a story's time has come or gone".to_owned(),
            Cause::Files(files) => match files.as_slice() {
                [] => "nothing that is shown".to_owned(),
                [one] => one.clone(),
                all if self.console.is_verbose => all.join(", "),
                [one, rest @ ..] => format!("{one} and {} more", rest.len()),
            },
        };
        let state = match (tally(all), error) {
            (None, _) if had_errors => "mended".to_owned(),
            (None, _) => "nothing is wrong".to_owned(),
            (Some(wrong), None) if had_errors => format!("mended, {wrong}"),
            (Some(wrong), Some(error)) if new.is_empty() => {
                format!("still {wrong}, at {}", error.place)
            }
            (Some(wrong), None) if new.is_empty() => format!("still {wrong}"),
            (Some(wrong), _) => wrong,
        };
        self.line(&format!("{what}, {}: {state}", milliseconds(rebuilt.took)));
        if !new.is_empty() {
            self.console.diagnostics(&new);
        }
        if rebuilt.is_complete && self.waiting != rebuilt.waiting {
            super::waiting(&rebuilt.waiting).iter().for_each(|said| self.line(said));
            self.waiting.clone_from(&rebuilt.waiting);
        }
    }

    fn published(&mut self, published: Option<&Published>, all: &[Diagnostic], took: Duration) {
        let new = unknown(all, &self.told);
        let new = unknown(&new, &self.told_of_publishing);
        self.told_of_publishing = all.iter().map(identity).collect();
        let was_unpublished = std::mem::replace(&mut self.is_unpublished, published.is_none());
        match published {
            Some(published) => self.line(&format!(
                "published in {}/, {}: {} changed, {} removed",
                published.folder.trim_end_matches('/'),
                milliseconds(took),
                counted(published.files.written, "file"),
                published.files.removed
            )),
            None if was_unpublished && new.is_empty() => {}
            None => self.line("not published: what was there before still is"),
        }
        if !new.is_empty() {
            self.console.diagnostics(&new);
        }
    }

    /// A line with the time of this machine, which is the reader's.
    fn line(&self, text: &str) {
        self.console.say(&format!(
            "{} {text}",
            crate::clock::now().to_zoned(TimeZone::system()).strftime("%H:%M:%S")
        ));
    }
}

/// The address by which this machine is known to others. Nothing is sent to find it.
fn address_for_others() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address for documentation (RFC 5737): the system only says which way it would go.
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip())
}

fn milliseconds(took: Duration) -> String {
    if took < Duration::from_secs(10) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{} s", took.as_secs())
    }
}
