//! A web server on loopback inside the test, which answers as it is told to, also as no server should.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// What stands behind `GET`: a path, or for a proxy an address.
    pub target: String,
    /// Its method.
    pub method: String,
    /// Its headers, names in lower case.
    pub headers: BTreeMap<String, String>,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// The way back to the client.
pub struct Connection(TcpStream);

impl Connection {
    /// Sends bytes as they are; whether the client still takes them.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).is_ok()
    }

    /// A whole answer: status and headers as they are written, a length, the body.
    pub fn answer(&mut self, head: &str, body: impl AsRef<[u8]>) {
        let body = body.as_ref();
        self.send(format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()));
        self.send(body);
    }

    /// Sends `piece` again and again, a moment between each, for as long as the client stays.
    pub fn drip(&mut self, piece: &[u8]) {
        while self.send(piece) && self.stays() {}
    }

    /// Sends `piece` again and again, as fast as the client takes it.
    pub fn flood(&mut self, piece: &[u8]) {
        while self.send(piece) {}
    }

    /// Waits until the client has gone.
    pub fn hang(&mut self) {
        while self.stays() {}
    }

    /// Ends the connection as a crash does: with a reset, because what was sent is not read.
    pub fn reset(&mut self) {
        let _ = self.0.shutdown(Shutdown::Both);
    }

    /// Whether the client is still there a moment later.
    fn stays(&mut self) -> bool {
        let _ = self.0.set_read_timeout(Some(Duration::from_millis(5)));
        match self.0.read(&mut [0; 64]) {
            Ok(read) => read > 0,
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }

    /// The stream itself.
    pub fn stream(&mut self) -> &mut TcpStream {
        &mut self.0
    }
}

/// A server; ends with the value.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    closing: Arc<AtomicBool>,
}

impl Server {
    /// Answers each request by `answer`, on a thread of its own.
    pub fn new(answer: impl Fn(&Request, &mut Connection) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (requests, closing) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, over, answer) = (Arc::clone(&requests), Arc::clone(&closing), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut connection = Connection(stream);
                    if let Some(request) = read(&mut connection.0) {
                        log.lock().unwrap().push(request.clone());
                        answer(&request, &mut connection);
                    }
                });
            }
        });
        Self { address, requests, closing }
    }

    /// Answers each path with a body, and everything else with 404.
    pub fn pages<const N: usize>(pages: [(&'static str, String); N]) -> Self {
        let pages = BTreeMap::from(pages);
        Self::new(move |request, connection| match pages.get(request.target.as_str()) {
            Some(body) => connection.answer("200 OK\r\nContent-Type: text/html; charset=utf-8", body),
            None => connection.answer("404 Not Found", ""),
        })
    }

    /// The address of `path` here.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Requests that came so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// The head of a request.
pub fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > 1 << 16 || stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    Some(Request { target, method, headers })
}
