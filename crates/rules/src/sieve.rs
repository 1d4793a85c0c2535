//! Looks for many texts at once, anywhere in lines.
//!
//! An automaton steps from byte to byte, and each step waits for the one before.
//! Here only every fourth byte is looked at, with the three behind it: a text of
//! seven bytes has such a *window* wherever it stands. Windows that no text has,
//! nearly all, are told by one bit of a table, as Wu and Manber do in "A fast
//! algorithm for multi-pattern searching" (1994).

use crate::keys::LONGEST;
use crate::rarity::bits;

/// The bytes of a window.
const WINDOW: usize = 4;

/// The most bytes from one window to the next.
const LONGEST_STRIDE: usize = 4;

/// How many bits of a hash tell windows apart.
const HASH_BITS: u32 = 16;

/// How many words hold a bit for each hash.
const WORDS: usize = (1 << HASH_BITS) / 64;

/// How many bits of a hash choose a bucket.
const BUCKET_BITS: u32 = 12;

/// The windows that English prose is full of, the most frequent first, one behind
/// the other.
const FREQUENT: &str = concat!(
    " thethe ing and  to  and of  in tion for thahat thatn thatiod tht thfor ",
    " witwith on ent ion thermente thher ng t conted ed t is ith  washe sof t",
    "f thin tter s thwas  comhis s an sta proe intingsaidnce ions yound t her",
    "e of thi saiout  new shes tor there he pportd toiden at s ofshe ers s in",
    " froe toare rom on ted aave from as ate he cat t inte co repdingng aour ",
    "e antimenterhavethey hav couhas thisg th, anoverd in, th not pret ofdent",
    "he w are an  he er t it  whoto the f hasighthereo th by e reringinteone ",
    "hey news tim allhe a canaid  parould worabouore turebut  aboeen ence, wh",
    "onalpresnot who sterbout whi but hadcoun chacan t inre tess he thad s a ",
    "uld othee waest . th traons ive es t be ed i percompred all natientiound",
    "mes you thinmore hisestiin aes ayearallystathe rhe ikinglinge saance mor",
    "entsionae haounter ally nd a offes, sed imespoliparthe bough resned  or ",
    " hea polnd sublihe ne fotateas an a tersies ity n in dissidehingevered b",
    "ial  outnts use g to acc",
);

/// Texts, and what each stands for.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// The bytes from one window to the next.
    stride: usize,
    windows: Hashes,
    /// Where the marks of each bucket begin, and where the last ends.
    buckets: Vec<u32>,
    marks: Vec<Mark>,
    /// All texts, one behind the other.
    texts: String,
}

/// A window of a text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    window: u32,
    /// What to report.
    of: u32,
    /// Where the text stands among all, how long it is, and where in it the window
    /// stands: in bytes.
    text: u32,
    length: u16,
    offset: u16,
}

impl Sieve {
    /// The fewest bytes of a text.
    pub(crate) const SHORTEST: usize = WINDOW;

    /// How many bytes a text lacks of those that slow nothing down; none if it is
    /// too short to be looked for here.
    pub(crate) fn lacking(text: &str) -> usize {
        match text.len() {
            ..Self::SHORTEST => 0,
            bytes => (WINDOW + LONGEST_STRIDE - 1).saturating_sub(bytes),
        }
    }

    /// Whether all of these are found whole: none is too short, or so long that
    /// only a part is looked for.
    pub(crate) fn finds_all(texts: &[String]) -> bool {
        texts
            .iter()
            .all(|text| (Self::SHORTEST..=LONGEST).contains(&text.len()))
    }

    /// For folded texts of at least [`Sieve::SHORTEST`] bytes, each with what
    /// to report where it is found.
    pub(crate) fn new(texts: Vec<(String, u32)>) -> Self {
        let shortest = texts.iter().map(|(text, _)| text.len()).min();
        let stride = (shortest.unwrap_or(WINDOW) + 1 - WINDOW).min(LONGEST_STRIDE);
        let (mut marks, mut all) = (Vec::new(), String::new());
        let mut hashes = Hashes::default();
        for (text, of) in &texts {
            let at = rarest(text, stride);
            let windows = text.as_bytes()[at..].windows(WINDOW).take(stride);
            let windows = windows.filter_map(<[u8]>::first_chunk).map(window_of);
            marks.extend((at as u16..).zip(windows).map(|(offset, window)| {
                hashes.add(window);
                Mark {
                    window,
                    of: *of,
                    text: all.len() as u32,
                    length: text.len() as u16,
                    offset,
                }
            }));
            all.push_str(text);
        }
        marks.sort_by_key(|mark| bucket(mark.window));
        let ends = |number| marks.partition_point(|mark| bucket(mark.window) < number) as u32;
        Self {
            stride,
            windows: hashes,
            buckets: (0..=1 << BUCKET_BITS).map(ends).collect(),
            marks,
            texts: all,
        }
    }

    /// Reports what stands in a line; ASCII letters of either case are the same.
    /// What stands there often is reported as often.
    pub(crate) fn run(&self, line: &str, mut found: impl FnMut(u32)) {
        let line = line.as_bytes();
        match self.stride {
            4 => self.look::<4>(line, &mut found),
            3 => self.look::<3>(line, &mut found),
            2 => self.look::<2>(line, &mut found),
            _ => self.look::<1>(line, &mut found),
        }
    }

