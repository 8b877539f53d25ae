//! Which stories stand beside a story.

use rayon::prelude::*;

use super::Site;

/// How many are chosen.
const WANTED: usize = 6;
/// Of what two stories share, only so many of the newest are looked at: the cost grows with the
/// number of stories in a straight line, however many share a tag.
const NEWEST: usize = 40;

/// Chooses, for each story, the stories that share most with it: an event counts more than an
/// athlete, an athlete more than a tag, and who wrote it least. Where few share anything, the newest follow.
pub fn choose(site: &mut Site) {
    let chosen: Vec<Vec<usize>> = (0..site.stories.len())
        .into_par_iter()
        .map_init(|| Points::new(site.stories.len()), |points, i| beside(site, i, points))
        .collect();
    for (story, more) in site.stories.iter_mut().zip(chosen) {
        story.more = more;
    }
}

/// Points of every story for the one at hand. One for each thread, emptied after each story.
struct Points {
    of: Vec<u32>,
    touched: Vec<usize>,
}

impl Points {
    fn new(stories: usize) -> Points {
        Points { of: vec![0; stories], touched: Vec::new() }
    }

    fn give(&mut self, stories: &[usize], points: u32) {
        for story in stories.iter().take(NEWEST) {
            if self.of[*story] == 0 {
                self.touched.push(*story);
            }
            self.of[*story] += points;
        }
    }
}

fn beside(site: &Site, i: usize, points: &mut Points) -> Vec<usize> {
    let story = &site.stories[i];
    story.events.iter().for_each(|event| points.give(&site.events[*event].stories, 8));
    story.athletes.iter().for_each(|athlete| points.give(&site.athletes[*athlete].stories, 5));
    story.tags.iter().for_each(|tag| points.give(&site.tags[*tag].stories, 3));
    story.sports.iter().for_each(|sport| points.give(&site.sports[*sport].stories, 2));
    story.nations.iter().for_each(|nation| points.give(&site.nations[*nation].stories, 1));
    story.authors.iter().for_each(|author| points.give(&site.authors[*author].stories, 1));
    // Newest first among equals: stories are in that order already.
    let of = &points.of;
    let better = |a: &usize, b: &usize| of[*b].cmp(&of[*a]).then(a.cmp(b));
    // Of hundreds of stories a few are wanted, besides those that are left out below.
    let enough = WANTED + 1 + story.related.len();
    if points.touched.len() > enough {
        points.touched.select_nth_unstable_by(enough, better);
    }
    let best = enough.min(points.touched.len());
    points.touched[..best].sort_unstable_by(better);
    let is_other = |other: &usize| *other != i && !story.related.contains(other);
    let mut more: Vec<usize> =
        points.touched[..best].iter().copied().filter(is_other).take(WANTED).collect();
    let newest = (0..site.stories.len()).filter(is_other);
    for story in newest {
        if more.len() >= WANTED {
            break;
        }
        if !more.contains(&story) {
            more.push(story);
        }
    }
    for touched in points.touched.drain(..) {
        points.of[touched] = 0;
    }
    more
}
