//! Failed acts: what happened · to which material · what to do.

use std::io::ErrorKind;

use paper::manuscript::WriteError;

use super::text::{file_name, size};
use crate::domain::{Bound, OutOfBounds};
use crate::error::{Error, Made, Unmergeable, Unsaid};
use crate::store::{FileAct, Holder};

fn name_of(made: Made) -> &'static str {
    match made {
        Made::Package => "成品",
        Made::Report => "文件",
        Made::Labels => "标签",
        Made::Separators => "分隔页",
        Made::Leader => "进展一页",
        Made::Letter => "收集包的说明",
        Made::Joined => "合并件",
        Made::Preview => "预览",
        Made::Sealed => "加密包",
    }
}

fn not_made(made: Made, error: &WriteError) -> String {
    let what = name_of(made);
    match error {
        WriteError::Scan { name, page, .. } => {
            let way = if made == Made::Package { "，或在“整理”中设为不收入这一页" } else { "" };
            format!("《{name}》原件第 {page} 页收不进{what}，{what}没有做成；请打开原件核对，必要时重新扫描{way}。")
        }
        WriteError::NoGlyph { characters } => format!("字体中没有这些字：{characters}。{what}没有做成；请把它们改成常用字。"),
        WriteError::Fonts { dir, .. } => format!("找不到程序自带的字体（{dir}），没有做成；请重新安装程序。"),
        // The first two are told as what they are, see `Error::writing`.
        WriteError::Cancelled(_) | WriteError::Output(_) | WriteError::Internal(_) => {
            format!("程序内部出错，{what}没有做成，没有留下文件；请把日志发给维护人员。")
        }
    }
}

/// Name and unit of what has bounds.
fn bound(what: Bound) -> (&'static str, &'static str) {
    match what {
        Bound::Top => ("上边距（天头）", "mm "),
        Bound::Bottom => ("下边距", "mm "),
        Bound::Inner => ("装订边（订口）", "mm "),
        Bound::Outer => ("外边距（切口）", "mm "),
        Bound::Box => ("档案盒的厚度", "mm "),
        Bound::Boxes => ("档案盒的规格", "种"),
        Bound::Leaf => ("每张纸的厚度", "µm "),
    }
}

