//! Latin letters without their accents, so that "Rosselló" and "Rossello" are one word.

/// `text` with Latin letters that carry accents replaced by plain ones; everything else stays.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match PLAIN.iter().find(|(_, accented)| !c.is_ascii() && accented.contains(c)) {
            Some((replacement, _)) => plain.push_str(replacement),
            None => plain.push(c),
        }
    }
    plain
}

/// Plain letters with what they stand for.
const PLAIN: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎạảấầẩậắằẵặ"),
    ("A", "ÀÁÂÃÄÅĀĂĄ"),
    ("c", "çćčĉ"),
    ("C", "ÇĆČ"),
    ("d", "ďđḑ"),
    ("D", "ĎĐḐ"),
    ("e", "èéêëēĕėęěẹếềểệ"),
    ("E", "ÈÉÊËĒĖĘĚ"),
    ("g", "ğģġ"),
    ("G", "ĞĢĠ"),
    ("h", "ħḩ"),
    ("H", "ĦḨ"),
    ("i", "ìíîïĩīĭįıị"),
    ("I", "ÌÍÎÏĪİ"),
    ("k", "ķ"),
    ("K", "Ķ"),
    ("l", "łļľĺ"),
    ("L", "ŁĻĽ"),
    ("n", "ñńņňŋ"),
    ("N", "ÑŃŅŇ"),
    ("o", "òóôõöøōőơọốồộớờợ"),
    ("O", "ÒÓÔÕÖØŌŐ"),
    ("r", "řŕŗ"),
    ("R", "ŘŔ"),
    ("s", "śşšșŝ"),
    ("S", "ŚŞŠȘŜ"),
    ("t", "ţťțŧ"),
    ("T", "ŢŤȚ"),
    ("u", "ùúûüũūŭůűųưụứừử"),
    ("U", "ÙÚÛÜŪŮŰ"),
    ("y", "ýÿỳỹ"),
    ("Y", "ÝŸ"),
    ("z", "źżžẕ"),
    ("Z", "ŹŻŽẔ"),
    ("ae", "æ"),
    ("Ae", "Æ"),
    ("oe", "œ"),
    ("ss", "ß"),
    ("th", "þ"),
    ("", "ʻʼ‘"),
];
