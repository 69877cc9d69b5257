//! The articles that a new library opens with, embedded in the program.

/// Names and bytes of the bundled articles, in the order in which they are shown.
#[must_use]
pub fn seeds() -> Vec<(&'static str, &'static [u8])> {
    SEEDS.to_vec()
}

/// Every file of `seeds/*.txt`; a test keeps it complete.
const SEEDS: [(&str, &[u8]); 13] = [
    ("000_176925febe755178.txt", include_bytes!("../../seeds/000_176925febe755178.txt")),
    ("010_exoplanet_water.txt", include_bytes!("../../seeds/010_exoplanet_water.txt")),
    ("020_bolton_ousted.txt", include_bytes!("../../seeds/020_bolton_ousted.txt")),
    ("030_namse_bangdzod.txt", include_bytes!("../../seeds/030_namse_bangdzod.txt")),
    ("040_buffalo_herd.txt", include_bytes!("../../seeds/040_buffalo_herd.txt")),
    ("050_can_and_may.txt", include_bytes!("../../seeds/050_can_and_may.txt")),
    ("060_hagia_sophia.txt", include_bytes!("../../seeds/060_hagia_sophia.txt")),
    ("070_african_union_trade.txt", include_bytes!("../../seeds/070_african_union_trade.txt")),
    ("080_scottish_court.txt", include_bytes!("../../seeds/080_scottish_court.txt")),
    ("090_kipchoge_marathon.txt", include_bytes!("../../seeds/090_kipchoge_marathon.txt")),
    ("100_court_of_justice.txt", include_bytes!("../../seeds/100_court_of_justice.txt")),
    ("110_tesco_poland.txt", include_bytes!("../../seeds/110_tesco_poland.txt")),
    ("120_mister_america.txt", include_bytes!("../../seeds/120_mister_america.txt")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BlockKind, import::import};

    #[test]
    fn every_file_of_the_folder_is_embedded_in_order() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".txt"))
            .collect();
        files.sort();
        assert_eq!(seeds().iter().map(|(name, _)| *name).collect::<Vec<_>>(), files);
        for (name, bytes) in seeds() {
            assert!(bytes == std::fs::read(folder.join(name)).unwrap(), "{name}");
        }
    }

    #[test]
    fn every_bundled_article_has_title_and_date_and_all_but_the_first_its_source() {
        for (index, (name, bytes)) in seeds().into_iter().enumerate() {
            let article = import(bytes, name);
            assert_eq!(article.flaw(), None, "{name}");
            assert!(!article.meta.title.is_empty() && article.meta.date.is_some(), "{name}");
            if index > 0 {
                assert_eq!(article.blocks[0].kind, BlockKind::Title, "{name}");
                assert_eq!(article.blocks[0].span.of(&article.text), article.meta.title, "{name}");
                assert!(article.blocks[1..].iter().all(|block| block.kind == BlockKind::Paragraph), "{name}");
                assert_eq!(article.meta.source.as_deref(), Some("Wikinews"), "{name}");
                assert!(article.meta.url.is_some() && article.meta.licence.is_some(), "{name}");
            }
        }
    }

    #[test]
    fn every_bundled_article_is_attributed() {
        let notice = include_str!("../../seeds/NOTICE.md");
        for (name, bytes) in seeds() {
            assert!(notice.contains(name), "{name}");
            if let Some(url) = import(bytes, name).meta.url {
                assert!(notice.contains(&url), "{url}");
            }
        }
    }
}
