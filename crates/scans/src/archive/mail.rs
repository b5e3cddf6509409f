//! E-mail as it is saved (EML, or Outlook's MSG): its attachments as members, and what is written in it.

use std::io;

use super::{Member, Told, count, eml, hand_on, msg, name};
use crate::inspect::inspect;
use crate::inspected::{Limit, Trouble};
use crate::kind::Kind;
use crate::limits;

/// A message, however it was saved.
pub(super) struct Letter {
    /// Subject, who, and when, a line each.
    pub(super) head: Vec<String>,
    /// As plain text.
    pub(super) body: String,
    pub(super) attachments: Vec<Attachment>,
}

pub(super) struct Attachment {
    /// As the message states it, if it does.
    pub(super) name: Option<String>,
    pub(super) content: Vec<u8>,
    /// The text shows it where it stands, and not as a file.
    pub(super) is_shown: bool,
}

pub(super) fn unpack(bytes: &[u8], tell: &mut dyn FnMut(Told<'_>) -> io::Result<()>) -> io::Result<Result<(), Trouble>> {
    let attachments = match read(bytes) {
        Ok(letter) => letter.attachments,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let whole = attachments.iter().map(|one| one.content.len() as u64).sum::<u64>();
    if whole > limits::UNPACKED_BYTES {
        return Ok(Err(Trouble::OverLimit { limit: Limit::UnpackedBytes, found: whole, most: limits::UNPACKED_BYTES }));
    }
    if let Err(trouble) = count(attachments.len()) {
        return Ok(Err(trouble));
    }
    let members: Vec<Member> = attachments.iter().zip(0..).map(member).collect();
    tell(Told::Listed(members.clone()))?;
    for (member, attachment) in members.iter().zip(&attachments) {
        tell(Told::Begin(member.place))?;
        hand_on(&mut attachment.content.as_slice(), member.bytes, tell)?;
    }
    Ok(Ok(()))
}

/// Subject, who, when, and the body as plain text.
///
/// # Errors
/// [`Trouble::Damaged`] for what is no message.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Trouble> {
    let Letter { mut head, body, .. } = read(bytes)?;
    head.push(body);
    Ok(head.join("\n").chars().filter(|c| *c == '\n' || !c.is_control()).take(limits::TEXT_KEPT).collect())
}

fn read(bytes: &[u8]) -> Result<Letter, Trouble> {
    if msg::is_compound(bytes) { msg::read(bytes) } else { eml::read(bytes) }
}

fn member((attachment, place): (&Attachment, u32)) -> Member {
    // A name is only a name here: what looks like folders is none.
    let said = attachment.name.as_deref().unwrap_or_default().replace(['/', '\\', ':'], "_");
    let shown = name::shown(&said).filter(|shown| !shown.is_empty());
    let path = shown.unwrap_or_else(|| format!("附件{}", place + 1));
    Member { place, path, bytes: attachment.content.len() as u64, link: false, decorates: decorates(attachment), trouble: None }
}

/// Whether it is a picture that only decorates the text; one as large as a photograph is one.
fn decorates(attachment: &Attachment) -> bool {
    const LIGHT: usize = 60 << 10;
    const SMALL: u32 = 600;
    let content = attachment.content.as_slice();
    if !attachment.is_shown || content.len() > LIGHT || !Kind::sniff(content).has_pages() || Kind::sniff(content) == Kind::Pdf {
        return false;
    }
    let pages = inspect(content).pages;
    matches!(pages.as_slice(), [page] if page.pixels.is_some_and(|(width, height)| width.max(height) < SMALL))
}

/// Whether a text in HTML shows what has this identifier (RFC 2392).
pub(super) fn shows(html: &str, id: &str) -> bool {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    !id.is_empty() && html.contains(&format!("cid:{id}"))
}
