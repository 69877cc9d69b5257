//! Tests of web pages.

use super::read;
use crate::article::{Article, BlockKind};

const STORY: &str = "The minister said on Friday that taxes would stay as they are, whatever the opposition may have been saying all week, and that nobody in the whole country had ever asked her to raise them.";

fn article(html: &str) -> Article {
    let article = read(html);
    assert_eq!(article.flaw(), None, "{html}");
    article
}

/// The blocks of a page, each as a letter for its kind and its text.
fn blocks(html: &str) -> Vec<String> {
    let article = article(html);
    let kind = |kind| match kind {
        BlockKind::Title => 'T',
        BlockKind::Heading => 'H',
        BlockKind::Paragraph => 'P',
        BlockKind::Quotation => 'Q',
        BlockKind::ListItem => 'L',
        BlockKind::Preformatted => 'F',
    };
    article.blocks.iter().map(|block| format!("{} {}", kind(block.kind), block.span.of(&article.text))).collect()
}

/// A whole page around `body`, with what surrounds stories on the web.
fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>\
         <div class=sidebar><a href=/x>Most read</a></div><article class=story>{body}<p>{STORY}</p><p>{STORY}</p></article>\
         <footer><p>Copyright</p></footer><script>var x = '<p>no</p>';</script></body></html>"
    )
}

#[test]
fn the_story_is_found_among_what_surrounds_it() {
    let html = page("<title>Taxes to stay low - The Paper</title>", "<h1>Taxes to stay low</h1><h2>What she said</h2>");
    assert_eq!(blocks(&html), ["T Taxes to stay low", "H What she said", &format!("P {STORY}"), &format!("P {STORY}")]);
}

#[test]
fn blocks_keep_their_kind() {
    let body = format!(
        "<p>{STORY}</p><blockquote><p>“{STORY}”</p></blockquote><ul><li>One, two<ul><li>Three</ul><li>Four</ul><ol start=3><li>Five<li>Six</ol><pre>a\n  b</pre>"
    );
    let all = blocks(&page("<title>Taxes to stay low for years to come</title>", &body));
    assert_eq!(
        all[2..10],
        [
            format!("Q “{STORY}”"),
            "L One, two".into(),
            "L Three".into(),
            "L Four".into(),
            "L 3. Five".into(),
            "L 4. Six".into(),
            "F a\n  b".into(),
            format!("P {STORY}")
        ]
    );
    let article = article(&page("", &body));
    let depth =
        |text: &str| article.blocks.iter().find(|block| block.span.of(&article.text).starts_with(text)).unwrap().depth;
    assert_eq!((depth("The"), depth("“The"), depth("One"), depth("Three"), depth("3. Five")), (0, 1, 1, 2, 1));
}

#[test]
fn entities_line_ends_and_notes_become_plain_text() {
    let html = format!(
        "<p>Caf&eacute; &amp; bar&nbsp;&#8211; &ldquo;no&rdquo;<sup>[3]</sup><br>10<sup>3</sup> &lt;b&gt;</p><p>{STORY}</p>"
    );
    assert_eq!(blocks(&html)[..2], ["P Café & bar\u{A0}– “no”", "P 103 <b>"]);
}

#[test]
fn lines_wrapped_by_hand_are_joined_and_verse_is_kept() {
    let wrapped = "The minister said on Friday that taxes would stay as they are,<br>whatever the opposition may have been saying all week about the<br>budget.<br><br>Roses are red<br>Violets are blue<br>Taxes are low";
    assert_eq!(
        blocks(&format!("<div>{wrapped}</div>")),
        [
            "P The minister said on Friday that taxes would stay as they are, whatever the opposition may have been saying all week about the budget.",
            "F Roses are red\nViolets are blue\nTaxes are low",
        ]
    );
}

#[test]
fn links_are_absolute_where_the_page_says_its_address() {
    let html = page(
        "<title>Taxes to stay low for years</title><link rel=canonical href='https://e.org/a/b'>",
        "<p>See <a href='../report?x=1&amp;y=2'>the <b>report</b></a>, <a href='#n'>this</a>, <a href='javascript:x()'>that</a> and <a href='https://f.org'>more</a>.</p>",
    );
    let article = article(&html);
    let links: Vec<_> = article.links.iter().map(|link| (link.span.of(&article.text), link.url.as_str())).collect();
    assert_eq!(links, [("the report", "https://e.org/report?x=1&y=2"), ("more", "https://f.org")]);
    assert_eq!(article.meta.url.as_deref(), Some("https://e.org/a/b"));
}

