//! Labels for boxes and dividers, as files of their own.

use std::path::{Path, PathBuf};

use paper::font::Fonts;
use paper::layout;
use paper::layout::Label;
use paper::{Manuscript, pdf};

use super::Desk;
use crate::compile::{Labels, Options, labels};
use crate::error::{Made, Result};
use crate::store::free_path;
use crate::wording::package as words;

impl Desk {
    /// 盒脊 and 侧标签 of the package that [`Desk::compile`] would write with the same options, of the edition where one stands,
    /// into `out` (else `packages/`). Labels that are there already stay.
    ///
    /// # Errors
    /// [`Error::NotMade`](crate::Error::NotMade), or what the disk says; nothing is left then.
    pub fn labels(&self, options: &Options, out: Option<&Path>) -> Result<Labels> {
        let (plan, ledger) = self.foresee(options)?;
        let fonts = self.fonts_of(&plan.print)?;
        let folder = self.folder(out)?;
        let (spines, tabs) = (labels::spines(&plan, &ledger), labels::tabs(&plan, &ledger));
        let put = |kind, cut: &[Label], setup| {
            let about = labels::about(&plan, kind, setup);
            self.put_labels(cut, &about, &fonts, &free_path(&folder, &words::labels_name(kind, options.made_on), ".pdf"))
        };
        Ok(Labels {
            spines: put(words::SPINES, &spines, labels::spine_paper())?,
            tabs: put(words::TABS, &tabs, labels::tab_paper())?,
            volumes: spines.len(),
            headings: tabs.len(),
        })
    }

    fn put_labels(&self, cut: &[Label], about: &Manuscript, fonts: &Fonts, path: &Path) -> Result<PathBuf> {
        let sheets = layout::labels(cut, &about.setup, fonts);
        self.put(path, Made::Labels, |part| pdf::write_drawn(sheets, about, fonts, part))?;
        Ok(path.to_owned())
    }
}
