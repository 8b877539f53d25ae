//! Findings of the checks that an author answers for.

use serde::Deserialize;

use super::File;
use super::reader::{DocumentReader, items, optional};
use crate::diagnostics::codes;
use crate::parse::dates::Moment;
use crate::parse::front_matter::{List, Passage, Text};

/// A finding of the checks that the author answers for.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Words of the text that it is about.
    pub words: String,
    /// Of which kind the finding is, if it is to be of one.
    pub code: Option<String>,
    /// Until when it holds, if not for good.
    pub until: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WaiverFront {
    words: Passage,
    reason: Passage,
    code: Option<Text>,
    until: Option<Text>,
}

impl DocumentReader<'_> {
    pub(super) fn waivers(
        &mut self,
        file: &File,
        waivers: Option<List<WaiverFront>>,
    ) -> Vec<Waiver> {
        let mut read = Vec::new();
        for (i, waiver) in items(waivers).into_iter().enumerate() {
            let at = format!("fact_ok[{i}]");
            let words = self.required(file, &format!("{at}.words"), Some(Text(waiver.words.0)));
            // Nobody shows it: it is for those who read the file, and must be there for them.
            self.required(file, &format!("{at}.reason"), Some(Text(waiver.reason.0)));
            let until = waiver.until.map(|until| self.moment(file, &format!("{at}.until"), &until));
            let code = optional(waiver.code);
            if let Some(code) = &code
                && !codes::find(code).is_some_and(codes::Code::is_waivable)
            {
                let message =
                    format!("`{code}` cannot be waived: only what words say can: N, R and V012");
                self.problem(file, &codes::F005, &format!("{at}.code"), &message);
            }
            read.push(Waiver { words, code, until: until.flatten() });
        }
        read
    }
}
