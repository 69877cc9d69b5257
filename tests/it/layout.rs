//! Layout as properties: nothing lost, nothing too wide, exact ways between offsets and cells, for any text at any
//! width.

use proptest::prelude::*;
use pullquote::article::{Article, Block, BlockKind};
use pullquote::layout::{Layout, LineKind, Options, breaks, cells};
use pullquote::text::Span;
use unicode_segmentation::UnicodeSegmentation;

const KINDS: [BlockKind; 6] = [
    BlockKind::Paragraph,
    BlockKind::Heading,
    BlockKind::Quotation,
    BlockKind::ListItem,
    BlockKind::Preformatted,
    BlockKind::Title,
];

/// An article of these blocks.
fn article<S: AsRef<str>>(blocks: &[(BlockKind, S)]) -> Article {
    let mut made = Article::default();
    for (kind, text) in blocks {
        if !made.blocks.is_empty() {
            made.text.push_str("\n\n");
        }
        let start = made.text.len();
        made.text.push_str(text.as_ref());
        made.blocks.push(Block { kind: *kind, span: Span::new(start, made.text.len()), depth: 0 });
    }
    made
}

/// Words, blanks and marks of many scripts, and anything else, without control characters.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zA-Z0-9,.;:'\"()!?/%$-]{1,14}",
        6 => Just(" ".to_owned()),
        1 => Just("   ".to_owned()),
        1 => "[“”‘’—–…éüñ«»]{1,3}",
        1 => "[一-龥。、「」ァ-ン]{1,8}",
        1 => "[ا-ي ]{1,10}",
        1 => Just("👩‍👩‍👧‍👦🇩🇪e\u{301}\u{302}ｶﾞ".to_owned()),
        1 => "\\PC{1,6}",
        1 => "[a-z]{60,120}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_article() -> impl Strategy<Value = Article> {
    let block = (0..KINDS.len(), any_text(), any_text()).prop_map(|(kind, text, more)| match KINDS[kind] {
        BlockKind::Preformatted => (BlockKind::Preformatted, format!("{text}\n{more}")),
        kind => (kind, text),
    });
    prop::collection::vec(block, 0..5).prop_map(|blocks| article(&blocks))
}

