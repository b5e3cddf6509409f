//! 未发生承诺: a signed word that what a veto item names has not happened.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DocumentId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Who signed: a person or an office, as it stands on the paper.
    pub signer: String,
    pub signed_on: Date,
    /// The signed paper; without it the word is not proven yet.
    pub document: Option<DocumentId>,
}
