//! A spreadsheet as CSV: rows, and columns that are found by name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::slug;
use crate::text::text_of;

/// The text of a spreadsheet. `path` is how reports call it.
///
/// # Errors
/// It is a workbook, or no text.
pub fn source(path: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostic> {
    // The two kinds of Excel's own files: a ZIP archive, and what was before it.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let place = Place::File(path.to_owned());
        return Err(Diagnostic::new(&codes::I001, place, "this is a workbook, not CSV")
            .help("save it as CSV (UTF-8) from the program that made it"));
    }
    let text = match decoded(&bytes) {
        Some(text) => text,
        None => text_of(path, bytes)?,
    };
    Ok(Arc::new(Source::new(path.to_owned(), text)))
}

/// The text of a spreadsheet that is not in UTF-8: in UTF-16, as a mark at its front says, or else in
/// Windows-1252, as Excel writes it in Western Europe and America.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes)
        && encoding != encoding_rs::UTF_8
    {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(Into::into);
    }
    if std::str::from_utf8(bytes).is_ok() || bytes.contains(&0) {
        return None;
    }
    encoding_rs::WINDOWS_1252
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(Into::into)
}

/// A column that somebody can use.
#[derive(Debug)]
pub struct Field {
    /// What `--map` calls it.
    pub name: &'static str,
    /// What spreadsheets call it, as slugs.
    pub synonyms: &'static [&'static str],
}

/// A spreadsheet with a header.
#[derive(Debug)]
pub struct Sheet {
    source: Arc<Source>,
    delimiter: u8,
    /// Where the headings are.
    header: Range<usize>,
    /// Where each record ends, and the end of its line with it, by where the reader says that it begins.
    ends: HashMap<u64, usize>,
    headings: Vec<String>,
    /// How many columns there are.
    width: usize,
    /// Field to column.
    columns: BTreeMap<&'static str, usize>,
    records: Vec<csv::StringRecord>,
    /// The line that each of the records begins in.
    lines: Vec<usize>,
    /// Headings that no field has.
    pub unused: Vec<String>,
    /// Lines above the headings and below the rows that are no rows.
    pub aside: Vec<usize>,
}

