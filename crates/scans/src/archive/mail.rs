//! E-mail as it is saved (RFC 5322): its attachments as members, and what is written in it.

use std::borrow::Cow;
use std::io;

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders};

use super::{Member, Told, count, hand_on, name};
use crate::inspected::{Limit, Trouble};
use crate::limits;

pub(super) fn unpack(bytes: &[u8], tell: &mut dyn FnMut(Told<'_>) -> io::Result<()>) -> io::Result<Result<(), Trouble>> {
    let message = match parse(bytes) {
        Ok(message) => message,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let attachments: Vec<(Member, Cow<'_, [u8]>)> = message.attachments().zip(0..).map(attachment).collect();
    let whole = attachments.iter().map(|(member, _)| member.bytes).sum::<u64>();
    if whole > limits::UNPACKED_BYTES {
        return Ok(Err(Trouble::OverLimit { limit: Limit::UnpackedBytes, found: whole, most: limits::UNPACKED_BYTES }));
    }
    if let Err(trouble) = count(attachments.len()) {
        return Ok(Err(trouble));
    }
    tell(Told::Listed(attachments.iter().map(|(member, _)| member.clone()).collect()))?;
    for (member, content) in &attachments {
        tell(Told::Begin(member.place))?;
        hand_on(&mut content.as_ref(), member.bytes, tell)?;
    }
    Ok(Ok(()))
}

/// Subject, who, when, and the body as plain text.
///
/// # Errors
/// [`Trouble::Damaged`] for what is no message.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Trouble> {
    let message = parse(bytes)?;
    let mut lines = Vec::new();
    lines.extend(message.subject().map(str::to_owned));
    lines.extend([message.from(), message.to()].into_iter().flatten().map(people));
    lines.extend(
        message.date().map(|date| format!("{:04}-{:02}-{:02} {:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute)),
    );
    lines.extend(message.body_text(0).map(Cow::into_owned));
    Ok(lines.join("\n").chars().filter(|c| *c == '\n' || !c.is_control()).take(limits::TEXT_KEPT).collect())
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, Trouble> {
    MessageParser::default().parse(bytes).ok_or_else(|| Trouble::damaged("no message can be read"))
}

fn attachment<'m>((part, place): (&'m MessagePart<'m>, u32)) -> (Member, Cow<'m, [u8]>) {
    let content: Cow<'m, [u8]> = match part.message() {
        Some(inner) => Cow::Owned(inner.raw_message().to_vec()),
        None => Cow::Borrowed(part.contents()),
    };
    let said = part.attachment_name().map(str::to_owned).or_else(|| Some(format!("{}.eml", part.message()?.subject()?)));
    // A name is only a name here: what looks like folders is none.
    let said = said.unwrap_or_default().replace(['/', '\\', ':'], "_");
    let shown = name::shown(&said).filter(|shown| !shown.is_empty());
    let path = shown.unwrap_or_else(|| format!("附件{}", place + 1));
    (Member { place, path, bytes: content.len() as u64, link: false, trouble: None }, content)
}

fn people(address: &Address<'_>) -> String {
    let one = |person: &mail_parser::Addr<'_>| [person.name(), person.address()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    address.iter().map(one).collect::<Vec<_>>().join("；")
}
