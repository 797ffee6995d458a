//! The files that the script itself writes, copies and links: what is in them, by their full path.

use super::super::pattern::{self, Units};
use super::Directory;
use crate::value::{Cause, Piece, Unknown, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A file as the script leaves it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::trace) enum File {
    /// It holds this.
    Text(Value),
    /// It is a copy of a file out of sight, or a link to it.
    Copy(Vec<u8>),
    /// It is a directory.
    Directory,
    /// A program made it of text of the command, and what is in it nobody computes here.
    Made,
}

/// Where a descriptor leads that is open for writing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::trace) enum Output {
    /// To whoever reads the output of what is running.
    On,
    /// Into a file.
    File(Value),
}

/// What a path leads to that is another name for it: a link, or the place where something was moved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::trace) struct Name {
    /// The path that it had before, absolute.
    pub(in crate::trace) original: Value,
    /// Whether it is gone there.
    pub(in crate::trace) moved: bool,
}

/// Names of files that came out of something that the script made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::trace) enum Unpacked {
    /// Any.
    Any,
    /// Those that stand in this text.
    Named(Rc<Vec<u8>>),
}

/// Most files that are remembered: more than a script names in a mebibyte of ordinary text, which has about 40 bytes a line.
const MAX_FILES: usize = 16_384;
/// Most bytes of texts in which names of files may stand: each file that is looked for is looked for in all of them.
const MAX_NAMES: usize = 1 << 16;

/// All of them. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub(in crate::trace) struct Files {
    by_path: Rc<BTreeMap<Vec<u8>, File>>,
    names: Rc<BTreeMap<Vec<u8>, Name>>,
    unpacked: Option<Unpacked>,
}

impl Files {
    pub(in crate::trace) fn get(&self, path: &[u8]) -> Option<&File> {
        self.by_path.get(path)
    }

    /// Remembers a file. When there are too many, any file may be another that the script made.
    pub(in crate::trace) fn insert(&mut self, path: Vec<u8>, file: File) {
        if self.by_path.len() >= MAX_FILES && !self.by_path.contains_key(&path) {
            return self.unpack(Unpacked::Any);
        }
        Rc::make_mut(&mut self.by_path).insert(path, file);
    }

    /// From now on files may be there that came out of text of the script.
    pub(in crate::trace) fn unpack(&mut self, unpacked: Unpacked) {
        self.unpacked = Some(match (self.unpacked.take(), unpacked) {
            (None, Unpacked::Named(new)) if new.len() <= MAX_NAMES => Unpacked::Named(new),
            (Some(Unpacked::Named(old)), Unpacked::Named(new)) if old == new => Unpacked::Named(old),
            (Some(Unpacked::Named(old)), Unpacked::Named(new)) if old.len() + new.len() <= MAX_NAMES => {
                Unpacked::Named(Rc::new([old.as_slice(), b"\n", &new].concat()))
            }
            _ => Unpacked::Any,
        });
    }

    /// Whether the file, of which nothing is known, may be one that came out of text of the script.
    pub(in crate::trace) fn may_be_unpacked(&self, path: &[u8]) -> bool {
        let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        match &self.unpacked {
            _ if self.by_path.contains_key(path) => false,
            None => false,
            Some(Unpacked::Any) => true,
            // What stands for an unknown part holds a NUL byte.
            Some(Unpacked::Named(text)) => {
                name.is_empty() || name.contains(&0) || text.windows(name.len()).any(|part| part == name)
            }
        }
    }

    pub(in crate::trace) fn has_no_names(&self) -> bool {
        self.names.is_empty()
    }

    pub(in crate::trace) fn give_name(&mut self, path: Vec<u8>, name: Name) {
        Rc::make_mut(&mut self.names).insert(path, name);
    }

    /// The other name that the path is, or that a directory on it is, and the length of that in the path.
    pub(in crate::trace) fn named(&self, path: &[u8]) -> Option<(&Name, usize)> {
        /// As many directories as a path of PATH_MAX (4,096) bytes can have; the kernel refuses longer ones.
        const MAX_DEPTH: usize = 2048;
        let ends = path.iter().enumerate().skip(1).filter(|(_, byte)| **byte == b'/').map(|(at, _)| at);
        let ends = ends.chain([path.len()]).take(MAX_DEPTH);
        let found = ends.filter_map(|end| Some((self.names.get(path.get(..end)?)?, end)));
        found.last()
    }

    /// From now on the file, or all that is in the directory, is not in sight, or gone.
    pub(in crate::trace) fn forget(&mut self, path: &[u8]) {
        let below = self.below(path);
        if self.by_path.contains_key(path) || !below.is_empty() {
            let files = Rc::make_mut(&mut self.by_path);
            files.remove(path);
            for (rest, _) in below {
                files.remove(&[path, &rest].concat());
            }
        }
        if self.names.contains_key(path) {
            Rc::make_mut(&mut self.names).remove(path);
        }
    }

