//! A Chromium, or a browser that is made of it: where it is, and how it prints.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::server::Server;

/// What it is called on this and that system.
const NAMES: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "brave-browser",
];

/// Where it is on systems that have no list of places for programs.
const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/// A browser that does not answer for so long never will.
const PATIENCE: Duration = Duration::from_secs(180);

/// The first that is there.
pub fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let ending = env::consts::EXE_SUFFIX;
    let named = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(format!("{name}{ending}"))));
    named.chain(PLACES.iter().map(PathBuf::from)).find(|file| file.is_file())
}

/// Prints the page at an address into a file. `folder` is for what the browser itself keeps.
///
/// # Errors
/// There is no new PDF: what to say of it.
pub(super) fn print(
    browser: &Path,
    page: &str,
    pdf: &Path,
    folder: &Path,
    server: &Server,
) -> Result<(), String> {
    let _ = fs::remove_file(pdf);
    let said = run(browser, page, pdf, folder, server, &[])?;
    // As the superuser, in a container say, it wants to be told that nothing shields the system from the page.
    // That is the newsroom's own.
    if !pdf.exists() && said.contains("--no-sandbox") {
        run(browser, page, pdf, folder, server, &["--no-sandbox"])?;
    }
    match pdf.exists() {
        true => Ok(()),
        false => {
            let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("nothing");
            Err(format!("{} made no PDF; it said: {last}", browser.display()))
        }
    }
}

/// Runs the browser to its end, and returns what it said.
fn run(
    browser: &Path,
    page: &str,
    pdf: &Path,
    folder: &Path,
    server: &Server,
    more: &[&str],
) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", browser.display());
    let said = folder.join("browser.log");
    let log = fs::File::create(&said).map_err(failed)?;
    let mut child = Command::new(browser)
        .args(["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"])
        // Not in a window that is open.
        .arg(format!("--user-data-dir={}", folder.join("browser").display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .args(more)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .map_err(failed)?;
    let begun = Instant::now();
    while child.try_wait().map_err(failed)?.is_none() {
        let is_late = begun.elapsed() > PATIENCE;
        if is_late || server.is_ended() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(match is_late {
                true => format!("{} did not end", browser.display()),
                false => "ended before the issue was printed".to_owned(),
            });
        }
        sleep(Duration::from_millis(50));
    }
    Ok(String::from_utf8_lossy(&fs::read(&said).map_err(failed)?).into_owned())
}
