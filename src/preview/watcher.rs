//! What has changed on disk, as the system tells it, or as it is found by looking.
//!
//! Events say only that something may be different; [`super::file_cache`] finds out what is. Where the
//! system tells nothing (network and container mounts), the files are looked at again and again. They
//! are looked at now and then in any case: a change that no event announced shows that none arrive.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::file_cache::Changes;
use crate::diagnostics::Place;
use crate::discover::{self, is_clutter};
use crate::paths::FOLDERS;
use crate::pipeline::Observer;

/// What is worth waking up for.
#[derive(Debug)]
pub enum Message {
    /// These files or folders may be different, and perhaps somebody is still writing them.
    Changed(Vec<String>, Writing),
    /// Events were lost: anything may be different.
    Everything,
    /// Changes do not arrive as events; they will be looked for.
    Polling(String),
    /// The program is to end.
    Stop,
}

/// How far somebody is with writing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Nobody knows.
    Unknown,
    /// It was made or changed, and nobody has closed it yet.
    Begun,
    /// It was closed, or has another name, or is gone.
    Done,
}

/// Where messages come from: what watches, and what the user wants.
#[derive(Clone, Debug)]
pub struct Post {
    sender: mpsc::Sender<Message>,
    /// How many messages there were, for those who ask whether there is a new one.
    count: Arc<AtomicU64>,
}

impl Post {
    /// A post, and where its messages arrive.
    pub fn new() -> (Post, Inbox) {
        let (sender, receiver) = mpsc::channel();
        let count = Arc::new(AtomicU64::new(0));
        (Post { sender, count: count.clone() }, Inbox { receiver, count, taken: 0 })
    }

    /// Sends a message. Nobody who has ended misses it.
    pub fn send(&self, message: Message) {
        self.count.fetch_add(1, Ordering::SeqCst);
        let _ = self.sender.send(message);
    }
}

/// Where messages arrive.
#[derive(Debug)]
pub struct Inbox {
    receiver: mpsc::Receiver<Message>,
    count: Arc<AtomicU64>,
    taken: u64,
}

/// After an event, so long nothing may happen until the change counts as done: an editor that saves
/// by renaming makes several events within a millisecond or two.
pub const QUIET: Duration = Duration::from_millis(20);
/// An editor that saves by renaming writes another file first, and may wait for the disk.
const QUIET_WHILE_WRITING: Duration = Duration::from_millis(300);
/// So many files are not saved by hand: a branch is being switched, an import is running.
const MANY: usize = 20;
const QUIET_OF_MANY: Duration = Duration::from_millis(200);
/// Somebody who saves without end sees something all the same.
const LONGEST: Duration = Duration::from_millis(500);
const LONGEST_OF_MANY: Duration = Duration::from_secs(5);

/// Messages that belong together.
#[derive(Debug, Default)]
pub struct Batch {
    /// What may be different.
    pub changes: Changes,
    /// Why changes are looked for from now on.
    pub polling: Option<String>,
    /// Whether the program is to end.
    pub is_stop: bool,
    /// When the first of them came.
    pub begun: Option<Instant>,
    /// Files that somebody is still writing.
    unfinished: BTreeSet<String>,
}

/// Tells from any thread whether a message came after those that were taken.
#[derive(Clone, Debug)]
pub struct Bell {
    count: Arc<AtomicU64>,
    taken: u64,
}

impl Bell {
    /// Whether there is one.
    pub fn rings(&self) -> bool {
        self.count.load(Ordering::Relaxed) > self.taken
    }
}

impl Observer for Bell {
    fn is_stopped(&self) -> bool {
        self.rings()
    }
}

impl Batch {
    /// For how long nothing may happen until the batch is done, and how long it may take in all.
    fn patience(&self) -> (Duration, Duration) {
        if self.changes.everything || self.changes.paths.len() > MANY {
            (QUIET_OF_MANY, LONGEST_OF_MANY)
        } else if !self.unfinished.is_empty() {
            (QUIET_WHILE_WRITING, LONGEST)
        } else {
            (QUIET, LONGEST)
        }
    }
}

impl Inbox {
    /// Rings when there is a message that has not been taken yet.
    pub fn bell(&self) -> Bell {
        Bell { count: self.count.clone(), taken: self.taken }
    }

