//! TOML to [`Settings`], value by value, so that one wrong line costs only itself.
//!
//! Positions are byte ranges of the source, turned into line numbers (from 1) for the user.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Binding, Colors, Preset, Problem, Settings, ThemeChoice, nearest};

/// Width of the text column: what is allowed.
pub const TEXT_WIDTHS: std::ops::RangeInclusive<u16> = 20..=200;

/// Minutes between two refreshes of the feeds: what is allowed. Servers are not to be asked more often.
pub const REFRESH_MINUTES: std::ops::RangeInclusive<u16> = 5..=10_080;

/// Themes by name: none for the one that fits the terminal. (To ask [`super::Theme`] would read all their files.)
const THEMES: &[(&str, Option<&str>)] =
    &[("auto", None), ("dark", Some("dark")), ("light", Some("light")), ("high-contrast", Some("high-contrast"))];

const COLORS: &[(&str, Colors)] = &[
    ("auto", Colors::Auto),
    ("24bit", Colors::Rgb),
    ("256", Colors::Indexed256),
    ("16", Colors::Indexed16),
    ("none", Colors::Never),
];

const PRESETS: &[(&str, Preset)] =
    &[("standard", Preset::Standard), ("less", Preset::Less), ("newsboat", Preset::Newsboat)];

/// All settings outside tables.
const NAMES: &[&str] = &["theme", "colors", "text_width", "justify", "mouse", "ascii", "feeds", "keys"];

/// Reads settings from `source`, the text of `file`: what is right takes effect, each thing wrong is a [`Problem`].
///
/// A source that is no TOML at all gives the defaults and one problem.
#[must_use]
pub fn read(source: &str, file: &str) -> (Settings, Vec<Problem>) {
    let mut reading = Reading { source, file, settings: Settings::default(), problems: Vec::new() };
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    match DeTable::parse(source) {
        Ok(table) => {
            for (name, value) in in_order(table.get_ref()) {
                reading.setting(name, value);
            }
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let what = if error.message().starts_with("duplicate key") {
                "this name stands here for the second time"
            } else {
                "a setting is written name = value, with words in quotation marks: theme = \"dark\""
            };
            reading.problem(at, format!("{what}; until this line is put right, no setting is used"));
        }
    }
    reading.problems.sort_by_key(|problem| problem.line);
    (reading.settings, reading.problems)
}

type Name<'a, 'i> = &'a Spanned<std::borrow::Cow<'i, str>>;
type Value<'a, 'i> = &'a Spanned<DeValue<'i>>;

