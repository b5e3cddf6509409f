//! What becomes of a file at the door, and where it probably belongs.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Description, DocumentId, IndicatorCode, UnitCode};

/// 接收结论.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// 接收
    Accepted {
        document: DocumentId,
        /// Of an OFD: how it came to pages, or why it did not; of a message: what was passed over in it; of a PDF: that it is
        /// signed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paging: Option<Paging>,
        /// A 分隔页 lies on top of it, and it is still to be split by the sheets in it.
        #[serde(default, skip_serializing_if = "is_false")]
        pile: bool,
    },
    /// 重复: the same bytes are here already.
    Duplicate { of: DocumentId },
    /// 拒收
    Refused { reason: Reason },
    /// 待确认: kept out until the clerk says yes.
    Pending { reason: Reason },
    /// 解开: an archive, of which every file has its own verdict.
    Unpacked {
        files: u32,
        /// Pictures among them that only decorate a message, and were passed over.
        #[serde(default)]
        decorations: u32,
    },
    /// Passed over and only counted: `~$…`, Thumbs.db, empty files.
    Ignored { reason: Reason },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Verdict {
    /// Refused for a mark of 绝密, 机密 or 秘密 on it, or on what is attached to it.
    pub fn is_classified(&self) -> bool {
        matches!(self, Self::Refused { reason: Reason::Classified | Reason::ClassifiedAttached })
    }

    /// Whether it waits for the clerk because of what stands in it, or may stand in it.
    pub fn is_doubtful(&self) -> bool {
        matches!(self, Self::Pending { reason } if reason.is_doubt())
    }

    /// Whether it waited for that, and the clerk has said no to it, or to what is attached to it.
    pub fn is_declined(&self) -> bool {
        match self {
            Self::Refused { reason: Reason::Declined { of } } => of.is_doubt(),
            Self::Refused { reason } => *reason == Reason::DeclinedAttached,
            Self::Accepted { .. } | Self::Duplicate { .. } | Self::Pending { .. } | Self::Unpacked { .. } | Self::Ignored { .. } => false,
        }
    }
}

impl Reason {
    /// About what stands in a file, and not about whether all of it came.
    fn is_doubt(&self) -> bool {
        matches!(self, Self::Sensitive { .. } | Self::Locked { .. } | Self::Attached { .. })
    }
}

/// How a file that has no pages of its own came to some, or why it did not; and what its pages lose in print.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "pages", rename_all = "snake_case")]
pub enum Paging {
    /// They were drawn, and this is to be said of them.
    Drawn { remarks: scans::Remarks },
    /// They can't be drawn as they are: it is kept as 附件.
    Undrawn { trouble: scans::Trouble },
    /// A message: it came to none, and so many pictures that only decorate it were passed over.
    Opened { decorations: u32 },
    /// A PDF with 电子签名: it has pages, and they hold for the file alone.
    Signed,
}

/// Why; the sentence is made in `wording`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The worker's finding, with the true kind of the file.
    Trouble {
        kind: scans::Kind,
        trouble: scans::Trouble,
    },
    /// A mark of 绝密, 机密 or 秘密 in the name or the text: refused at the door, its title not kept.
    Classified,
    /// A message with a classified paper attached: it holds the same bytes.
    ClassifiedAttached,
    /// Nothing classified, but not for everyone's eyes: the clerk is asked.
    Sensitive {
        marks: Vec<Mark>,
        /// That it has fewer pages than it states was said yes to before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fewer: Option<scans::Trouble>,
    },
    /// A message of which something attached waits for the clerk: it holds the same bytes, and comes in after them. `marks` of
    /// its own were said yes to before.
    Attached {
        marks: Vec<Mark>,
    },
    /// A PDF that opens with a password only: the clerk is asked for it. With `marks`, or `fewer` pages than it states, it was
    /// given, and the file is to be looked at before it is given again.
    Locked {
        marks: Vec<Mark>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fewer: Option<scans::Trouble>,
    },
    /// It waited for the clerk, for this reason, and the clerk has said no.
    Declined {
        of: Box<Reason>,
    },
    /// A message of which the clerk has declined something attached: it holds the same bytes.
    DeclinedAttached,
    Empty,
    SystemFile,
    /// 收集包: what we put into a kit ourselves.
    KitFile,
    Link,
    /// A small picture that a message shows within its text.
    Decoration,
    /// A pipe, a socket, a device.
    NotAFile,
    Unreadable {
        detail: String,
    },
    /// It was written to while it was read.
    Changed,
    Vanished,
}

/// What the clerk is asked about before it comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum Mark {
    /// 内部 or 工作秘密
    Internal,
    /// 部队番号, as they stand in the text.
    Troops {
        texts: Vec<String>,
    },
    Coordinates {
        texts: Vec<String>,
    },
    /// 兵力, 编制 or 实力 of troops with a number.
    Strength {
        texts: Vec<String>,
    },
}

/// 归类建议.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    pub indicator: Option<IndicatorCode>,
    pub unit: Option<UnitCode>,
    pub title: String,
    pub number: String,
    /// 责任者: who signed it.
    #[serde(default)]
    pub issuer: String,
    /// 载体形式: a code of the catalogue.
    #[serde(default)]
    pub form: String,
    /// 成文日期 as it stands below the signature or in the name; of a photo, the day that its camera tells. A person confirms it.
    #[serde(default)]
    pub dated: Option<Date>,
    /// 佐证年度 as the path says it (`2021年`, a folder `2021`), within the period.
    #[serde(default)]
    pub years: Vec<i16>,
    /// 0–100; from [`Suggestion::SURE`] on it may be accepted with the other sure ones in one act.
    pub confidence: u8,
    /// Facts the suggestion rests on, each a piece of the path, name or text, with what it was read as.
    pub because: Vec<Because>,
}

