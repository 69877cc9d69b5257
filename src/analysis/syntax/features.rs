//! Features as numbers: each template and what it looks at are mixed into one hash.

/// A feature: the hash of a template with its values.
pub type Feature = u64;

/// Starts a feature of template `template`.
#[must_use]
pub const fn start(template: u64) -> Feature {
    (template + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Adds `value` to a feature.
#[must_use]
pub const fn with(feature: Feature, value: u64) -> Feature {
    (feature.rotate_left(23) ^ value).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// The hash of at most the last `length` bytes of `text`, ASCII letters in lower case.
#[must_use]
pub fn suffix(text: &str, length: usize) -> u64 {
    let bytes = text.as_bytes();
    let tail = bytes.get(bytes.len().saturating_sub(length)..).unwrap_or_default();
    tail.iter().fold(0, |hash, byte| hash << 8 | u64::from(byte.to_ascii_lowercase()))
}

/// Where the weights of a model come from: a frozen table, or a learner that still changes them.
pub trait Weights<const N: usize> {
    /// Adds the weights of `feature` to `scores`.
    fn add(&self, feature: Feature, scores: &mut [i32; N]);

    /// The scores of all classes, given all features.
    fn scores(&self, features: &[Feature]) -> [i32; N] {
        let mut scores = [0; N];
        for feature in features {
            self.add(*feature, &mut scores);
        }
        scores
    }
}

/// The class with the highest score among those that `allowed` lets pass; the first of equals, 0 where none passes.
pub fn best<const N: usize>(scores: &[i32; N], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = None;
    for (class, score) in scores.iter().enumerate() {
        if allowed(class) && best.is_none_or(|(_, top)| *score > top) {
            best = Some((class, *score));
        }
    }
    best.map_or(0, |(class, _)| class)
}