/// Cells by their field.
pub type Cells = Vec<(&'static str, String)>;

/// What is to become another in a sheet; rows by their numbers.
#[derive(Debug, Default)]
pub struct Edits {
    pub changed: BTreeMap<usize, Cells>,
    pub removed: BTreeSet<usize>,
    /// New rows, each with the one that it stands behind; without one they stand at the end.
    pub added: Vec<(Option<usize>, Cells)>,
}

/// The text of a new sheet with these columns.
pub fn new(columns: &[&str], rows: &[Cells]) -> String {
    let headings: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let mut text = written(&headings, b',') + "\n";
    for cells in rows {
        let cell = |column: &&str| {
            let cell = cells.iter().find(|(field, _)| field == column);
            cell.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        text += &written(&columns.iter().map(cell).collect::<Vec<_>>(), b',');
        text.push('\n');
    }
    text
}

/// A row as CSV, without the end of its line.
fn written(cells: &[String], delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    // Memory does not refuse to be written to.
    let _ = writer.write_record(cells);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned()
}

/// A row of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    record: &'a csv::StringRecord,
    /// Which of the rows it is, from 0.
    number: usize,
}

/// After so many problems a spreadsheet is the wrong one, and nobody reads on.
pub const MOST_PROBLEMS: usize = 20;

/// More headings than anybody's spreadsheet has.
const MOST_COLUMNS: usize = 1000;

impl Sheet {
    /// Reads a sheet. `map` has headings with the fields that they are to be.
    ///
    /// # Errors
    /// It is not a table, or `map` names a column or field that there is not.
    pub fn read(
        source: Arc<Source>,
        fields: &[Field],
        map: &[(String, String)],
    ) -> Result<Sheet, Vec<Diagnostic>> {
        let sheet = Sheet::read_as(source, fields, map, false)?;
        let short = sheet.short();
        if short.is_empty() { Ok(sheet) } else { Err(short) }
    }

    /// Reads a sheet that is written for Podium alone: its first line has the headings and tells what stands between
    /// cells, no row is a footnote, and cells may be missing at the end of one, as people and some programs write
    /// them. Of a feed such a row may be where it broke off.
    ///
    /// # Errors
    /// It is not a table.
    pub fn read_own(source: Arc<Source>, fields: &[Field]) -> Result<Sheet, Vec<Diagnostic>> {
        Sheet::read_as(source, fields, &[], true)
    }

    fn read_as(
        source: Arc<Source>,
        fields: &[Field],
        map: &[(String, String)],
        is_own: bool,
    ) -> Result<Sheet, Vec<Diagnostic>> {
        // Excel may say in a line of its own what stands between the columns.
        let told = source.text.lines().next().and_then(|line| line.strip_prefix("sep="));
        let skipped =
            told.map_or(0, |_| source.text.find('\n').map_or(source.text.len(), |i| i + 1));
        let body = &source.text[skipped..];
        let delimiter = told.and_then(|told| told.bytes().next()).unwrap_or_else(|| match is_own {
            true => delimiter(body.trim_start().lines().next().unwrap_or_default()),
            false => delimiter(body),
        });
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(body.as_bytes());
        let mut records = Vec::new();
        // Where each of the records ends, by where it begins.
        let mut ends: HashMap<u64, usize> = HashMap::new();
        loop {
            let mut record = csv::StringRecord::new();
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {
                    let end = reader.position().byte() as usize + skipped;
                    if let Some(mut position) = record.position().cloned() {
                        position.set_byte(position.byte() + skipped as u64);
                        ends.insert(position.byte(), end);
                        record.set_position(Some(position));
                    }
                    if !record.iter().all(|cell| cell.trim().is_empty()) {
                        records.push(record);
                    }
                }
                Err(error) => {
                    let place = Place::File(source.path.clone());
                    return Err(vec![Diagnostic::new(&codes::I001, place, error.to_string())]);
                }
            }
        }
        if records.len() < 2 {
            let place = Place::File(source.path.clone());
            let problem = Diagnostic::new(&codes::I001, place, "this spreadsheet has no rows")
                .help("the first line names the columns, the others are the rows");
            return Err(vec![problem]);
        }
        let above = if is_own { 0 } else { headings_at(&records, fields, map) };
        let mut titles = records;
        let mut records = titles.split_off(above + 1);
        let header = titles.pop().unwrap_or_default();
        let is_note = |record: &csv::StringRecord| !is_own && is_note(record, header.len());
        let kept =
            records.len() - records.iter().rev().take_while(|record| is_note(record)).count();
        let notes = records.split_off(kept);
        let mut sheet = Sheet {
            source,
            delimiter,
            header: 0..0,
            width: header.len(),
            headings: Vec::new(),
            ends,
            columns: BTreeMap::new(),
            lines: Vec::new(),
            records,
            unused: Vec::new(),
            aside: Vec::new(),
        };
        let start = sheet.start(&header);
        sheet.header = start..sheet.end(&header);
        sheet.lines = sheet.lines_of(&sheet.records);
        sheet.aside = sheet.lines_of(&titles);
        sheet.aside.extend(sheet.lines_of(&notes));
        if sheet.records.is_empty() {
            let place = Place::File(sheet.source.path.clone());
            let problem = Diagnostic::new(&codes::I001, place, "this spreadsheet has no rows")
                .help("the first line names the columns, the others are the rows");
            return Err(vec![problem]);
        }
        let mut problems = sheet.name_columns(&header, fields, map);
        problems.extend(sheet.uneven(&header));
        problems.extend(sheet.open_quotes());
        problems.extend(sheet.hidden());
        if problems.is_empty() { Ok(sheet) } else { Err(problems) }
    }

    /// The lines that records begin in.
    fn lines_of(&self, records: &[csv::StringRecord]) -> Vec<usize> {
        let (mut at, mut line) = (0, 1);
        let mut lines = Vec::with_capacity(records.len());
        for record in records {
            let start = self.start(record).max(at);
            line += self.source.text[at..start].bytes().filter(|byte| *byte == b'\n').count();
            at = start;
            lines.push(line);
        }
        lines
    }

    /// Cells with characters that cannot be seen: they would end up in names.
    fn hidden(&self) -> Vec<Diagnostic> {
        let is_hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let mut problems = Vec::new();
        for record in &self.records {
            for column in self.columns.values() {
                if record.get(*column).is_some_and(|cell| cell.trim().contains(is_hidden)) {
                    let place = self.place(record, *column..*column + 1);
                    problems.push(
                        Diagnostic::new(&codes::I003, place, "a control character is in this cell")
                            .help("write the cell anew"),
                    );
                }
            }
        }
        problems.truncate(MOST_PROBLEMS);
        problems
    }

    fn name_columns(
        &mut self,
        header: &csv::StringRecord,
        fields: &[Field],
        map: &[(String, String)],
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let headings: Vec<String> =
            header.iter().take(MOST_COLUMNS).map(|heading| heading.trim().to_owned()).collect();
        let slugs: Vec<String> = headings.iter().map(|heading| slug::slugify(heading)).collect();
        let mut taken = vec![false; headings.len()];
        for (heading, field) in map {
            let column = slugs.iter().position(|slug| *slug == slug::slugify(heading));
            let known = fields.iter().find(|known| known.name == field);
            match (column, known) {
                (Some(column), Some(field)) => {
                    self.columns.insert(field.name, column);
                    taken[column] = true;
                }
                (None, _) => {
                    let message = format!("--map names a column `{heading}` that is not there");
                    problems.push(
                        Diagnostic::new(
                            &codes::I002,
                            self.place(header, 0..headings.len()),
                            message,
                        )
                        .label("these are the columns"),
                    );
                }
                (_, None) => {
                    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                    let place = Place::File(self.source.path.clone());
                    problems.push(
                        Diagnostic::new(
                            &codes::I002,
                            place,
                            format!("--map names a field `{field}` that is not known"),
                        )
                        .help(format!("the fields are {}", names.join(", "))),
                    );
                }
            }
        }
        for field in fields.iter().filter(|field| !map.iter().any(|(_, name)| name == field.name)) {
            // The first synonym that is there wins: they stand in the order of how sure they are.
            let own = field.name.replace('_', "-");
            let abroad = ABROAD.iter().filter(|(name, _)| *name == field.name);
            let abroad = abroad.flat_map(|(_, words)| *words);
            for synonym in [&own.as_str()].into_iter().chain(field.synonyms).chain(abroad) {
                let mut columns = (0..slugs.len()).filter(|i| !taken[*i] && slugs[*i] == **synonym);
                let Some(column) = columns.next() else { continue };
                if let Some(second) = columns.next() {
                    let message = format!("two columns are called `{}`", headings[column]);
                    problems.push(
                        Diagnostic::new(
                            &codes::I002,
                            self.place(header, second..second + 1),
                            message,
                        )
                        .label("this is the second")
                        .help("give one of them another heading"),
                    );
                }
                self.columns.insert(field.name, column);
                taken[column] = true;
                break;
            }
        }
        let unused =
            headings.iter().zip(&taken).filter(|(heading, taken)| !**taken && !heading.is_empty());
        self.unused = unused.map(|(heading, _)| heading.clone()).collect();
        self.headings = headings;
        problems
    }

    /// Rows with more cells than the header: a comma that should stand in quotes moves all that
    /// follows into other columns.
    fn uneven(&self, header: &csv::StringRecord) -> Vec<Diagnostic> {
        let is_uneven = |record: &&csv::StringRecord| {
            // Some programs fill rows up with empty cells.
            record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty())
        };
        let report = |record| {
            self.lacking(record)
                .help("a cell with the separator in it stands in quotes: \"Paris, France\"")
        };
        self.records.iter().filter(is_uneven).take(MOST_PROBLEMS).map(report).collect()
    }

    /// Rows that end before a column that is needed.
    fn short(&self) -> Vec<Diagnostic> {
        let last = self.columns.values().max().copied().unwrap_or_default();
        let short = self.records.iter().filter(|record| record.len() <= last);
        let report =
            |record| self.lacking(record).help("a row has a cell for each column, empty or not");
        short.take(MOST_PROBLEMS).map(report).collect()
    }

    fn lacking(&self, record: &csv::StringRecord) -> Diagnostic {
        let message = format!("this row has {} cells, the header has {}", record.len(), self.width);
        Diagnostic::new(&codes::I001, self.place(record, 0..record.len()), message)
    }

    /// Cells that go over several lines: a quotation mark that is not closed swallows what follows.
    fn open_quotes(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for record in &self.records {
            let open = self
                .columns
                .values()
                .find(|column| record.get(**column).is_some_and(|cell| cell.trim().contains('\n')));
            if let Some(column) = open {
                let place = self.place(record, *column..*column + 1);
                let place = match place {
                    Place::Span(source, span) => Place::Span(source, span.start..span.start + 1),
                    other => other,
                };
                problems.push(
                    Diagnostic::new(&codes::I001, place, "this cell goes over several lines")
                        .label("it begins here")
                        .help("is a quotation mark not closed? One within a cell is doubled: \"\""),
                );
            }
        }
        problems.truncate(MOST_PROBLEMS);
        problems
    }

    /// Reports fields that are needed and have no column: one of each group must be there.
    pub fn needs(&self, groups: &[&[&'static str]]) -> Vec<Diagnostic> {
        let missing = groups.iter().filter(|group| !group.iter().any(|field| self.has(field)));
        missing
            .map(|group| {
                let place = Place::Span(self.source.clone(), self.header());
                let fields = group.join("` or `");
                Diagnostic::new(&codes::I002, place, format!("there is no column for `{fields}`"))
                    .label("these are the columns")
                    .help(format!("say which it is: --map \"HEADING={}\"", group[0]))
            })
            .collect()
    }

    /// Reports columns that nobody knows, in a sheet that is written for Podium alone.
    pub fn unknown(&self, fields: &[Field]) -> Vec<Diagnostic> {
        let names: Vec<String> = fields.iter().map(|field| field.name.to_owned()).collect();
        let report = |heading: &String| {
            let place = Place::Span(self.source.clone(), self.header());
            let message = format!("there is no column `{heading}` in such a sheet");
            Diagnostic::new(&codes::I002, place, message)
                .label(format!("the columns are {}", names.join(", ")))
                .did_you_mean(heading, names.iter().map(String::as_str))
        };
        self.unused.iter().take(MOST_PROBLEMS).map(report).collect()
    }

    /// The text that it was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The row of a number, from 0.
    pub fn row(&self, number: usize) -> Option<Row<'_>> {
        Some(Row { sheet: self, record: self.records.get(number)?, number })
    }

    /// Where the row of a number says something, or the sheet where it has no such row.
    pub fn place_of(&self, number: usize, field: &str) -> Place {
        match self.row(number) {
            Some(row) => row.place(field),
            None => Place::File(self.source.path.clone()),
        }
    }

    /// What the column of a field is called.
    pub fn heading(&self, field: &str) -> Option<&str> {
        self.headings.get(*self.columns.get(field)?).map(String::as_str)
    }

    /// Whether there is a column for a field.
    pub fn has(&self, field: &str) -> bool {
        self.columns.contains_key(field)
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().enumerate().map(|(number, record)| Row { sheet: self, record, number })
    }

    fn header(&self) -> Range<usize> {
        self.header.clone()
    }

    /// Where a record begins in the text.
    fn start(&self, record: &csv::StringRecord) -> usize {
        let bytes = self.source.text.as_bytes();
        let mut start = record.position().map_or(0, |position| position.byte() as usize);
        // After CR LF, and after empty lines, a record is said to begin where the line before ends.
        while bytes.get(start).is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            start += 1;
        }
        start.min(bytes.len())
    }

    /// Where a record ends in the text, without the end of its line.
    fn end(&self, record: &csv::StringRecord) -> usize {
        let start = self.start(record);
        let end = record.position().and_then(|position| self.ends.get(&position.byte()));
        let end = end.copied().unwrap_or(start).clamp(start, self.source.text.len());
        start + self.source.text[start..end].trim_end_matches(['\r', '\n']).len()
    }

    /// The text with rows changed, added and taken away. Every other byte stays as it is, unless columns are
    /// added. Fields that have no column yet get one.
    pub fn edited(&self, edits: &Edits) -> String {
        let cells = edits.changed.values().chain(edits.added.iter().map(|(_, cells)| cells));
        let mut new: Vec<&'static str> = Vec::new();
        for (field, text) in cells.flatten() {
            if !self.has(field) && !text.is_empty() && !new.contains(field) {
                new.push(field);
            }
        }
        let text = &self.source.text;
        let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let filled = |row: &str, cells: usize| {
            let separator = char::from(self.delimiter);
            format!("{row}{}", separator.to_string().repeat(cells))
        };
        let column = |field: &str| {
            let known = self.columns.get(field).copied();
            let added = || new.iter().position(|new| *new == field);
            known.or_else(|| added().map(|at| self.width + at))
        };
        let written = |old: Option<&csv::StringRecord>, cells: &Cells| {
            let old = old.into_iter().flatten().map(str::to_owned);
            let mut row: Vec<String> = old.collect();
            row.resize(row.len().max(self.width + new.len()), String::new());
            for (field, text) in cells {
                if let Some(cell) = column(field).and_then(|column| row.get_mut(column)) {
                    cell.clone_from(text);
                }
            }
            written(&row, self.delimiter)
        };
        let header = self.header();
        let mut edited = text[..header.start].to_owned();
        edited += &text[header.clone()];
        for field in &new {
            edited.push(char::from(self.delimiter));
            edited += field;
        }
        let mut from = header.end;
        let mut added: BTreeMap<Option<usize>, Vec<&Cells>> = BTreeMap::new();
        for (after, cells) in &edits.added {
            added.entry(*after).or_default().push(cells);
        }
        for (number, record) in self.records.iter().enumerate() {
            let start = self.start(record);
            let end = self.end(record);
            if edits.removed.contains(&number) {
                // With the end of the line before.
                edited += text[from..start].trim_end_matches(['\r', '\n']);
            } else {
                edited += &text[from..start];
                match edits.changed.get(&number) {
                    Some(cells) => edited += &written(Some(record), cells),
                    None => {
                        let missing = (self.width + new.len()).saturating_sub(record.len());
                        let missing = if new.is_empty() { 0 } else { missing };
                        edited += &filled(&text[start..end], missing);
                    }
                }
            }
            from = end;
            for cells in added.remove(&Some(number)).into_iter().flatten() {
                edited += ending;
                edited += &written(None, cells);
            }
        }
        for cells in added.into_values().flatten() {
            edited += ending;
            edited += &written(None, cells);
        }
        edited += &text[from..];
        if !edited.ends_with('\n') {
            edited += ending;
        }
        edited
    }

    /// Where cells of a record are in the text.
    fn place(&self, record: &csv::StringRecord, cells: Range<usize>) -> Place {
        let (start, at) = (self.start(record), self.end(record));
        let bytes = self.source.text.as_bytes();
        let mut starts = vec![start];
        let mut in_quotes = false;
        for i in start..at {
            let before = (i > start).then(|| bytes[i - 1]);
            let is_first = starts.last() == Some(&i);
            match bytes[i] {
                // A quotation mark opens a cell at its beginning alone, and two within one are one.
                b'"' if in_quotes => in_quotes = false,
                b'"' if is_first || before == Some(b'"') => in_quotes = true,
                byte if byte == self.delimiter && !in_quotes => starts.push(i + 1),
                _ => {}
            }
        }
        starts.push(at + 1);
        let from = starts.get(cells.start).copied().unwrap_or(start).min(at);
        let until = starts.get(cells.end).map_or(at, |next| next - 1).max(from);
        Place::Span(self.source.clone(), from..until)
    }
}

