//! What was asked for on the command line.

use std::collections::BTreeMap;
use std::error::Error;
use std::str::FromStr;

use crate::measure::Result;

/// Options by their names; a flag has no value.
pub struct Asked(BTreeMap<String, String>);

impl Asked {
    /// # Errors
    /// An option that is not among these, or one without its value.
    pub fn read(options: &[&str], flags: &[&str]) -> Result<Self> {
        let mut arguments = std::env::args().skip(1);
        let mut asked = BTreeMap::new();
        while let Some(name) = arguments.next() {
            let value = match name.as_str() {
                flag if flags.contains(&flag) => String::new(),
                option if options.contains(&option) => arguments.next().ok_or_else(|| format!("{option} needs a value"))?,
                other => return Err(format!("unknown option {other}").into()),
            };
            asked.insert(name, value);
        }
        Ok(Self(asked))
    }

    pub fn has(&self, flag: &str) -> bool {
        self.0.contains_key(flag)
    }

    pub fn find(&self, option: &str) -> Option<&str> {
        self.0.get(option).map(String::as_str)
    }

    /// # Errors
    /// A value that is none of its kind.
    pub fn get<T: FromStr>(&self, option: &str, otherwise: T) -> Result<T>
    where
        T::Err: Error + 'static,
    {
        Ok(self.find(option).map(str::parse).transpose()?.unwrap_or(otherwise))
    }
}
