//! A message as it travels (RFC 5322).

use std::borrow::Cow;

use mail_parser::{Addr, Address, MessageParser, MessagePart, MimeHeaders};

use super::mail::{Attachment, Letter};
use crate::inspected::Trouble;

pub(super) fn read(bytes: &[u8]) -> Result<Letter, Trouble> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| Trouble::damaged("no message can be read"))?;
    let mut head: Vec<String> = message.subject().map(str::to_owned).into_iter().collect();
    head.extend([message.from(), message.to()].into_iter().flatten().map(people));
    head.extend(
        message.date().map(|date| format!("{:04}-{:02}-{:02} {:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute)),
    );
    let body = message.body_text(0).map(Cow::into_owned).unwrap_or_default();
    let attachments = message.attachments().map(attachment).collect();
    Ok(Letter { head, body, attachments })
}

fn attachment(part: &MessagePart<'_>) -> Attachment {
    let content = part.message().map_or_else(|| part.contents().to_vec(), |inner| inner.raw_message().to_vec());
    let name = part.attachment_name().map(str::to_owned).or_else(|| Some(format!("{}.eml", part.message()?.subject()?)));
    Attachment { name, content }
}

fn people(address: &Address<'_>) -> String {
    let one = |person: &Addr<'_>| [person.name(), person.address()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    address.iter().map(one).collect::<Vec<_>>().join("；")
}