impl Suggestion {
    pub const SURE: u8 = 80;

    /// The unit whose kit it came back in.
    pub fn of_kit(&self) -> Option<&UnitCode> {
        self.because.iter().find_map(|because| if let Because::InKit { unit, .. } = because { Some(unit) } else { None })
    }

    /// What of it is still to be written: a field of which a person has said something stays as it is said.
    pub fn unsaid(mut self, said: &Description) -> Self {
        let texts = [
            (&mut self.title, &said.title),
            (&mut self.number, &said.number),
            (&mut self.issuer, &said.issuer),
            (&mut self.form, &said.form),
        ];
        for (suggested, said) in texts {
            if !said.is_empty() {
                suggested.clear();
            }
        }
        self.dated = self.dated.filter(|_| said.dated.is_none());
        self.unit = self.unit.filter(|_| said.unit.is_none());
        if !said.years.is_empty() {
            self.years.clear();
        }
        self
    }

    /// What the form rests on; `None` where none is suggested.
    pub fn form_ground(&self) -> Option<&FormGround> {
        self.because.iter().find_map(|because| if let Because::Form { by, .. } = because { Some(by) } else { None })
    }

    /// Suggests a form in place of the one that was suggested, or none.
    pub fn put_form(&mut self, found: Option<(String, FormGround)>) {
        self.because.retain(|because| !matches!(because, Because::Form { .. }));
        self.form.clear();
        if let Some((form, by)) = found {
            self.form.clone_from(&form);
            self.because.push(Because::Form { form, by });
        }
    }

    /// The form is right wherever the piece is filed: it is not told by what an indicator asks for.
    pub fn form_stays(&self) -> bool {
        !matches!(self.form_ground(), Some(FormGround::Material { .. } | FormGround::Asked { .. }))
    }

    /// The issuer is only who owns the folder: a paper of another's may lie in it, so a person confirms it.
    pub fn is_issuer_guessed(&self) -> bool {
        self.because.iter().any(|because| matches!(because, Because::IssuerInFolder { .. }))
    }
}

/// What a suggested 载体形式 rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "snake_case")]
pub enum FormGround {
    /// The file is a film, or sound.
    Kind,
    /// A word of its name or of its folder.
    Word { text: String },
    /// 红头, or a 文号 in the name or the head.
    Issued,
    /// A camera took it, and there are few letters on it.
    Shot,
    /// The material that its name is like.
    Material { title: String },
    /// The indicator asks for nothing else.
    Asked { code: IndicatorCode },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Because {
    /// A code at the head of the file's name (`02－06标语牌照片`) or of a folder's.
    CodeInName {
        text: String,
        code: IndicatorCode,
    },
    CodeInFolder {
        text: String,
        code: IndicatorCode,
    },
    /// Name of the expected material, or much of it, stands in the file's name.
    ExpectedTitle {
        title: String,
        code: IndicatorCode,
    },
    /// Name of the expected material stands in the first lines of the text.
    ExpectedInText {
        title: String,
        code: IndicatorCode,
    },
    /// A folder named for an area; it narrows the choice.
    AreaInFolder {
        text: String,
        area: String,
    },
    /// The clerk filed so many pieces from folders of this name there.
    FiledBefore {
        folder: String,
        code: IndicatorCode,
        count: u32,
    },
    UnitInPath {
        text: String,
        unit: UnitCode,
    },
    /// It is a page that we put there ourselves, before the index was lost.
    HeldPlace {
        code: IndicatorCode,
    },
    /// It lay in the folder of a kit that was made for this unit; `code` where the folder is one of an indicator.
    InKit {
        folder: String,
        unit: UnitCode,
        code: Option<IndicatorCode>,
    },
    /// 文号 in the name, or in the first lines of the text.
    NumberRead {
        text: String,
        number: String,
    },
    /// 标题 at the head of the text, of a file whose name says nothing.
    TitleRead {
        text: String,
    },
    /// 发文机关 in the signature, or in the red head.
    IssuerRead {
        text: String,
    },
    /// 成文日期 below the signature.
    DateRead {
        text: String,
        date: Date,
    },
    YearInPath {
        text: String,
        year: i16,
    },
    /// A date that a person wrote into the name.
    DateInName {
        text: String,
        date: Date,
    },
    /// The same, and another date stands below the signature, which is the one that counts.
    OtherDateInName {
        text: String,
        date: Date,
    },
    /// Several dates in the name: nobody can tell which is meant.
    DatesInName {
        texts: Vec<String>,
    },
    /// The day on which a photo was taken, by the clock of its camera.
    TakenOn {
        date: Date,
    },
    /// The name begins with the name of a unit.
    IssuerInName {
        text: String,
        unit: UnitCode,
    },
    /// It lay in the folder of a unit.
    IssuerInFolder {
        unit: UnitCode,
    },
    /// 载体形式
    Form {
        form: String,
        by: FormGround,
    },
    /// `微信图片_20230412153026`: when the file was saved from a chat, which says nothing about the evidence.
    DownloadTime {
        text: String,
    },
}
