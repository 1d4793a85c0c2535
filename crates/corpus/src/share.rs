//! Dealing out the records of a container to several runs.

use crate::container::{Batch, Broken, Position, Source};

/// One of several shares of the records: every so many batches of them, which
/// depend on the file alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which one, 1-based.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// A container of which only one share is read.
pub(crate) struct Shared {
    inner: Box<dyn Source>,
    share: Share,
    /// Which batch comes next, 0-based.
    next: usize,
}

impl Shared {
    pub(crate) fn new(inner: Box<dyn Source>, share: Share) -> Self {
        Self {
            inner,
            share,
            next: 0,
        }
    }

    /// Whether the next batch is one of this share; it counts as read then.
    fn is_mine(&mut self) -> bool {
        let turn = self.next % self.share.of;
        self.next += 1;
        turn == self.share.number - 1
    }
}

impl Source for Shared {
    fn next(&mut self, mut spare: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken> {
        loop {
            let read = self.inner.next(std::mem::take(&mut spare));
            let is_mine = self.is_mine();
            match read {
                Ok(Some(batch)) if !is_mine => spare = batch.into_spare(),
                // One of the shares tells of it, unless nothing of any may stay.
                Err(broken) if !is_mine && broken.leaves_records() => return Ok(None),
                other => return other,
            }
        }
    }

    /// Reads from the beginning: whose turn it is is nowhere written.
    fn skip_to(&mut self, position: Position) -> Result<(), Broken> {
        while let Some(batch) = self.inner.next(Vec::new())? {
            self.next += 1;
            let end = batch.end();
            if end == position {
                return Ok(());
            }
            if end.records > position.records {
                break;
            }
        }
        let reason = "it is not what it was when the run began; begin again with --force";
        Err(Broken::after(0, reason))
    }

    fn consumed(&self) -> u64 {
        self.inner.consumed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::{Fault, Record};

    /// Seven batches, and a break behind them.
    struct Numbers(u64);

    struct Number(u64);

    impl Source for Numbers {
        fn next(&mut self, _: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken> {
            if self.0 == 7 {
                return Err(Broken::after(7, "torn"));
            }
            self.0 += 1;
            Ok(Some(Box::new(Number(self.0))))
        }

        fn skip_to(&mut self, _: Position) -> Result<(), Broken> {
            Err(Broken::after(0, "never asked"))
        }

        fn consumed(&self) -> u64 {
            self.0
        }
    }

    impl Batch for Number {
        fn size(&self) -> usize {
            1
        }

        fn end(&self) -> Position {
            Position {
                records: self.0,
                bytes: 0,
            }
        }

        fn each(&self, _: &mut dyn FnMut(Result<Record<'_>, Fault<'_>>)) {}
    }

    fn rest(source: &mut Shared) -> (Vec<u64>, bool) {
        let mut numbers = Vec::new();
        loop {
            match source.next(Vec::new()) {
                Ok(Some(batch)) => numbers.push(batch.end().records),
                Ok(None) => return (numbers, false),
                Err(_) => return (numbers, true),
            }
        }
    }

    fn share(number: usize) -> Shared {
        Shared::new(Box::new(Numbers(0)), Share { number, of: 3 })
    }

    #[test]
    fn every_batch_is_in_one_share_and_one_tells_of_the_break() {
        assert_eq!(rest(&mut share(1)), (vec![1, 4, 7], false));
        assert_eq!(rest(&mut share(2)), (vec![2, 5], true));
        assert_eq!(rest(&mut share(3)), (vec![3, 6], false));
    }

    #[test]
    fn a_share_goes_on_behind_any_of_its_batches() {
        let at = |records| Position { records, bytes: 0 };
        let mut second = share(2);
        second.skip_to(at(2)).unwrap();
        assert_eq!(rest(&mut second), (vec![5], true));
        assert!(
            share(2)
                .skip_to(Position {
                    records: 2,
                    bytes: 9
                })
                .is_err()
        );
    }
}
