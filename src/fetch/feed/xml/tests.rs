//! Feeds whole, cut off, broken and hostile.

use super::*;

fn whole(xml: &str) -> Whole {
    make_whole(xml, &Limits::default())
}

fn items(xml: &str) -> Vec<String> {
    let whole = whole(xml);
    whole.entries.iter().map(|range| whole.xml.get(range.clone()).unwrap().to_owned()).collect()
}

#[test]
fn a_feed_that_is_whole_stays_as_it_is() {
    let xml = r#"<rss version="2.0" xmlns:a="b"><channel><title>T &amp; &eacute; &#8217;</title><item><link a="1"></link><![CDATA[<p>&]]></item></channel></rss>"#;
    let done =
        whole(&format!("<?xml version='1.0' encoding='latin1'?><!DOCTYPE rss [<!ENTITY a 'b'>]><!-- x -->\n{xml}\n"));
    assert_eq!(done.xml, xml);
    assert_eq!((done.entries.len(), done.lost), (1, None));
    assert_eq!(done.opening, "<rss version=\"2.0\" xmlns:a=\"b\"><channel>");
    assert_eq!(done.closing, "</channel></rss>");
}

#[test]
fn a_feed_that_is_cut_off_anywhere_keeps_its_complete_entries() {
    let xml = "<rss><channel><title>T</title><item><title>A</title></item><item><title>B<![CDATA[c]]></title></item></channel></rss>";
    for cut in 0..xml.len() {
        let done = whole(xml.get(..cut).unwrap());
        let complete = xml.get(..cut).unwrap().matches("</item>").count();
        assert_eq!(done.entries.len(), complete, "cut at {cut}");
        assert_eq!(done.lost.is_some(), cut > 0, "cut at {cut}");
    }
}

#[test]
fn faults_spoil_nothing_but_themselves() {
    let all = items(
        "<rss><channel><item><title>A & B</i> &bogus &#0; &#xFFFFFFF;<br></title><x></item><item>C</p></item></channel></rss>",
    );
    assert_eq!(
        all,
        ["<item><title>A &amp; B &amp;bogus &amp;#0; &amp;#xFFFFFFF;<br></br></title><x></x></item>", "<item>C</item>"]
    );
    let all = items("<rss><channel><item><a b='1' b=\"2\" c=3 d e='x&y&amp;<'/>1 < 2</item></channel></rss>");
    assert_eq!(all, ["<item><a b=\"1\" c=\"3\" e=\"x&amp;y&amp;&lt;\"></a>1 &lt; 2</item>"]);
}

#[test]
fn old_formats_are_written_as_new_ones() {
    assert!(whole("<rss version='0.94'><channel/></rss>").xml.starts_with("<rss version=\"2.0\"><channel>"));
    let rdf = whole("<rdf:RDF xmlns:rdf='r' xmlns='http://my.netscape.com/rdf/simple/0.9/'><item/></rdf:RDF>");
    assert!(
        rdf.xml.starts_with("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\" xmlns:rdf=\"r\"><item></item>"),
        "{}",
        rdf.xml
    );
    let atom = whole("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><issued>x</issued></entry></feed>");
    assert!(atom.xml.contains("<entry><published>x</published></entry>"), "{}", atom.xml);
    let typed = whole("<feed><title type='application/xhtml+xml' mode='xml' a='b'/><title type='text/plain'/></feed>");
    assert_eq!(typed.xml, "<feed><title type=\"xhtml\" a=\"b\"></title><title type=\"text\"></title></feed>");
}

#[test]
fn too_much_of_anything_is_left_out() {
    let limits = Limits { entries: 3, elements: 50, ..Limits::default() };
    let many = format!("<rss><channel>{}", "<item/>".repeat(10));
    let done = make_whole(&many, &limits);
    assert_eq!((done.entries.len(), done.lost), (3, Some(Lost::Entries)));
    let done = make_whole(&format!("<rss><channel><item/><item>{}", "<a/>".repeat(100)), &limits);
    assert_eq!((done.entries.len(), done.lost), (1, Some(Lost::Elements)));
    let deep =
        whole(&format!("<rss><channel><item>{}x{}</item></channel></rss>", "<a>".repeat(9000), "</a>".repeat(9000)));
    assert_eq!((deep.entries.len(), deep.lost), (1, None));
    assert!(deep.xml.len() < 1000);
    let wide: String = (0..9000).map(|n| format!(" a{n}='x'")).collect();
    assert!(whole(&format!("<rss><channel><item{wide}/></channel></rss>")).xml.len() < 1000);
}

#[test]
fn what_is_never_closed_costs_no_more_than_the_rest() {
    for open in ["<a b='", "<![CDATA[", "<!--", "<", "&", "<a ", "</", "<?", "<!x["] {
        let xml = format!("<rss><channel><item>x</item>{}", open.repeat(200_000));
        assert_eq!(whole(&xml).entries.len(), 1, "{open}");
    }
}
