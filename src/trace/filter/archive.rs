//! `tar`, `zip` and `unzip`: archives of known files, which only these programs open again, and what comes out of them.

use super::compress::{Format, pack, unpack};
use super::input::Input;
use super::options::Options;

type Files = Vec<(Vec<u8>, Vec<u8>)>;

/// What a call of `tar` says.
#[derive(Default)]
struct Tar<'a> {
    letters: Vec<u8>,
    archive: Option<&'a [u8]>,
    /// Each member, with the directory that it is in.
    members: Vec<(&'a [u8], &'a [u8])>,
    directory: &'a [u8],
}

impl<'a> Tar<'a> {
    fn parse(arguments: &'a [Vec<u8>]) -> Option<Tar<'a>> {
        let mut tar = Tar::default();
        let mut rest = arguments.iter().map(Vec::as_slice);
        let mut is_first = true;
        while let Some(word) = rest.next() {
            match word {
                b"--" => return None,
                [b'-', b'-', long @ ..] => tar.long(long)?,
                [b'-', cluster @ ..] if !cluster.is_empty() => {
                    let mut cluster = cluster;
                    while let Some((letter, tail)) = cluster.split_first() {
                        cluster = tail;
                        if b"fC".contains(letter) {
                            let value = if tail.is_empty() { rest.next()? } else { tail };
                            tar.value(*letter, value);
                            break;
                        }
                        tar.letter(*letter)?;
                    }
                }
                // `tar cf archive`: values stand behind the letters.
                cluster if is_first => {
                    for letter in cluster {
                        match b"fC".contains(letter) {
                            true => {
                                let value = rest.next()?;
                                tar.value(*letter, value);
                            }
                            false => tar.letter(*letter)?,
                        }
                    }
                }
                member => {
                    let directory = tar.directory;
                    tar.members.push((directory, member));
                }
            }
            is_first = false;
        }
        Some(tar)
    }

    fn letter(&mut self, letter: u8) -> Option<()> {
        b"cxzjJvOpmh".contains(&letter).then(|| self.letters.push(letter))
    }

    fn value(&mut self, letter: u8, value: &'a [u8]) {
        match letter {
            b'f' => self.archive = Some(value),
            _ => self.directory = value,
        }
    }

    fn long(&mut self, option: &'a [u8]) -> Option<()> {
        let valued = |name: &[u8]| option.strip_prefix(name)?.strip_prefix(b"=");
        if let Some(path) = valued(b"file") {
            self.archive = Some(path);
            return Some(());
        }
        if let Some(path) = valued(b"directory") {
            self.directory = path;
            return Some(());
        }
        self.letters.push(match option {
            b"create" => b'c',
            b"extract" | b"get" => b'x',
            b"to-stdout" => b'O',
            b"gzip" => b'z',
            b"bzip2" => b'j',
            b"xz" => b'J',
            _ => return None,
        });
        Some(())
    }

    fn has(&self, letter: u8) -> bool {
        self.letters.contains(&letter)
    }

    fn format(&self) -> Format {
        match self.letters.iter().find(|letter| b"zjJ".contains(letter)) {
            Some(b'z') => Format::Tar(b'z'),
            Some(b'j') => Format::Tar(b'j'),
            Some(_) => Format::Tar(b'J'),
            None => Format::Tar(0),
        }
    }

    /// The archive, if it is a file.
    fn file(&self) -> Option<&'a [u8]> {
        self.archive.filter(|path| *path != b"-")
    }

    fn created(&self, input: &Input<'_>) -> Option<Vec<u8>> {
        let mut files = Files::new();
        for (directory, member) in &self.members {
            let name = member.strip_prefix(b"/").unwrap_or(member);
            files.push((
                name.to_vec(),
                input.read(&within(directory, member)).filter(|_| is_path(member))?.into_owned(),
            ));
        }
        (!files.is_empty()).then(|| pack(self.format(), &written_down(&files)))
    }

    fn extracted(&self, input: &Input<'_>) -> Option<Files> {
        let packed = input.read(self.archive.unwrap_or(b"-"))?;
        let any = [Format::Tar(0), Format::Tar(b'z'), Format::Tar(b'j'), Format::Tar(b'J')];
        // What comes through a pipe is not looked at before it is opened.
        let formats: &[Format] = if self.file().is_some() { &any } else { &[self.format()] };
        let text = formats.iter().find_map(|format| unpack(*format, &packed))?;
        let files = read_back(&text)?;
        let wanted =
            |name: &[u8]| self.members.is_empty() || self.members.iter().any(|(_, member)| *member == name);
        Some(files.into_iter().filter(|(name, _)| wanted(name)).collect())
    }
}