pub fn sentence(error: &Error) -> String {
    match error {
        Error::InUse { dir, holder } => {
            format!(
                "项目“{}”正在使用中{}，没有打开：请先在那边关闭，再打开。",
                file_name(dir),
                holder.as_ref().map(held).unwrap_or_default()
            )
        }
        Error::ReadOnly { dir } => format!(
            "项目“{}”是只读查看，这一步没有做，什么都没有改动：要改动，请在打开着它的电脑上做，或者等那边关闭以后再打开它。",
            file_name(dir)
        ),
        Error::NoCopy { dir } => format!(
            "项目“{}”的 backups 文件夹里还没有可以看的副本，没有打开：那边有改动以后半小时内会存一份，关闭项目时也会存一份，请过一会儿再看。",
            file_name(dir)
        ),
        Error::CopyInUse { dir, holder } => format!(
            "备份文件夹“{}”正作为项目打开着{}，没有备份，那边也没有改动：请先在那边关闭，再备份。",
            file_name(dir),
            holder.as_ref().map(held).unwrap_or_default()
        ),
        Error::NewerProject { dir, found, known } => format!(
            "项目“{}”由更新版本的程序建立（格式 {found}，本程序认识到格式 {known}），没有打开，内容未改动：请升级程序后再打开。",
            file_name(dir)
        ),
        Error::NotAProject { dir } => {
            format!("文件夹“{}”里没有汇卷项目（缺少 index.sqlite 或其内容不符），没有打开：请选择项目所在的文件夹。", file_name(dir))
        }
        Error::AlreadyAProject { dir } => format!("文件夹“{}”里已有一个项目，没有新建：请直接打开它，或另选一个空文件夹。", file_name(dir)),
        Error::NotEmpty { dir } => format!("文件夹“{}”不是空的，没有新建：请另选一个空文件夹。", file_name(dir)),
        Error::Damaged { dir, .. } => {
            format!("项目“{}”的索引已损坏，已停止操作，原始文件不受影响：请关闭项目，再用“恢复项目”从备份和原件恢复。", file_name(dir))
        }
        Error::LargeIndex { path, most } => {
            format!("“{}”里的索引超过 {}，不像是汇卷的索引，没有读取，本项目没有改动：请核对选的文件夹。", file_name(path), size(*most))
        }
        Error::DamagedScan { name, .. } => format!("《{name}》的原始文件已损坏或缺失：请找到原件重新收集。"),
        Error::NoSuchIndicator { code } => format!("考评目录里没有编号“{code}”，没有归入：请核对编号。"),
        Error::NoSuchUnit { code } => format!("单位名单里没有“{code}”，没有生成：请核对单位的编号。"),
        Error::NothingOwed { unit } => format!("“{unit}”没有欠交的材料，没有生成催办单。"),
        Error::NoSuchDocument(_) => "要处理的材料已不在项目里：请刷新列表后再试。".to_owned(),
        Error::NoSuchEvidence(_) => "这件材料已不在该指标下：请刷新列表后再试。".to_owned(),
        Error::NoSuchPage { page, .. } => format!("这件材料没有第 {} 页：请刷新后再试。", page + 1),
        Error::NotAQuarterTurn { turn } => format!("页面只能转 90°、180° 或 270°，不能转 {turn}°。"),
        Error::NotAFraming => "裁剪框太小或超出页面，或者扶正超过 15°，没有改动：请重新框选。".to_owned(),
        Error::NoSuchMark(_) => "这条红线已不在页面上：请刷新后再试。".to_owned(),
        Error::NoSuchMask(_) => "这处遮盖已不在页面上：请刷新后再试。".to_owned(),
        Error::NotAMask => "遮盖框太小或超出页面，没有画上：请在页面内按住拖动，重新框选。".to_owned(),
        Error::Held { name } => format!(
            "“{name}”上读出密级标志，核对以前不能遮盖、裁剪、去页、拆分或者合并。属实的，用“彻底清除”改放“本件另存，现场备查”页；认错了的，在“核查”里设为“已核对”以后再做。"
        ),
        Error::HeldSince { pieces } => {
            format!(
                "这份成品里有 {pieces} 件材料后来读出密级标志，没有做：请先在“核查”的“疑似涉密”里处理，再重新汇编 PDF；已经做出的成品不要再用。"
            )
        }
        Error::MaskedSince { pages } => {
            format!("这份成品汇编以后又有 {pages} 页作了遮盖，它里面还是遮盖以前的样子，没有做：请重新汇编 PDF 后再做。")
        }
        Error::NotALine => "红线太短或超出页面，没有画上：请在页面内按住拖动，重新画一条。".to_owned(),
        Error::NotAScore { code, part, points, most, step } => {
            format!("{code} 第 {part} 个得分点的自评分 {points} 没有保存：请填 0 到 {most} 之间、以 {step} 为一档的分数。")
        }
        Error::Unsaid { what: Unsaid::Name } => "任务名称和报送单位不能空着，没有保存：请填写。".to_owned(),
        Error::NoPeriod(why) => format!("考评期或报送日期不对，没有保存：{}。", super::catalogue::no_period(*why)),
        Error::OutOfBounds(OutOfBounds { what, least, most }) => {
            let (what, unit) = bound(*what);
            format!("{what}要在 {least} 到 {most} {unit}之间，没有保存：请改过再存。")
        }
        Error::Unsaid { what: Unsaid::Reason } => "没有写原因，没有登记：请写明为什么退回、要补什么。".to_owned(),
        Error::Unsaid { what: Unsaid::Signer } => "没有写签署单位（人），没有登记：请按承诺书上的落款填写。".to_owned(),
        Error::Unsaid { what: Unsaid::Grounds } => "没有写理由，没有登记：请写明核对的结果，例如原件如此。".to_owned(),
        Error::NotAJudgement => {
            "缺材料、退回待补、一票否决无证明、待归类、每页都不汇编的发现不能记为已核对，没有登记：请补齐材料，或者到所在的地方处理。"
                .to_owned()
        }
        Error::NoSuchDemand(_) => "这条退回或待补记录已不在项目里：请刷新后再试。".to_owned(),
        Error::NotAVeto { code } => format!("{code} 不是一票否决项，不能登记未发生承诺：请核对编号。"),
        Error::Removed { name, .. } => format!("《{name}》在回收站里，没有改动：请先还原。"),
        Error::NoSuchCandidate => "这批待收文件已不在项目里：请刷新列表后再试。".to_owned(),
        Error::SourceGone { name } => {
            format!("“{name}”已不在原处，没有接收，仍是待确认：可能被移动、改名，或者U盘已拔出，接好以后再试。")
        }
        Error::NoPackage => "还没有汇编好的 PDF，或者它已不在原处，没有做：请先汇编一份 PDF。".to_owned(),
        Error::WithinItself { place } => format!("“{}”就在项目文件夹里，没有备份：请选U盘或另一块磁盘上的文件夹。", file_name(place)),
        Error::NotMergeable { place, why } => unmergeable(&file_name(place), why),
        Error::Outside { path, source } => outside(&file_name(path), source.kind()),
        Error::OutsideFull { path, needed } => {
            let (place, needed) = (file_name(path), size(*needed));
            format!("“{place}”空间不够，没有做完，项目没有改动：还需约 {needed}，请清出空间或换一个U盘，再做一次。")
        }
        Error::OnShare { dir } => format!(
            "“{}”在网络共享盘上，没有打开或新建：项目放在共享盘上，索引可能损坏。请把整个文件夹复制到本机硬盘再打开，收工后备份回共享盘。",
            file_name(dir)
        ),
        Error::NotSealable { place } => format!(
            "“{}”里没有文件，或者与项目文件夹重叠，没有打包：请选做好的查阅盘、收集包所在的文件夹；申报材料请在“汇编”里打包。",
            file_name(place)
        ),
        Error::NotAPassword => {
            "密码要有 8 个以上的英文字母、数字或符号，不用汉字和空格（别的解压软件可能打不开），没有打包：请另想一个。".to_owned()
        }
        Error::WrongPassword { name } => {
            format!("密码打不开“{name}”，没有收取：请核对密码（区分大小写、全角半角），或者向报送单位索取不带密码的文件。")
        }
        Error::DiskFull { needed: Some(needed), .. } => {
            format!("磁盘已满，操作已停止，此前保存的内容都在：还需约 {}，请清出空间后再试。", size(*needed))
        }
        Error::DiskFull { needed: None, .. } => "磁盘已满，操作已停止，此前保存的内容都在：请至少清出 1 GB 空间后再试。".to_owned(),
        Error::File { act, path, source } => {
            format!("“{}”{}，操作已停止，此前保存的内容都在：{}", file_name(path), failed(*act), advice(source))
        }
        Error::Index(_) => "项目索引读写出错，这一步没有保存，此前保存的内容都在：请重试；仍不行时关闭项目后重新打开。".to_owned(),
        Error::Json { .. } => "项目里有一处记录读不懂，已停止操作：可能由别的版本写入，请升级程序后再打开。".to_owned(),
        Error::NoPicture { name, number, .. } => format!("《{name}》第 {number} 页显示不出来：原件仍在，可另用看图软件打开核对。"),
        Error::NothingToJoin => "没有合并：请选中两件以上的材料，每件只选一次。".to_owned(),
        Error::NotJoinable { name } => format!("没有合并：《{name}》是附件，没有可以合并的页。请把它取消选择，或先转成 PDF 再收取。"),
        Error::OtherPages { name } => format!("没有合并：合并期间《{name}》被拆分或者调整了页序，各件都没有改动。请看过后再合并一次。"),
        Error::NoWorker { .. } => "读取文件的程序启动不了，没有读取：请检查是否被安全软件拦截，或重新安装本程序。".to_owned(),
        Error::NotRead { name, .. } => format!(
            "识别“{name}”上的文字时，识别用的模型打不开，没有识别，材料不受影响。请确认磁盘有空间；仍然不行的，请重新安装本程序，或者在“工具”里取消“后台识别文字”。"
        ),
        Error::NotMade { made, source } => not_made(*made, source),
        Error::Compile(error) => super::package::compile_error(error),
        Error::Cancelled(_) => "已停止，此前完成的都已保存。".to_owned(),
    }
}

