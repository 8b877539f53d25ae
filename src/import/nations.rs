//! Nations: a file only where the spreadsheet knows something that is not built in.

use super::{Import, Node, edit, text, texts, values};
use crate::games::noc::{COMMITTEES, Standing};
use crate::sheet::Field;
use crate::slug;
use crate::text::counted;

pub const FIELDS: &[Field] = &[
    Field { name: "noc", synonyms: &["code", "noc-code", "country-code", "ioc", "ioc-code"] },
    Field { name: "name", synonyms: &["short-name", "country", "nation", "country-name"] },
    Field { name: "long_name", synonyms: &["official-name", "full-name", "country-long"] },
    Field { name: "in_medal_table", synonyms: &["medal-table", "in-table", "counted"] },
    Field { name: "status", synonyms: &["state", "standing"] },
    // An ISO code is no name that anybody writes.
    Field { name: "iso2", synonyms: &["iso", "alpha-2", "iso-3166"] },
];

pub fn import(import: &mut Import) {
    import.problems.extend(import.sheet.needs(&[&["noc"], &["name"]]));
    let mut seen = std::collections::BTreeMap::new();
    let mut past = 0;
    for row in import.sheet.rows() {
        let Some(code) = import.required(&row, "noc") else { continue };
        let code = code.to_ascii_uppercase();
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            import.wrong(
                &row,
                "noc",
                format!("`{code}` is not a code"),
                "expected three letters, such as KOR",
            );
            continue;
        }
        if let Some(first) = seen.insert(code.clone(), row.line()) {
            let message = format!("`{code}` is in line {first} already");
            import.wrong(&row, "noc", message, "a nation has one row");
            continue;
        }
        let Some(name) = import.required(&row, "name") else { continue };
        let in_table = row.get("in_medal_table").map(values::truth);
        if in_table == Some(None) {
            import.wrong(
                &row,
                "in_medal_table",
                "this is neither yes nor no",
                "expected yes or no",
            );
            continue;
        }
        import.plan.rows += 1;
        let doc = import.site.nation_doc(&code);
        let built_in = COMMITTEES.iter().find(|(known, ..)| *known == code);
        // Nations of the past have no page until something names them.
        let status = row.get("status").unwrap_or_default().to_lowercase();
        let is_past = ["hist", "former", "past", "not", "inactive", "defunct", "dissolved"]
            .iter()
            .any(|word| status.starts_with(word))
            || built_in.is_some_and(|(.., standing)| *standing == Standing::Historic);
        if doc.is_none() && is_past {
            past += 1;
            continue;
        }
        if let Some(other) = import.site.nation_code(name).filter(|other| *other != code) {
            import.wrong(
                &row,
                "name",
                format!("`{name}` is the name of {other}"),
                "of one nation only",
            );
            continue;
        }
        let mut wanted: Vec<(&str, Node)> = Vec::new();
        // A code is no name: some spreadsheets have nothing better.
        let has_name = name != code;
        let known = built_in.map(|(_, name, _)| *name);
        // Where the long name is the built-in one, the short one is cut: "Centr Afric Rep".
        let is_known = known.is_some_and(|known| {
            let is_it =
                |other: &str| slug::slugify(&other.replace('&', " and ")) == slug::slugify(known);
            is_it(name) || row.get("long_name").is_some_and(is_it)
        });
        if has_name && !is_known && doc.is_none_or(|doc| doc.name.is_none()) {
            wanted.push(("name", text(name)));
        }
        let mut aliases: Vec<&str> =
            doc.map(|doc| doc.aliases.iter().map(String::as_str).collect()).unwrap_or_default();
        for other in [Some(name).filter(|_| has_name), row.get("long_name")].into_iter().flatten() {
            let is_written =
                wanted.iter().any(|(key, node)| *key == "name" && *node == text(other));
            let is_known = import.site.nation_code(other) == Some(code.as_str());
            // What another nation is called already cannot mean this one too.
            if !is_written && import.site.nation_code(other).is_none() && !is_known && other != code
            {
                aliases.push(other);
            }
        }
        if !aliases.is_empty() && doc.is_none_or(|doc| doc.aliases.len() != aliases.len()) {
            wanted.push(("aliases", texts(aliases)));
        }
        let stands = built_in.is_none_or(|(.., standing)| *standing != Standing::OutsideTable);
        let recorded = doc.and_then(|doc| doc.in_medal_table).unwrap_or(stands);
        if let Some(Some(in_table)) = in_table
            && in_table != recorded
        {
            wanted.push(("in_medal_table", Node::Bool(in_table)));
        }
        match doc {
            Some(doc) => {
                let wanted: Vec<(&str, Option<edit::Node>)> =
                    wanted.into_iter().map(|(key, node)| (key, Some(node))).collect();
                import.change(Some(&row), &doc.file, &wanted);
            }
            None if wanted.is_empty() => import.plan.unchanged += 1,
            None => {
                let path = format!("nations/{}.md", code.to_ascii_lowercase());
                import.create(&row, &path, &wanted);
            }
        }
    }
    if past > 0 {
        import
            .plan
            .notes
            .push(format!("left out, since they do not compete: {}", counted(past, "nation")));
    }
}
