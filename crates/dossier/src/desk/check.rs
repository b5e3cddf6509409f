//! 核查 at the desk.

use super::Desk;
use crate::check;
use crate::domain::Finding;
use crate::error::Result;

impl Desk {
    /// What is missing or wrong at this moment, the gravest first.
    pub fn check(&self) -> Result<Vec<Finding>> {
        let dossier = self.dossier()?;
        Ok(check::examine(&dossier, self.today()))
    }
}
