//! What a misspelt word may have meant.

/// The one of `known` that is nearest to `word`, if it is near enough that it may have been meant. Case does not count.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    let distances = known.into_iter().map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name));
    distances.filter(|(distance, _)| *distance <= limit).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["text_width", "theme", "mouse"];
        assert_eq!(nearest("text-width", known), Some("text_width"));
        assert_eq!(nearest("Thme", known), Some("theme"));
        assert_eq!(nearest("muose", known), Some("mouse"));
        assert_eq!(nearest("font", known), None);
        assert_eq!(nearest("", known), None);
    }
}