/// What fields are called in French and German, as slugs.
const ABROAD: &[(&str, &[&str])] = &[
    (
        "noc",
        &["cno", "pays", "nation", "land", "nationalite", "nationalitat", "code-pays", "kurzel"],
    ),
    ("name", &["nom", "pays", "land"]),
    ("sport", &["sportart", "disziplin", "discipline"]),
    ("event", &["epreuve", "wettbewerb", "wettkampf", "bewerb"]),
    ("event_code", &["code-epreuve", "code-de-l-epreuve", "wettbewerbscode"]),
    ("medal", &["medaille", "rang", "platz", "classement", "platzierung"]),
    ("athlete", &["athlete", "athlet", "athletin", "sportler", "sportlerin", "nom", "nom-complet"]),
    ("athlete_code", &["code-athlete", "athletencode"]),
    ("team", &["equipe", "mannschaft"]),
    ("date", &["jour", "datum", "tag"]),
    ("gender", &["sexe", "genre", "geschlecht"]),
    ("family", &["nom-de-famille", "nachname", "familienname"]),
    ("given", &["prenom", "vorname"]),
    ("entries", &["epreuves", "wettbewerbe"]),
    ("session", &["phase", "tour", "runde", "einheit"]),
    ("start", &["debut", "heure", "heure-de-debut", "beginn", "anfang", "uhrzeit"]),
    ("end", &["fin", "heure-de-fin", "ende"]),
    ("venue", &["lieu", "site", "ort", "sportstatte", "austragungsort"]),
    ("medal_session", &["finale"]),
    ("status", &["statut", "etat", "stand"]),
    ("gold", &["or"]),
    ("silver", &["argent", "silber"]),
    ("total", &["gesamt", "summe", "somme"]),
    ("rank", &["rang", "platz", "classement"]),
    ("long_name", &["nom-officiel", "langform"]),
];

