//! The files whose text a call sends or executes without a shell: `curl -d @body.json`, `psql -f x.sql`. What is known
//! of them is noted by the trace, because the effects need it.

use super::grammar::{BodyForm, RequestSpec, Role};
use super::word::{Head, after};
use super::{Call, Flag};
use crate::value::Value;

impl Call {
    /// The files, each with the index of the word that names it. Those that are standard input are among them.
    pub(crate) fn text_files(&self) -> Vec<(usize, Value)> {
        let mut files = Vec::new();
        if let Some(request) = &self.request {
            let values = self.flags.iter().filter(|flag| !flag.negated);
            files.extend(values.filter_map(|flag| Some((flag.value_word, body_file(request, flag)?))));
        }
        for nested in self.nested.iter().filter(|nested| matches!(nested.role, Role::SqlFile(_))) {
            files.extend(nested.words.iter().map(|word| (word.word, word.value.clone())));
        }
        files
    }
}

/// The file that a body is taken from.
fn body_file(request: &RequestSpec, flag: &Flag) -> Option<Value> {
    let (_, form) = request.body.iter().find(|(name, _)| *name == flag.name)?;
    file_of(*form, flag.value.as_ref()?)
}

/// The file that a value of this form names.
pub(crate) fn file_of(form: BodyForm, value: &Value) -> Option<Value> {
    let head = Head::of(value);
    let at = |bytes: &[u8]| head.text.iter().position(|byte| bytes.contains(byte));
    match form {
        BodyForm::File => Some(value.clone()),
        BodyForm::Data if head.text.first() == Some(&b'@') => Some(after(value, 1)),
        BodyForm::Encoded => {
            let place = at(b"=@").filter(|place| head.text.get(*place) == Some(&b'@'))?;
            Some(after(value, place + 1))
        }
        BodyForm::Form | BodyForm::TypedField => {
            let place = at(b"=")? + 1;
            let marks: &[u8] = if form == BodyForm::Form { b"@<" } else { b"@" };
            head.text.get(place).filter(|byte| marks.contains(byte))?;
            Some(after(value, place + 1))
        }
        BodyForm::Text | BodyForm::Data | BodyForm::Field => None,
    }
}
