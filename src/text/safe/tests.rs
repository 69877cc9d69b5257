//! Tests of safe text.

use super::*;
use proptest::prelude::*;

fn safe(raw: &str) -> String {
    SafeText::new(raw).into_string()
}

#[test]
fn clean_text_passes_unchanged_and_costs_no_map() {
    for clean in ["", "plain", "two\nlines", "“Curly” – naïve, Ĳ, Ελλάδα, Москва, 東京、한국", "שלום عربي हिन्दी ไทย"]
    {
        let text = SafeText::new(clean);
        assert_eq!(text.as_str(), clean);
        assert!(text.map().is_identity());
    }
}

#[test]
fn no_control_character_survives() {
    for code in (0..0x20).chain(0x7F..0xA0) {
        let c = char::from_u32(code).unwrap();
        let text = safe(&format!("a{c}b"));
        match c {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' => assert_eq!(text, "a\nb", "{code:x}"),
            '\t' => assert_eq!(text, "a       b"),
            _ => assert_eq!(text, "ab", "{code:x}"),
        }
    }
}

#[test]
fn every_line_end_becomes_one_newline() {
    assert_eq!(safe("a\r\nb\rc\nd\u{85}e\u{2028}f\u{2029}g\u{B}h\u{C}i"), "a\nb\nc\nd\ne\nf\ng\nh\ni");
    assert_eq!(safe("a\r\n\r\nb"), "a\n\nb");
}

#[test]
fn bidirectional_controls_and_invisible_characters_go() {
    let hidden = "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{200E}\u{200F}\u{61C}\
                  \u{200B}\u{FEFF}\u{AD}\u{2060}\u{2063}\u{180E}\u{3164}\u{FFA0}\u{115F}\u{FFF9}\u{FFFB}\u{FFFC}\
                  \u{E0001}\u{E0041}\u{E007F}\u{34F}\u{1D173}";
    for c in hidden.chars() {
        assert_eq!(safe(&format!("a{c}b")), "ab", "{c:?}");
        assert!(!is_safe(c), "{c:?}");
    }
}

#[test]
fn private_use_and_noncharacters_show_that_something_was_there() {
    assert_eq!(safe("a\u{E0B0}b\u{FDD0}c\u{1FFFF}d\u{10FFFD}e\u{FFFE}"), "a�b�c�d�e�");
}

#[test]
fn escape_sequences_go_as_a_whole() {
    for sequence in [
        "\u{1B}[31m",
        "\u{1B}[2J",
        "\u{1B}[5;41m",
        "\u{1B}[?1049h",
        "\u{1B}[>0q",
        "\u{1B}[1 q",
        "\u{1B}]0;title\u{7}",
        "\u{1B}]52;c;UE9D\u{7}",
        "\u{1B}]8;;http://e.vil/\u{1B}\\",
        "\u{1B}]8;;\u{1B}\\",
        "\u{1B}P$q\u{1B}\\",
        "\u{1B}_Gpwn\u{1B}\\",
        "\u{1B}^secret\u{9C}",
        "\u{1B}Xstring\u{1B}\\",
        "\u{1B}c",
        "\u{1B}7",
        "\u{1B}(B",
        "\u{1B}#8",
        "\u{9B}31m",
        "\u{9D}52;c;QQ==\u{9C}",
        "\u{9D}0;t\u{7}",
        "\u{1B}=",
    ] {
        assert_eq!(safe(&format!("a{sequence}b")), "ab", "{sequence:?}");
    }
}

#[test]
fn text_behind_a_broken_sequence_stays() {
    assert_eq!(safe("a\u{1B}]0;no end\nnext line\u{7}"), "a0;no end\nnext line");
    assert_eq!(safe("a\u{1B}]0;cut\u{1B}[1mbold\u{7}"), "a0;cutbold");
    assert_eq!(safe("a\u{1B}[Ünder"), "aÜnder");
    assert_eq!(safe("a\u{1B}[12"), "a12");
    assert_eq!(safe("a\u{1B}Pdata"), "adata");
    assert_eq!(safe("a\u{1B}"), "a");
    assert_eq!(safe("a\u{1B}ö\u{1B}bold"), "aöbold");
    let long = "x".repeat(5000);
    assert_eq!(safe(&format!("\u{1B}]{long}\u{7}")), long);
}

#[test]
fn a_quotation_mark_that_was_decoded_twice_swallows_nothing() {
    assert_eq!(safe("â€\u{9D} he said, â€\u{9C}and left"), "â€ he said, â€and left");
    assert_eq!(safe("\u{9B}Hello"), "Hello");
}

#[test]
fn tabs_fill_up_to_the_next_stop() {
    assert_eq!(safe("a\tb\n\tc\td"), "a       b\n        c       d");
    assert_eq!(safe("12345678\tx"), "12345678        x");
    assert_eq!(safe("日本\tx"), "日本    x");
}

#[test]
fn a_base_carries_eight_marks_at_most() {
    let zalgo = format!("a{}b", "\u{301}".repeat(1000));
    assert_eq!(safe(&zalgo), format!("a{}b", "\u{301}".repeat(8)));
    assert_eq!(safe("a\u{301}\u{200B}\u{301}"), "a\u{301}\u{301}");
}

#[test]
fn a_mark_without_a_base_goes() {
    assert_eq!(safe("\u{301}a\n\u{338}b \u{301}c"), "a\nb c");
}