/// So many lines may stand above the headings.
const MOST_TITLES: usize = 10;

/// Which of the first records has the headings: the one with the most that are understood.
fn headings_at(records: &[csv::StringRecord], fields: &[Field], map: &[(String, String)]) -> usize {
    let is_heading = |cell: &str| {
        let slug = slug::slugify(cell);
        let is_of = |field: &Field| {
            field.name.replace('_', "-") == slug
                || field.synonyms.contains(&slug.as_str())
                || ABROAD
                    .iter()
                    .any(|(name, words)| *name == field.name && words.contains(&slug.as_str()))
        };
        map.iter().any(|(heading, _)| slug::slugify(heading) == slug) || fields.iter().any(is_of)
    };
    let understood = |record: &csv::StringRecord| {
        record.iter().take(MOST_COLUMNS).filter(|cell| is_heading(cell)).count()
    };
    let rows = records.len().saturating_sub(1).min(MOST_TITLES);
    // Above them stand titles, of one cell or two. The last of equals is nothing better than the first.
    let best = (0..rows.max(1)).rev().max_by_key(|i| understood(&records[*i])).unwrap_or_default();
    if understood(&records[best]) >= 2 { best } else { 0 }
}

/// Whether a record below the rows is none: a footnote, a source, a sum.
fn is_note(record: &csv::StringRecord, columns: usize) -> bool {
    const SUMS: [&str; 8] =
        ["total", "totals", "sum", "gesamt", "summe", "somme", "totaux", "total-general"];
    let mut cells = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let first = slug::slugify(cells.next().unwrap_or_default());
    // A sum has numbers alone: `Total,CHN,Luo Shi,1,241` is a row.
    let has_words = cells.clone().any(|cell| cell.contains(char::is_alphabetic));
    let is_sum = SUMS.contains(&first.as_str()) && !has_words;
    columns > 2 && (cells.next().is_none() || is_sum)
}

