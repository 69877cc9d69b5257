use super::*;
use crate::analysis::names::{Name, NameKind};

/// The cast of a text whose names are marked `[P Ana Lee]`, O, L, X or N.
fn cast(marked: &str) -> Cast {
    let mut plain = String::new();
    let mut spans = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').expect("a closed mark");
        let (kind, name) = inside.split_once(' ').expect("a kind");
        plain.push_str(before);
        spans.push((kind, Span::new(plain.len(), plain.len() + name.len())));
        plain.push_str(name);
        rest = after;
    }
    plain.push_str(rest);
    let document = Document::new(&plain);
    let name = |(kind, span): &(&str, Span)| Name {
        first: index(document.token_at(span.start)),
        end: index(document.token_at(span.end - 1) + 1),
        kind: match *kind {
            "P" => NameKind::Person,
            "O" => NameKind::Organization,
            "L" => NameKind::Place,
            "X" => NameKind::Other,
            _ => NameKind::Group,
        },
    };
    let names: Vec<Name> = spans.iter().map(name).collect();
    collect(&document, &names, &Lexicon::embedded())
}

/// Its entities as `name: forms; role; gender`.
fn entities(marked: &str) -> Vec<String> {
    let cast = cast(marked);
    let show = |entity: &Entity| {
        let role = entity.role.as_deref().map_or(String::new(), |role| format!("; {role}"));
        let gender = match entity.gender {
            Gender::Unknown => "",
            Gender::Female => "; she",
            Gender::Male => "; he",
        };
        format!("{} x{}{role}{gender}", entity.name, entity.mentions.len())
    };
    cast.entities.iter().map(show).collect()
}

#[test]
fn a_surname_joins_the_full_name_wherever_it_stands() {
    assert_eq!(
        entities("[P Leavitt] spoke\n\n[P Karoline Leavitt] said so. [P Leavitt] left."),
        ["Karoline Leavitt x3; she"]
    );
    assert_eq!(entities("[P Ricardo Rosselló Nevares] left. [P Rosselló] spoke."), ["Ricardo Rosselló Nevares x2; he"]);
    assert_eq!(
        entities("[P Osama bin Laden] and [P bin Laden] and [P Bashar al-Assad], [P Assad]."),
        ["Osama bin Laden x2", "Bashar al-Assad x2"]
    );
    assert_eq!(
        entities("[P Jean-Claude Juncker]. [P Juncker]. [P Park Won-soon]. [P Park]."),
        ["Jean-Claude Juncker x2", "Park Won-soon x2"]
    );
}

#[test]
fn different_given_names_are_different_people() {
    assert_eq!(
        entities(
            "[P Bill Clinton] met [P Hillary Clinton]. Mr [P Clinton] spoke. Mrs [P Clinton] left. Ms [P Clinton] won. [P Clinton] too."
        ),
        ["Bill Clinton x2; he", "Hillary Clinton x4; she"]
    );
    assert_eq!(
        entities("[P Robert F. Kennedy] and [P John F. Kennedy]"),
        ["Robert F. Kennedy x1; he", "John F. Kennedy x1; he"]
    );
}

