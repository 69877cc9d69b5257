//! Whose words a quotation gives and whom its source means, as annotated texts.

use crate::analysis::tests::check_speech;

#[test]
fn the_words_around_a_quotation_decide_where_they_leave_no_doubt() {
    check_speech(include_str!("cases/frames.txt"));
}

#[test]
fn descriptions_lead_to_the_names_beside_them() {
    check_speech(include_str!("cases/descriptions.txt"));
}

#[test]
fn titles_and_pronouns_tell_people_of_one_name_apart() {
    check_speech(include_str!("cases/titles.txt"));
}
