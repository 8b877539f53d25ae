//! On which pages of a PDF the things are that links in it lead to.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};

/// What a PDF says of its pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folios {
    pub(super) pages: usize,
    /// Named destinations (ISO 32000-1, section 12.3.2.3), each with its page, from 1.
    pub(super) destinations: BTreeMap<String, usize>,
}

/// Reads a PDF. Nothing if it is none.
pub(super) fn read(bytes: Vec<u8>) -> Option<Folios> {
    let pdf = Pdf::new(bytes).ok()?;
    let ids: Vec<Option<ObjectIdentifier>> =
        pdf.pages().iter().map(|page| page.raw().obj_id()).collect();
    let mut destinations = BTreeMap::new();
    let xref = pdf.xref();
    let catalog: Dict = xref.get(xref.root_id())?;
    let named: Dict = catalog.get("Dests").unwrap_or_else(Dict::empty);
    for name in named.keys() {
        let target = named.get::<Array>(name.as_str());
        let page = target.and_then(|target| target.raw_iter().next()?.as_obj_ref());
        let Some(page) = page.map(ObjectIdentifier::from) else { continue };
        if let Some(at) = ids.iter().position(|id| *id == Some(page)) {
            destinations.insert(name.as_str().to_owned(), at + 1);
        }
    }
    Some(Folios { pages: ids.len(), destinations })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pages, of which a link leads to the second.
    const PDF: &str = "%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R /Dests 5 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 9 9]>> endobj
3 0 obj <</Type /Page /Parent 2 0 R>> endobj
4 0 obj <</Type /Page /Parent 2 0 R>> endobj
5 0 obj <</story-1 [4 0 R /XYZ 0 9 0]>> endobj
trailer <</Root 1 0 R /Size 6>>
%%EOF
";

    #[test]
    fn a_destination_has_the_number_of_its_page() {
        let found = read(PDF.as_bytes().to_vec()).unwrap();
        assert_eq!(found.pages, 2);
        assert_eq!(found.destinations, BTreeMap::from([("story-1".to_owned(), 2)]));
    }

    #[test]
    fn what_is_no_pdf_is_nothing() {
        assert_eq!(read(b"<html>".to_vec()), None);
        assert_eq!(read(Vec::new()), None);
    }
}
