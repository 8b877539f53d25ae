//! Which stories stand beside a story.

use super::Site;

/// How many are chosen.
const WANTED: usize = 6;
/// Of what two stories share, only so many of the newest are looked at: the cost grows with the
/// number of stories in a straight line, however many share a tag.
const NEWEST: usize = 40;

/// Chooses, for each story, the stories that share most with it: an event counts more than an
/// athlete, an athlete more than a tag. Where few share anything, the newest follow.
pub fn choose(site: &mut Site) {
    let mut chosen = Vec::with_capacity(site.stories.len());
    // Points of every story for the one at hand; emptied after each.
    let mut points = vec![0u32; site.stories.len()];
    let mut touched: Vec<usize> = Vec::new();
    for (i, story) in site.stories.iter().enumerate() {
        {
            let mut give = |stories: &[usize], value: u32| {
                for other in stories.iter().take(NEWEST).filter(|other| **other != i) {
                    if points[*other] == 0 {
                        touched.push(*other);
                    }
                    points[*other] += value;
                }
            };
            story.events.iter().for_each(|event| give(&site.events[*event].stories, 8));
            story.athletes.iter().for_each(|athlete| give(&site.athletes[*athlete].stories, 5));
            story.tags.iter().for_each(|tag| give(&site.tags[*tag].stories, 3));
            story.sports.iter().for_each(|sport| give(&site.sports[*sport].stories, 2));
            story.nations.iter().for_each(|nation| give(&site.nations[*nation].stories, 1));
        }
        // Newest first among equals: stories are in that order already.
        touched.sort_unstable_by(|a, b| points[*b].cmp(&points[*a]).then(a.cmp(b)));
        let by_points = touched.iter().copied();
        let mut more: Vec<usize> =
            by_points.filter(|other| !story.related.contains(other)).take(WANTED).collect();
        for newest in 0..site.stories.len() {
            if more.len() >= WANTED {
                break;
            }
            if newest != i && !more.contains(&newest) && !story.related.contains(&newest) {
                more.push(newest);
            }
        }
        chosen.push(more);
        for other in touched.drain(..) {
            points[other] = 0;
        }
    }
    for (story, more) in site.stories.iter_mut().zip(chosen) {
        story.more = more;
    }
}
