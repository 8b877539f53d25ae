//! The race for gold medals over the days, as lines that a template draws.

use serde::Serialize;
use tera::Value;

use super::cards::{Cards, civil_date};
use super::standings::drawn;
use crate::assemble::Site;
use crate::games::medals::{self, When};

/// As many lines as can be told apart.
const NATIONS: usize = 8;

/// The size of the drawing, in units of its own.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 96.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 36.0;
/// The least distance between two labels.
const LABEL: f64 = 24.0;

/// A chart of the gold medals of the leading nations, day by day.
#[derive(Debug, Serialize)]
pub struct Race {
    width: f64,
    height: f64,
    left: f64,
    /// Where the lines end.
    right: f64,
    bottom: f64,
    /// Numbers of medals at the side.
    ticks: Vec<Tick>,
    first: Option<Value>,
    last: Option<Value>,
    days: Vec<Day>,
    lines: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Tick {
    value: u32,
    y: String,
}

#[derive(Debug, Serialize)]
struct Day {
    date: Option<Value>,
    x: String,
    /// Whether there is room for its name.
    is_named: bool,
    /// Gold medals by then, in the order of the lines.
    golds: Vec<u32>,
}

#[derive(Debug, Serialize)]
struct Line {
    nation: Value,
    /// From 1.
    number: usize,
    points: String,
    end_y: String,
    label_y: String,
    gold: u32,
}

/// The chart. Nothing if there is nothing to race for yet: fewer than two days, or no gold.
pub fn race(site: &Site, cards: &Cards) -> Option<Race> {
    let days = drawn(&medals::days(site.counted_awards().map(|award| &award.tenure)));
    let leaders = site.medal_table.iter().filter(|row| row.tally.gold > 0).take(NATIONS);
    let leaders: Vec<&str> = leaders.map(|row| row.code.as_str()).collect();
    if days.len() < 2 || leaders.is_empty() {
        return None;
    }
    let golds: Vec<Vec<u32>> = days
        .iter()
        .map(|day| {
            let tallies = site.tallies(site.counted_awards(), When::Evening(*day));
            leaders.iter().map(|code| tallies.get(*code).map_or(0, |tally| tally.gold)).collect()
        })
        .collect();
    let most = golds.iter().flatten().copied().max().unwrap_or(0).max(1);
    let step = step(most);
    let top = most.div_ceil(step) * step;
    let x = |day: usize| LEFT + (WIDTH - LEFT - RIGHT) * day as f64 / (days.len() - 1) as f64;
    let y =
        |gold: u32| HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * f64::from(gold) / f64::from(top);
    let ends: Vec<f64> = golds[days.len() - 1].iter().map(|gold| y(*gold)).collect();
    let labels = apart(&ends);
    let lines = leaders.iter().enumerate().filter_map(|(i, code)| {
        let nation = site.nation_of_code(code)?;
        let points = golds.iter().enumerate();
        let points = points.map(|(day, golds)| format!("{:.1},{:.1}", x(day), y(golds[i])));
        Some(Line {
            nation: cards.nations[nation].clone(),
            number: i + 1,
            points: points.collect::<Vec<_>>().join(" "),
            end_y: format!("{:.1}", ends[i]),
            label_y: format!("{:.1}", labels[i]),
            gold: golds[days.len() - 1][i],
        })
    });
    let every = days.len().div_ceil(5).max(1);
    let named = |day: usize| (days.len() - 1 - day).is_multiple_of(every);
    Some(Race {
        width: WIDTH,
        height: HEIGHT,
        left: LEFT,
        right: WIDTH - RIGHT,
        bottom: HEIGHT - BOTTOM,
        ticks: (0..=top / step)
            .map(|i| Tick { value: i * step, y: format!("{:.1}", y(i * step)) })
            .collect(),
        first: days.first().and_then(|day| civil_date(*day)),
        last: days.last().and_then(|day| civil_date(*day)),
        lines: lines.collect(),
        days: days
            .iter()
            .zip(golds.clone())
            .enumerate()
            .map(|(i, (day, golds))| Day {
                date: civil_date(*day),
                x: format!("{:.1}", x(i)),
                is_named: named(i),
                golds,
            })
            .collect(),
    })
}

/// A round number of medals between two lines of the grid, about five of which are wanted.
fn step(most: u32) -> u32 {
    [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|step| most / step <= 5).unwrap_or(1000)
}

/// Where labels stand that want to stand at these heights, none over another.
fn apart(wanted: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut places = vec![0.0; wanted.len()];
    let mut lowest = TOP;
    for i in &order {
        places[*i] = wanted[*i].max(lowest);
        lowest = places[*i] + LABEL;
    }
    // What was pushed out below goes up again.
    let mut highest = HEIGHT - BOTTOM;
    for i in order.iter().rev() {
        places[*i] = places[*i].min(highest);
        highest = places[*i] - LABEL;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_cover_each_other() {
        let places = apart(&[100.0, 100.0, 101.0, 320.0, 321.0, 322.0, 20.0, 21.0]);
        let mut sorted = places.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= LABEL - 1e-9), "{places:?}");
        assert!(sorted[0] >= 0.0 && sorted[7] <= HEIGHT - BOTTOM);
    }

    #[test]
    fn the_grid_has_a_few_round_lines() {
        for most in 1..400 {
            let lines = most / step(most);
            assert!((1..=5).contains(&lines), "{most}");
        }
    }
}