/// What stands between columns: what there is most of in one of the first lines.
fn delimiter(text: &str) -> u8 {
    let count = |sign: u8| {
        let lines = text.lines().take(MOST_TITLES + 1);
        lines.map(|line| line.bytes().filter(|byte| *byte == sign).count()).max()
    };
    let signs = [b',', b';', b'\t', b'|'];
    signs.into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

impl<'a> Row<'a> {
    /// What a cell says, without spaces around it. Nothing if there is no such column or the cell is
    /// empty.
    pub fn get(&self, field: &str) -> Option<&'a str> {
        let column = self.sheet.columns.get(field)?;
        self.record.get(*column).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The same without what keeps a spreadsheet from changing it: an apostrophe in front, or a formula that
    /// is nothing but a text, `="15.300"`.
    pub fn text(&self, field: &str) -> Option<&'a str> {
        let cell = self.get(field)?;
        let formula = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
        // Of 't Hooft the apostrophe is a part.
        let kept = cell.strip_prefix('\'').filter(|rest| !rest.starts_with(char::is_alphabetic));
        let bare = formula.or(kept).unwrap_or(cell).trim();
        Some(bare).filter(|text| !text.is_empty())
    }

    /// Whether the cell is written so that no spreadsheet changes it.
    pub fn is_guarded(&self, field: &str) -> bool {
        self.get(field).is_some_and(|cell| cell.starts_with(['\'', '=']))
    }

    /// Which of the sheet's rows it is, from 0.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether the program that wrote the sheet puts a comma into numbers: so do those that part cells
    /// with semicolons.
    pub fn has_decimal_commas(&self) -> bool {
        self.sheet.delimiter == b';'
    }

    /// The line that it begins in, from 1.
    pub fn line(&self) -> usize {
        self.sheet.lines[self.number]
    }

    /// Where a cell is, or the row where there is no such column.
    pub fn place(&self, field: &str) -> Place {
        match self.sheet.columns.get(field) {
            Some(column) => self.sheet.place(self.record, *column..*column + 1),
            None => self.sheet.place(self.record, 0..self.record.len()),
        }
    }
}

