//! What spreadsheets do to cells of a sheet of results, and how cells are written so that they do not.

/// A mark with a decimal point, which some programs write as a comma: wherever they part cells with semicolons, and
/// otherwise before fewer than three digits.
pub fn as_printed(mark: &str, has_decimal_commas: bool) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match mark.split_once(',') {
        Some((whole, part)) if (has_decimal_commas || part.len() < 3) && digits(part) => {
            let last = whole.rsplit([':', '+', '-']).next().unwrap_or(whole);
            if digits(last) { format!("{whole}.{part}") } else { mark.to_owned() }
        }
        _ => mark.to_owned(),
    }
}

/// Whether a cell says in a code why there is no rank or mark: the common ones of results systems.
pub fn is_irregular(cell: &str) -> bool {
    const CODES: [&str; 14] = [
        "DNS", "DNF", "DSQ", "DQ", "DQB", "NM", "NP", "RET", "WD", "W/O", "WO", "LAP", "DNQ", "OTL",
    ];
    CODES.contains(&cell.trim().to_uppercase().as_str())
}

/// A code in capitals; words stay as they are.
pub fn in_code(written: &str) -> String {
    let is_code = written.len() <= 4 && !written.contains(' ');
    if is_code { written.to_uppercase() } else { written.to_owned() }
}

/// A date as a spreadsheet has rewritten it, in the form that dates have: `03.08.2024 12:00`, and with slashes where
/// the day can be told from the month.
pub fn regular(written: &str) -> Option<String> {
    let (day, rest) = written.split_at(written.find([' ', 'T']).unwrap_or(written.len()));
    let sign = if day.contains('.') { '.' } else { '/' };
    let mut numbers = day.split(sign).map(str::parse::<u16>);
    let (first, second, year) =
        (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    if numbers.next().is_some() || year < 1000 {
        return None;
    }
    let (day, month) = match (sign, first, second) {
        ('.', day, month) | ('/', day @ 13.., month) => (day, month),
        (_, month, day @ 13..) => (day, month),
        (_, day, month) if day == month => (day, month),
        _ => return None,
    };
    Some(format!("{year}-{month:02}-{day:02}{rest}"))
}

/// What a spreadsheet program has done to a cell, if it has.
pub fn damage(cell: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = cell.to_lowercase();
    if lower.starts_with('#') && (lower.ends_with(['?', '!', '#']) || lower == "#n/a") {
        return Some("is what a spreadsheet shows instead of a formula");
    }
    let numbers: Vec<&str> = lower.split(['.', '-', '/']).collect();
    let lengths: Vec<usize> = numbers.iter().map(|number| number.len()).collect();
    let are_numbers = numbers.iter().all(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    if are_numbers && matches!(lengths[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]) {
        return Some("is what a spreadsheet makes of a score");
    }
    let (first, last) = lower.split_once(['-', ' '])?;
    let is_month = |text: &str| MONTHS.contains(&text.trim_end_matches('.'));
    let is_number = |text: &str| {
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_date = (is_month(first) && is_number(last)) || (is_number(first) && is_month(last));
    is_date.then_some("is what a spreadsheet makes of a score")
}

/// Whether a spreadsheet would take a text for a formula, or for one that is kept from being one.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t'])
        || text.strip_prefix('\'').is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// A cell as it is written so that spreadsheets leave it alone: with an apostrophe in front where they would
/// take it for a formula, a date or a number and change it.
pub fn guarded(text: &str) -> String {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_plain_number = text.bytes().all(|byte| byte.is_ascii_digit())
        && !(text.starts_with('0') && text.len() > 1);
    let is_number_like = has_digit
        && text.bytes().all(|byte| byte.is_ascii_digit() || b".,:+-/ %eE".contains(&byte));
    let is_formula = is_formula(text);
    match is_formula || (is_number_like && !is_plain_number) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}
