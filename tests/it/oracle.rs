//! What the program may write to a terminal: an independent list, not the program's own.
//!
//! Everything else in a stream of its bytes is a finding: a control character, an escape sequence nobody meant, a
//! character that reorders or hides what is read. Hostile texts write even permitted sequences in a form of their own
//! (`ESC [ 02 J`), so that they are told apart from the program's.

/// Private modes that the reader sets and resets.
const MODES: [&str; 10] = ["25", "1000", "1002", "1003", "1004", "1006", "1015", "1049", "2004", "2026"];

/// All findings in `raw`, each with a little of what stands around it.
pub fn findings(raw: &[u8]) -> Vec<String> {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text,
        Err(error) => return vec![format!("not UTF-8 at byte {}", error.valid_up_to())],
    };
    let mut found = Vec::new();
    let mut full_screen = false;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match c {
            '\x1b' => match sequence(rest) {
                Some(length) => {
                    match &rest[..length] {
                        "\x1b[?1049h" => full_screen = true,
                        "\x1b[?1049l" => full_screen = false,
                        _ => {}
                    }
                    length
                }
                None => {
                    found.push(around(text, at));
                    1
                }
            },
            // Outside the full screen there are plain lines.
            '\r' | '\n' if !full_screen => 1,
            c if harmful(c) => {
                found.push(around(text, at));
                c.len_utf8()
            }
            c => c.len_utf8(),
        };
        at += length;
    }
    found
}

/// Whether no text may hold `c`: controls, DEL and C1; line and paragraph separators; characters that change the
/// direction of others; those that show nothing and can carry anything.
pub fn harmful(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The length of the permitted sequence that `text` begins with.
fn sequence(text: &str) -> Option<usize> {
    const ASK: &str = "\x1b]11;?\x07";
    if text.starts_with(ASK) {
        return Some(ASK.len());
    }
    let body = text.strip_prefix("\x1b[")?;
    let end = body.find(|c: char| !(c.is_ascii_digit() || c == ';' || c == '?'))?;
    let (parameters, last) = (&body[..end], body[end..].chars().next()?);
    let plain = |number: &str| !number.is_empty() && (number == "0" || !number.starts_with('0'));
    let permitted = match last {
        'H' => parameters.split(';').count() == 2 && parameters.split(';').all(plain),
        'J' => parameters == "2",
        // The line that a bar of progress was on.
        'K' => parameters == "2",
        'm' => looks(parameters),
        'h' | 'l' => parameters.strip_prefix('?').is_some_and(|mode| MODES.contains(&mode)),
        _ => false,
    };
    permitted.then_some("\x1b[".len() + end + 1)
}

/// Whether these are parameters of looks (SGR) that the program uses: no blinking, nothing concealed.
fn looks(parameters: &str) -> bool {
    let mut numbers = parameters.split(';');
    while let Some(number) = numbers.next() {
        let permitted = match number {
            "38" | "48" | "58" => match numbers.next() {
                Some("5") => numbers.next().is_some_and(is_byte),
                Some("2") => (0..3).all(|_| numbers.next().is_some_and(is_byte)),
                _ => false,
            },
            "0" | "1" | "2" | "3" | "4" | "7" | "9" | "59" => true,
            other => matches!(other.parse(), Ok(21..=29_u8 | 30..=37 | 39..=47 | 49 | 90..=97 | 100..=107)),
        };
        if !permitted {
            return false;
        }
    }
    true
}

fn is_byte(number: &str) -> bool {
    number.parse::<u8>().is_ok()
}

fn around(text: &str, at: usize) -> String {
    let before: String = text[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[at..].chars().take(20).collect();
    format!("{before:?} then {after:?}")
}

#[test]
fn the_oracle_lets_the_programs_own_bytes_pass() {
    let own = "\x1b[?1049h\x1b[2J\x1b[?25l\x1b]11;?\x07\x1b[?2026h\x1b[3;14HText, 語 😀\x1b[1m\x1b[38;5;8;49m\x1b[38;2;1;2;3m\
               \x1b[0m\x1b[?2026l\x1b[?1049lpullquote: a line\r\n";
    assert_eq!(findings(own.as_bytes()), [""; 0]);
}

#[test]
fn the_oracle_finds_what_a_text_could_do() {
    for harm in [
        "\x07",
        "\x08",
        "\r",
        "\n",
        "\t",
        "\x0e",
        "\x7f",
        "\u{9b}2J",
        "\u{202e}",
        "\u{2066}",
        "\u{2028}",
        "\u{feff}",
        "\x1bc",
        "\x1b[02J",
        "\x1b[02K",
        "\x1b[6n",
        "\x1b[8m",
        "\x1b[5m",
        "\x1b[?12h",
        "\x1b]0;x\x07",
        "\x1b]52;c;x\x07",
        "\x1bP0\x1b\\",
        "\x1b(0",
        "\x1b",
        "\x1b[1;01H",
    ] {
        assert!(!findings(format!("\x1b[?1049h\x1b[2Ja{harm}b").as_bytes()).is_empty(), "{harm:?}");
    }
}
