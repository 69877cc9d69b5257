//! Pages of the web into articles, from a server.

use std::fs;

use pullquote::fetch::{Error, page};

use super::{Server, address, client, files, fixtures};

#[test]
fn pages_are_read_with_what_the_server_says_of_them() {
    let server = Server::new(|request, connection| match request.target.as_str() {
        "/latin" => connection.answer(
            "200 OK\r\nContent-Type: text/html; charset=iso-8859-1",
            [
                &b"<html lang=fr><title>Caf\xE9s ouverts</title><p>"[..],
                &b"Les caf\xE9s ouvrent, dit la ministre. ".repeat(20),
            ]
            .concat(),
        ),
        "/moved" => connection.answer("302 Found\r\nLocation: /latin", ""),
        "/pdf" => connection.answer("200 OK\r\nContent-Type: application/pdf", "%PDF-1.7"),
        "/app" => connection
            .answer("200 OK\r\nContent-Type: text/html", "<title>App</title><noscript>x</noscript><p>Wait</p>"),
        _ => connection.answer("404 Not Found", ""),
    });
    let fetch = |path: &str| page::fetch(&client(), &address(&server.url(path)), None);
    let page = fetch("/moved").unwrap();
    assert_eq!((page.article.meta.title.as_str(), page.language.as_deref()), ("Cafés ouverts", Some("fr")));
    assert_eq!(page.article.meta.url.as_deref(), Some(server.url("/latin").as_str()));
    assert!(matches!(fetch("/pdf"), Err(Error::NotAPage(_))));
    assert!(matches!(fetch("/none"), Err(Error::Status { status: 404, .. })));
    let app = fetch("/app").unwrap();
    assert!(app.doubt.is_some() && app.article.text.contains("Wait"));
}

#[test]
fn pages_that_test_readability_are_read() {
    for path in files(&fixtures().join("readability")) {
        if path.extension().is_some_and(|ending| ending == "html") {
            let page = page::read(&fs::read(&path).unwrap(), "text/html", &address("http://fakehost/test/page.html"));
            let page = page.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!((page.article.flaw(), page.doubt.as_deref()), (None, None), "{}", path.display());
            assert!(page.article.words() > 60, "{}", path.display());
        }
    }
}
