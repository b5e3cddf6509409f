//! A message as it travels (RFC 5322).

use std::borrow::Cow;

use mail_parser::{Addr, Address, MessageParser, MessagePart, MimeHeaders, PartType};

use super::mail::{Attachment, Letter, shows};
use crate::inspected::Trouble;
use crate::kind;

pub(super) fn read(bytes: &[u8]) -> Result<Letter, Trouble> {
    let message =
        MessageParser::default().parse(kind::without_envelope(bytes)).ok_or_else(|| Trouble::damaged("no message can be read"))?;
    let mut head: Vec<String> = message.subject().map(str::to_owned).into_iter().collect();
    head.extend([message.from(), message.to()].into_iter().flatten().map(people));
    head.extend(
        message.date().map(|date| format!("{:04}-{:02}-{:02} {:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute)),
    );
    let body = message.body_text(0).map(Cow::into_owned).unwrap_or_default();
    let html: String =
        message.parts.iter().filter_map(|part| if let PartType::Html(html) = &part.body { Some(&**html) } else { None }).collect();
    let attached = message.parts.iter().zip(0..).filter(|(part, at)| message.attachments.contains(at) || is_file(part));
    let attachments = attached.map(|(part, _)| attachment(part, &html)).collect();
    Ok(Letter { head, body, attachments })
}

/// Whether it is no text. Pictures that stand between texts are parts of the body, and are attached nevertheless.
fn is_file(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_))
}

fn attachment(part: &MessagePart<'_>, html: &str) -> Attachment {
    let content = part.message().map_or_else(|| part.contents().to_vec(), |inner| inner.raw_message().to_vec());
    let name = part.attachment_name().map(str::to_owned).or_else(|| Some(format!("{}.eml", part.message()?.subject()?)));
    Attachment { name, content, is_shown: part.content_id().is_some_and(|id| shows(html, id)) }
}

fn people(address: &Address<'_>) -> String {
    let one = |person: &Addr<'_>| [person.name(), person.address()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    address.iter().map(one).collect::<Vec<_>>().join("；")
}