fn any_options() -> impl Strategy<Value = Options> {
    (prop_oneof![1u16..100, 1u16..8], any::<bool>(), any::<bool>()).prop_map(|(width, justify, airy)| Options {
        width,
        justify,
        airy,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_but_white_space_at_the_edges_is_on_exactly_one_line(
        article in any_article(), options in any_options(),
    ) {
        let layout = Layout::new(&article, options);
        let mut at = 0;
        for line in &layout.lines {
            prop_assert!(line.span.start >= at, "lines overlap");
            let skipped = Span::new(at, line.span.start).of(&article.text);
            prop_assert!(skipped.trim().is_empty(), "lost {skipped:?}");
            at = line.span.end;
        }
        prop_assert!(Span::new(at, article.text.len()).of(&article.text).trim().is_empty());
    }

    #[test]
    fn no_line_is_wider_than_the_width_unless_it_is_one_grapheme(
        article in any_article(), options in any_options(),
    ) {
        let layout = Layout::new(&article, options);
        for (index, line) in layout.lines.iter().enumerate() {
            let cells: Vec<_> = layout.cells(&article.text, index).collect();
            let end = cells.last().map_or(usize::from(line.indent), |cell| cell.column + cell.width);
            let shown = cells.iter().filter(|cell| cell.width > 0).count();
            prop_assert!(end <= usize::from(options.width) || shown <= 1, "{:?}", line.span.of(&article.text));
        }
    }

    #[test]
    fn a_grapheme_is_found_again_at_the_cell_it_is_drawn_in(
        article in any_article(), options in any_options(),
    ) {
        let layout = Layout::new(&article, options);
        for index in 0..layout.lines.len() {
            for cell in layout.cells(&article.text, index) {
                prop_assert_eq!(layout.line_at(cell.offset), index);
                prop_assert_eq!(layout.column_at(&article.text, cell.offset), cell.column);
                for column in cell.column..cell.column + cell.width {
                    prop_assert_eq!(layout.offset_at(&article.text, index, column), cell.offset);
                }
            }
        }
    }

    #[test]
    fn every_offset_is_on_a_line_of_text_that_starts_at_or_before_it(
        article in any_article(), options in any_options(), part in 0.0..1.0f64,
    ) {
        let layout = Layout::new(&article, options);
        let offset = (article.text.len() as f64 * part) as usize;
        let line = layout.line_at(offset);
        if let Some(line) = layout.lines.get(line) {
            let first = layout.lines.iter().position(|line| matches!(line.kind, LineKind::Text { .. }));
            let is_text = matches!(line.kind, LineKind::Text { .. });
            prop_assert!(is_text);
            prop_assert!(line.span.start <= offset || Some(layout.line_at(offset)) == first);
        }
    }

    #[test]
    fn a_line_ends_only_where_the_next_word_does_not_fit(text in any_text(), width in 1u16..100) {
        // Articles hold no such character: a line that ends there is not full.
        let text = text.replace(['\u{2028}', '\u{2029}'], "");
        let article = article(&[(BlockKind::Paragraph, text)]);
        let layout = Layout::new(&article, Options { width, justify: false, airy: true });
        let text = article.text.as_str();
        let rows: Vec<Span> = layout.lines.iter().filter(|line| matches!(line.kind, LineKind::Text { .. }))
            .map(|line| line.span).collect();
        for pair in rows.windows(2) {
            let rest = Span::new(pair[0].start, text.len()).of(text);
            let end = breaks::opportunities(rest)
                .map(|(at, _)| at)
                .find(|at| pair[0].start + at > pair[1].start && whole(rest, *at))
                .map_or(text.len(), |at| pair[0].start + at);
            let longer = Span::new(pair[0].start, end).of(text).trim_end();
            prop_assert!(cells::columns(longer) > usize::from(width), "{longer:?} fits {width}");
        }
    }

    #[test]
    fn lines_break_where_the_full_algorithm_breaks_them(
        text in "[ -~“”‘’é—…«»]{0,300}|[a-z“”漢字。、ア 한국]{0,200}", width in 1u16..60,
    ) {
        let article = article(&[(BlockKind::Paragraph, text)]);
        let layout = Layout::new(&article, Options { width, justify: false, airy: true });
        let rows: Vec<Span> = layout.lines.iter().filter(|line| matches!(line.kind, LineKind::Text { .. }))
            .map(|line| line.span).collect();
        prop_assert_eq!(rows, reference(&article.text, usize::from(width)));
    }
}

/// Whether `at` is between two graphemes of `text`.
fn whole(text: &str, at: usize) -> bool {
    at == text.len() || text.grapheme_indices(true).any(|(start, _)| start == at)
}

/// Greedy wrapping of a paragraph of simple and wide characters written plainly: every line asks the full algorithm about all that is left.
fn reference(text: &str, width: usize) -> Vec<Span> {
    let mut rows = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    while start < text.len() || rows.is_empty() {
        let rest = Span::new(start, text.len()).of(text);
        let trimmed = |end: usize| Span::new(0, end).of(rest).trim_end();
        let columns = |end: usize| trimmed(end).chars().map(|c| 1 + usize::from(c >= '\u{3000}')).sum::<usize>();
        let breaks = breaks::opportunities(rest).map(|(at, _)| at);
        let (end, next) = match breaks.take_while(|at| columns(*at) <= width).last() {
            Some(next) => (next, next),
            None => {
                let mut ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
                let first = rest.chars().next().map_or(0, char::len_utf8);
                let end = ends.rfind(|end| cells::columns(Span::new(0, *end).of(rest)) <= width).unwrap_or(first);
                (end, rest.len() - Span::new(end, rest.len()).of(rest).trim_start().len())
            }
        };
        rows.push(Span::new(start, start + trimmed(end).len()));
        start += next;
    }
    rows
}

fn rows(article: &Article, options: Options) -> Vec<String> {
    let layout = Layout::new(article, options);
    let row = |index: usize| {
        let mut row = String::new();
        for cell in layout.cells(&article.text, index) {
            row.extend(std::iter::repeat_n(' ', cell.column - cells::columns(&row)));
            row.push_str(cell.grapheme);
        }
        if layout.lines[index].kind == LineKind::Facts { "(facts)".to_owned() } else { row }
    };
    (0..layout.lines.len()).map(row).collect()
}

#[test]
fn blocks_are_laid_out_by_their_kind() {
    let article = article(&[
        (BlockKind::Title, "A title that is long"),
        (BlockKind::Paragraph, "One two three four five six"),
        (BlockKind::Quotation, "Quoted words stand in"),
        (BlockKind::ListItem, "an item of some length"),
        (BlockKind::Preformatted, "fn  main() {\n    exit();\n\n}"),
        (BlockKind::Paragraph, "Last words"),
    ]);
    let airy = rows(&article, Options { width: 14, justify: false, airy: true });
    let expected = [
        "A title that",
        "is long",
        "(facts)",
        "",
        "One two three",
        "four five six",
        "",
        "  Quoted words",
        "  stand in",
        "",
        "  an item of",
        "  some length",
        "",
        "fn  main() {",
        "    exit();",
        "",
        "}",
        "",
        "Last words",
    ];
    assert_eq!(airy, expected);
    let close = rows(&article, Options { width: 14, justify: false, airy: false });
    let expected = [
        "A title that",
        "is long",
        "One two three",
        "four five six",
        "  Quoted words",
        "  stand in",
        "  an item of",
        "  some length",
        "fn  main() {",
        "    exit();",
        "",
        "}",
        "  Last words",
    ];
    assert_eq!(close, expected);
}

#[test]
fn items_stand_together_and_hang_from_their_numbers() {
    let mut article = article(&[
        (BlockKind::Paragraph, "Before"),
        (BlockKind::ListItem, "an item of some length"),
        (BlockKind::Paragraph, "more of that item"),
        (BlockKind::ListItem, "9. the ninth of them"),
        (BlockKind::ListItem, "10. the tenth of them"),
        (BlockKind::ListItem, "1. inner"),
        (BlockKind::Paragraph, "Behind"),
    ]);
    for (block, depth) in article.blocks.iter_mut().zip([0, 1, 1, 1, 1, 2, 0]) {
        block.depth = depth;
    }
    let airy = rows(&article, Options { width: 18, justify: false, airy: true });
    let expected = [
        "(facts)",
        "",
        "Before",
        "",
        "  an item of some",
        "  length",
        "",
        "  more of that",
        "  item",
        "",
        "9. the ninth of",
        "   them",
        "10. the tenth of",
        "    them",
        "  1. inner",
        "",
        "Behind",
    ];
    assert_eq!(airy, expected);
}

#[test]
fn justified_lines_reach_the_edge_but_for_the_last() {
    let article = article(&[(BlockKind::Paragraph, "It is not that far to go from here to the end of it")]);
    let spread = rows(&article, Options { width: 20, justify: true, airy: true });
    assert_eq!(spread[2..], ["It is  not that  far", "to go  from here  to", "the end of it"]);
}

#[test]
fn a_word_longer_than_the_line_is_cut_between_graphemes() {
    let article = article(&[(BlockKind::Paragraph, "ab e\u{301}e\u{301}e\u{301}e\u{301}e\u{301} 漢字漢字")]);
    let cut = rows(&article, Options { width: 3, justify: false, airy: false });
    assert_eq!(cut, ["ab", "e\u{301}e\u{301}e\u{301}", "e\u{301}e\u{301}", "漢", "字", "漢", "字"]);
}

/// `text` with a `|` at every place where a line may break, but for its end.
fn broken(text: &str) -> String {
    let mut shown = text.to_owned();
    let places: Vec<usize> = breaks::opportunities(text).map(|(at, _)| at).filter(|at| *at < text.len()).collect();
    places.iter().rev().for_each(|at| shown.insert(*at, '|'));
    shown
}

#[test]
fn quotation_marks_keep_to_what_they_enclose() {
    for expected in [
        "Il |dit |: |« Non ! » |puis |sortit.",
        "子|曰：|“学|而|时|习|之”|者。",
        "„Das |ist |gut“, |sagte |er.",
        "\"It |speaks |volumes,\" |she |said |(“twice”) |— |or |so.",
        "the |suffix |-tion |and |well-|known |10,000.50 |at |$5 |and |50%",
    ] {
        let text = expected.replace('|', "");
        let expected = expected.replace("dit |:", "dit :");
        assert_eq!(broken(&text), expected);
    }
}

/// Cases of the test file of Unicode 17 that differ: rules about Brahmic scripts, numbers and emoji that are newer than
/// the tables in use. (`unicode-linebreak` alone differs in 1,107.)
const DIFFERENT: usize = 826;

#[test]
fn lines_break_as_the_unicode_test_file_says() {
    let file = "../shared/data/hostile/unicode/LineBreakTest_17.txt";
    let Ok(cases) = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file)) else {
        eprintln!("skipped: {file} is not here");
        return;
    };
    let cases = cases.lines().filter_map(|line| line.split('#').next()).map(str::trim).filter(|case| !case.is_empty());
    let mut different = Vec::new();
    let mut count = 0;
    for case in cases {
        count += 1;
        let mut text = String::new();
        let mut expected = Vec::new();
        for word in case.split_whitespace() {
            match word {
                "÷" => expected.push(text.len()),
                "×" => {}
                hex => text.push(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).unwrap()),
            }
        }
        let found: Vec<usize> = breaks::opportunities(&text).map(|(at, _)| at).collect();
        if found != expected {
            different.push(case);
        }
    }
    assert!(count > 19_000, "{file} holds only {count} cases");
    assert!(different.len() <= DIFFERENT, "{} differ:\n{}", different.len(), different.join("\n"));
}
