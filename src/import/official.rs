//! A medal table of somebody else, for comparison.

use std::collections::BTreeMap;
use std::path::Path;

use super::source;
use crate::assemble::Site;
use crate::diagnostics::{Diagnostic, codes};
use crate::sheet::{Field, MOST_PROBLEMS, Sheet};

const FIELDS: &[Field] = &[
    Field { name: "rank", synonyms: &["place", "position"] },
    Field {
        name: "noc",
        synonyms: &[
            "team-noc",
            "country-code",
            "nation-code",
            "noc-code",
            "code",
            "nation",
            "country",
            "team",
        ],
    },
    Field { name: "gold", synonyms: &["gold-medal", "gold-medals", "g"] },
    Field { name: "silver", synonyms: &["silver-medal", "silver-medals", "s"] },
    Field { name: "bronze", synonyms: &["bronze-medal", "bronze-medals", "b"] },
    Field { name: "total", synonyms: &["sum", "medals", "all"] },
    // A name stands beside the code, and is none of the numbers.
    Field { name: "name", synonyms: &["country-name", "nation-name", "country-long"] },
];

/// A line of somebody else's table; what it does not say is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// IOC code.
    pub code: String,
    /// Place.
    pub rank: Option<usize>,
    /// First places.
    pub gold: Option<usize>,
    /// Second places.
    pub silver: Option<usize>,
    /// Third places.
    pub bronze: Option<usize>,
    /// All medals.
    pub total: Option<usize>,
}

/// Reads a table.
///
/// # Errors
/// It is no table, or a cell makes no sense.
pub fn official_table(
    file: &Path,
    map: &[(String, String)],
    site: &Site,
) -> Result<Vec<Official>, Vec<Diagnostic>> {
    let sheet = Sheet::read(source(file)?, FIELDS, map)?;
    let mut problems = sheet.needs(&[&["noc"], &["gold", "total"]]);
    let mut rows: BTreeMap<String, Official> = BTreeMap::new();
    for row in sheet.rows() {
        let mut number = |field: &str| {
            let written = row.get(field)?;
            let number = written.trim_end_matches(".0").trim_start_matches('=').parse().ok();
            if number.is_none() {
                let message = format!("`{written}` is no number");
                problems.push(Diagnostic::new(&codes::I003, row.place(field), message));
            }
            number
        };
        let (rank, gold, silver) = (number("rank"), number("gold"), number("silver"));
        let (bronze, total) = (number("bronze"), number("total"));
        // A table may name those who have nothing yet.
        if [gold, silver, bronze, total].iter().flatten().all(|count| *count == 0) {
            continue;
        }
        let written = row.get("noc").unwrap_or_default();
        let Some(code) = site.nation_code(written).map(str::to_owned) else {
            // The sum of all stands in the last line of many a table.
            let lower = written.to_lowercase();
            if !lower.is_empty() && !lower.starts_with("total") && lower != "sum" {
                let message = format!("there is no nation `{written}`");
                problems.push(Diagnostic::new(&codes::I003, row.place("noc"), message));
            }
            continue;
        };
        let line = Official { code: code.clone(), rank, gold, silver, bronze, total };
        if rows.insert(code, line).is_some() {
            let message = format!("`{written}` is there twice");
            problems.push(Diagnostic::new(&codes::I004, row.place("noc"), message));
        }
    }
    problems.truncate(MOST_PROBLEMS);
    if problems.is_empty() { Ok(rows.into_values().collect()) } else { Err(problems) }
}