    /// With windows so many bytes apart.
    fn look<const STRIDE: usize>(&self, line: &[u8], found: &mut impl FnMut(u32)) {
        let mut rest = line;
        while let Some(bytes) = rest.first_chunk() {
            let window = window_of(bytes);
            if self.windows.has(window) {
                self.compare(line, line.len() - rest.len(), window, found);
            }
            rest = rest.get(STRIDE..).unwrap_or_default();
        }
    }

    /// Reports the texts that have this window at this place.
    #[cold]
    #[inline(never)]
    fn compare(&self, line: &[u8], at: usize, window: u32, found: &mut impl FnMut(u32)) {
        let bucket = bucket(window);
        let marks = self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize;
        for mark in self.marks[marks]
            .iter()
            .filter(|mark| mark.window == window)
        {
            let (from, length) = (mark.text as usize, usize::from(mark.length));
            let text = &self.texts.as_bytes()[from..from + length];
            let start = at.checked_sub(usize::from(mark.offset));
            let there = start.and_then(|start| line.get(start..start + length));
            if there.is_some_and(|there| there.eq_ignore_ascii_case(text)) {
                found(mark.of);
            }
        }
    }
}

/// Which windows there are, as far as two bits for the hashes of each tell.
#[derive(Debug)]
pub(crate) struct Hashes(Box<[u64; WORDS]>);

impl Default for Hashes {
    fn default() -> Self {
        Self(Box::new([0; WORDS]))
    }
}

impl Hashes {
    pub(crate) fn add(&mut self, window: u32) {
        for hash in [hash(window), second_hash(window)] {
            self.0[hash / 64 % WORDS] |= 1 << (hash % 64);
        }
    }

    #[inline(always)]
    pub(crate) fn has(&self, window: u32) -> bool {
        let is_set = |hash: usize| self.0[hash / 64 % WORDS] >> (hash % 64) & 1 == 1;
        is_set(hash(window)) && is_set(second_hash(window))
    }
}

/// The bytes of a window as a number, letters in lower case. (Other bytes may
/// become each other, which costs a comparison.)
pub(crate) fn window_of(bytes: &[u8; WINDOW]) -> u32 {
    u32::from_le_bytes(*bytes) | 0x2020_2020
}

/// Fewer than [`HASH_BITS`] bits, by Knuth's multiplication.
fn hash(window: u32) -> usize {
    (window.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS)) as usize
}

/// Another, for those that share the first.
fn second_hash(window: u32) -> usize {
    (window.wrapping_mul(0x85eb_ca6b) >> (u32::BITS - HASH_BITS)) as usize
}

fn bucket(window: u32) -> usize {
    hash(window) >> (HASH_BITS - BUCKET_BITS)
}

/// Where the stretch of so many windows begins that are the rarest.
fn rarest(text: &str, windows: usize) -> usize {
    let often: Vec<f32> = text.as_bytes().windows(WINDOW).map(how_often).collect();
    let stretches = often
        .windows(windows)
        .map(|often| often.iter().sum::<f32>());
    let best = stretches.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(0, |(at, _)| at)
}

/// In how many places a window stands, roughly.
fn how_often(window: &[u8]) -> f32 {
    let text = String::from_utf8_lossy(window);
    let mut frequent = FREQUENT.as_bytes().chunks(WINDOW);
    let rank = frequent.position(|frequent| frequent == window);
    // The first is in one of fifty places, and the tenth half as frequent.
    let more = rank.map_or(0.0, |rank| 0.02 / (1.0 + 0.1 * rank as f32));
    (-bits(&text)).exp2() + more
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_frequent_is_left_out_where_it_can_be() {
        assert!(rarest("and the newsletter of", 4) > "and th".len());
        assert!(how_often(b"tion") > how_often(b"wsle") * 4.0);
        assert_eq!(FREQUENT.len() % WINDOW, 0);
    }

    fn found(texts: &[String], line: &str) -> Vec<u32> {
        let sieve = Sieve::new(texts.iter().cloned().zip(0..).collect());
        let mut found = Vec::new();
        sieve.run(line, |text| found.push(text));
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn a_text_is_found_at_every_place() {
        for text in ["abcd", "abcde", "abc ef", "a-b—defgh", "abababababababab"] {
            for at in 0..9 {
                let line = format!("{}{}", "a".repeat(at), text.to_uppercase());
                assert_eq!(found(&[text.to_owned()], &line), [0], "{line}");
                assert_eq!(
                    found(&[text.to_owned()], &line[..line.len() - 1]),
                    [] as [u32; 0]
                );
            }
        }
        assert!(found(&[], "abcd").is_empty());
    }

    proptest! {
        #[test]
        fn it_finds_what_a_line_contains(
            texts in prop::collection::vec("[abé ]{4,9}", 1..9),
            line in "[aAbBé @]{0,60}",
        ) {
            let low = line.to_ascii_lowercase();
            let wanted: Vec<u32> = (0..).zip(&texts)
                .filter(|(_, text)| low.contains(text.as_str()))
                .map(|(number, _)| number)
                .collect();
            prop_assert_eq!(found(&texts, &line), wanted);
        }
    }
}
