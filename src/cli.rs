//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Builds Olympics coverage sites: Markdown stories, results recorded once.
#[derive(Debug, Parser)]
#[command(name = "podium", version, about, arg_required_else_help = true)]
pub struct Cli {
    /// Common options.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
pub struct Common {
    /// The site's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// How errors and warnings are written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Name every file that changed, and say how long the parts of the work took
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// How errors and warnings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people, on stderr
    Human,
    /// A JSON object a line, on stdout
    Json,
    /// A SARIF 2.1.0 log, on stdout
    Sarif,
    /// GitHub workflow commands, on stdout
    Github,
}

/// What `podium check --fix` corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fix {
    /// What contradicts a record
    Facts,
    /// Names, as the house writes them
    Names,
    /// Both
    All,
}

/// Whether to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that has them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Publish the whole site into public/, or nothing at all
    Build(Build),
    /// Preview the site, with drafts, and show each change as soon as a file is saved
    Watch(Watch),
    /// Say all that is wrong, what build would say and the editorial checks, and write nothing
    Check(Check),
    /// Make a new site that builds at once
    Init(Init),
    /// Start a new story, live blog, page, event, athlete, author, venue or issue of the magazine, with the front matter filled in
    New {
        /// What to start
        #[command(subcommand)]
        what: New,
    },
    /// Bring results, schedule, athletes or nations from a spreadsheet into content/
    Import(Import),
    /// Print an issue of the magazine as PDF, with a Chromium that is there
    Print(Print),
    /// Print the medal table, or compare it with another
    Medals(Medals),
    /// Say what a diagnostic code means
    Explain {
        /// Such as F012; every code is listed if none is given
        code: Option<String>,
    },
    /// Write completions for a shell to stdout
    Completions {
        /// Which shell
        shell: Shell,
    },
}

/// Options of `podium init`.
#[derive(Args, Debug)]
pub struct Init {
    /// The folder to make it in; it must be empty or not exist yet
    pub dir: PathBuf,
    /// The site's name
    #[arg(long)]
    pub title: Option<String>,
    /// The Games that it covers, such as "Milano Cortina 2026"
    #[arg(long)]
    pub games: Option<String>,
    /// Their city
    #[arg(long, requires = "games")]
    pub city: Option<String>,
    /// Their first day, such as 2026-02-06
    #[arg(long, value_name = "DAY", requires = "games")]
    pub start: Option<String>,
    /// Their last day
    #[arg(long, value_name = "DAY", requires = "games")]
    pub end: Option<String>,
    /// Where dates without an offset are meant, such as Europe/Rome
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// Leave out the story and the event that show how it is done
    #[arg(long)]
    pub empty: bool,
}

/// Options of `podium build`.
#[derive(Args, Debug)]
pub struct Build {
    /// Write here instead of the folder that site.toml names
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// What is to be made of the site.
    #[command(flatten)]
    pub site: SiteOptions,
}

/// What is to be made of the site; `podium build` and `podium check` make the same of it.
#[derive(Args, Debug)]
pub struct SiteOptions {
    /// Include drafts, and stories outside their time
    #[arg(long)]
    pub drafts: bool,
    /// The time that dates are compared with, instead of now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Where the site will be, instead of what site.toml says
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// How many threads to use, instead of one for each processor
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Write how long its parts, its templates and its slowest pages took to a file of JSON
    #[arg(long, value_name = "FILE")]
    pub timings: Option<PathBuf>,
}

/// Options of `podium check`.
#[derive(Args, Debug)]
pub struct Check {
    /// What is to be made of the site.
    #[command(flatten)]
    pub site: SiteOptions,
    /// Make the corrections that are certain, and show them: of facts, unless something else is said
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "facts")]
    pub fix: Option<Fix>,
    /// List what still tells results that have changed since a revision that Git knows, and nothing else
    #[arg(long, value_name = "REV", conflicts_with_all = ["fix", "external"])]
    pub since: Option<String>,
    /// List what still tells results that are others in the site of this folder, and nothing else
    #[arg(long, value_name = "DIR", conflicts_with_all = ["since", "fix", "external"])]
    pub against: Option<PathBuf>,
    /// Say as well what could not be decided, such as a medal that no recorded result supports
    #[arg(long)]
    pub notes: bool,
    /// Ask other sites whether the links that lead to them are alive
    #[arg(long)]
    pub external: bool,
    /// How long another site may take to answer, instead of 10 seconds
    #[arg(long, value_name = "SECONDS", requires = "external", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub timeout: Option<u16>,
}