#[test]
fn huge_clusters_are_cut_to_a_cell() {
    let jamo = safe(&"\u{1100}".repeat(500));
    assert_eq!(jamo.chars().count(), MAX_CLUSTER);
    let family = safe(&"👩\u{200D}".repeat(500));
    assert!(family.graphemes(true).all(|cluster| cluster.chars().count() <= MAX_CLUSTER));
    let hidden = safe(&"\u{1100}\u{200B}".repeat(500));
    assert_eq!(hidden.chars().count(), MAX_CLUSTER);
}

#[test]
fn joiners_and_selectors_stay_where_they_mean_something() {
    for kept in [
        "👨\u{200D}👩\u{200D}👧\u{200D}👦",
        "❤\u{FE0F}\u{200D}🔥",
        "☎\u{FE0E}",
        "1\u{FE0F}\u{20E3}",
        "می\u{200C}خواهم",
        "क\u{94D}\u{200D}ष",
        "葛\u{E0100}",
        "🏳\u{FE0F}\u{200D}🌈",
        "👍🏽",
    ] {
        assert_eq!(safe(kept), kept);
    }
    assert_eq!(safe("pass\u{200D}word\u{200C}s"), "passwords");
    assert_eq!(safe("a\u{FE0F}b\u{FE00}\u{E0101}c"), "abc");
    assert_eq!(safe("☎\u{FE0E}\u{FE0F}\u{FE01}"), "☎\u{FE0E}");
}

#[test]
fn a_line_is_one_line_with_single_blanks() {
    assert_eq!(line("  A\ttitle\r\nwith \u{A0} breaks\u{1B}[0m "), "A title with breaks");
    assert_eq!(line("\u{301}x \u{301} y"), "x y");
    assert_eq!(line("\n\u{7}\n"), "");
}

#[test]
fn spans_lead_back_to_where_they_came_from() {
    let raw = "a\u{1B}[1mbold\u{1B}[0m\r\nnext\u{200B}word";
    let text = SafeText::new(raw);
    assert_eq!(text.as_str(), "abold\nnextword");
    let at = text.as_str().find("bold").unwrap();
    assert_eq!(text.original(Span::new(at, at + 4)).of(raw), "bold");
    let at = text.as_str().find("nextword").unwrap();
    assert_eq!(text.original(Span::new(at, at + 8)).of(raw), "next\u{200B}word");
}

#[test]
fn only_small_visible_symbols_fit_a_cell() {
    for good in ["a", " ", "é", "e\u{301}", "日", "👨\u{200D}👩", "│", "…", "�"] {
        assert!(fits_cell(good), "{good:?}");
    }
    let zalgo = format!("a{}", "\u{301}".repeat(9));
    for bad in [
        "",
        "\n",
        "\t",
        "\u{1B}",
        "\u{7F}",
        "\u{9B}",
        "\u{202E}",
        "a\u{202E}",
        "\u{301}",
        "\u{200D}",
        "\u{E0B0}",
        &zalgo,
    ] {
        assert!(!fits_cell(bad), "{bad:?}");
    }
}

/// Text as an attacker would make it: what terminals act on, between ordinary letters.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "\u{1B}",
        "[",
        "]",
        "P",
        "31m",
        "0;x",
        "\u{7}",
        "\\",
        "\u{9B}",
        "\u{9D}",
        "\u{9C}",
        "\n",
        "\r",
        "\t",
        " ",
        "\u{301}",
        "\u{1100}",
        "\u{200D}",
        "\u{200B}",
        "\u{FE0F}",
        "👩",
        "\u{202E}",
        "a",
        "é",
        "日",
        "\u{E000}",
        "\u{85}",
        "क",
        "\u{94D}",
        "\u{903}",
        "1",
        "\u{1F3FD}",
        "\u{1F1E6}",
        "\u{600}",
        "\u{890}",
    ]);
    proptest::collection::vec(
        prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..120,
    )
    .prop_map(|pieces| pieces.concat())
}

#[test]
fn nothing_without_a_column_opens_a_cluster_that_has_one() {
    let marks = ('\u{80}'..=char::MAX).filter(|c| is_safe(*c) && width::columns(c.encode_utf8(&mut [0; 4])) == 0);
    let opening = marks.filter(|mark| {
        let text = format!("a{mark}a");
        text.graphemes(true).skip(1).any(|cluster| cluster.starts_with(*mark) && width::columns(cluster) > 0)
    });
    assert_eq!(opening.collect::<Vec<_>>(), Vec::<char>::new());
}

proptest! {
    #[test]
    fn what_is_safe_stays_as_it_is(raw in hostile()) {
        let once = safe(&raw);
        prop_assert!(once.chars().all(|c| c == '\n' || is_safe(c)));
        // A mark that joins nothing is a cluster without a column, for which a screen has no cell.
        let mut cells = once.graphemes(true).filter(|cluster| *cluster != "\n" && width::columns(cluster) > 0);
        prop_assert!(cells.all(fits_cell), "{once:?}");
        let twice = SafeText::new(&once);
        prop_assert_eq!(twice.as_str(), &once);
        prop_assert!(twice.map().is_identity());
        prop_assert!(!line(&raw).contains('\n'));
    }

    #[test]
    fn every_kept_character_leads_back_to_itself(raw in hostile()) {
        let text = SafeText::new(&raw);
        let mut last = 0;
        for (at, c) in text.as_str().char_indices() {
            let origin = text.map().original(at);
            prop_assert!(origin >= last);
            last = origin;
            if !matches!(c, '\n' | ' ' | '\u{FFFD}') {
                prop_assert!(raw[origin..].starts_with(c));
                let there = text.original(Span::new(at, at + c.len_utf8()));
                prop_assert_eq!(there.of(&raw).chars().next(), Some(c));
                prop_assert_eq!(text.map().derived(origin), at);
            }
        }
    }
}