#[test]
fn metadata_comes_from_json_ld() {
    let data = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"No"},
        {"@type":["NewsArticle"],"headline":"Taxes &amp; more","datePublished":"2025-11-21T10:00:00+01:00",
        "author":[{"@type":"Person","name":"Ana Ruiz"},{"name":"Bo Li"}],"publisher":{"name":"The Paper"},
        "license":"https://creativecommons.org/licenses/by/4.0/","url":"https://e.org/a"}]}</script>"#;
    let meta = article(&page(&format!("<title>Other</title><meta property=og:title content=Other>{data}"), "")).meta;
    assert_eq!(meta.title, "Taxes & more");
    assert_eq!(meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz, Bo Li"));
    assert_eq!(meta.source.as_deref(), Some("The Paper"));
    assert_eq!(meta.url.as_deref(), Some("https://e.org/a"));
    assert_eq!(meta.licence.as_deref(), Some("https://creativecommons.org/licenses/by/4.0/"));
}

#[test]
fn metadata_comes_from_meta_elements() {
    let head = "<meta property='og:title' content='Taxes &quot;low&quot;'><meta name=author content='Ana Ruiz'><meta property='og:site_name' content='The Paper'>\
        <meta property='article:published_time' content='2025-11-21T10:00'><meta property='og:url' content='https://e.org/a'><meta name=dcterms.license content='CC BY 2.5'>";
    let meta = article(&page(head, "")).meta;
    assert_eq!(meta.title, "Taxes \"low\"");
    assert_eq!(meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(meta.source.as_deref(), Some("The Paper"));
    assert_eq!(meta.url.as_deref(), Some("https://e.org/a"));
    assert_eq!(meta.licence.as_deref(), Some("CC BY 2.5"));
}

#[test]
fn author_and_day_may_stand_in_the_text() {
    let html = page(
        "<title>Taxes to stay low for years</title>",
        "<h1>Taxes to stay low for years</h1><p>By Ana Ruiz</p><p>Published <time datetime=2025-11-21>last Friday</time></p>",
    );
    let article = article(&html);
    assert_eq!(article.meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(article.meta.date, jiff::civil::Date::new(2025, 11, 21).ok());
    assert!(!article.text.contains("By Ana"), "{}", article.text);
}

#[test]
fn tables_of_figures_are_lines_and_tables_for_layout_are_text() {
    let html = format!(
        "<p>{STORY}</p><table><thead><tr><th>Party<th>Seats</thead><tr><td><p>Left</p><td>12<tr><td>Right<td>7</table>"
    );
    assert_eq!(blocks(&html)[1], "F Party   Seats\nLeft    12\nRight   7");
    let html =
        format!("<table><tr><td><a href=/>Home</a><td><h2>Head</h2><p>{STORY} {STORY}</p><p>She left.</p></table>");
    assert_eq!(blocks(&html), ["P Home", "H Head", &format!("P {STORY} {STORY}"), "P She left."]);
}

#[test]
fn a_page_without_a_story_gives_all_its_text() {
    assert_eq!(blocks("<p>Hello</p>world<p hidden>secret</p>"), ["P Hello", "P world"]);
    assert_eq!(blocks("just text"), ["P just text"]);
    assert!(blocks("").is_empty());
    assert!(blocks("<script>x</script><style>y</style>").is_empty());
}

/// What pages put around and into their stories, in elements that say so.
const CLUTTER: [&str; 12] = [
    "<div class='cookie-banner'><p>We use cookies to give you the best experience. <button>Accept</button></p></div>",
    "<div class=ad>Advertisement</div>",
    "<div id=Related_Stories><h3>Related stories</h3><ul><li><a href=/x>Taxes rise</a><li><a href=/y>Taxes fall</a></ul></div>",
    "<ul class='share-bar wide'><li>Share<li>Post</ul>",
    "<section class='box newsletter-signup--tall'><h2>Our newsletter</h2><p>Every morning in your inbox.</p></section>",
    "<nav>Home</nav>",
    "<div role=navigation>World</div>",
    "<header role=banner>The Paper</header>",
    "<div role=complementary>Weather: rain</div>",
    "<div role=contentinfo>Copyright</div>",
    "<div role=dialog>Subscribe now</div>",
    "<div aria-hidden=true>Loading</div>",
];

#[test]
fn what_surrounds_a_story_goes_from_short_pages() {
    let clutter = CLUTTER.concat();
    let html = format!("<body>{clutter}<h1>Taxes</h1><p>{STORY}</p>{clutter}<p>She left.</p>{clutter}</body>");
    assert_eq!(blocks(&html), ["H Taxes".to_owned(), format!("P {STORY}"), "P She left.".to_owned()]);
    assert_eq!(blocks(&format!("<p>{STORY}</p>before<div class=ad>x</div>behind"))[1..], ["P before", "P behind"]);
}

#[test]
fn what_surrounds_a_story_goes_from_long_pages() {
    let clutter = CLUTTER.concat();
    let paragraphs = format!("<p>{STORY}</p>").repeat(20);
    let html = format!("<body>{clutter}<article><h1>Taxes</h1>{paragraphs}{clutter}{paragraphs}</article></body>");
    let (story, others): (Vec<_>, Vec<_>) = blocks(&html).into_iter().partition(|block| block.ends_with(STORY));
    assert_eq!(story.len(), 40);
    assert!(others.iter().all(|block| block.ends_with(" Taxes")), "{others:?}");
}

#[test]
fn a_story_in_what_calls_itself_clutter_stays() {
    let ad = "<div class=ad>Advertisement</div>";
    for (open, close) in [
        ("<div class=related>", "</div>"),
        ("<div class=ad><div id=share>", "</div></div>"),
        ("<div role=complementary>Home", "</div><p>Copyright 2025</p>"),
        ("<div role=banner><h1>Taxes</h1>", "</div>"),
        ("<article class=newsletter>", "</article>"),
        ("<p>One.</p><div class=ad>", ""),
    ] {
        for times in [1, 30] {
            let story = format!("<p>{STORY}</p>").repeat(times);
            let all = blocks(&format!("<body>{open}{story}{ad}{close}</body>"));
            assert_eq!(all.iter().filter(|block| block.ends_with(STORY)).count(), times, "{open}");
        }
    }
    assert_eq!(blocks("<div class=related><a href=/x>All there is</a></div>"), ["P All there is"]);
    assert_eq!(blocks("<p>See <a class=related href=/x>the report</a> of <span class=ad>May</span>.</p>").len(), 1);
}

#[test]
fn hostile_references_give_safe_text() {
    let text = article("<p>a&#27;[31mb&#x202e;c&#x9b;1md&#0;e&#xE000;f</p>").text;
    assert_eq!(text, "abc›1md�e�f");
}

#[test]
fn hostile_metadata_is_single_safe_lines() {
    let head = "<title>Taxes\u{1B}]0;x\u{7} to &#x202E;stay &#10; low</title><meta name=author content='Ana\u{9B}31m &#27;[2JRuiz'>\
        <meta property='og:site_name' content='The\n\nPaper'><link rel=canonical href='https://e.org/\u{202E}a'><link rel=license href='CC\u{1B}c BY'>";
    let meta = article(&page(head, "")).meta;
    assert_eq!(meta.title, "Taxes to stay low");
    assert_eq!((meta.byline.as_deref(), meta.source.as_deref()), (Some("Ana Ruiz"), Some("The Paper")));
    assert_eq!((meta.url.as_deref(), meta.licence.as_deref()), (Some("https://e.org/a"), Some("CC BY")));
    let data = r#"<script type='application/ld+json'>{"@type":"NewsArticle","headline":"Taxes\u001b[31m\u202e low\nx","author":{"name":"\u0007"}}</script>"#;
    let meta = article(&page(data, "")).meta;
    assert_eq!((meta.title.as_str(), meta.byline), ("Taxes low x", None));
}

#[test]
fn deep_and_endless_pages_keep_their_text() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<b>", "</b>"),
        ("<table><tr><td>", "</table>"),
        ("<ul><li>", "</ul>"),
        ("<span>", ""),
        ("<blockquote>", ""),
    ] {
        let html = format!("{}{STORY}{}", open.repeat(5_000), close.repeat(5_000));
        assert!(article(&html).text.contains(STORY), "{open}");
    }
    let formatting: String = (0..2000).map(|n| format!("<b id={n}>")).collect();
    assert!(article(&format!("{formatting}{}", format!("<p>{STORY}").repeat(200))).text.contains(STORY));
}