    /// The paths that fit a pattern as [`pattern_path`] makes it, sorted as every locale sorts them; `None` if there are too many
    /// to look at, or their order depends on the locale.
    pub(in crate::trace) fn matching(&self, pattern: &[u8]) -> Option<Vec<Vec<u8>>> {
        /// Most files below a directory that are looked at.
        const MAX_FILES: usize = 1024;
        let segments: Vec<&[u8]> = pattern.split(|byte| *byte == b'/').skip(1).collect();
        // What stands for an unknown part holds a NUL byte.
        let is_plain =
            |segment: &&[u8]| segment.contains(&0) || !segment.iter().any(|byte| b"*?[\\(".contains(byte));
        let plain = segments.iter().take_while(|segment| is_plain(segment));
        let directory: Vec<u8> = plain.flat_map(|segment| [b"/", *segment].concat()).collect();
        let inside = [directory.as_slice(), b"/"].concat();
        let from = self.by_path.range(inside.clone()..).map(|(path, _)| path);
        let inside: Vec<&Vec<u8>> =
            from.take_while(|path| path.starts_with(&inside)).take(MAX_FILES + 1).collect();
        if inside.len() > MAX_FILES {
            return None;
        }
        let fit = |(segment, name): (&&[u8], &&[u8])| match is_plain(segment) {
            true => segment == name,
            false => pattern::matches(segment, name, Units::Bytes),
        };
        let fits = |path: &&Vec<u8>| {
            let names: Vec<&[u8]> = path.split(|byte| *byte == b'/').skip(1).collect();
            names.len() == segments.len() && segments.iter().zip(&names).all(fit)
        };
        let paths: Vec<Vec<u8>> = inside.into_iter().filter(fits).cloned().collect();
        let folded = |path: &Vec<u8>| path.to_ascii_lowercase();
        paths.is_sorted_by_key(folded).then_some(paths)
    }

    /// The texts that the script has written into files whose paths fit; `None` if they are many, or one of them was
    /// made of text of the command and nobody computes it here.
    pub(in crate::trace) fn texts(&self, fits: impl Fn(&[u8]) -> bool) -> Option<Vec<&Value>> {
        /// Most files that a name may mean which cannot be known.
        const MAX_TEXTS: usize = 16;
        let is_made = |piece: &Piece| matches!(piece, Piece::Unknown(unknown) if matches!(unknown.cause, Cause::Unmodelled | Cause::Packed(_)));
        let files = self.by_path.iter().filter(|(path, _)| fits(path));
        let texts = files.filter_map(|(_, file)| match file {
            File::Text(text) if text.pieces.iter().all(is_made) && !text.pieces.is_empty() => Some(None),
            File::Text(text) if text.known_length() > 0 => Some(Some(text)),
            File::Made => Some(None),
            File::Text(_) | File::Copy(_) | File::Directory => None,
        });
        let texts: Vec<&Value> = texts.take(MAX_TEXTS + 1).collect::<Option<_>>()?;
        (texts.len() <= MAX_TEXTS).then_some(texts)
    }

    /// The files in a directory: what follows its path, and what they are.
    pub(in crate::trace) fn below(&self, path: &[u8]) -> Vec<(Vec<u8>, File)> {
        /// The most files that are copied or moved with their directory.
        const MAX_BELOW: usize = 4096;
        let inside = [path, b"/"].concat();
        let from = self.by_path.range(inside.clone()..).take_while(|(other, _)| other.starts_with(&inside));
        let rest = |other: &[u8]| other.get(path.len()..).unwrap_or_default().to_vec();
        from.take(MAX_BELOW).map(|(other, file)| (rest(other), file.clone())).collect()
    }

    /// What holds after either of two branches: a file that both have written may hold either.
    pub(in crate::trace) fn join(&mut self, other: &Files) {
        super::union(&mut self.names, &other.names);
        if let Some(unpacked) = other.unpacked.clone().filter(|_| other.unpacked != self.unpacked) {
            self.unpack(unpacked);
        }
        if Rc::ptr_eq(&self.by_path, &other.by_path) {
            return;
        }
        let files = Rc::make_mut(&mut self.by_path);
        for (path, file) in other.by_path.iter() {
            let entry = files.entry(path.clone()).or_insert_with(|| file.clone());
            if entry != file {
                *entry = File::Text(Value::unknown(Cause::Unmodelled, true, Default::default()));
            }
        }
    }
}

/// The full path of a file; `None` if a pattern names it. See [`pattern_path`].
pub(in crate::trace) fn full_path(path: &Value, directory: &Directory) -> Option<Vec<u8>> {
    if path.has_glob() { None } else { pattern_path(path, directory) }
}

/// The full path of a file, in which patterns stay. Parts that are not known stand for themselves: the same
/// variable is the same text, what `mktemp` printed at one place is one file.
pub(in crate::trace) fn pattern_path(path: &Value, directory: &Directory) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let is_absolute = match path.pieces.first() {
        Some(Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. }) => bytes.starts_with(b"/"),
        Some(Piece::Unknown(_)) => true,
        None => return None,
    };
    if !is_absolute {
        match &directory.now {
            Some(cwd) => append(&mut whole, cwd),
            None => append(&mut whole, &start()),
        }
        whole.push(b'/');
    }
    append(&mut whole, path);
    Some(plain(&whole))
}

/// The directory where the script starts, if nobody knows it: as `$PWD`.
fn start() -> Value {
    Value::unknown(Cause::Variable(b"PWD".to_vec()), false, Default::default())
}

fn append(path: &mut Vec<u8>, value: &Value) {
    for piece in &value.pieces {
        match piece {
            Piece::Text { bytes, .. } | Piece::Glob { pattern: bytes, .. } => path.extend_from_slice(bytes),
            Piece::Unknown(unknown) => {
                // No file name holds a NUL.
                path.push(0);
                path.extend_from_slice(token(unknown).replace('/', "\\").as_bytes());
                path.push(0);
            }
        }
    }
}

fn token(unknown: &Unknown) -> String {
    match &unknown.cause {
        Cause::Variable(name) | Cause::Parameter(name) => format!("${}", String::from_utf8_lossy(name)),
        cause => format!("{}@{}-{}", cause.display(), unknown.origin.start, unknown.origin.end),
    }
}

/// Without `.`, `..` and repeated slashes.
fn plain(path: &[u8]) -> Vec<u8> {
    let mut names: Vec<&[u8]> = Vec::new();
    for name in path.split(|byte| *byte == b'/') {
        match name {
            b"" | b"." => {}
            b".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.into_iter().flat_map(|name| [b"/", name].concat()).collect()
}