    /// Waits for a message, until `deadline` if there is one, and then for all that belong to it.
    pub fn next(&mut self, deadline: Option<Instant>) -> Batch {
        let mut batch = Batch::default();
        let first = match deadline {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => self.receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match first {
            Ok(message) => self.take(&mut batch, message),
            Err(RecvTimeoutError::Timeout) => return batch,
            Err(RecvTimeoutError::Disconnected) => batch.is_stop = true,
        }
        let begun = Instant::now();
        batch.begun = Some(begun);
        while !batch.is_stop && batch.polling.is_none() {
            let (quiet, longest) = batch.patience();
            let left = longest.saturating_sub(begun.elapsed());
            match self.receiver.recv_timeout(quiet.min(left)) {
                Ok(message) => self.take(&mut batch, message),
                Err(_) => break,
            }
        }
        batch
    }

    fn take(&mut self, batch: &mut Batch, message: Message) {
        self.taken += 1;
        match message {
            Message::Changed(paths, writing) => {
                match writing {
                    Writing::Unknown => {}
                    Writing::Begun => batch.unfinished.extend(paths.iter().cloned()),
                    Writing::Done => batch.unfinished.retain(|path| !paths.contains(path)),
                }
                batch.changes.paths.extend(paths);
            }
            Message::Everything => batch.changes.everything = true,
            Message::Polling(why) => batch.polling = Some(why),
            Message::Stop => batch.is_stop = true,
        }
    }
}

/// Watches the files of a site until it is dropped.
pub struct Watch {
    root: PathBuf,
    events: Option<RecommendedWatcher>,
    stop: Option<mpsc::Sender<()>>,
    looker: Option<JoinHandle<()>>,
}

impl Watch {
    /// Begins to watch a site. With `poll`, files are looked at and events are not asked for.
    pub fn start(root: &Path, poll: bool, post: &Post) -> Watch {
        let announced = Arc::new(Mutex::new(BTreeSet::new()));
        let mut why = poll.then(|| "as --poll says".to_owned());
        let mut events = None;
        // The system names files by their real path.
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        if !poll {
            match listen(&root, post, announced.clone()) {
                Ok(watcher) => events = Some(watcher),
                Err(error) => why = Some(format!("the system cannot watch them: {error}")),
            }
        }
        let is_polling = why.is_some();
        if let Some(why) = why {
            post.send(Message::Polling(why));
        }
        let (stop, stopped) = mpsc::channel();
        let looker = Looker { root: root.clone(), post: post.clone(), announced, is_polling };
        // What is there now counts as known, before whoever watches reads it.
        let before = looker.stamps();
        let looker = thread::spawn(move || looker.run(before, &stopped));
        Watch { root, events, stop: Some(stop), looker: Some(looker) }
    }

    /// Watches the folders that are there now: one that was made anew is another one.
    pub fn renew(&mut self) {
        let Some(watcher) = &mut self.events else { return };
        for folder in FOLDERS {
            let path = self.root.join(folder);
            let _ = watcher.unwatch(&path);
            let _ = watcher.watch(&path, RecursiveMode::Recursive);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.events = None;
        self.stop = None;
        if let Some(looker) = self.looker.take() {
            let _ = looker.join();
        }
    }
}

type Announced = Arc<Mutex<BTreeSet<String>>>;

fn listen(root: &Path, post: &Post, announced: Announced) -> notify::Result<RecommendedWatcher> {
    let top = root.to_owned();
    let post = post.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let announce = |paths: &[String]| {
            let mut known = announced.lock().unwrap_or_else(PoisonError::into_inner);
            known.extend(paths.iter().cloned());
        };
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else {
            // Events were lost, and none of these files has changed in silence.
            announce(&["content", "themes", "site.toml"].map(str::to_owned));
            return post.send(Message::Everything);
        };
        let writing = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => Writing::Done,
            // Reading is no change.
            EventKind::Access(_) => return,
            EventKind::Create(CreateKind::Folder) => Writing::Unknown,
            EventKind::Create(_) => Writing::Begun,
            // A file is empty for a moment when it is written anew. Other systems do not tell when it
            // is closed.
            EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => Writing::Begun,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Writing::Done,
            _ => Writing::Unknown,
        };
        // Windows says of a folder that it was changed, whatever was changed in it.
        let is_vague = matches!(event.kind, EventKind::Modify(ModifyKind::Any));
        let telling = event.paths.iter().filter(|path| !(is_vague && path.is_dir()));
        let paths: Vec<String> = telling.filter_map(|path| of_the_site(&top, path)).collect();
        if !paths.is_empty() {
            announce(&paths);
            post.send(Message::Changed(paths, writing));
        }
    })?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

/// A path from the site's folder, if it is one that the site is made of and no editor's own.
fn of_the_site(root: &Path, path: &Path) -> Option<String> {
    let inner = path.strip_prefix(root).ok()?;
    let first = inner.components().next()?.as_os_str();
    if inner != Path::new("site.toml") && !FOLDERS.iter().any(|folder| first == *folder) {
        return None;
    }
    let path = inner.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    (!path.split('/').any(is_clutter)).then_some(path)
}