/// Options of `podium watch`.
#[derive(Args, Debug)]
pub struct Watch {
    /// Where the preview listens; the next free port is taken if another program has it
    #[arg(long, short, default_value_t = 1896)]
    pub port: u16,
    /// On which name or address of this machine it listens; 0.0.0.0 for all, so that others see it
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the preview in a browser
    #[arg(long)]
    pub open: bool,
    /// Hide drafts, and stories outside their time
    #[arg(long)]
    pub no_drafts: bool,
    /// Publish the site too, as build does, after each change that has no errors
    #[arg(long)]
    pub publish: bool,
    /// Show built-in examples of every kind of page in the site's theme instead of the site
    #[arg(long, conflicts_with_all = ["publish", "no_drafts"])]
    pub specimens: bool,
    /// Look at the files again and again, where the system does not tell of changes
    #[arg(long)]
    pub poll: bool,
    /// The time that the times of stories are compared with, instead of now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Where the site will be, instead of what site.toml says
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

/// What to start.
#[derive(Debug, Subcommand)]
pub enum New {
    /// A story, as a draft
    Story {
        /// Its headline
        title: String,
        /// Make a folder for it, to put pictures beside it
        #[arg(long)]
        bundle: bool,
    },
    /// A live blog, as a draft
    Live {
        /// Its headline
        title: String,
    },
    /// A medal event
    Event {
        /// SPORT/EVENT, such as judo/mens-100-kg
        id: String,
        /// Its name, such as "Men's -100 kg"; made of the id if not given
        #[arg(long)]
        title: Option<String>,
    },
    /// A correction at the foot of a story, for readers to know what was changed
    Correction {
        /// The story: its file, or its name
        story: String,
        /// Draft it from the results that have changed since a revision that Git knows
        #[arg(long, value_name = "REV")]
        since: Option<String>,
        /// Draft it from the results that are others in the site of this folder
        #[arg(long, value_name = "DIR", conflicts_with = "since")]
        against: Option<PathBuf>,
    },
    /// A plain page, such as one about the site
    Page {
        /// Its headline
        title: String,
    },
    /// An author's own file
    Author {
        /// The name as it stands under headlines
        name: String,
    },
    /// A venue's own file
    Venue {
        /// The name as the house prints it
        name: String,
    },
    /// An issue of the magazine, as a draft
    Issue {
        /// What stands on its cover
        title: String,
        /// Its number
        #[arg(long)]
        number: Option<String>,
    },
    /// An athlete's own file
    Athlete {
        /// The name as the house prints it
        name: String,
        /// The nation's code or name, such as KOR or "South Korea"
        #[arg(long)]
        nation: String,
    },
}

/// Options of `podium import`.
#[derive(Args, Debug)]
pub struct Import {
    /// What the spreadsheet has
    pub kind: ImportKind,
    /// The spreadsheet, as CSV
    pub file: PathBuf,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// These results stand; without it they are provisional
    #[arg(long)]
    pub official: bool,
    /// The event of all rows of results, where no column says so
    #[arg(long, value_name = "SPORT/EVENT")]
    pub event: Option<String>,
    /// Their phase, such as heats or final
    #[arg(long)]
    pub phase: Option<String>,
    /// Give events without a podium the one that their results tell of
    #[arg(long)]
    pub medals: bool,
    /// Which field a column is whose heading is not understood
    #[arg(long, value_name = "HEADING=FIELD")]
    pub map: Vec<String>,
    /// What comes first in dates such as 03/08/2024
    #[arg(long, value_name = "ORDER")]
    pub dates: Option<DateOrder>,
    /// The spreadsheet has only a part, such as a day: nothing is missing from it
    #[arg(long)]
    pub partial: bool,
    /// Take away what is recorded and not in the spreadsheet; with --partial, of the events in it
    #[arg(long)]
    pub allow_removals: bool,
}

/// What a spreadsheet has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    /// Who has which medal
    Medals,
    /// Every rank, mark and score, a row a competitor in a heat, match or race
    Results,
    /// When and where sessions are
    Schedule,
    /// Who competes
    Athletes,
    /// Names of nations, and whether they stand in the medal table
    Nations,
}

/// What comes first in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// 03/08/2024 is the third of August
    DayFirst,
    /// 03/08/2024 is the eighth of March
    MonthFirst,
}

/// Options of `podium print`.
#[derive(Args, Debug)]
pub struct Print {
    /// Which issue: its file, its number or its title; the newest if none is given
    pub issue: Option<String>,
    /// The PDF; the issue's own name in this folder if not given
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The browser to print with, instead of the first Chromium that is found
    #[arg(long, value_name = "FILE")]
    pub browser: Option<PathBuf>,
    /// Include drafts, and stories outside their time
    #[arg(long)]
    pub drafts: bool,
    /// The time that dates are compared with, instead of now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

/// Options of `podium medals`.
#[derive(Args, Debug)]
pub struct Medals {
    /// What decides the order
    #[arg(long, default_value = "gold")]
    pub by: Order,
    /// Count the medals of one sport
    #[arg(long)]
    pub sport: Option<String>,
    /// The table of that day's evening, or of that moment
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// How it is written
    #[arg(long, default_value = "table")]
    pub format: TableFormat,
    /// Print each difference to this table, a CSV file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["by", "format"])]
    pub against: Option<PathBuf>,
    /// Which field a column of that file is whose heading is not understood
    #[arg(long, value_name = "HEADING=FIELD", requires = "against")]
    pub map: Vec<String>,
}

/// What decides the order of nations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Gold, then silver, then bronze
    Gold,
    /// All medals
    Total,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// A list of objects
    Json,
}
