//! Cutting a match into the stretches that its values stand in.

use std::ops::Range;

/// A stretch of a line that becomes one key of the metadata.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field<'m> {
    /// The bytes that leave the line.
    pub(crate) extent: Range<usize>,
    /// The key; `None` if nothing is lifted.
    pub(crate) key: Option<&'m str>,
    /// The bytes of the value.
    pub(crate) value: Range<usize>,
}

/// Cuts `whole`, the part of the line that leaves, so that every value has a
/// stretch of its own: each reaches up to the next value.
pub(crate) fn fields(captures: &[(String, Range<usize>)], whole: Range<usize>) -> Vec<Field<'_>> {
    let inside = |r: &Range<usize>| r.start >= whole.start && r.end <= whole.end && !r.is_empty();
    let mut values: Vec<(&str, Range<usize>)> = captures
        .iter()
        .map(|(name, range)| (name.as_str(), range.clone()))
        .filter(|(_, range)| inside(range))
        .collect();
    values.sort_by_key(|(_, range)| (range.start, range.end));
    // A group inside another says the same again.
    values.dedup_by(|later, earlier| later.1.start < earlier.1.end);
    if values.is_empty() {
        return vec![Field {
            extent: whole.clone(),
            key: None,
            value: whole,
        }];
    }
    let mut start = whole.start;
    let mut fields = Vec::with_capacity(values.len());
    for (index, (key, value)) in values.iter().enumerate() {
        let end = values
            .get(index + 1)
            .map_or(whole.end, |(_, next)| next.start);
        fields.push(Field {
            extent: start..end,
            key: Some(key),
            value: value.clone(),
        });
        start = end;
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captures(captures: &[(&str, Range<usize>)]) -> Vec<(String, Range<usize>)> {
        let captures = captures.iter();
        captures
            .map(|(name, range)| ((*name).to_owned(), range.clone()))
            .collect()
    }

    #[test]
    fn every_value_gets_a_stretch_up_to_the_next() {
        let captures = captures(&[("published", 15..20), ("byline", 3..12)]);
        let cut: Vec<_> = fields(&captures, 0..22)
            .into_iter()
            .map(|f| (f.extent, f.key))
            .collect();
        assert_eq!(cut, [(0..15, Some("byline")), (15..22, Some("published"))]);
    }

    #[test]
    fn without_values_everything_leaves() {
        let captures = captures(&[]);
        let whole = Field {
            extent: 2..9,
            key: None,
            value: 2..9,
        };
        assert_eq!(fields(&captures, 2..9), [whole]);
    }
}
