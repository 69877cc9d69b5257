//! Weights of the models of syntax and of the scorers, as they are shipped: tables of buckets, read in place.
//!
//! [`Table`] has the weights in the bucket, one signed byte each, class by class; [`Sparse`] has the place of a row there:
//! the number of its entries, then class and weight of each.

use super::features::{Feature, Weights};
use crate::analysis::buckets::{Buckets, ROOM, heaviest_first};

/// So many features are looked up together: their rows are all read before any is looked at, so that the memory is waited
/// for once and not for each.
const BATCH: usize = 16;

/// Weights for a few classes, each row whole.
#[derive(Clone, Debug, Default)]
pub struct Table<const N: usize> {
    buckets: Buckets<N>,
}

/// Weights for many classes, most of them 0.
#[derive(Clone, Debug, Default)]
pub struct Sparse<const N: usize> {
    buckets: Buckets<4>,
}

impl<const N: usize> Table<N> {
    /// Reads a table from the start of `bytes` and answers with what follows it; `None` where it does not fit.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (buckets, rest) = Buckets::read(bytes, N)?;
        Some((Self { buckets }, rest))
    }

    /// Makes a table of `rows`; where too many share a bucket, those of the smallest weights are left out.
    #[must_use]
    pub fn build(rows: &[(Feature, [i8; N])]) -> Self {
        let mut buckets = Buckets::empty(N, rows.len());
        for (feature, weights) in heaviest_first(rows) {
            let Some((values, place)) = buckets.insert(*feature) else { continue };
            for (values, weight) in values.chunks_exact_mut(ROOM).zip(weights) {
                values.iter_mut().skip(place).take(1).for_each(|value| *value = weight.cast_unsigned());
            }
        }
        Self { buckets }
    }

    /// The bytes that [`Table::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.buckets.bytes()
    }
}

impl<const N: usize> Weights<N> for Table<N> {
    fn add(&self, feature: Feature, scores: &mut [i32; N]) {
        for (score, weight) in scores.iter_mut().zip(self.scores(&[feature])) {
            *score += weight;
        }
    }

    fn scores(&self, features: &[Feature]) -> [i32; N] {
        // A sum for each place in a bucket; of a few dozen features, each with at most 127.
        let mut sums = [[0_i16; ROOM]; N];
        for feature in features {
            let (hits, values) = self.buckets.find(*feature);
            for (sums, values) in sums.iter_mut().zip(values.as_chunks::<ROOM>().0) {
                for ((sum, value), hit) in sums.iter_mut().zip(values).zip(hits) {
                    *sum = sum.wrapping_add(i16::from(value.cast_signed()) & hit);
                }
            }
        }
        sums.map(|sums| sums.into_iter().map(i32::from).sum())
    }
}

impl<const N: usize> Sparse<N> {
    /// Reads a table from the start of `bytes` and answers with what follows it; `None` where it does not fit.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (buckets, rest) = Buckets::read(bytes, N)?;
        Some((Self { buckets }, rest))
    }

    /// Makes a table of `rows`; where too many share a bucket, those of the smallest weights are left out.
    #[must_use]
    pub fn build(rows: &[(Feature, [i8; N])]) -> Self {
        let mut buckets = Buckets::empty(N, rows.len());
        // The row at 0 has no entries: it is that of features which have none.
        let mut entries = vec![0];
        for (feature, weights) in heaviest_first(rows) {
            if buckets.insert_number(*feature, u32::try_from(entries.len()).unwrap_or(0)) {
                let classes = (0..=u8::MAX).zip(weights).filter(|(_, weight)| **weight != 0);
                entries.push(u8::try_from(classes.clone().count()).unwrap_or(u8::MAX));
                entries.extend(classes.flat_map(|(class, weight)| [class, weight.cast_unsigned()]));
            }
        }
        buckets.append(&entries);
        Self { buckets }
    }

    /// The bytes that [`Sparse::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.buckets.bytes()
    }

    /// The row of `feature`: the number of its entries; the same, the entries, and all that follows.
    fn row(&self, feature: Feature) -> (u8, &[u8]) {
        let place = usize::try_from(self.buckets.number(feature)).unwrap_or(usize::MAX);
        let row = self.buckets.rest().get(place..).unwrap_or_default();
        (row.first().copied().unwrap_or_default(), row)
    }
}

