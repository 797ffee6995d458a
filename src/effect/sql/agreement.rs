//! Two readings of one text put together: where they differ, the more severe counts.

use super::statement::Found;

/// Adds to the first reading what only the second found.
pub(super) fn join(first: &mut Vec<Found>, second: Vec<Found>) {
    let count = first.len();
    for other in second {
        let known = first.iter_mut().take(count);
        let same: Vec<&mut Found> =
            known.filter(|found| found.kind == other.kind && found.objects == other.objects).collect();
        if same.is_empty() {
            first.push(other);
            continue;
        }
        // `DELETE FROM t WHERE …; DELETE FROM t`: one of them has to be without a limit if one reading says so.
        if !same.iter().any(|found| found.without_where >= other.without_where) {
            same.into_iter().for_each(|found| found.without_where = other.without_where);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Match;

    fn found(kind: &str, object: &str, without_where: Match) -> Found {
        Found { kind: kind.to_owned(), objects: vec![object.to_owned()], without_where, ..Found::default() }
    }

    #[test]
    fn what_one_of_them_sees_counts() {
        let mut first = vec![found("select", "t", Match::No), found("delete", "t", Match::No)];
        join(&mut first, vec![found("delete", "t", Match::Certain), found("truncate", "u", Match::Certain)]);
        let expected = [
            found("select", "t", Match::No),
            found("delete", "t", Match::Certain),
            found("truncate", "u", Match::Certain),
        ];
        assert_eq!(first, expected);
    }
}
