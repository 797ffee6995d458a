//! `date` with a format that says nothing of the time, or of a time that is given in seconds.

use super::options::Options;

/// `date +format`. The zone is known only with `-u`, and names of days and months belong to the locale.
pub(super) fn date(arguments: &[Vec<u8>]) -> Option<Vec<u8>> {
    let long = [("utc", b'u'), ("universal", b'u'), ("date", b'd')];
    let options = Options::parse(arguments, "ud:", &long)?;
    let [format] = options.operands.as_slice() else { return None };
    let format = format.strip_prefix(b"+")?;
    // What `-d` says has to be a date.
    let seconds = match options.value(b'd') {
        None => None,
        Some(written) => Some(seconds(written.strip_prefix(b"@")?)?),
    };
    let mut out = formatted(format, seconds, options.has(b'u'))?;
    out.push(b'\n');
    Some(out)
}

/// A format of `strftime`.
pub(super) fn formatted(format: &[u8], seconds: Option<i64>, utc: bool) -> Option<Vec<u8>> {
    let mut format = format.iter();
    let mut out = Vec::new();
    while let Some(byte) = format.next() {
        if *byte != b'%' {
            out.push(*byte);
            continue;
        }
        let shown = match format.next()? {
            b'%' => "%".to_owned(),
            b'n' => "\n".to_owned(),
            b't' => "\t".to_owned(),
            b's' => seconds?.to_string(),
            letter if utc => part(*letter, seconds?)?,
            _ => return None,
        };
        out.extend_from_slice(shown.as_bytes());
    }
    Some(out)
}

/// The seconds since 1970, up to the year 9999.
pub(super) fn seconds(text: &[u8]) -> Option<i64> {
    if text.is_empty() || text.len() > 11 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn part(letter: u8, seconds: i64) -> Option<String> {
    let (days, time) = (seconds / 86400, seconds % 86400);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    Some(match letter {
        b'Y' => year.to_string(),
        b'm' => format!("{month:02}"),
        b'd' => format!("{day:02}"),
        b'e' => format!("{day:2}"),
        b'H' => format!("{hour:02}"),
        b'M' => format!("{minute:02}"),
        b'S' => format!("{second:02}"),
        b'F' => format!("{year}-{month:02}-{day:02}"),
        b'T' => format!("{hour:02}:{minute:02}:{second:02}"),
        b'y' => format!("{:02}", year % 100),
        _ => return None,
    })
}

/// The date of a number of days since 1970, in the Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years that start in March, in eras of 400, which are 146097 days each.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, date)
}
