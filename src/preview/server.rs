//! The preview's server: hyper on one thread; what takes time is done on threads of its own.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::{Either, Full};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::{mpsc, watch};

use super::answer::{Content, Download, Hosts, answer};
use super::state::PreviewState;
use super::watcher::{Message, Post};

/// A server that answers until it is dropped.
#[derive(Debug)]
pub struct Server {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// Ports that are tried after the one that is wanted.
const NEXT_PORTS: u16 = 50;

/// Takes a port: the one that is wanted, or the next that is free.
///
/// # Errors
/// The host is not of this machine, or no port is free.
pub fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let mut port = port;
    let last = port.saturating_add(NEXT_PORTS);
    loop {
        match TcpListener::bind((host, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            done => return done,
        }
    }
}

impl Server {
    /// Begins to answer. A signal to end the program is posted.
    ///
    /// # Errors
    /// The system gives no thread or no event queue.
    pub fn start(
        listener: TcpListener,
        hosts: Hosts,
        state: Arc<PreviewState>,
        post: Post,
    ) -> io::Result<Server> {
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = watch::channel(false);
        // Listened for from now on: whoever reads that the preview is there may end it at once.
        let ends = {
            let _context = runtime.enter();
            Ends::new()?
        };
        let serve = async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            tokio::spawn(ends.posted(post));
            accept(&listener, &hosts, &state, stopped).await;
        };
        let thread = std::thread::Builder::new().name("preview".into()).spawn(move || {
            runtime.block_on(serve);
            // Films that are being sent end where they are.
            runtime.shutdown_timeout(Duration::from_millis(500));
        })?;
        Ok(Server { stop, thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The ways in which the user or the system says that the program is to end.
#[cfg(unix)]
struct Ends([tokio::signal::unix::Signal; 3]);
#[cfg(not(unix))]
struct Ends;

impl Ends {
    /// Begins to listen.
    ///
    /// # Errors
    /// The system does not tell of signals.
    #[cfg(unix)]
    fn new() -> io::Result<Ends> {
        use tokio::signal::unix::{SignalKind, signal};
        let [interrupt, end, hangup] =
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
        Ok(Ends([interrupt?, end?, hangup?]))
    }

    #[cfg(not(unix))]
    fn new() -> io::Result<Ends> {
        Ok(Ends)
    }

    /// Posts the first of them.
    async fn posted(self, post: Post) {
        #[cfg(unix)]
        {
            let Ends([mut interrupt, mut end, mut hangup]) = self;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = end.recv() => {}
                _ = hangup.recv() => {}
            }
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        post.send(Message::Stop);
    }
}

async fn accept(
    listener: &tokio::net::TcpListener,
    hosts: &Hosts,
    state: &Arc<PreviewState>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let next = tokio::select! {
            next = listener.accept() => next,
            _ = stopped.changed() => return,
        };
        let Ok((stream, _)) = next else {
            // Out of file descriptors, say: others may be closed soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (hosts, state) = (hosts.clone(), state.clone());
        let service = service_fn(move |request| respond(request, hosts.clone(), state.clone()));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service);
        tokio::spawn(connection);
    }
}

type Sent = Either<Full<Bytes>, Piped>;

async fn respond(
    request: Request<Incoming>,
    hosts: Hosts,
    state: Arc<PreviewState>,
) -> Result<Response<Sent>, Infallible> {
    let is_head = request.method() == Method::HEAD;
    let events = state.clone();
    let answered = tokio::task::spawn_blocking(move || answer(&state, &hosts, &request)).await;
    let Ok(response) = answered else {
        // A panic in one answer is no reason to stop answering.
        let mut response = Response::new(Either::Left(Full::default()));
        *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        return Ok(response);
    };
    Ok(response.map(|content| match content {
        _ if is_head => Either::Left(Full::default()),
        Content::Bytes(bytes) => Either::Left(Full::new(bytes)),
        Content::File(download) => Either::Right(piped_file(download)),
        Content::Events => Either::Right(piped_events(&events)),
    }))
}

/// A body that is sent piece by piece.
#[derive(Debug)]
struct Piped(mpsc::Receiver<io::Result<Bytes>>);

impl Body for Piped {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|next| next.map(|piece| piece.map(Frame::data)))
    }
}

/// The size of the pieces, in bytes.
const PIECE: u64 = 256 * 1024;

/// Sends a file piece by piece, each when it is wanted. In between neither a thread nor an open file is
/// kept: however many ask for films and read nothing, others are answered.
fn piped_file(download: Download) -> Piped {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let download = Arc::new(download);
        let mut at = download.from;
        while at < download.end {
            // Nobody listens any more where there is no place for another piece.
            let Ok(place) = sender.reserve().await else { return };
            let this = download.clone();
            let read = tokio::task::spawn_blocking(move || this.piece(at, PIECE)).await;
            let read = read.map_err(io::Error::other).and_then(|read| read);
            at += read.as_ref().map_or(download.end, |piece| piece.len() as u64);
            place.send(read.map(Bytes::from));
        }
    });
    Piped(receiver)
}

/// So often a connection on which nothing happens is tried.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Server-sent events: an empty one at once, since much may have happened while nobody listened, and
/// one each time that something is new. What is new is for the browser to ask.
fn piped_events(state: &PreviewState) -> Piped {
    let (sender, receiver) = mpsc::channel(2);
    let mut revisions = state.subscribe();
    tokio::spawn(async move {
        let mut text = "retry: 500\ndata: \n\n";
        while sender.send(Ok(Bytes::from_static(text.as_bytes()))).await.is_ok() {
            text = tokio::select! {
                changed = revisions.changed() => match changed {
                    Ok(()) => "data: \n\n",
                    Err(_) => return,
                },
                () = tokio::time::sleep(HEARTBEAT) => ": still here\n\n",
            };
        }
    });
    Piped(receiver)
}
