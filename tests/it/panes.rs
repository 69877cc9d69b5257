//! The arrangement of panes: any size, any set-up, nothing overlaps, and stories get the rows they need.

use proptest::prelude::*;
use pullquote::app::panes::Side;
use pullquote::app::{Arrangement, Focus, Panes};
use ratatui::layout::Rect;

fn any_side() -> impl Strategy<Value = Side> {
    (any::<bool>(), prop::option::of(0u16..300)).prop_map(|(folded, columns)| Side { folded, columns })
}

fn any_panes() -> impl Strategy<Value = Panes> {
    let size = (prop_oneof![0u16..130, 0u16..=500], prop_oneof![0u16..60, 0u16..=200]);
    (size, 0..3usize, any::<(bool, bool)>(), any_side(), any_side()).prop_map(
        |((columns, rows), focus, (zoomed, evidence), list, sidebar)| {
            let focus = [Focus::List, Focus::Text, Focus::Sidebar][focus];
            Panes { columns, rows, focus, zoomed, evidence, list, sidebar }
        },
    )
}

fn all(at: &Arrangement) -> [Rect; 10] {
    let reading = [at.header, at.gutter, at.text, at.minimap, at.evidence];
    let [header, gutter, text, minimap, evidence] = reading;
    [at.list, at.list_rule, header, gutter, text, minimap, evidence, at.sidebar_rule, at.sidebar, at.status]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn panes_lie_on_the_screen_and_never_overlap(panes in any_panes(), text_width in 1u16..200) {
        let arrangement = panes.arrange(text_width);
        let shown: Vec<Rect> = all(&arrangement).into_iter().filter(|rect| !rect.is_empty()).collect();
        for (index, rect) in shown.iter().enumerate() {
            prop_assert!(rect.right() <= panes.columns && rect.bottom() <= panes.rows, "{rect:?} leaves the screen");
            for other in shown.iter().skip(index + 1) {
                prop_assert!(!rect.intersects(*other), "{rect:?} and {other:?} overlap");
            }
        }
        prop_assert!(arrangement.text.width <= text_width);
    }

    #[test]
    fn the_focused_pane_is_always_shown(panes in any_panes(), text_width in 1u16..200) {
        let arrangement = panes.arrange(text_width);
        let focused = match (panes.zoomed, panes.focus) {
            (true, _) | (_, Focus::Text) => arrangement.text,
            (_, Focus::List) => arrangement.list,
            (_, Focus::Sidebar) => arrangement.sidebar,
        };
        prop_assert!(!focused.is_empty() || panes.columns == 0 || panes.rows == 0, "{arrangement:?}");
    }

    #[test]
    fn moving_the_focus_never_lays_the_text_out_again(panes in any_panes(), text_width in 1u16..200) {
        let shown = panes.arrange(text_width).text;
        let focused = Panes { focus: Focus::Text, ..panes.clone() }.arrange(text_width).text;
        let folds = panes.list.folded || panes.sidebar.folded;
        prop_assert!(shown.is_empty() || folds || shown.width == focused.width);
    }
}

fn arrange(columns: u16, rows: u16, focus: Focus) -> Arrangement {
    Panes { focus, ..Panes::new(columns, rows) }.arrange(70)
}

#[test]
fn side_panes_fold_away_as_the_screen_gets_narrow() {
    let shown = |columns, focus| {
        let at = arrange(columns, 40, focus);
        (!at.list.is_empty(), !at.text.is_empty(), !at.sidebar.is_empty())
    };
    assert_eq!(shown(100, Focus::Text), (true, true, true));
    assert_eq!(shown(99, Focus::Text), (true, true, false));
    assert_eq!(shown(99, Focus::Sidebar), (false, true, true));
    assert_eq!(shown(69, Focus::List), (true, false, false));
    assert_eq!(shown(69, Focus::Text), (false, true, false));
    assert_eq!(shown(69, Focus::Sidebar), (false, false, true));
}

#[test]
fn text_is_centred_and_as_wide_as_it_may_be() {
    let wide = arrange(200, 60, Focus::Text);
    assert_eq!(wide.text.width, 70);
    let (left, right) = (wide.gutter.x - wide.list_rule.right(), wide.minimap.x - wide.text.right());
    assert!(left.abs_diff(right) <= 1, "{left} columns before, {right} after");
    assert!(arrange(140, 40, Focus::Text).text.width >= 66);
    assert!(arrange(120, 40, Focus::Text).text.width >= 60);
    assert!(arrange(80, 24, Focus::Text).text.width >= 50);
    assert!(arrange(40, 12, Focus::Text).text.width >= 35);
}

#[test]
fn a_zoomed_story_has_the_screen_to_itself() {
    let panes = Panes { zoomed: true, focus: Focus::Text, ..Panes::new(120, 40) };
    let at = panes.arrange(70);
    assert!(at.list.is_empty() && at.sidebar.is_empty());
    assert_eq!(at.text.width, 70);
}
