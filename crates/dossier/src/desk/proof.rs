//! 预览: any sheet of the package as it would be printed, before anything is compiled.

use std::sync::{Arc, Mutex, PoisonError};

use paper::Manuscript;

use super::Desk;
use super::compile::planned;
use crate::compile::{self, Issue, Ledger, Options, Plan};
use crate::domain::Dossier;
use crate::error::Result;

/// The package as it would be compiled at one moment.
#[derive(Debug)]
pub struct Proof {
    /// Each proof of a desk has another.
    pub number: u32,
    pub plan: Plan,
    pub ledger: Ledger,
    options: Options,
    /// The edition whose numbers it keeps, and what it was made of: while the desk gives the same one out, nothing was written.
    made_of: (Option<Arc<Issue>>, Arc<Dossier>),
    /// The volume that was laid last, as it is printed.
    laid: Mutex<Option<(u32, Arc<Manuscript>)>>,
}

/// The proof that was asked for last.
#[derive(Debug, Default)]
pub(super) struct Proofs(Mutex<Option<Arc<Proof>>>);

impl Desk {
    /// What [`Desk::compile`] would write at this moment. Its sheets can be looked at until another proof is asked for;
    /// where nothing has changed it is the same one.
    ///
    /// # Errors
    /// What the index says.
    pub fn proof(&self, options: &Options) -> Result<Arc<Proof>> {
        let (issue, dossier) = (self.issue()?, self.dossier()?);
        let mut last = self.proofs.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(proof) = &*last
            && proof.options == *options
            && proof.is_of(issue.as_ref(), &dossier)
        {
            return Ok(Arc::clone(proof));
        }
        let (plan, ledger) = planned(&dossier, issue.as_ref(), options);
        let number = last.as_ref().map_or(1, |proof| proof.number + 1);
        let proof = Arc::new(Proof { number, plan, ledger, options: *options, made_of: (issue, dossier), laid: Mutex::default() });
        *last = Some(Arc::clone(&proof));
        Ok(proof)
    }

    /// A sheet (from 0) of a volume (from 1) of the proof that was asked for last, by the writer that compiles, as JPEG
    /// whose longer side is at most `max_side` pixels. `None` where the number is of an older proof, or there is no such
    /// sheet.
    ///
    /// # Errors
    /// [`CompileError`](compile::CompileError) where the sheet could not be compiled either.
    pub fn proof_picture(&self, number: u32, volume: u32, sheet: u32, max_side: u32) -> Result<Option<Vec<u8>>> {
        let last = self.proofs.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(proof) = last.filter(|proof| proof.number == number) else { return Ok(None) };
        let one = proof.sheet(volume, sheet);
        one.map(|one| self.printed_picture(&one, max_side)).transpose()
    }
}

impl Proof {
    fn is_of(&self, issue: Option<&Arc<Issue>>, dossier: &Arc<Dossier>) -> bool {
        let (kept_on, made_of) = &self.made_of;
        Arc::ptr_eq(made_of, dossier) && kept_on.as_ref().map(Arc::as_ptr) == issue.map(Arc::as_ptr)
    }

    /// A manuscript of one sheet. Links lead nowhere in it.
    fn sheet(&self, volume: u32, sheet: u32) -> Option<Manuscript> {
        self.ledger.volumes.get((volume as usize).checked_sub(1)?)?;
        let laid = self.laid(volume);
        let sheet = laid.sheets.get(sheet as usize)?.clone();
        let Manuscript { title, office, producer, made_on, setup, .. } = &*laid;
        Some(Manuscript {
            title: title.clone(),
            office: office.clone(),
            producer: producer.clone(),
            made_on: made_on.clone(),
            setup: *setup,
            sheets: vec![sheet],
            outline: Vec::new(),
        })
    }

    fn laid(&self, volume: u32) -> Arc<Manuscript> {
        let mut last = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, laid)) if *known == volume => Arc::clone(laid),
            _ => {
                let laid = Arc::new(compile::manuscript(&self.plan, &self.ledger, &self.plan.setup(), volume));
                *last = Some((volume, Arc::clone(&laid)));
                laid
            }
        }
    }
}