#[test]
fn titles_keep_people_of_one_name_apart() {
    assert_eq!(
        entities("Mr. [P Hill] and Mrs. [P Hill] left. Mrs. [P Hill] spoke, then Mr. [P Hill]."),
        ["Mr. Hill x2; he", "Mrs. Hill x2; she"]
    );
    assert_eq!(entities("Mrs. [P Jones] left. “No,” Mr. [P Jones] said."), ["Mrs. Jones x1; she", "Mr. Jones x1; he"]);
    assert_eq!(
        entities("President [P Trump] spoke. Mrs. [P Trump] left. [P Trump] won."),
        ["President Trump x2; President", "Mrs. Trump x1; she"]
    );
    assert_eq!(
        entities("Mrs. [P Trump] left. President [P Trump] spoke."),
        ["Mrs. Trump x1; she", "President Trump x1; President"]
    );
    assert_eq!(
        entities("Chancellor [P Merkel] said that she would stay. Mrs. [P Merkel] left."),
        ["Merkel x2; Chancellor; she"]
    );
    assert_eq!(entities("Senator [P Reed] spoke. Mr. [P Reed] left."), ["Reed x2; Senator; he"]);
    assert_eq!(
        entities("[P Bill Clinton] left. Mrs. [P Clinton] spoke. [P Clinton] won."),
        ["Bill Clinton x2; he", "Clinton x1; she"]
    );
    assert_eq!(
        entities("Sir [P John Cole] came. Sir [P John] and Lady [P Cole] left."),
        ["John Cole x2; he", "Cole x1; she"]
    );
    assert_eq!(
        entities("[P John Hill] called his wife, [P Ann]. The police called his brother, [P Hill]."),
        ["John Hill x2; he", "Ann x1; she"]
    );
    assert_eq!(
        entities("Mr. and Mrs. [P Hill] left. Mr. [P Hill] drove."),
        ["Hill x1", "Mr. Hill x1; he"],
        "a couple is neither of the two"
    );
}

#[test]
fn a_bare_name_of_two_people_means_whom_pronouns_fit_or_who_is_named_most() {
    let text = "[P Ann Hill] and [P John Hill] met. [P Hill] said that she was late.";
    assert_eq!(entities(text), ["Ann Hill x2; she", "John Hill x1; he"]);
    let text = "[P Ann Hill] and [P John Hill] met. [P Hill] said that he was late.";
    assert_eq!(entities(text), ["Ann Hill x1; she", "John Hill x2; he"]);
    let text = "[P Ann Hill] came. [P Ann Hill] and [P John Hill] met. [P Hill] left.";
    assert_eq!(entities(text), ["Ann Hill x3; she", "John Hill x1; he"]);
}

#[test]
fn what_a_bare_name_of_two_people_means_is_in_doubt() {
    let doubts = |marked: &str| cast(marked).doubts.iter().map(|doubt| doubt.other).collect::<Vec<_>>();
    assert_eq!(doubts("[P Ann Hill] met [P John Hill]. [P Hill] left."), [EntityId(0)]);
    assert_eq!(doubts("[P Ann Hill] met [P John Hill]. Mr. [P Hill] left."), []);
    assert_eq!(doubts("[P Ann Hill] met [P John Hill]. [P Hill] sold her house."), []);
    assert_eq!(doubts("[P Ann Hill] met [P John Cole]. [P Hill] left."), []);
}

#[test]
fn nicknames_initials_and_middle_names_are_one_person() {
    assert_eq!(
        entities("[P William Gates], [P Bill Gates], [P W. Gates], [P William Henry Gates]"),
        ["William Henry Gates x4; he"]
    );
    assert_eq!(entities("[P John James Conyers Jr.] or [P John Conyers]"), ["John James Conyers Jr. x2; he"]);
}

#[test]
fn acronyms_join_the_name_they_stand_for() {
    assert_eq!(entities("the [O World Trade Group] ([O WTG]) and the [O WTG]"), ["World Trade Group x3"]);
    assert_eq!(entities("[O USGS] and the [O U.S. Geological Survey]"), ["U.S. Geological Survey x2"]);
    assert_eq!(
        entities("The [O Syrian Democratic Forces] and the [O SDF]; [O Transport for London], [O TfL]"),
        ["Syrian Democratic Forces x2", "Transport for London x2"]
    );
}

#[test]
fn short_forms_join_the_only_longer_name() {
    assert_eq!(entities("[O Burisma Holdings], [O Burisma]"), ["Burisma Holdings x2"]);
    assert_eq!(entities("the [O US Supreme Court] and the [O Supreme Court]"), ["US Supreme Court x2"]);
    assert_eq!(
        entities("the [O Wisconsin Supreme Court], the [O Ohio Supreme Court], the [O Supreme Court]"),
        ["Wisconsin Supreme Court x1", "Ohio Supreme Court x1", "Supreme Court x1"]
    );
    assert_eq!(entities("[L Kansas City] and [L Kansas]"), ["Kansas City x1", "Kansas x1"]);
}

