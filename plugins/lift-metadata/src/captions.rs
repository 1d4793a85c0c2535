//! Captions over their credits.
//!
//! ```text
//! The old pier on the morning after the storm
//! (Ann Example/Keld Press)
//! ```

use cleancopy_text::{ends_sentence, has_words, words};

/// The most words of a credit.
const CREDIT_WORDS: usize = 12;

/// The fewest words of a caption; fewer may be a sub-headline.
const WORDS: usize = 4;

/// The most words of a caption that is no sentence.
const MOST: usize = 45;

/// Whether a caption is nothing but a credit: names, in brackets or behind a
/// label.
pub(crate) fn is_credit(line: &str) -> bool {
    let bracketed = line.starts_with('(') && line.trim_end_matches('.').ends_with(')');
    let labelled = ["Photo", "Picture", "Image", "Getty"]
        .iter()
        .any(|label| line.starts_with(label));
    (bracketed || labelled) && !has_words(line, CREDIT_WORDS + 1)
}

/// The lines right over a credit that are no sentence: the caption that the
/// credit is of. A sentence there may be the paragraph before the picture.
pub(crate) fn find<'l>(lines: &'l [&str], credits: &'l [bool]) -> impl Iterator<Item = usize> + 'l {
    (2..lines.len()).filter(|&at| credits[at]).filter_map(|at| {
        let above = at - 1;
        let line = lines[above];
        let count = words(line).count();
        let shaped = (WORDS..=MOST).contains(&count) && !ends_sentence(line);
        let opens = line.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '‘');
        // A paragraph stands over the picture, or the line is one of its text.
        let behind_text = ends_sentence(lines[above - 1]) || credits[above - 1];
        (shaped && opens && behind_text && !credits[above]).then_some(above)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The pier was closed on Monday, the harbour board said.";

    fn found(lines: &[&str]) -> Vec<usize> {
        let credits: Vec<bool> = lines.iter().map(|line| is_credit(line)).collect();
        find(lines, &credits).collect()
    }

    #[test]
    fn what_stands_over_a_credit_is_its_caption() {
        let caption = "The old pier on the morning after the storm";
        let lines = [TEXT, caption, "(Ann Example/Keld Press)", TEXT];
        assert_eq!(found(&lines), [1]);
    }

    #[test]
    fn a_paragraph_before_a_picture_is_none() {
        assert!(found(&[TEXT, TEXT, "(Ann Example/Keld Press)", TEXT]).is_empty());
        let heading = [TEXT, "The winners", "(Getty Images)", TEXT];
        assert!(found(&heading).is_empty());
        let cut = [TEXT, "and was sold to a", "(Getty Images)", TEXT];
        assert!(found(&cut).is_empty());
    }
}
