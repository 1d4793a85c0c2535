//! Times as a feed writes them.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use cleancopy_text::parse_time_line;

/// The times of a feed in its own words.
///
/// The feed parser hands times out in UTC and so forgets which offset they
/// had. It is given tickets instead: the number of the text as a time.
#[derive(Debug, Clone, Default)]
pub(super) struct Times {
    written: Arc<Mutex<Vec<String>>>,
}

impl Times {
    /// Keeps a time as it is written; answers its ticket.
    pub(super) fn keep(&self, written: &str) -> Option<DateTime<Utc>> {
        let mut all = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let ticket = i64::try_from(all.len()).ok()?;
        all.push(written.trim().to_owned());
        DateTime::from_timestamp(ticket, 0)
    }

    /// The time behind a ticket: by RFC 3339 if date, time of day and offset
    /// are all known, else as it is written.
    pub(super) fn of(&self, ticket: Option<DateTime<Utc>>) -> Option<String> {
        let all = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let index = usize::try_from(ticket?.timestamp()).ok()?;
        let written = all.get(index).filter(|written| !written.is_empty())?;
        let exact = parse_time_line(written).and_then(|line| line.rfc3339());
        Some(exact.unwrap_or_else(|| written.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_kept_and_unknown_ones_are_not_made_up() {
        for (written, expected) in [
            (
                "Tue, 25 Feb 2025 17:13:51 +0600",
                "2025-02-25T17:13:51+06:00",
            ),
            (" Tue, 25 Feb 2025 17:13:51 GMT\n", "2025-02-25T17:13:51Z"),
            ("2025-02-25T17:13:51.123-05:00", "2025-02-25T17:13:51-05:00"),
            ("25 Feb 2025 17:13 EST", "2025-02-25T17:13:00-05:00"),
            ("2025-02-25T17:13:51", "2025-02-25T17:13:51"),
            ("2025-02-25", "2025-02-25"),
            ("soon", "soon"),
        ] {
            let times = Times::default();
            times.keep("2001-01-01");
            let ticket = times.keep(written);
            assert_eq!(times.of(ticket).as_deref(), Some(expected));
        }
        assert_eq!(Times::default().of(None), None);
    }
}
