//! Names that are right, predicted and gold, by kind.

use std::collections::HashSet;

use pullquote::analysis::names::{Name, NameKind};

/// For each kind: right, predicted, gold.
#[derive(Default)]
pub struct Count([[usize; 3]; 5]);

impl Count {
    /// Adds the names of one text.
    pub fn add(&mut self, gold: &[Name], got: &[Name]) {
        let set: HashSet<(u32, u32, NameKind)> = gold.iter().map(|n| (n.first, n.end, n.kind)).collect();
        for name in got {
            self.0[name.kind as usize][1] += 1;
            self.0[name.kind as usize][0] += usize::from(set.contains(&(name.first, name.end, name.kind)));
        }
        for name in gold {
            self.0[name.kind as usize][2] += 1;
        }
    }

    /// F1 of people, organizations and places together, and of each kind.
    #[expect(clippy::cast_precision_loss, reason = "counts of annotations are small")]
    pub fn line(&self) -> String {
        let f1 = |c: [usize; 3]| 200.0 * c[0] as f64 / (c[1] + c[2]).max(1) as f64;
        let mut total = [0; 3];
        for kind in &self.0[..3] {
            for (sum, x) in total.iter_mut().zip(kind) {
                *sum += x;
            }
        }
        format!(
            "names {:.1} (P {:.1} R {:.1})  person {:.1} org {:.1} place {:.1} other {:.1} group {:.1}",
            f1(total),
            100.0 * total[0] as f64 / total[1].max(1) as f64,
            100.0 * total[0] as f64 / total[2].max(1) as f64,
            f1(self.0[0]),
            f1(self.0[1]),
            f1(self.0[2]),
            f1(self.0[3]),
            f1(self.0[4])
        )
    }
}