/// A spreadsheet as CSV (RFC 4180, with the line ends of Unix).
pub fn write(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(header);
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell));
        written = written.and_then(|()| writer.write_record(cells));
    }
    // It writes to memory, so nothing can fail.
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula: an apostrophe in front says that it is a text.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field { name: "noc", synonyms: &["country"] },
        Field { name: "athlete", synonyms: &["name"] },
    ];

    fn sheet(text: &str, map: &[(&str, &str)]) -> Result<Sheet, Vec<Diagnostic>> {
        let source = Arc::new(Source::new("a.csv", text));
        let map: Vec<_> = map.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Sheet::read(source, FIELDS, &map)
    }

    fn cells(sheet: &Sheet) -> Vec<(Option<&str>, Option<&str>)> {
        sheet.rows().map(|row| (row.get("noc"), row.get("athlete"))).collect()
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_with_any_separator() {
        for text in [
            "noc,athlete\nKOR,Ann\n",
            "Name;Country\r\nAnn;KOR\r\n",
            "x\tATHLETE\tNOC\n1\t Ann\tKOR\n",
            "sep=;\nCountry;Name\nKOR;Ann\n",
            "\"noc\",\"athlete\"\n\"KOR\",\"Ann\"\n,\n",
        ] {
            assert_eq!(cells(&sheet(text, &[]).unwrap()), [(Some("KOR"), Some("Ann"))], "{text}");
        }
    }

    #[test]
    fn a_map_wins_over_names() {
        let sheet = sheet("noc,land,name\nx,KOR,Ann\n", &[("Land", "noc")]).unwrap();
        assert_eq!(cells(&sheet), [(Some("KOR"), Some("Ann"))]);
        assert_eq!(sheet.unused, ["noc"]);
    }

    #[test]
    fn the_place_of_a_cell_is_its_own() {
        let sheet = sheet("noc,athlete\n\"K,O\"\"R\",Ann\n", &[]).unwrap();
        let row = sheet.rows().next().unwrap();
        assert_eq!(row.get("noc"), Some("K,O\"R"));
        let Place::Span(source, span) = row.place("athlete") else { panic!() };
        assert_eq!(&source.text[span], "Ann");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for text in ["", "noc,athlete\n", "noc,athlete\nKOR,Ann,x\n", "noc,noc\nA,B\n"] {
            assert!(sheet(text, &[]).is_err(), "{text}");
        }
        assert!(sheet("noc,athlete\nKOR,Ann\n", &[("land", "noc")]).is_err());
        assert!(sheet("noc,athlete\nKOR,Ann\n", &[("noc", "lnad")]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(noc[,;]athlete\n)?[-A-Za-z,;\"\t\r\né |]{0,80}") {
            if let Ok(sheet) = sheet(&text, &[]) {
                for row in sheet.rows() {
                    let _ = (row.get("noc"), row.place("noc"), row.place("athlete"), row.place("x"));
                }
            }
        }
    }
}
