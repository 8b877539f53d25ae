//! `podium print`

use super::{Console, Status, at, counted};
use crate::assemble::BuildTime;
use crate::cli::{Common, Print};
use crate::diagnostics;
use crate::pipeline::Options;
use crate::print::{self, Failure};

/// Prints an issue of the magazine.
pub fn run(common: &Common, arguments: &Print, console: &Console) -> Status {
    let at = match at(common, arguments.at.as_deref(), console) {
        Ok(at) => at,
        Err(status) => return status,
    };
    let Some(browser) = arguments.browser.clone().or_else(print::find_browser) else {
        console.complain("no Chromium was found to print with: name one with --browser FILE");
        return Status::WrongCommandLine;
    };
    let options = Options {
        root: common.root.clone(),
        output: None,
        base_url: None,
        build_time: BuildTime {
            at: at.unwrap_or_else(crate::clock::now),
            drafts: arguments.drafts,
        },
        strict: false,
        checks: Some(false),
    };
    let mut problems = Vec::new();
    let name = arguments.issue.as_deref();
    let printed =
        print::issue(&options, name, &browser, arguments.output.as_deref(), &mut problems);
    let has_errors = diagnostics::has_errors(&problems);
    if has_errors {
        console.diagnostics(&diagnostics::settle(problems));
    }
    match printed {
        Ok(printed) => {
            console.say(&format!(
                "Printed \u{201c}{}\u{201d}, {}",
                printed.title,
                counted(printed.pages, "page")
            ));
            if !printed.has_numbers {
                console.say("The contents have no numbers of pages: the PDF does not tell them");
            }
            console.data(&format!("{}\n", printed.file.display()));
            Status::Good
        }
        Err(Failure::Site) => Status::SiteHasErrors,
        Err(Failure::Issue(why)) => {
            console.complain(&why);
            Status::WrongCommandLine
        }
        Err(Failure::System(why)) => {
            console.complain(&why);
            Status::SiteHasErrors
        }
    }
}