#[test]
fn well_known_names_of_one_country_are_one() {
    assert_eq!(entities("[L US], [L U.S.], [L United States], [L America]"), ["United States x4"]);
    assert_eq!(entities("[L Britain] and the [L UK]; [O The Times], [O Times]"), ["Britain x2", "The Times x2"]);
}

#[test]
fn roles_come_from_titles_and_descriptions() {
    assert_eq!(entities("[L US] President [P Donald Trump] said"), ["US x1", "Donald Trump x1; US President; he"]);
    assert_eq!(
        entities("[L New York City] Mayor-elect [P Zohran Mamdani]'s visit"),
        ["New York City x1", "Zohran Mamdani x1; New York City Mayor-elect"]
    );
    assert_eq!(
        entities("[P Ana Lee], the [O White House] press secretary, said"),
        ["Ana Lee x1; White House press secretary; she", "White House x1"]
    );
    assert_eq!(
        entities("[O White House] spokesman [P Lee] said"),
        ["White House x1", "Lee x1; White House spokesman; he"]
    );
    assert_eq!(
        entities("former Vice President of the [L United States] [P Joe Biden] spoke"),
        ["United States x1", "Joe Biden x1; former Vice President of the United States; he"]
    );
    assert_eq!(
        entities("[P Ana Lee], 45, a spokeswoman for the mayor, said"),
        ["Ana Lee x1; spokeswoman for the mayor; she"]
    );
    assert_eq!(
        entities("In May, [P Ana Lee], [P Bo Ray], and a driver left."),
        ["Ana Lee x1; she", "Bo Ray x1; he", "May x1"]
    );
}

#[test]
fn a_family_is_none_of_its_members() {
    assert_eq!(
        entities("[P Gloria Vanderbilt], of the [P Vanderbilt] family, left. [P Vanderbilt] was ten."),
        ["Gloria Vanderbilt x2; she", "Vanderbilt x1"]
    );
    assert_eq!(
        entities("[P Louise Turpin] and [P David Turpin] left. The [P Turpins] said so, the [P Turpins] say."),
        ["Louise Turpin x1; she", "David Turpin x1; he", "Turpins x2"]
    );
    assert_eq!(entities("[P Ana Jones] left. The [P Jones] case goes on."), ["Ana Jones x2; she"]);
}

#[test]
fn initials_short_given_names_and_misspellings_mean_the_only_one_they_fit() {
    assert_eq!(
        entities("[P William S. Saturn]: Hello. [P WSS]: Why? [P Ana Lee]: No."),
        ["William S. Saturn x2; he", "Ana Lee x1; she"]
    );
    assert_eq!(entities("[P Chadwick Boseman] died. “[P Chad] was kind.”"), ["Chadwick Boseman x2; he"]);
    assert_eq!(
        entities("[P Osama bin Laden] and [P Hamza bin Laden]. [P Hamza bin Ladin]."),
        ["Osama bin Laden x1", "Hamza bin Laden x2; he"]
    );
    assert_eq!(entities("[P Yahya Sarea] spoke. [P Saree] left."), ["Yahya Sarea x2"]);
    assert_eq!(
        entities("[P Ana Miller] and [P Bo Miller], [P Millar]."),
        ["Ana Miller x1; she", "Bo Miller x1; he", "Millar x1"],
        "two fit"
    );
    assert_eq!(entities("[P Ana Ruiz] and [P Ana Diaz]"), ["Ana Ruiz x1; she", "Ana Diaz x1; she"]);
}

#[test]
fn nicknames_in_marks_and_particles_are_no_names_of_their_own() {
    assert_eq!(entities("[P Matiu \"Matt\" Ratana] died. [P Matt Ratana] was 54."), ["Matt Ratana x2; he"]);
    assert_eq!(entities("[P Rocky De La Fuente] ran. [P De La Fuente] lost."), ["Rocky De La Fuente x2; he"]);
}