/// Looks at files again and again.
struct Looker {
    root: PathBuf,
    post: Post,
    /// What events have named since it looked last.
    announced: Announced,
    is_polling: bool,
}

/// What can be seen of a file without reading it.
#[derive(Clone, Debug, Default)]
struct Look {
    size: u64,
    /// When its bytes were written.
    modified: Option<SystemTime>,
    /// Which file it is, where the system tells.
    which: u64,
    /// So soon after a change another one may bear the same time: it has to be looked into once more.
    is_young: bool,
    /// Whether it lies elsewhere too: what changes it there makes no event here.
    is_linked: bool,
}

impl Look {
    fn is_same(&self, other: &Look) -> bool {
        let seen = |look: &Look| (look.size, look.modified, look.which);
        seen(self) == seen(other)
    }
}

impl Looker {
    fn run(mut self, mut before: BTreeMap<String, Look>, stop: &mpsc::Receiver<()>) {
        let mut cost = Duration::ZERO;
        // Told after the last look.
        let mut late = BTreeSet::new();
        loop {
            // Looking takes a small part of the time, however large the site is.
            let (least, share) = if self.is_polling { (250, 10) } else { (2_000, 50) };
            let pause = Duration::from_millis(least).max(cost * share);
            if stop.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let begun = Instant::now();
            let mut told = self.take_announced();
            told.append(&mut late);
            let now = self.stamps();
            cost = begun.elapsed();
            let different = changed(&before, &now, self.is_polling);
            let is_silent = |told: &BTreeSet<String>, path: &&String| {
                let is_linked = now.get(*path).is_some_and(|look| look.is_linked);
                !is_linked && !is_told(told, path)
            };
            if !self.is_polling && different.iter().any(|path| is_silent(&told, &path)) {
                // Perhaps the event is on its way. What comes meanwhile may be about the next look.
                if stop.recv_timeout(LATE) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                late = self.take_announced();
                told.extend(late.iter().cloned());
                if let Some(path) = different.iter().find(|path| is_silent(&told, path)) {
                    self.is_polling = true;
                    let why = format!("no event came when {path} changed");
                    self.post.send(Message::Polling(why));
                }
            }
            // What was told is known; what lies elsewhere too is not told.
            let is_news =
                |path: &String| self.is_polling || now.get(path).is_some_and(|look| look.is_linked);
            let news: Vec<String> = different.into_iter().filter(is_news).collect();
            before = now;
            if !news.is_empty() {
                self.post.send(Message::Changed(news, Writing::Unknown));
            }
        }
    }

