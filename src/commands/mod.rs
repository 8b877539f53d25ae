//! The commands. Only here is anything printed.

mod build;
mod check;
mod completions;
mod correction;
mod explain;
mod import;
mod init;
mod medals;
mod new;
mod print;
mod watch;

use std::io::{IsTerminal, Write};
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use similar::TextDiff;

use crate::assemble::Waiting;
use crate::cli::{Cli, Color, Command, Common, MessageFormat};
use crate::clock;
use crate::config::Config;
use crate::diagnostics::render::{Format, render};
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::parse::dates;
use crate::pipeline::Project;
use crate::text::counted;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well.
    Good,
    /// There are errors in the site.
    SiteHasErrors,
    /// The command line makes no sense.
    WrongCommandLine,
}

/// Runs the command that the arguments name.
pub fn run(cli: &Cli) -> Status {
    let console = Console::new(&cli.common);
    if let Some(complaint) = clock::complaint() {
        console.complain(complaint);
        return Status::WrongCommandLine;
    }
    match &cli.command {
        Command::Build(arguments) => build::run(&cli.common, arguments, &console),
        Command::Check(arguments) => check::run(&cli.common, arguments, &console),
        Command::Watch(arguments) => watch::run(&cli.common, arguments, &console),
        Command::Init(arguments) => init::run(arguments, &console),
        Command::New { what } => new::run(&cli.common, what, &console),
        Command::Import(arguments) => import::run(&cli.common.root, arguments, &console),
        Command::Print(arguments) => print::run(&cli.common, arguments, &console),
        Command::Medals(arguments) => medals::run(&cli.common.root, arguments, &console),
        Command::Explain { code } => explain::run(code.as_deref(), &console),
        Command::Completions { shell } => completions::run(*shell),
    }
}

/// Where the commands write to: what is wrong and how it went to stderr, data to stdout.
pub struct Console {
    format: Format,
    colour: bool,
    is_quiet: bool,
    /// Whether the reader wants to know more.
    pub is_verbose: bool,
}

impl Console {
    fn new(common: &Common) -> Console {
        let format = match common.message_format {
            MessageFormat::Human => Format::Human,
            MessageFormat::Json => Format::Json,
            MessageFormat::Sarif => Format::Sarif,
            MessageFormat::Github => Format::Github,
        };
        let colour = match common.color {
            Color::Always => true,
            Color::Never => false,
            // https://no-color.org
            Color::Auto => {
                let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                std::io::stderr().is_terminal() && !unwanted
            }
        };
        Console { format, colour, is_quiet: common.quiet, is_verbose: common.verbose }
    }

    /// Writes diagnostics: for people to stderr, for programs to stdout.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let text = render(diagnostics, self.format, self.colour);
        match self.format {
            Format::Human => eprint(&text),
            _ => self.data(&text),
        }
    }

    /// Writes a line about how it went, unless the reader wants to be left alone.
    pub fn say(&self, line: &str) {
        if !self.is_quiet {
            eprint(&format!("{line}\n"));
        }
    }

    /// Writes a line that must be read.
    pub fn complain(&self, line: &str) {
        eprint(&format!("error: {line}\n"));
    }

    /// Writes data to stdout.
    pub fn data(&self, text: &str) {
        // Who closes the pipe (`podium explain | head`) has read enough.
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// Writes what people want to see on stdout; a program that reads it gets diagnostics alone.
    pub fn show(&self, text: &str) {
        if self.format == Format::Human {
            self.data(text);
        }
    }

    /// Writes what a program may want to know besides diagnostics: a line of JSON, where JSON is wanted.
    pub fn value(&self, value: &serde_json::Value) {
        if self.format == Format::Json {
            self.data(&format!("{value}\n"));
        }
    }

    /// Whether to show how far it is.
    pub fn shows_progress(&self) -> bool {
        !self.is_quiet && self.format == Format::Human && std::io::stderr().is_terminal()
    }
}

/// The site in a folder.
///
/// # Errors
/// Nothing of its site.toml can be used; that has been said.
fn open(root: &Path, console: &Console) -> Result<Project, Status> {
    Project::open(root).map_err(|problems| {
        console.diagnostics(&problems);
        Status::SiteHasErrors
    })
}

/// Reads `--at` in the site's own zone; without it, nothing.
fn at(
    common: &Common,
    written: Option<&str>,
    console: &Console,
) -> Result<Option<Timestamp>, Status> {
    let Some(text) = written else { return Ok(None) };
    let (config, _) = crate::config::load(&common.root, None);
    let zone = config.map_or(TimeZone::UTC, |config| config.time_zone);
    match dates::read(text, &zone) {
        Ok(moment) => Ok(Some(moment.timestamp())),
        Err(why) => {
            console.complain(&format!("--at {text}: {why}"));
            Err(Status::WrongCommandLine)
        }
    }
}

fn eprint(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Which stories wait for their time, and until when; nothing if none does.
fn waiting(stories: &[Waiting]) -> Option<String> {
    const MOST: usize = 3;
    let one = |story: &Waiting| {
        let until = story.until.zoned.strftime("%Y-%m-%d %H:%M");
        format!("{} until {until} {}", story.path, story.until.zone_name())
    };
    let named: Vec<String> = stories.iter().take(MOST).map(one).collect();
    let more = match stories.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let verb = if stories.len() == 1 { "waits" } else { "wait" };
    (!stories.is_empty())
        .then(|| format!("{} {verb}: {}{more}", counted(stories.len(), "story"), named.join(", ")))
}

/// "1 error and 2 warnings"; nothing if there is none.
fn tally(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| diagnostics::count(diagnostics, severity);
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => None,
        (0, warnings) => Some(counted(warnings, "warning")),
        (errors, 0) => Some(counted(errors, "error")),
        (errors, warnings) => {
            Some(format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")))
        }
    }
}

/// What changes in a file, as a unified diff; nothing on a side on which it does not exist.
fn diff(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let name = |side: Option<&str>| if side.is_some() { path } else { "/dev/null" };
    let texts = TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default());
    texts.unified_diff().header(name(old), name(new)).to_string()
}

/// The time in the site's zone, as front matter has it. The minute is enough.
fn now(config: &Config) -> String {
    let now = clock::now().to_zoned(config.time_zone.clone());
    let now = now.round(Unit::Minute).unwrap_or(now);
    now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