#[test]
fn what_the_text_calls_one_is_one() {
    assert_eq!(
        entities("[P Jon Huber], better known as [P Brodie Lee], died. [P Lee] was 41, [P Huber]'s wife said."),
        ["Jon Huber x4; he"]
    );
    assert_eq!(
        entities("[P Jon Huber], who performed for [O WWE] under the ring name [P Luke Harper], died."),
        ["Jon Huber x2; he", "WWE x1"]
    );
    assert_eq!(
        entities("[O First Medical University] ([O First MU]), also called [O Sechenov University], won."),
        ["First Medical University x3"]
    );
    assert_eq!(
        entities("[P Bernie Sanders] called [P Joe Biden]. [P Sanders] also called [L Nevada] for [P Biden]."),
        ["Bernie Sanders x2", "Joe Biden x2; he", "Nevada x1"]
    );
}

#[test]
fn brackets_hold_a_short_form_in_any_language() {
    assert_eq!(entities("[O Reporters Without Borders] ([O RSF]) and [O RSF]"), ["Reporters Without Borders x3"]);
    assert_eq!(
        entities("[O Institute of Volcanology] ([O Ivolcan]) said. [O Ivolcan] warned."),
        ["Institute of Volcanology x3"]
    );
    assert_eq!(entities("[O ISIS] ([O Islamic State in Iraq and Syria])"), ["Islamic State in Iraq and Syria x2"]);
    assert_eq!(entities("[L Paris] ([L France])"), ["Paris x1", "France x1"]);
}

#[test]
fn parts_of_one_longer_name_stand_for_it() {
    assert_eq!(
        entities("The [O United States Department of State] and the [O State Department]"),
        ["United States Department of State x2"]
    );
    assert_eq!(
        entities("[O UK Supreme Court], [O Supreme Court of the United Kingdom], [O Supreme Court]"),
        ["Supreme Court of the United Kingdom x3"]
    );
    assert_eq!(
        entities("[O Charlotte Hornets] beat [O Utah Jazz]. [O Hornets], [O Jazz]."),
        ["Charlotte Hornets x2", "Utah Jazz x2"]
    );
    assert_eq!(
        entities("[O House Oversight and Reform Committee], [O Oversight Committee]"),
        ["House Oversight and Reform Committee x2"]
    );
    assert_eq!(
        entities("[O Scripps Institution of Oceanography], [O Scripps]"),
        ["Scripps Institution of Oceanography x2"]
    );
    assert_eq!(
        entities("[O Global Coalition to Defeat ISIS] and [O ISIS]; [O Royal Air Force], [O US Air Force]"),
        ["Global Coalition to Defeat ISIS x1", "ISIS x1", "Royal Air Force x1", "US Air Force x1"]
    );
    assert_eq!(
        entities("[O New York Times], [O Financial Times], [O Times]"),
        ["New York Times x1", "Financial Times x1", "Times x1"]
    );
    assert_eq!(entities("the [O Houthis] and the [O Houthi]"), ["Houthis x2"]);
}

#[test]
fn an_acronym_is_one_thing_whatever_kind_it_is_taken_for() {
    assert_eq!(entities("[O SDF] and [X SDF] and [O SDF]"), ["SDF x3"]);
    assert_eq!(entities("[L Georgia] and [O Georgia]"), ["Georgia x1", "Georgia x1"]);
}

#[test]
fn what_somebody_is_said_to_be_is_a_role() {
    assert_eq!(
        entities("[P Ana Ruiz] has been mayor of [L Ostend] since May."),
        ["Ana Ruiz x1; mayor of Ostend; she", "Ostend x1", "May x1"]
    );
    assert_eq!(
        entities("[P Bo Ray] was the team doctor. [P Ana Lee] is not a doctor."),
        ["Bo Ray x1; team doctor; he", "Ana Lee x1; she"]
    );
}
