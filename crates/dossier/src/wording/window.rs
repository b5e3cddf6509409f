//! Sentences that only the window says.

use super::finding;
use super::package;
use super::verdict::label;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::standing::VetoStanding;
use crate::domain::{Demand, Dossier};
use crate::store::{Beside, Holder, Looking};

/// How a veto item stands.
pub fn veto(veto: &VetoStanding) -> String {
    match (&veto.declared, veto.proven) {
        (Some(declared), true) => format!("已承诺未发生：{}", package::declared(declared)),
        (Some(declared), false) => format!("{}，还缺签署的承诺书", package::declared(declared)),
        (None, true) => format!("已有证明 {} 件", veto.pieces),
        (None, false) if veto.pieces == 0 => "没有证明，也没有承诺".to_owned(),
        (None, false) => finding::state(veto.state).to_owned(),
    }
}

/// What a demand is about: the piece, or year and unit of an empty place.
pub fn demand_about(demand: &Demand, dossier: &Dossier) -> String {
    if let Some(document) = demand.document.and_then(|id| dossier.document(id)) {
        return label(document);
    }
    let year = demand.year.map(package::year_name);
    let unit = demand.unit.as_ref().map(|unit| dossier.units.name_of(unit).to_owned());
    let parts: Vec<String> = [year, unit].into_iter().flatten().collect();
    if parts.is_empty() { "本项材料".to_owned() } else { parts.join("　") }
}

/// 只读查看: of what moment it is, and who works there.
pub fn looking(looking: &Looking, today: Date, zone: &TimeZone) -> String {
    let until = looking.until.to_zoned_datetime(zone.clone());
    let moment = if until.date() == today { until.strftime("%H:%M") } else { until.strftime("%-m月%-d日 %H:%M") };
    let beside = match &looking.beside {
        Beside::Open(Some(Holder { host, .. })) if !host.is_empty() => format!("在“{host}”上打开着"),
        Beside::Open(_) => "在另一台电脑上打开着".to_owned(),
        Beside::Share => "在网络共享盘上".to_owned(),
        Beside::Nobody => "现在没有别人打开，可以关闭以后直接打开".to_owned(),
    };
    format!("只读 · 显示到 {moment} 为止的内容 · {beside}")
}

/// Of a project that was looked at again.
pub const NOTHING_NEWER: &str = "那边还没有存下更新的内容：有改动以后半小时内会存一份。";

/// 一票否决项 and 加分项, as groups of the tree.
pub const VETOES: &str = "一票否决项";
pub const BONUSES: &str = "加分项";

/// Letters can't be read off scans here.
pub const NO_MODELS: &str = "没有找到识别文字用的模型文件（程序文件夹里的 reading），不能识别扫描件上的文字。请重新安装本程序。";
/// Names of the folders that are made when the sample is opened, and of what the pickers ask for.
pub const SAMPLE_FOLDER: &str = "汇卷示例项目";
pub const PICK_PROJECT: &str = "打开项目：选择项目所在的文件夹";
pub const PICK_PLACE: &str = "新建项目：选择存放位置";
pub const PICK_FOLDER: &str = "收集：选择一个文件夹";
pub const PICK_FILES: &str = "收集：选择文件";
pub const PICK_CATALOGUE: &str = "选择考评目录（任务分解表或 JSON）";
pub const CATALOGUES: &str = "考评目录（DOCX、XLSX、XLS、JSON）";
pub const SAVE_LETTER: &str = "存到哪里";
pub const PICK_REMINDERS: &str = "催办单存到哪个文件夹";
pub const SAVE_REPORT: &str = "接收情况表存到哪里";

pub const PICK_KITS: &str = "收集包放在哪里（例如U盘）";
pub const PICK_STICK: &str = "查阅盘放在哪里（U盘）";
pub const PICK_SEALED: &str = "加密打包：选择要打包的文件夹（例如做好的查阅盘、收集包）";
pub const PICK_SEAL: &str = "加密包放在哪里（例如U盘）";
pub const PICK_BUNDLE: &str = "并入：选择另一台电脑的项目文件夹，或它做的备份（例如在U盘上）";
pub const NO_BUNDLE: &str = "还没有选择要并入的文件夹，没有并入：请重新选择。";
pub const PICK_BACKUP: &str = "备份到哪里（U盘或另一块磁盘）";

pub const NO_SUCH_BACKUP: &str = "这份备份已不在 backups 文件夹里：请刷新列表。";
pub const NO_PROJECT: &str = "还没有打开项目：请先打开或新建一个项目。";
pub const BUSY: &str = "前一件事还没有做完（见窗口下方），这一步没有做：请等它结束，或先取消。";
pub const ANOTHER_PROJECT: &str = "选择位置的时候换了项目，这一步没有做：请在要做的项目里再做一次。";
pub const BROKEN: &str = "程序内部出错，这一步没有完成，此前保存的内容都在：请重试；反复出现时请重新启动程序，并把日志交给维护人员。";
pub const CHECKED_ANEW: &str = "核查结果刚刚更新，没有登记：请在新的列表里再选一次。";
pub const NOT_A_DAY: &str = "日期写法不对，没有保存：请写成 2023-04-20 这样。";
pub const NOTHING_DROPPED: &str = "没有可收集的文件：请重新拖入，或用“选择文件夹”。";
pub const NO_PLACE: &str = "还没有选存放位置，没有新建：请先选择。";
pub const NO_CATALOGUE: &str = "还没有选考评目录文件，没有新建：请先选择，或使用参考目录。";
pub const BAD_FOLDER_NAME: &str = "文件夹名不能为空，也不能含有 \\ / : * ? \" < > | 这些字符，没有新建：请改名。";
pub const NO_UNIT: &str = "还没有选单位，没有生成催办单：请先选择。";
pub const NO_SUCH_PACKAGE: &str = "这份成品已不在项目记录里：请刷新列表。";

/// A package, or a part of it, that is not where it was written.
pub fn package_gone(file: &str) -> String {
    format!("“{file}”已不在原处，打不开：可能被移动或删除，请重新汇编。")
}

/// A file that waits for the clerk, and does not lie any more where it was taken from.
pub fn source_gone(file: &str) -> String {
    format!("“{file}”已不在原处，打不开：可能被移动、改名，或者U盘已拔出。")
}

/// The system has no program for a file, or its program does not start.
pub fn not_opened(file: &str) -> String {
    format!("“{file}”打不开：本机可能没有安装能打开它的软件，请到所在文件夹中用别的软件打开。")
}

/// The file of the project that was opened last is not there any more.
pub fn recent_gone(place: &str) -> String {
    format!("上次的项目“{place}”已不在原处：可能被移动、改名，或者所在磁盘没有接上。请接好后重开，或另选位置打开。")
}

/// Made, but the system's file manager does not show it.
pub fn made_but_not_shown(file: &str, place: &str) -> String {
    format!("“{file}”已经生成，但文件夹打不开：请到“{place}”查看。")
}

/// Name that is offered for the report of a batch.
pub fn batch_report_name(batch: i64) -> String {
    format!("接收情况第{batch}批.xlsx")
}
