//! A server for the browser that prints: what lies in a folder, for as long as it is printed.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::paths;
use crate::web::url;

/// A server that answers until it is dropped.
pub(super) struct Server {
    /// Such as `http://127.0.0.1:41234`.
    pub(super) origin: String,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
    is_ended: Arc<AtomicBool>,
}

impl Server {
    /// Begins to answer for a folder, whose files are those below a path.
    ///
    /// # Errors
    /// The system gives no port, no thread or no event queue.
    pub(super) fn start(folder: &Path, base_path: &str) -> io::Result<Server> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let origin = format!("http://{}", listener.local_addr()?);
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = watch::channel(false);
        let is_ended = Arc::new(AtomicBool::new(false));
        let ended = is_ended.clone();
        let served = Arc::new((folder.to_owned(), base_path.trim_end_matches('/').to_owned()));
        let thread = std::thread::Builder::new().name("print".into()).spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                tokio::select! {
                    () = accept(&listener, &served) => {}
                    () = until(stopped) => {}
                    () = interrupted() => {
                        ended.store(true, Ordering::Relaxed);
                        // Who asked for the end waits for the browser to end.
                        accept(&listener, &served).await;
                    }
                }
            });
        })?;
        Ok(Server { origin, stop, thread: Some(thread), is_ended })
    }

    /// Whether the user or the system has said that the program is to end.
    pub(super) fn is_ended(&self) -> bool {
        self.is_ended.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take().filter(|_| !self.is_ended()) {
            let _ = thread.join();
        }
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.changed().await;
}

/// Waits for Ctrl-C, or for the system to ask for the end.
#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let [Ok(mut interrupt), Ok(mut end), Ok(mut hangup)] = signals.map(signal) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = end.recv() => {}
        _ = hangup.recv() => {}
    }
}

#[cfg(not(unix))]
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

async fn accept(listener: &TcpListener, served: &Arc<(PathBuf, String)>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let served = served.clone();
        let service = service_fn(move |request| {
            let served = served.clone();
            async move { Ok::<_, Infallible>(answer(&served, &request)) }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

fn answer(
    (folder, base_path): &(PathBuf, String),
    request: &Request<Incoming>,
) -> Response<Full<Bytes>> {
    let path = url::decode(request.uri().path());
    let inside = path.strip_prefix(base_path.as_str()).and_then(|path| path.strip_prefix('/'));
    let inside = inside.filter(|path| !path.split('/').any(|part| part == ".." || part == "."));
    let file = inside.map(|path| match path.is_empty() || path.ends_with('/') {
        true => folder.join(path).join("index.html"),
        false => folder.join(path),
    });
    let Some((file, Ok(bytes))) = file.map(|file| (file.clone(), paths::read(&file))) else {
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let mut response = Response::new(Full::from(bytes));
    let mime = mime_guess::from_path(&file).first_or_octet_stream();
    if let Ok(mime) = HeaderValue::from_str(mime.essence_str()) {
        response.headers_mut().insert(CONTENT_TYPE, mime);
    }
    response
}