    fn take_announced(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.announced.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Everything that the site is made of, as it looks.
    fn stamps(&self) -> BTreeMap<String, Look> {
        let mut stamps = BTreeMap::new();
        for folder in FOLDERS {
            let (found, problems) = discover::files(&self.root, folder);
            for file in found {
                let Some(mut look) = look(&file.absolute) else { continue };
                look.is_linked = file.is_linked;
                stamps.insert(format!("{folder}/{}", file.path), look);
            }
            // What cannot be taken in is there too, under a name that can be shown.
            for problem in problems {
                if let Place::File(path) = problem.place {
                    let look = Look { is_linked: path.contains('\\'), ..Look::default() };
                    stamps.insert(path, look);
                }
            }
        }
        stamps.extend(look(&self.root.join("site.toml")).map(|look| ("site.toml".into(), look)));
        stamps
    }
}

/// An event may come so long after the change.
const LATE: Duration = Duration::from_millis(500);
/// Another change within this time may bear the same time stamp.
const COARSE: Duration = Duration::from_millis(50);

fn look(path: &Path) -> Option<Look> {
    let meta = std::fs::metadata(path).ok()?;
    #[cfg(unix)]
    let which = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let which = 0;
    let modified = meta.modified().ok();
    // A time to come is another machine's: whether it has just been cannot be told from it.
    let is_young = modified.and_then(|time| time.elapsed().ok()).is_some_and(|age| age < COARSE);
    Some(Look { size: meta.len(), modified, which, is_young, is_linked: false })
}

/// Paths that look different, are new or gone. Where nothing else tells of changes, those too that were
/// too young to be sure of.
fn changed(
    before: &BTreeMap<String, Look>,
    now: &BTreeMap<String, Look>,
    is_polling: bool,
) -> Vec<String> {
    let is_same = |path: &String, look: &Look| {
        before.get(path).is_some_and(|old| old.is_same(look) && !(is_polling && old.is_young))
    };
    let different = now.iter().filter(|(path, look)| !is_same(path, look));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    different.chain(gone).map(|(path, _)| path.clone()).collect()
}

/// Whether an event named a file, or a folder that it is in.
fn is_told(told: &BTreeSet<String>, path: &str) -> bool {
    told.contains(path) || path.match_indices('/').any(|(end, _)| told.contains(&path[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed_files(paths: &[&str]) -> Message {
        writing(paths, Writing::Unknown)
    }

    fn writing(paths: &[&str], writing: Writing) -> Message {
        Message::Changed(paths.iter().map(|path| (*path).to_owned()).collect(), writing)
    }

    #[test]
    fn a_burst_is_one_batch() {
        let (post, mut inbox) = Post::new();
        for i in 0..2_000 {
            post.send(changed_files(&[&format!("content/stories/s{i}.md")]));
        }
        let batch = inbox.next(None);
        assert_eq!(batch.changes.paths.len(), 2_000);
        assert!(!inbox.bell().rings() && !batch.is_stop);
    }

    #[test]
    fn a_save_by_renaming_is_one_batch() {
        let (post, mut inbox) = Post::new();
        post.send(changed_files(&["content/a.md~"]));
        post.send(changed_files(&["content/a.md", "content/a.md~"]));
        post.send(changed_files(&["content/a.md"]));
        assert_eq!(inbox.next(None).changes.paths.len(), 2);
        assert!(!inbox.bell().rings());
    }

    #[test]
    fn the_bell_rings_for_what_was_not_taken() {
        let (post, mut inbox) = Post::new();
        let bell = inbox.bell();
        assert!(!bell.rings());
        post.send(Message::Everything);
        assert!(bell.rings());
        assert!(inbox.next(None).changes.everything);
        assert!(!inbox.bell().rings());
    }

    #[test]
    fn to_stop_waits_for_nothing_and_a_deadline_ends_the_waiting() {
        let (post, mut inbox) = Post::new();
        post.send(changed_files(&["content/a.md"]));
        post.send(Message::Stop);
        assert!(inbox.next(None).is_stop);
        let batch = inbox.next(Some(Instant::now()));
        assert!(batch.begun.is_none() && !batch.is_stop);
        drop(post);
        // Nobody can send any more: nothing is left to wait for.
        assert!(inbox.next(None).is_stop);
    }

    #[test]
    fn only_what_the_site_is_made_of_is_of_interest() {
        let root = Path::new("/site");
        let of = |path: &str| of_the_site(root, Path::new(path));
        assert_eq!(of("/site/content/a.md").as_deref(), Some("content/a.md"));
        assert_eq!(of("/site/themes").as_deref(), Some("themes"));
        assert_eq!(of("/site/site.toml").as_deref(), Some("site.toml"));
        for other in
            ["/site", "/site/public/a", "/site/site.toml/x", "/site/site.toml~", "/else/content/a"]
        {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn what_looks_different_is_new_or_gone_has_changed() {
        let look = |size| Look { size, ..Look::default() };
        let looks = |all: &[(&str, u64)]| -> BTreeMap<String, Look> {
            all.iter().map(|(path, size)| ((*path).to_owned(), look(*size))).collect()
        };
        let before = looks(&[("a", 1), ("b", 1), ("c", 1)]);
        let now = looks(&[("a", 1), ("b", 2), ("d", 1)]);
        assert_eq!(changed(&before, &now, false), ["b", "d", "c"]);
        // What was young is looked into once more, even if it looks the same.
        let young = BTreeMap::from([("a".to_owned(), Look { is_young: true, ..look(1) })]);
        assert_eq!(changed(&young, &looks(&[("a", 1)]), true), ["a"]);
        assert!(changed(&young, &looks(&[("a", 1)]), false).is_empty());
    }

    #[test]
    fn a_file_that_is_being_written_is_waited_for_longer() {
        let (_post, mut inbox) = Post::new();
        let mut batch = Batch::default();
        assert_eq!(batch.patience(), (QUIET, LONGEST));
        inbox.take(&mut batch, writing(&["content/.tmp-1"], Writing::Begun));
        inbox.take(&mut batch, writing(&["content/.tmp-1"], Writing::Unknown));
        assert_eq!(batch.patience(), (QUIET_WHILE_WRITING, LONGEST));
        inbox.take(&mut batch, writing(&["content/.tmp-1", "content/a.md"], Writing::Done));
        assert_eq!(batch.patience(), (QUIET, LONGEST));
        for i in 0..MANY {
            inbox.take(&mut batch, changed_files(&[&format!("content/s{i}.md")]));
        }
        assert_eq!(batch.patience(), (QUIET_OF_MANY, LONGEST_OF_MANY));
    }
}
