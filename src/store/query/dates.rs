//! Days as a query writes them: relative to today, or a year, month or day.

use jiff::Span;
use jiff::civil::Date;

/// The first day that `value` means, and the day after its last; `None` where it is no date.
///
/// `7d`, `2w`, `3m` and `1y` mean that long before `today`; a year or month means all of it.
pub(super) fn range(value: &str, today: Date) -> Option<(Date, Date)> {
    let start = |span: Span| today.checked_sub(span).ok();
    let day = |first: Date| Some((first, first.tomorrow().ok()?));
    match value {
        "today" => return day(today),
        "yesterday" => return day(today.yesterday().ok()?),
        _ => {}
    }
    let unit = value.chars().next_back()?;
    if let Some(number) = value.strip_suffix(unit).and_then(|number| number.parse::<i32>().ok()) {
        // Spans refuse numbers beyond their range by panicking, so the number is bounded first.
        let number = number.clamp(0, 100_000);
        let first = match unit {
            'd' => start(Span::new().days(number)),
            'w' => start(Span::new().weeks(number)),
            'm' => start(Span::new().months(number)),
            'y' => start(Span::new().years(number.min(9_999))),
            _ => None,
        };
        if !unit.is_ascii_digit() {
            return first.map(|first| Some((first, today.tomorrow().ok()?)))?;
        }
    }
    let mut parts = value.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day_of_month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day_of_month.unwrap_or(1)).ok()?;
    let after = match (month, day_of_month) {
        (None, _) => first.checked_add(Span::new().years(1)),
        (Some(_), None) => first.checked_add(Span::new().months(1)),
        (Some(_), Some(_)) => first.tomorrow(),
    };
    Some((first, after.ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_in_every_form() {
        let today = date(2025, 3, 1);
        let first = |value| range(value, today).map(|(first, _)| first);
        assert_eq!(first("7d"), Some(date(2025, 2, 22)));
        assert_eq!(first("2w"), Some(date(2025, 2, 15)));
        assert_eq!(first("1m"), Some(date(2025, 2, 1)));
        assert_eq!(first("1y"), Some(date(2024, 3, 1)));
        assert_eq!(range("yesterday", today), Some((date(2025, 2, 28), date(2025, 3, 1))));
        assert_eq!(range("2024", today), Some((date(2024, 1, 1), date(2025, 1, 1))));
        assert_eq!(range("2024-12", today), Some((date(2024, 12, 1), date(2025, 1, 1))));
        assert_eq!(range("2024-2-29", today), Some((date(2024, 2, 29), date(2024, 3, 1))));
    }

    #[test]
    fn what_is_no_day_is_none_and_never_a_panic() {
        let today = date(2025, 3, 1);
        for value in ["", "d", "7", "7h", "2025-13", "2025-02-30", "2025-1-1-1", "99999999999d", "20251", "é", "12é"]
        {
            assert_eq!(range(value, today), None, "{value}");
        }
        for extreme in ["2147483647d", "2147483647w", "2147483647m", "2147483647y", "-5d"] {
            let _ = range(extreme, today);
        }
        assert_eq!(range("9999", today), None, "there is no day after its last");
    }
}