impl<const N: usize> Weights<N> for Sparse<N> {
    fn add(&self, feature: Feature, scores: &mut [i32; N]) {
        add_entries(self.row(feature), scores);
    }

    fn scores(&self, features: &[Feature]) -> [i32; N] {
        let mut scores = [0; N];
        for batch in features.chunks(BATCH) {
            let mut rows: [(u8, &[u8]); BATCH] = [(0, &[]); BATCH];
            rows.iter_mut().zip(batch).for_each(|(row, feature)| *row = self.row(*feature));
            rows.into_iter().for_each(|row| add_entries(row, &mut scores));
        }
        scores
    }
}

/// Adds the `count` entries of `row`, whose first byte says their number.
fn add_entries<const N: usize>((count, row): (u8, &[u8]), scores: &mut [i32; N]) {
    for entry in row.get(1..=2 * usize::from(count)).unwrap_or_default().chunks_exact(2) {
        if let [class, weight] = *entry
            && let Some(score) = scores.get_mut(usize::from(class))
        {
            *score += i32::from(weight.cast_signed());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::start;
    use super::*;

    #[test]
    fn a_table_gives_back_the_rows_it_was_made_of() {
        let rows: Vec<(Feature, [i8; 3])> =
            (0..100_i8).map(|n| (start(u64::from(n.unsigned_abs())), [n, -n, 1])).collect();
        let (whole, sparse) = (Table::build(&rows), Sparse::build(&rows));
        for (feature, weights) in &rows {
            assert_eq!(whole.scores(&[*feature]), weights.map(i32::from));
            assert_eq!(sparse.scores(&[*feature]), weights.map(i32::from));
        }
        assert_eq!(whole.scores(&[start(999)]), [0, 0, 0]);
        assert_eq!(sparse.scores(&[start(999)]), [0, 0, 0]);
    }

    #[test]
    fn a_table_without_rows_gives_nothing() {
        assert_eq!(Table::<3>::default().scores(&[1]), [0, 0, 0]);
        assert_eq!(Sparse::<3>::build(&[]).scores(&[1]), [0, 0, 0]);
    }

    #[test]
    fn a_damaged_table_is_refused_or_gives_nothing() {
        assert!(Table::<3>::read(&[]).is_none());
        assert!(Table::<3>::read(&[3, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0]).is_none());
        assert!(Table::<3>::read(&[4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).is_none());
        // One bucket whose checks are all the same, with places past all rows.
        static BYTES: [u8; 61] = {
            let mut bytes = [255; 61];
            let (head, _) = bytes.split_at_mut(12);
            head.copy_from_slice(&[3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
            bytes
        };
        let (sparse, rest) = Sparse::<3>::read(&BYTES).expect("its sizes are sound");
        assert!(rest.is_empty());
        for template in 0..99 {
            assert_eq!(sparse.scores(&[start(template)]), [0, 0, 0]);
        }
    }

    #[test]
    fn of_too_many_rows_the_heaviest_are_kept() {
        let rows: Vec<(Feature, [i8; 1])> =
            (0..10_000).map(|n| (start(n), [if n < 5_000 { 1 } else { 100 }])).collect();
        let table = Table::build(&rows);
        let kept =
            |rows: &[(Feature, [i8; 1])]| rows.iter().filter(|(feature, _)| table.scores(&[*feature]) != [0]).count();
        let (light, heavy) = rows.split_at(5_000);
        assert!(kept(light) < kept(heavy) && kept(heavy) > 4_990, "{} {}", kept(light), kept(heavy));
        assert!(kept(light) > 4_500, "{}", kept(light));
    }
}
