//! How long the parts of a build took: what `-v` says and `--timings` writes. Nothing of it is published.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::text::counted;

/// So many of the slowest pages and templates are told.
const MOST: usize = 10;

/// A part of the work, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Discover,
    Parse,
    Assemble,
    /// The theme is loaded.
    Theme,
    /// The checks of documents and podiums.
    CheckDocuments,
    Plan,
    /// Pages are rendered, examined by the checks, and written beside the site.
    Render,
    /// Derivatives of pictures are made, or taken from those that were made before.
    Pictures,
    /// The checks of all pages together.
    CheckPages,
    /// What was written takes the place of the site.
    Publish,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Stage::Discover => "discover",
            Stage::Parse => "parse",
            Stage::Assemble => "assemble",
            Stage::Theme => "theme",
            Stage::CheckDocuments => "check documents",
            Stage::Plan => "plan",
            Stage::Render => "render and write",
            Stage::Pictures => "pictures",
            Stage::CheckPages => "check pages",
            Stage::Publish => "publish",
        }
    }
}

/// Collects times from several threads. It keeps no more of the pages than is told, however many there are.
#[derive(Debug, Default)]
pub struct Timings(Mutex<Collected>);

#[derive(Debug, Default)]
struct Collected {
    stages: BTreeMap<Stage, Duration>,
    /// The slowest, slowest first.
    pages: Vec<PageTime>,
    templates: BTreeMap<&'static str, TemplateTime>,
}

#[derive(Clone, Debug, Serialize)]
struct PageTime {
    address: String,
    template: &'static str,
    #[serde(rename = "seconds", serialize_with = "seconds")]
    took: Duration,
}

#[derive(Clone, Copy, Debug, Default)]
struct TemplateTime {
    pages: usize,
    took: Duration,
}

impl Timings {
    fn collected(&self) -> MutexGuard<'_, Collected> {
        // Somebody who panicked left whole values behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A stage took so long; several parts of one are added up.
    pub fn stage(&self, stage: Stage, took: Duration) {
        *self.collected().stages.entry(stage).or_default() += took;
    }

    /// A page or file took a thread so long. `template` is the file of its template, or what kind of file
    /// it is.
    pub fn page(&self, address: &str, template: &'static str, took: Duration) {
        let mut collected = self.collected();
        let sum = collected.templates.entry(template).or_default();
        sum.pages += 1;
        sum.took += took;
        let pages = &mut collected.pages;
        let at = pages.partition_point(|page| page.took >= took);
        if at < MOST {
            pages.insert(at, PageTime { address: address.to_owned(), template, took });
            pages.truncate(MOST);
        }
    }

    /// What there is to tell of a run that took so long.
    pub fn report(&self, total: Duration) -> Report {
        let collected = self.collected();
        let stages =
            collected.stages.iter().map(|(stage, took)| StageReport { stage: *stage, took: *took });
        let mut templates: Vec<TemplateReport> = collected
            .templates
            .iter()
            .map(|(template, sum)| TemplateReport { template, pages: sum.pages, took: sum.took })
            .collect();
        templates.sort_by_key(|template| std::cmp::Reverse(template.took));
        templates.truncate(MOST);
        Report { total, stages: stages.collect(), pages: collected.pages.clone(), templates }
    }
}

/// How long a run took, and what of it.
#[derive(Debug, Serialize)]
pub struct Report {
    #[serde(rename = "seconds", serialize_with = "seconds")]
    total: Duration,
    stages: Vec<StageReport>,
    /// The slowest pages and files, by the time of one thread.
    pages: Vec<PageTime>,
    /// The templates that took most, by the time of all threads together.
    templates: Vec<TemplateReport>,
}

#[derive(Debug, Serialize)]
struct StageReport {
    stage: Stage,
    #[serde(rename = "seconds", serialize_with = "seconds")]
    took: Duration,
}

#[derive(Debug, Serialize)]
struct TemplateReport {
    template: &'static str,
    pages: usize,
    #[serde(rename = "seconds", serialize_with = "seconds")]
    took: Duration,
}

/// To the microsecond: what is below is noise.
#[expect(clippy::cast_precision_loss, reason = "no run takes 285 years")]
fn seconds<S: Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(took.as_micros() as f64 / 1e6)
}

impl Report {
    /// For people: a line for each stage, template and page.
    pub fn lines(&self) -> String {
        let mut text = String::new();
        let ms = |took: Duration| took.as_secs_f64() * 1000.0;
        for StageReport { stage, took } in &self.stages {
            let _ = writeln!(text, "{:>10.1} ms  {}", ms(*took), stage.name());
        }
        text += "Templates that took most, in all threads together:\n";
        for TemplateReport { template, pages, took } in &self.templates {
            let pages = counted(*pages, "page");
            let _ = writeln!(text, "{:>10.1} ms  {template}, {pages}", ms(*took));
        }
        text += "Slowest pages:\n";
        for PageTime { address, template, took } in &self.pages {
            let _ = writeln!(text, "{:>10.1} ms  {address}, {template}", ms(*took));
        }
        text
    }

    /// For programs; the README says what is in it.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_pages_and_all_templates_are_told() {
        let timings = Timings::default();
        for i in 0..100_u64 {
            let at = i * 7 % 100;
            timings.page(&format!("/{at}/"), "story.html", Duration::from_millis(at));
        }
        timings.page("/feed.xml", "feed", Duration::from_secs(9));
        timings.stage(Stage::Render, Duration::from_micros(1_500));
        timings.stage(Stage::Parse, Duration::from_millis(2));
        timings.stage(Stage::Parse, Duration::from_millis(1));
        let report = timings.report(Duration::from_secs(1));
        let pages: Vec<&str> = report.pages.iter().map(|page| page.address.as_str()).collect();
        assert_eq!(pages[..3], ["/feed.xml", "/99/", "/98/"]);
        assert_eq!(pages.len(), MOST);
        let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
        assert_eq!(json["seconds"], 1.0);
        assert_eq!(
            json["stages"],
            serde_json::json!([
                {"stage": "parse", "seconds": 0.003},
                {"stage": "render", "seconds": 0.0015},
            ])
        );
        assert_eq!(json["templates"][0]["template"], "feed");
        assert_eq!(
            json["templates"][1],
            serde_json::json!({"template": "story.html", "pages": 100, "seconds": 4.95})
        );
        assert!(
            report.lines().starts_with("       3.0 ms  parse\n       1.5 ms  render and write\n")
        );
    }
}