/// Of a folder that was chosen to be merged in.
fn unmergeable(place: &str, why: &Unmergeable) -> String {
    let only = |codes: &[String]| {
        const MOST: usize = 5;
        let more = if codes.len() > MOST { "等" } else { "" };
        if codes.is_empty() {
            "没有".to_owned()
        } else {
            format!("{}{more}", codes.iter().take(MOST).cloned().collect::<Vec<_>>().join("、"))
        }
    };
    match why {
        Unmergeable::NoProject => {
            format!("“{place}”里没有汇卷项目或备份，没有并入：请选另一台电脑的项目文件夹，或它做的“汇卷备份”文件夹。")
        }
        Unmergeable::Several { names } => {
            format!("“{place}”里有 {} 个项目（{}），没有并入：请直接选其中一个文件夹。", names.len(), only(names))
        }
        Unmergeable::Itself => format!("“{place}”就是本项目，没有并入：请选另一台电脑的项目文件夹，或它做的备份。"),
        Unmergeable::Damaged => format!("“{place}”的索引已损坏，没有并入，本项目没有改动：请在那台电脑上重新备份一次。"),
        Unmergeable::Newer { found, known } => {
            format!("“{place}”由更新版本的程序建立（格式 {found}，本程序认识到格式 {known}），没有并入：请把两台电脑的程序升级到同一版本。")
        }
        Unmergeable::OtherProject { name } => {
            format!("“{place}”是另一个项目“{name}”，不是本项目的副本，没有并入：只能并入从本项目备份出去、在另一台电脑上接着做的项目。")
        }
        Unmergeable::OtherCatalogue { here, there } => {
            format!("“{place}”的考评目录与本项目不同，没有并入：只有本项目有的编号：{}；只有对方有的编号：{}。", only(here), only(there))
        }
        Unmergeable::OtherUnits { here, there } => {
            format!("“{place}”的单位名单与本项目不同，没有并入：只有本项目有的单位：{}；只有对方有的单位：{}。", only(here), only(there))
        }
    }
}

