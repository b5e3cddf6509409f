//! Saved messages: what is attached comes in file by file, what is written is kept and found.

use std::fmt::Write as _;

use dossier::domain::{Reason, Verdict};
use dossier::wording;
use huijuan_tests::{Story, drawn};
use scans::Kind;

/// A message in GB18030 as old mail programs write it, with attachments in base64.
fn message(subject: &str, body: &[u8], attachments: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "Return-Path: <liaison@example.invalid>\r\nDate: Tue, 4 Apr 2023 09:30:00 +0800\r\nFrom: liaison@example.invalid\r\n\
         To: office@example.invalid\r\nSubject: =?utf-8?B?{}?=\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"part\"\r\n\r\n--part\r\n\
         Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        base64(subject.as_bytes()),
        base64(body),
    );
    for (name, bytes) in attachments {
        write!(
            out,
            "--part\r\nContent-Type: application/octet-stream; name=\"=?utf-8?B?{name}?=\"\r\n\
             Content-Disposition: attachment; filename=\"=?utf-8?B?{name}?=\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(bytes),
            name = base64(name.as_bytes()),
        )
        .unwrap();
    }
    out.push_str("--part--\r\n");
    out.into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|three| {
            let word = three.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            let letter = |at: usize| if at > three.len() { '=' } else { char::from(LETTERS[(word >> (18 - 6 * at) & 63) as usize]) };
            (0..4).map(letter).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn what_is_attached_to_a_message_comes_in_file_by_file() {
    let story = Story::new();
    // 「现报送材料，请查收。」
    let body = b"\xcf\xd6\xb1\xa8\xcb\xcd\xb2\xc4\xc1\xcf\xa3\xac\xc7\xeb\xb2\xe9\xca\xd5\xa1\xa3";
    let (photo, paper) = (drawn::jpeg(1), drawn::pdf(2, "", 2));
    let bytes = message("01-01 年度计划报送", body, &[("01-01 计划.pdf", &paper), ("../照片.jpg", &photo), ("空.txt", b"")]);
    let (received, _stick) = story.hands_in(&[("报送.eml", bytes.clone())]);
    let told: Vec<_> = received.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect();
    assert_eq!(told, ["略过 报送.eml/空.txt", "接收 报送.eml/01-01 计划.pdf", "接收 报送.eml/.._照片.jpg", "接收 报送.eml"]);
    assert!(received[3].reason.contains("附件逐个收取"), "{}", received[3].reason);

    let found = story.desk().search("请查收").unwrap();
    assert_eq!((found.len(), found[0].kind, found[0].original_name.as_str()), (1, Kind::Mail, "报送.eml"));
    assert!(found[0].is_slip());
    let (again, _stick) = story.hands_in(&[("再寄.eml", bytes)]);
    assert_eq!(again.len(), 1);
    assert!(matches!(again[0].verdict, Verdict::Duplicate { .. }));
}

#[test]
fn a_message_without_attachments_is_kept_and_a_classified_one_is_not() {
    let story = Story::new();
    let plain = message("通知", b"hello", &[]);
    // 「机密★10年」 in the body: nothing of it comes in, nor of what is attached.
    let secret = message("通知", b"\xbb\xfa\xc3\xdc\xa1\xef10\xc4\xea", &[("附.jpg", &drawn::jpeg(3))]);
    let (received, _stick) = story.hands_in(&[("甲.eml", plain), ("乙.eml", secret)]);
    assert!(matches!(received[0].verdict, Verdict::Accepted { .. }), "{:?}", received[0]);
    assert_eq!((received.len(), &received[1].verdict), (2, &Verdict::Refused { reason: Reason::Classified }));
    assert!(!received[1].path.contains('乙'), "{}", received[1].path);
}