/// The entries of `table` as they stand in the source.
fn in_order<'a, 'i>(table: &'a DeTable<'i>) -> Vec<(Name<'a, 'i>, Value<'a, 'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

/// Settings on the way in.
struct Reading<'s> {
    source: &'s str,
    file: &'s str,
    settings: Settings,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn setting(&mut self, name: Name<'_, '_>, value: Value<'_, '_>) {
        match name.get_ref().as_ref() {
            "theme" => {
                if let Some(theme) = self.choice(name, value, THEMES) {
                    let named = |theme: &str| ThemeChoice::Named(theme.to_owned());
                    self.settings.theme = theme.map_or(ThemeChoice::Auto, named);
                }
            }
            "colors" => {
                if let Some(colors) = self.choice(name, value, COLORS) {
                    self.settings.colors = colors;
                }
            }
            "text_width" => {
                if let Some(columns) = self.number(name, value, "columns", TEXT_WIDTHS) {
                    self.settings.text_width = columns;
                }
            }
            "justify" => self.settings.justify = self.flag(name, value).unwrap_or(self.settings.justify),
            "mouse" => self.settings.mouse = self.flag(name, value).unwrap_or(self.settings.mouse),
            "ascii" => match value.get_ref() {
                DeValue::Boolean(flag) => self.settings.ascii = Some(*flag),
                value if value.as_str() == Some("auto") => self.settings.ascii = None,
                _ => self.wrong_type(name, value, "true, false or \"auto\""),
            },
            "feeds" => match value.get_ref().as_table() {
                Some(table) => self.feeds(table),
                None => self.wrong_type(name, value, "a table: write it as [feeds]"),
            },
            "keys" => match value.get_ref().as_table() {
                Some(table) => self.keys(table),
                None => self.wrong_type(name, value, "a table: write it as [keys]"),
            },
            unknown => {
                let meant = match (unknown, nearest(unknown, NAMES.iter().copied())) {
                    ("colours" | "color" | "colour", _) => "did you mean `colors`?".to_owned(),
                    (_, Some(near)) => format!("did you mean `{near}`?"),
                    (_, None) => format!("there are {}", list(NAMES)),
                };
                self.problem(name.span().start, format!("no setting is called `{}`; {meant}", shown(unknown)));
            }
        }
    }

    fn keys(&mut self, table: &DeTable<'_>) {
        for (name, value) in in_order(table) {
            if name.get_ref() == "preset" {
                if let Some(preset) = self.choice(name, value, PRESETS) {
                    self.settings.preset = preset;
                }
                continue;
            }
            match value.get_ref().as_str() {
                Some(action) => self.settings.keys.push(Binding {
                    keys: name.get_ref().to_string(),
                    action: action.trim().to_owned(),
                    line: line_of(self.source, name.span().start),
                }),
                None => self.wrong_type(name, value, "the name of an action in quotation marks, or \"\" to unbind"),
            }
        }
    }

    /// One of `choices`.
    fn choice<T: Copy>(&mut self, name: Name<'_, '_>, value: Value<'_, '_>, choices: &[(&str, T)]) -> Option<T> {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let all = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
        let Some(word) = value.get_ref().as_str() else {
            self.wrong_type(name, value, &format!("one of {}", list(&all)));
            return None;
        };
        let found = choices.iter().find(|(known, _)| *known == word).map(|(_, choice)| *choice);
        if found.is_none() {
            let meant = nearest(word, words)
                .map_or_else(|| format!("it is one of {}", list(&all)), |near| format!("did you mean \"{near}\"?"));
            let message = format!("`{}` cannot be \"{}\"; {meant}", name.get_ref(), shown(word));
            self.problem(value.span().start, message);
        }
        found
    }

    /// A number of `what`, within `range`.
    fn number(
        &mut self,
        name: Name<'_, '_>,
        value: Value<'_, '_>,
        what: &str,
        range: std::ops::RangeInclusive<u16>,
    ) -> Option<u16> {
        let right = format!("a number of {what} from {} to {}", range.start(), range.end());
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(name, value, &right);
            return None;
        };
        let found = u16::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| range.contains(number));
        if found.is_none() {
            let message = format!("`{}` cannot be {}; it is {right}", name.get_ref(), shown(number.as_str()));
            self.problem(value.span().start, message);
        }
        found
    }

    fn feeds(&mut self, table: &DeTable<'_>) {
        for (name, value) in in_order(table) {
            let feeds = &mut self.settings.feeds;
            match name.get_ref().as_ref() {
                "refresh_on_start" => {
                    let before = feeds.refresh_on_start;
                    let flag = self.flag(name, value).unwrap_or(before);
                    self.settings.feeds.refresh_on_start = flag;
                }
                "refresh_minutes" if value.get_ref().as_str() == Some("never") => feeds.refresh_minutes = None,
                "refresh_minutes" => {
                    if let Some(minutes) = self.number(name, value, "minutes", REFRESH_MINUTES) {
                        self.settings.feeds.refresh_minutes = Some(minutes);
                    }
                }
                unknown => {
                    let right = "there are refresh_on_start and refresh_minutes";
                    let message = format!("no setting of [feeds] is called `{}`; {right}", shown(unknown));
                    self.problem(name.span().start, message);
                }
            }
        }
    }

    fn flag(&mut self, name: Name<'_, '_>, value: Value<'_, '_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(name, value, "true or false");
        }
        flag
    }

    fn wrong_type(&mut self, name: Name<'_, '_>, value: Value<'_, '_>, right: &str) {
        let kind = value.get_ref().type_str();
        let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
        let message = format!("`{}` cannot be {article} {kind}; it is {right}", shown(name.get_ref()));
        self.problem(value.span().start, message);
    }

    fn problem(&mut self, at: usize, message: String) {
        self.problems.push(Problem { file: self.file.to_owned(), line: line_of(self.source, at), message });
    }
}