/// Of a stick or a folder that the clerk chose.
fn outside(place: &str, kind: ErrorKind) -> String {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("“{place}”空间不够，没有做完，项目没有改动：请清出空间或换一个U盘，再做一次。")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            format!("“{place}”不能写入，没有做完，项目没有改动：请检查是否写保护、有没有权限，或换一个位置。")
        }
        ErrorKind::NotFound => format!("“{place}”找不到，没有做完，项目没有改动：U盘可能已拔出，请插好后再做一次。"),
        _ => format!("“{place}”读写出错，没有做完，项目没有改动：U盘可能已拔出或损坏，请插好或换一个，再做一次。"),
    }
}

fn held(holder: &Holder) -> String {
    let host = if holder.host.is_empty() { "另一台计算机" } else { &holder.host };
    format!("（计算机 {host}，进程 {}）", holder.pid)
}

fn failed(act: FileAct) -> &'static str {
    match act {
        FileAct::MakeFolder => "文件夹建不了",
        FileAct::Create | FileAct::Write | FileAct::Sync | FileAct::SyncFolder | FileAct::Protect => "写不进去",
        FileAct::Rename => "改不了名",
        FileAct::Remove => "删不掉",
        FileAct::Read => "读不出来",
    }
}

fn advice(source: &std::io::Error) -> &'static str {
    match source.kind() {
        std::io::ErrorKind::PermissionDenied => "没有权限，请检查项目文件夹是否可写、是否被安全软件拦截，再试一次。",
        std::io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的，请把项目复制到可写的磁盘上再打开。",
        std::io::ErrorKind::NotFound => "它已不在原处，请检查磁盘是否仍接好，再重新打开项目。",
        _ => "请检查磁盘是否接好、是否完好，再试一次；反复出错请先备份整个项目文件夹。",
    }
}
