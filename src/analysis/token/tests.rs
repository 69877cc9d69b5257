use super::*;

/// The tokens of `text`, with ` ‖ ` between sentences.
fn cut(text: &str) -> String {
    let document = Document::new(text);
    let sentence =
        |s: &Sentence| (s.first..s.end).map(|at| document.text_of(at as usize)).collect::<Vec<_>>().join(" ");
    document.sentences.iter().map(sentence).collect::<Vec<_>>().join(" ‖ ")
}

#[test]
fn words_and_marks_are_separate_tokens() {
    assert_eq!(cut("“Taxes are low,” said Ana."), "“ Taxes are low , ” said Ana .");
    assert_eq!(cut("USD15, $4.5 million; 1,991 of 10%"), "USD15 , $ 4.5 million ; 1,991 of 10 %");
    assert_eq!(cut("AT&T and R & B"), "AT&T and R & B");
}

#[test]
fn clitics_are_tokens_and_negations_are_not() {
    assert_eq!(cut("Trump's and Trump’s; he'll, I’m, don't"), "Trump 's and Trump ’s ; he 'll , I ’m , don't");
    assert_eq!(cut("Sanders' exit; O'Brien of Côte d'Ivoire"), "Sanders ' exit ; O'Brien of Côte d'Ivoire");
    assert!(Document::new("Trump's").tokens[1].shape.has(Shape::POSSESSIVE));
}

#[test]
fn hyphens_split_where_a_name_may_end() {
    assert_eq!(cut("a closely-watched US-led vote"), "a closely-watched US - led vote");
    assert_eq!(cut("Bashar al-Assad and Al-Qaeda"), "Bashar al-Assad and Al-Qaeda");
    assert_eq!(cut("pro-Beijing"), "pro - Beijing");
    assert_eq!(cut("Libya–Turkey"), "Libya – Turkey");
}

#[test]
fn abbreviations_do_not_end_sentences() {
    assert_eq!(cut("Sen. J. K. Smith met Mr. Lee."), "Sen. J. K. Smith met Mr. Lee .");
    assert_eq!(
        cut("In the U.S. Senate. He left the U.S. The end."),
        "In the U.S. Senate . ‖ He left the U.S. ‖ The end ."
    );
    assert_eq!(cut("at 5 p.m. on Jan. 5 at Acme Inc. in Rome"), "at 5 p.m. on Jan. 5 at Acme Inc. in Rome");
    assert_eq!(cut("So did I. They went."), "So did I . ‖ They went .");
    assert_eq!(cut("It was plan B. Then it ended."), "It was plan B. ‖ Then it ended .");
}

#[test]
fn sentences_end_inside_quotation_marks() {
    assert_eq!(cut("\"Go!\" he said. \"Stop.\" She left."), "\" Go ! \" he said . ‖ \" Stop . \" ‖ She left .");
    assert_eq!(cut("“It is over.” “Yes.”"), "“ It is over . ” ‖ “ Yes . ”");
    assert_eq!(cut("Well... maybe. Really?! Yes"), "Well ... maybe . ‖ Really ?! ‖ Yes");
    assert_eq!(cut("No space.Next one."), "No space . ‖ Next one .");
}

#[test]
fn addresses_are_one_token() {
    assert_eq!(
        cut("See https://example.org/a?b=1, @jack or #Brexit."),
        "See https://example.org/a?b=1 , @jack or #Brexit ."
    );
    assert_eq!(cut("Write to ana@example.org. Or Change.org"), "Write to ana@example.org . ‖ Or Change.org");
}

#[test]
fn paragraphs_are_lines_and_headings_are_told_apart() {
    let document = Document::new("Storm hits coast\n\nRain fell.\r\n\n  \nMore rain");
    assert_eq!(document.paragraphs.len(), 3);
    let headings: Vec<bool> = document.paragraphs.iter().map(|p| p.heading).collect();
    assert_eq!(headings, [true, false, false]);
}

#[test]
fn shapes_say_what_letters_there_are() {
    let document = Document::new("NATO McDonald iPhone 5th Élan été U.S.");
    let has = |at: usize, flags| document.tokens[at].shape.has(flags);
    assert!(has(0, Shape::ALL_CAPS.with(Shape::CAPITALISED).with(Shape::FIRST)));
    assert!(has(1, Shape::INNER_CAPITAL) && !has(1, Shape::ALL_CAPS));
    assert!(has(2, Shape::INNER_CAPITAL) && !has(2, Shape::CAPITALISED));
    assert!(has(3, Shape::NUMBER) && has(4, Shape::CAPITALISED) && !has(5, Shape::CAPITALISED));
    assert!(has(6, Shape::ABBREVIATED.with(Shape::ALL_CAPS)));
}

#[test]
fn words_are_equal_whatever_their_case() {
    let document = Document::new("SAID Said said DON’T École");
    assert!(document.tokens[..3].iter().all(|token| token.word == word("said")));
    assert_eq!(document.tokens[3].word, word("don't"));
    assert_eq!(document.tokens[4].word, word("école"));
    assert_eq!(word_of("SAID"), word("said"));
}

#[test]
fn the_lists_of_abbreviations_are_sorted() {
    for part in ["Adm", "Vol", "Sen", "St", "approx", "vs"] {
        assert!(sentences::is_abbreviation(part), "{part}");
    }
    assert!(!sentences::is_abbreviation("sen") && !sentences::is_abbreviation("No1"));
}

proptest::proptest! {
    #[test]
    fn every_visible_character_is_in_exactly_one_token(text in "(?s).{0,200}") {
        check(&text);
    }

    #[test]
    fn also_in_texts_full_of_marks(text in "[ \n.'’\"A-Ca-c1-3@#&_-]{0,200}") {
        check(&text);
    }
}

fn check(text: &str) {
    let document = Document::new(text);
    let mut at = 0;
    for token in &document.tokens {
        assert!(token.span.start >= at && !token.span.is_empty());
        assert!(text[at..token.span.start].chars().all(|c| chars::class(c) == chars::Class::Space));
        at = token.span.end;
    }
    assert!(text[at..].chars().all(|c| chars::class(c) == chars::Class::Space));
    let mut token = 0;
    for (number, sentence) in document.sentences.iter().enumerate() {
        assert_eq!(sentence.first, token);
        assert!(sentence.first < sentence.end);
        token = sentence.end;
        assert!((sentence.first..sentence.end).all(|t| document.tokens[t as usize].sentence as usize == number));
    }
    assert_eq!(token as usize, document.tokens.len());
    assert_eq!(document.paragraphs.last().map_or(0, |p| p.end_sentence as usize), document.sentences.len());
}
