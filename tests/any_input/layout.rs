//! Any article at any width: every word is on one line, no line is too wide, every cell leads back to its offset.

use pullquote::article::Article;
use pullquote::layout::{Layout, LineKind, Options};
use pullquote::text::Span;

use super::import;

/// Lays `article` out.
pub fn check(article: &Article, options: Options) {
    let layout = Layout::new(article, options);
    let mut at = 0;
    for (index, line) in layout.lines.iter().enumerate() {
        assert!(line.span.start >= at, "lines overlap");
        let skipped = Span::new(at, line.span.start).of(&article.text);
        assert!(skipped.trim().is_empty(), "{skipped:?} is on no line");
        at = line.span.end;
        check_line(article, &layout, index);
    }
    let skipped = Span::new(at, article.text.len()).of(&article.text);
    assert!(skipped.trim().is_empty(), "{skipped:?} is on no line");
    if let Some(line) = layout.lines.get(layout.line_at(article.text.len())) {
        assert!(matches!(line.kind, LineKind::Text { .. }), "an offset is shown on a line without text");
    }
}

fn check_line(article: &Article, layout: &Layout, index: usize) {
    let line = layout.lines[index];
    let cells: Vec<_> = layout.cells(&article.text, index).collect();
    let end = cells.last().map_or(usize::from(line.indent), |cell| cell.column + cell.width);
    let shown = cells.iter().filter(|cell| cell.width > 0).count();
    let width = usize::from(layout.options.width.max(1));
    assert!(end <= width || shown <= 1, "{:?} is wider than {width}", line.span.of(&article.text));
    for cell in cells {
        assert_eq!(layout.line_at(cell.offset), index);
        assert_eq!(layout.column_at(&article.text, cell.offset), cell.column);
        for column in cell.column..cell.column + cell.width {
            assert_eq!(layout.offset_at(&article.text, index, column), cell.offset);
        }
    }
}

/// The same from one input: width, switches and format come first, then what is imported.
pub fn check_input(input: &[u8]) {
    let ([width, switches, format], bytes) = input.split_first_chunk().unwrap_or((&[40, 0, 0], input));
    let options = Options { width: u16::from(*width), justify: switches & 1 > 0, airy: switches & 2 > 0 };
    check(&import::check(bytes, import::NAMES[usize::from(*format) % import::NAMES.len()]), options);
}
