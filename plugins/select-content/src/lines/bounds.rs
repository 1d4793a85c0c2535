//! Where a publisher's article begins and ends in a raw dump, as its profile
//! knows: lines that stand on all its pages.

use std::ops::Range;

use super::features::Text;
use super::line::bare;

/// Over the article stands at most one part in so many of what is likely it.
const OVER: f32 = 10.0;

/// A line that is as likely as this counts for where the article is.
const LIKELY: f32 = 0.5;

/// Lines that stand before and behind the article.
#[derive(Debug, Default)]
pub struct Bounds {
    starts: Vec<Marker>,
    ends: Vec<Marker>,
}

impl Bounds {
    /// Takes the lines, which bullets, marks and case make no difference to;
    /// one that ends in `*` stands for all that open so.
    ///
    /// # Errors
    /// A sentence about a line that says nothing, for every line would fit it.
    pub fn new(starts: &[String], ends: &[String]) -> Result<Self, String> {
        let markers = |lines: &[String]| -> Result<Vec<Marker>, String> {
            lines.iter().map(|line| Marker::new(line)).collect()
        };
        Ok(Self {
            starts: markers(starts)?,
            ends: markers(ends)?,
        })
    }

    /// The lines between the last of the starts over the article and the first
    /// of the ends behind it, by how likely each line is the article's: 0-based,
    /// half-open.
    pub(super) fn of(&self, text: &Text<'_>, chances: &[f32]) -> Range<usize> {
        let count = text.lines.len();
        let mut sums = vec![0.0];
        for (line, chance) in text.lines.iter().zip(chances) {
            let chars = if *chance >= LIKELY { line.chars } else { 0.0 };
            sums.push(sums[sums.len() - 1] + chars);
        }
        let (before, behind) = (|at: usize| sums[at], |at: usize| sums[count] - sums[at + 1]);
        let is = |markers: &[Marker], at: usize| {
            let (body, _, _) = bare(text.texts[at]);
            markers.iter().any(|marker| marker.fits(body))
        };
        let under = |at: &usize| before(*at) > behind(*at);
        let over = |at: &usize| before(*at) * OVER <= behind(*at);
        let ends = (0..count).filter(|at| is(&self.ends, *at));
        let end = ends.filter(under).min().unwrap_or(count);
        let starts = (0..end).take_while(over).filter(|at| is(&self.starts, *at));
        starts.max().map_or(0, |at| at + 1)..end
    }
}

#[derive(Debug)]
struct Marker {
    text: String,
    opens: bool,
}

impl Marker {
    fn new(line: &str) -> Result<Self, String> {
        let opening = line.strip_suffix('*');
        let text = opening.unwrap_or(line).to_lowercase();
        if !text.contains(char::is_alphanumeric) {
            return Err(format!("`{line}` has no words; give the line's text"));
        }
        Ok(Self {
            text,
            opens: opening.is_some(),
        })
    }

    fn fits(&self, line: &str) -> bool {
        // A capital may be longer than its small letter, hardly twice as long.
        if !self.opens && line.len() > 2 * self.text.len() {
            return false;
        }
        let mut letters = line.chars().flat_map(char::to_lowercase);
        let opens = self.text.chars().all(|c| letters.next() == Some(c));
        opens && (self.opens || letters.next().is_none())
    }
}
