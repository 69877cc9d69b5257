//! Whose words a quotation gives and whom its source means, as annotated sentences.

use crate::analysis::tests::check_direct;

#[test]
fn a_verb_of_saying_right_behind_a_quotation_decides() {
    check_direct(&[
        r#"[Ana Ruiz: “Taxes are low,”] said Ana Ruiz. [Hugh Hill: “They are high,”] said Hugh Hill."#,
        r#"Ana Ruiz met Hugh Hill. [Hugh Hill: “Taxes are low,”] Hugh Hill, a doctor, said."#,
        r#"[Ana Ruiz: “Are taxes low?”] Ana Ruiz asked. [Hugh Hill: “They are high,”] Hugh Hill replied."#,
    ]);
}

#[test]
fn the_halves_of_a_split_quotation_share_their_speaker() {
    check_direct(&[
        r#"[Hugh Hill: "Taxes are low,"] Hugh Hill, a doctor, said, [Hugh Hill: "and will stay low."]"#,
        r#"[Ana Ruiz: “Taxes are low,”] said Ana Ruiz, [Ana Ruiz: “and stay low.”]"#,
    ]);
}

#[test]
fn what_leads_up_to_a_name_is_not_the_speaker() {
    check_direct(&[
        r#"[Ana Ruiz: “Taxes are low,”] said Mayor of London Ana Ruiz on Friday."#,
        r#"University of Lima economist Ana Ruiz told reporters, [Ana Ruiz: “Taxes are low and will stay low.”]"#,
        r#"Ana Ruiz of the University of Lima disagreed: [Ana Ruiz: “Taxes are low and will stay low.”]"#,
    ]);
}

#[test]
fn somebody_not_something_is_who() {
    check_direct(&[
        r#"The work was led by Hugh Hill, a professor at Google, who said [Hugh Hill: “taxes are low and will stay low”]."#,
    ]);
}
