//! `podium explain`

use super::{Console, Status};
use crate::diagnostics::{codes, nearest};

/// Prints what a code means, or the list of codes.
pub fn run(code: Option<&str>, console: &Console) -> Status {
    let Some(id) = code else {
        let list: String =
            codes::ALL.iter().map(|code| format!("{}  {}\n", code.id, code.summary)).collect();
        console.data(&list);
        return Status::Good;
    };
    match codes::find(id) {
        Some(code) => {
            let word = code.severity.word();
            console
                .data(&format!("{word}[{}]: {}\n\n{}\n", code.id, code.summary, code.explanation));
            Status::Good
        }
        None => {
            let near = nearest(id, codes::ALL.iter().map(|code| code.id));
            let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            console.complain(&format!("there is no code {id}{hint}"));
            console.say("`podium explain` lists them all");
            Status::WrongCommandLine
        }
    }
}