/// The line of byte `at`, counted from 1.
fn line_of(source: &str, at: usize) -> usize {
    1 + source.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// `words` as a sentence lists them.
fn list<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// `word` as it may stand in a message: short, and what does not print is escaped.
fn shown(word: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = word.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if word.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{DEFAULTS, Feeds, Theme};
    use super::*;

    fn problems(source: &str) -> Vec<String> {
        read(source, "config.toml").1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_documented_settings_are_the_defaults() {
        assert_eq!(read(DEFAULTS, "config.toml"), (Settings::default(), Vec::new()));
    }

    #[test]
    fn every_setting_is_documented() {
        let themes: Vec<&str> = THEMES.iter().filter_map(|(_, theme)| *theme).collect();
        assert_eq!(themes, Theme::built_in().iter().map(|theme| theme.name).collect::<Vec<_>>());
        let table = DeTable::parse(DEFAULTS).unwrap();
        let documented: Vec<&str> = in_order(table.get_ref()).iter().map(|(name, _)| name.get_ref().as_ref()).collect();
        assert_eq!(documented, NAMES);
        for word in THEMES.iter().map(|(word, _)| word).chain(COLORS.iter().map(|(word, _)| word)) {
            assert!(DEFAULTS.contains(&format!("\"{word}\"")), "{word}");
        }
        for (word, _) in PRESETS {
            assert!(DEFAULTS.contains(&format!("\"{word}\"")), "{word}");
        }
        assert!(DEFAULTS.contains("(20 to 200)"));
    }

    #[test]
    fn what_the_user_writes_takes_effect() {
        let source = "theme = 'high-contrast'\ncolors = '16'\ntext_width = 0x50\njustify = true\nmouse = false\n\
                      ascii = true\n[feeds]\nrefresh_on_start = true\nrefresh_minutes = 30\n[keys]\npreset = 'less'\n']q' = 'previous-quote'\nq = ''\n";
        let (settings, problems) = read(source, "config.toml");
        assert_eq!(problems, []);
        let binding = |keys: &str, action: &str, line| Binding { keys: keys.into(), action: action.into(), line };
        let expected = Settings {
            theme: ThemeChoice::Named("high-contrast".into()),
            colors: Colors::Indexed16,
            text_width: 80,
            justify: true,
            mouse: false,
            ascii: Some(true),
            feeds: Feeds { refresh_on_start: true, refresh_minutes: Some(30) },
            preset: Preset::Less,
            keys: vec![binding("]q", "previous-quote", 12), binding("q", "", 13)],
        };
        assert_eq!(settings, expected);
    }

    #[test]
    fn each_wrong_line_is_reported_and_the_rest_takes_effect() {
        let source = "thme = 'dark'\ntext_width = 7\njustify = 'yes'\nmouse = false\ncolors = '24-bit'\nfont = 3\n\
                      ascii = 1\ntheme = 'solarized'\n[keys]\npreset = 'vim'\nx = 3\n";
        let (settings, _) = read(source, "config.toml");
        assert!(!settings.mouse);
        assert_eq!(
            problems(source),
            [
                "config.toml:1: no setting is called `thme`; did you mean `theme`?",
                "config.toml:2: `text_width` cannot be 7; it is a number of columns from 20 to 200",
                "config.toml:3: `justify` cannot be a string; it is true or false",
                "config.toml:5: `colors` cannot be \"24-bit\"; did you mean \"24bit\"?",
                "config.toml:6: no setting is called `font`; there are theme, colors, text_width, justify, mouse, ascii, \
                 feeds and keys",
                "config.toml:7: `ascii` cannot be an integer; it is true, false or \"auto\"",
                "config.toml:8: `theme` cannot be \"solarized\"; it is one of \"auto\", \"dark\", \"light\" and \
                 \"high-contrast\"",
                "config.toml:10: `preset` cannot be \"vim\"; it is one of \"standard\", \"less\" and \"newsboat\"",
                "config.toml:11: `x` cannot be an integer; it is the name of an action in quotation marks, or \"\" to \
                 unbind",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_gives_the_defaults_and_one_problem() {
        let (settings, problems) = read("mouse = false\ntheme = \n", "config.toml");
        assert_eq!(settings, Settings::default());
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].to_string().starts_with("config.toml:2: a setting is written name = value"),
            "{}",
            problems[0]
        );
        let (_, problems) = read("mouse = false\n\nmouse = true\n", "config.toml");
        assert!(problems[0].to_string().starts_with("config.toml:3: this name stands here for the second time"));
    }

    #[test]
    fn feeds_are_refreshed_unasked_only_where_that_is_said() {
        assert_eq!(read("", "f").0.feeds, Feeds::default());
        assert_eq!(read("[feeds]\nrefresh_minutes = 'never'", "f").0.feeds, Feeds::default());
        assert_eq!(
            problems("[feeds]\nrefresh_minutes = 1\nrefresh_on_start = 2\nrefresh = true\n"),
            [
                "config.toml:2: `refresh_minutes` cannot be 1; it is a number of minutes from 5 to 10080",
                "config.toml:3: `refresh_on_start` cannot be an integer; it is true or false",
                "config.toml:4: no setting of [feeds] is called `refresh`; there are refresh_on_start and \
                 refresh_minutes",
            ]
        );
        assert_eq!(problems("feeds = 3").len(), 1);
    }

    #[test]
    fn ascii_may_be_left_to_the_terminal() {
        for (source, ascii) in [("", None), ("ascii = 'auto'", None), ("ascii = false", Some(false))] {
            assert_eq!(read(source, "f").0.ascii, ascii);
        }
        assert_eq!(problems("ascii = 'yes'").len(), 1);
    }

    #[test]
    fn a_byte_order_mark_is_no_problem() {
        assert_eq!(read("\u{feff}mouse = false\n", "f").1, []);
    }

    proptest! {
        #[test]
        fn any_source_gives_settings_and_safe_one_line_problems(source in "(\\PC|\n|[a-z\"'=\\[\\]#.]){0,60}") {
            for problem in read(&source, "f").1 {
                prop_assert!(!problem.message.chars().any(char::is_control), "{:?}", problem.message);
                prop_assert!(problem.line >= 1 && problem.line <= source.lines().count().max(1) + 1);
            }
        }
    }
}