/// What `tar` prints: an archive, or the files in one.
pub(super) fn tar(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let tar = Tar::parse(arguments)?;
    match (tar.has(b'c'), tar.has(b'x')) {
        _ if tar.has(b'v') => None,
        (true, false) if tar.file().is_none() => tar.created(input),
        (false, true) if tar.has(b'O') => {
            Some(tar.extracted(input)?.into_iter().flat_map(|(_, content)| content).collect())
        }
        (true, false) | (false, true) => Some(Vec::new()),
        _ => None,
    }
}

/// The files that `tar` writes.
pub(super) fn tar_written(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Files> {
    let tar = Tar::parse(arguments)?;
    match (tar.has(b'c'), tar.has(b'x')) {
        (true, false) => match tar.file() {
            Some(path) => Some(vec![(path.to_vec(), tar.created(input)?)]),
            None => Some(Files::new()),
        },
        (false, true) if tar.has(b'O') => Some(Files::new()),
        (false, true) => {
            let files = tar.extracted(input)?.into_iter();
            Some(files.map(|(name, content)| (within(tar.directory, &name), content)).collect())
        }
        _ => None,
    }
}

/// The archive that `zip ARCHIVE FILE...` writes.
pub(super) fn zip_written(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Files> {
    let options = Options::parse(arguments, "qr0123456789", &[])?;
    let (archive, members) = options.operands.split_first()?;
    let archive = zip_name(archive);
    // One that is there is added to.
    if members.is_empty() || (input.file)(&archive).is_some() {
        return None;
    }
    let mut files = Files::new();
    for member in members {
        let content = input.read(member).filter(|_| is_path(member))?;
        files.push((member.strip_prefix(b"/").unwrap_or(member).to_vec(), content.into_owned()));
    }
    Some(vec![(archive, pack(Format::Zip, &written_down(&files)))])
}

/// What `unzip -p` prints.
pub(super) fn unzip(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Vec<u8>> {
    let options = Options::parse(arguments, "qopd:", &[])?;
    options
        .has(b'p')
        .then(|| unzipped(&options, input)?.into_iter().map(|(_, content)| content).reduce(joined))
        .flatten()
}

/// The files that `unzip` writes.
pub(super) fn unzip_written(arguments: &[Vec<u8>], input: &Input<'_>) -> Option<Files> {
    let options = Options::parse(arguments, "qopd:", &[])?;
    if options.has(b'p') {
        return Some(Files::new());
    }
    let directory = options.value(b'd').unwrap_or_default();
    let files = unzipped(&options, input)?.into_iter();
    Some(files.map(|(name, content)| (within(directory, &name), content)).collect())
}

fn unzipped(options: &Options<'_>, input: &Input<'_>) -> Option<Files> {
    let (archive, members) = options.operands.split_first()?;
    let packed = input.read(&zip_name(archive))?;
    let files = read_back(&unpack(Format::Zip, &packed)?)?;
    let wanted = |name: &[u8]| members.is_empty() || members.contains(&name);
    Some(files.into_iter().filter(|(name, _)| wanted(name)).collect())
}

fn joined(mut one: Vec<u8>, other: Vec<u8>) -> Vec<u8> {
    one.extend(other);
    one
}

fn zip_name(name: &[u8]) -> Vec<u8> {
    let base = name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    if base.contains(&b'.') { name.to_vec() } else { [name, b".zip"].concat() }
}

/// Whether the word is the path of a file, and not standard input or a pattern.
fn is_path(member: &[u8]) -> bool {
    !member.starts_with(b"-")
        && !member.starts_with(b"/dev/")
        && !member.iter().any(|byte| b"*?[".contains(byte))
}

fn within(directory: &[u8], path: &[u8]) -> Vec<u8> {
    if directory.is_empty() || path.starts_with(b"/") {
        path.to_vec()
    } else {
        [directory, b"/", path].concat()
    }
}

/// The files one after the other, each with the lengths of its name and content.
fn written_down(files: &Files) -> Vec<u8> {
    let mut text = Vec::new();
    for (name, content) in files {
        text.extend(format!("{} {}\n", name.len(), content.len()).into_bytes());
        text.extend_from_slice(name);
        text.extend_from_slice(content);
    }
    text
}

fn read_back(mut text: &[u8]) -> Option<Files> {
    let mut files = Files::new();
    while !text.is_empty() {
        let end = text.iter().position(|byte| *byte == b'\n')?;
        let (lengths, rest) = text.split_at_checked(end)?;
        let (name, content) = std::str::from_utf8(lengths).ok()?.split_once(' ')?;
        let (name, rest) = rest.get(1..)?.split_at_checked(name.parse().ok()?)?;
        let (content, rest) = rest.split_at_checked(content.parse().ok()?)?;
        files.push((name.to_vec(), content.to_vec()));
        text = rest;
    }
    Some(files)
}
