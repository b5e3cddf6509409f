//! What can be asked for on the command line, and what is said when it can't be understood.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Command, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use dossier::compile::{BoxSize, Format, Options, PhotoPages, Sections, Volumes};
use dossier::desk::ReportFormat;

const OPTIONS: &str = "选项";
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

#[derive(Debug, Parser)]
#[command(
    name = "huijuan",
    version,
    about = "汇卷：收集、整理、核查、汇编申报材料（离线）",
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "\n退出码：0 完成；1 完成，但有需要人处理的问题；2 没有完成。"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub act: Act,
    /// 供程序读取的输出：每行一个 JSON 对象
    #[arg(long, global = true)]
    pub json: bool,
    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Act {
    /// 新建示例项目：参考目录、自动绘制并归好的材料
    Demo(Demo),
    /// 新建项目
    New(New),
    /// 收集：接收文件、文件夹，逐个给出结论
    Intake {
        #[command(flatten)]
        project: Project,
        /// 要接收的文件或文件夹
        #[arg(value_name = "路径", required = true)]
        paths: Vec<PathBuf>,
    },
    /// 收集：接收一个待确认的文件
    Confirm {
        #[command(flatten)]
        project: Project,
        /// 文件的编号（收集时给出，如“待确认 12”）
        #[arg(value_name = "文件")]
        candidate: i64,
    },
    /// 收集：输入密码，接收一个带密码的PDF（密码从标准输入读取，不保存）
    Unlock {
        #[command(flatten)]
        project: Project,
        /// 文件的编号（收集时给出，如“待确认 12”）
        #[arg(value_name = "文件")]
        candidate: i64,
    },
    /// 收集：生成分隔页，夹在成摞材料中间一起扫描
    Separators {
        #[command(flatten)]
        project: Project,
        /// 指标的编号，例如 01-03；不写则每项指标一张
        #[arg(value_name = "指标")]
        indicators: Vec<String>,
        /// 单位的编号；每项指标、每个单位一张
        #[arg(long = "unit", value_name = "单位")]
        units: Vec<String>,
        /// 放在哪个文件夹；不写则放在项目的 packages 中
        #[arg(long, value_name = "文件夹", value_parser = from_here)]
        out: Option<PathBuf>,
    },
    /// 收集：按夹在里面的分隔页，把一件拆开并归类
    Sort {
        #[command(flatten)]
        project: Project,
        /// 材料的编号（接收时给出）
        #[arg(value_name = "材料")]
        document: i64,
    },
    /// 整理：把一件材料从指定的页起拆成几件
    Split {
        #[command(flatten)]
        project: Project,
        /// 材料的编号（接收时给出）
        #[arg(value_name = "材料")]
        document: i64,
        /// 每一件从原文件的第几页开始，例如 3 7
        #[arg(value_name = "页", required = true, value_parser = clap::value_parser!(u32).range(2..))]
        starts: Vec<u32>,
    },
    /// 整理：把几件材料按给出的顺序合成一件，例如逐页扫描的照片
    Join {
        #[command(flatten)]
        project: Project,
        /// 材料的编号（接收时给出），按页的先后
        #[arg(value_name = "材料", required = true, num_args = 2..)]
        documents: Vec<i64>,
    },
    /// 交换：催办单、进度通报、责任分解表、缺项清单、核查清单，以及一批材料的接收情况
    Report(Report),
    /// 收集：识别扫描件上的文字，供查找、建议和核查；可以随时中断，下次接着做
    Read {
        #[command(flatten)]
        project: Project,
    },
    /// 收集：找出画面相同、相似的材料
    Alike {
        #[command(flatten)]
        project: Project,
    },
    /// 整理：在一项指标下放一张“本件另存，现场备查”页
    Hold {
        #[command(flatten)]
        project: Project,
        /// 指标的编号，例如 01-03
        #[arg(value_name = "指标")]
        indicator: String,
        /// 可以公开的题名；不写则只有“本件另存，现场备查”
        #[arg(long, value_name = "题名", default_value = "", hide_default_value = true)]
        title: String,
    },
    /// 整理：把涉密的一件从项目里彻底清除，不能恢复；不写 --yes 只说明会清除什么
    Purge {
        #[command(flatten)]
        project: Project,
        /// 材料的编号（接收时给出）
        #[arg(value_name = "材料")]
        document: i64,
        /// 确认清除
        #[arg(long)]
        yes: bool,
    },
    /// 整理：把一件材料归入一项指标
    File {
        #[command(flatten)]
        project: Project,
        /// 材料的编号（接收时给出）
        #[arg(value_name = "材料")]
        document: i64,
        /// 指标的编号，例如 01-03
        #[arg(value_name = "指标")]
        indicator: String,
    },
    /// 整理：在一项指标下把已在别处收入的一件另印一份；默认为互见
    Reprint {
        #[command(flatten)]
        project: Project,
        /// 材料的编号（接收时给出）
        #[arg(value_name = "材料")]
        document: i64,
        /// 指标的编号，例如 01-03；材料须已归入这一项
        #[arg(value_name = "指标")]
        indicator: String,
        /// 改回互见
        #[arg(long)]
        refer: bool,
    },
    /// 交换：给报送单位制作收集包
    Kits {
        #[command(flatten)]
        project: Project,
        /// 放在哪个文件夹（例如U盘）
        #[arg(value_name = "位置", value_parser = from_here)]
        to: PathBuf,
        /// 单位的编号，可以写多次；不写则是还缺材料的所有单位
        #[arg(long = "unit", value_name = "单位")]
        units: Vec<String>,
        /// 每个单位一个 ZIP，不是文件夹
        #[arg(long)]
        zip: bool,
    },
    /// 交换：核对交回的收集包，来了什么、还缺什么
    Returned {
        #[command(flatten)]
        project: Project,
        /// 核对后按收集包的文件夹归类
        #[arg(long)]
        file: bool,
    },
    /// 交换：把整个项目备份到U盘或另一块磁盘，已有的不重复拷贝
    Backup {
        #[command(flatten)]
        project: Project,
        /// 备份到哪个文件夹
        #[arg(value_name = "位置", value_parser = from_here)]
        to: PathBuf,
    },
    /// 检查原件：逐份核对是否和收取时一样，损坏的说明备份里有没有
    Examine {
        #[command(flatten)]
        project: Project,
        /// 备份里有完好一份的，从备份补回
        #[arg(long)]
        put_back: bool,
    },
    /// 交换：把最近汇编的 PDF 和网页目录放到U盘，供检查组查阅
    Stick {
        #[command(flatten)]
        project: Project,
        /// 放在哪个文件夹（例如U盘）
        #[arg(value_name = "位置", value_parser = from_here)]
        to: PathBuf,
    },
    /// 交换：并入另一台电脑上做的工作（本项目备份过去后接着做的项目，或它做的备份）；不写 --yes 只列出会并入什么、哪里不一致
    Merge {
        #[command(flatten)]
        project: Project,
        /// 另一台电脑的项目文件夹或备份文件夹（例如在U盘上），只读取、不改动
        #[arg(value_name = "文件夹", value_parser = from_here)]
        from: PathBuf,
        /// 确认并入
        #[arg(long)]
        yes: bool,
        /// 这些不一致之处以对方为准：列出时给出的编号，或“全部”；不写则都保留本机的
        #[arg(long, value_name = "编号", value_delimiter = ',')]
        theirs: Vec<String>,
    },
    /// 交换：用较早的索引恢复项目；不写 --yes 只列出会变的内容
    Restore {
        #[command(flatten)]
        project: Project,
        /// 索引备份的文件（在项目的 backups 里）；不写则列出有哪些
        #[arg(value_name = "备份", value_parser = from_here)]
        copy: Option<PathBuf>,
        /// 确认恢复；现在的索引先另存一份
        #[arg(long)]
        yes: bool,
    },
    /// 交换：用本项目的目录、单位新建下一轮项目，不带材料
    Next {
        #[command(flatten)]
        project: Project,
        /// 下一轮的项目文件夹（新建）
        #[arg(value_name = "新项目", value_parser = from_here)]
        to: PathBuf,
        /// 项目名称；不写则按年份顺延
        #[arg(long, value_name = "名称")]
        name: Option<String>,
        /// 考评时间段，例如 2024-2027；不写则接着本轮
        #[arg(long, value_name = "年-年", value_parser = years)]
        period: Option<(i16, i16)>,
        /// 报送截止日期，例如 2027-04-20
        #[arg(long, value_name = "日期")]
        due: Option<jiff::civil::Date>,
    },
    /// 核查：缺什么、错什么、怎么办
    Check {
        #[command(flatten)]
        project: Project,
    },
    /// 汇编：生成申报材料，并核对成品
    Compile(Compile),
    /// 定稿：把最近汇编的 PDF 设为定稿，以后印出的件号、页码不再变
    Issue {
        #[command(flatten)]
        project: Project,
        /// 开始新版：不再沿用现有的定稿，下一次汇编重新编号
        #[arg(long)]
        anew: bool,
    },
    /// 变更包：与定稿相比要抽、换、插哪些页；写 --make 生成只含这些页的 PDF 和变更清单
    Changes {
        #[command(flatten)]
        project: Project,
        /// 生成变更包
        #[arg(long)]
        make: bool,
        /// 放在哪个文件夹；不写则放在项目的 packages 中
        #[arg(long, value_name = "文件夹", value_parser = from_here)]
        out: Option<PathBuf>,
    },
    /// 盒脊和侧标签：按分册生成，供打印裁贴
    Labels(Labels),
    /// 给领导看的进展一页（PDF）：各方面齐全情况、自评分、否决项、欠材料的单位
    Leader {
        #[command(flatten)]
        project: Project,
        /// 放在哪个文件夹；不写则放在项目的 packages 中
        #[arg(long, value_name = "文件夹", value_parser = from_here)]
        out: Option<PathBuf>,
    },
    /// 核对已生成的申报材料与校验报告是否一致
    Verify {
        /// 申报材料（PDF 或 DOCX），校验报告须在同一文件夹
        #[arg(value_name = "申报材料")]
        package: PathBuf,
    },
    /// 查找材料：题名、文件名、文号、责任者、单位、正文
    Search {
        #[command(flatten)]
        project: Project,
        /// 要找的词
        #[arg(value_name = "词", required = true)]
        words: Vec<String>,
    },
}

/// Where an act is done.
#[derive(Debug, Args)]
pub struct Project {
    /// 项目文件夹
    #[arg(value_name = "项目", value_parser = from_here)]
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// 项目文件夹（新建）
    #[arg(value_name = "项目", value_parser = from_here)]
    pub dir: PathBuf,
    /// 绘制多少件材料
    #[arg(long, value_name = "件数", default_value_t = 60, hide_default_value = true)]
    pub documents: usize,
    /// 随机种子：相同的种子绘制相同的材料
    #[arg(long, value_name = "种子", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct New {
    /// 项目文件夹（新建）
    #[arg(value_name = "项目", value_parser = from_here)]
    pub dir: PathBuf,
    /// 考评目录：印发的任务分解表（DOCX、XLSX、XLS），或本程序的 JSON
    #[arg(long, value_name = "文件")]
    pub catalogue: PathBuf,
    /// 责任单位名单（JSON）
    #[arg(long, value_name = "文件")]
    pub units: Option<PathBuf>,
    /// 任务分解表各栏从左到右是什么，用逗号分开，认得不对时写明，例如 考评项目,序号,考评内容,分值,其他
    #[arg(long, value_name = "栏目", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// 考评年份，例如 2020-2023；表中写明的不必写
    #[arg(long, value_name = "年-年", value_parser = years)]
    pub period: Option<(i16, i16)>,
    /// 报送截止日期，例如 2023-04-20
    #[arg(long, value_name = "日期")]
    pub due: Option<jiff::civil::Date>,
    /// 项目名称，印在封面上；不写则用考评目录的名称
    #[arg(long, value_name = "名称")]
    pub name: Option<String>,
    /// 报送单位，印在封面上
    #[arg(long, value_name = "单位")]
    pub office: String,
}

#[derive(Debug, Args)]
pub struct Report {
    #[command(flatten)]
    pub project: Project,
    /// 哪一种：reminder 催办单，progress 进度通报，duties 责任分解表，gaps 缺项清单，findings 核查清单，received 接收情况
    #[arg(value_name = "种类", hide_possible_values = true)]
    pub kind: ReportKind,
    /// 单位的编号，例如 U01；催办单不写则给每个欠交的单位各一份
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 格式：docx 或 xlsx；接收情况只有 xlsx
    #[arg(long, value_name = "格式", default_value = "docx", hide_possible_values = true, hide_default_value = true)]
    pub format: ReportEnding,
    /// 放在哪个文件夹；不写则放在项目的 packages 中
    #[arg(long, value_name = "文件夹", value_parser = from_here)]
    pub out: Option<PathBuf>,
    /// 接收情况是第几批；不写则是最近一批
    #[arg(long, value_name = "批次")]
    pub batch: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportKind {
    Reminder,
    Progress,
    Duties,
    Gaps,
    Findings,
    Received,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ReportEnding {
    Docx,
    Xlsx,
}

impl From<ReportEnding> for ReportFormat {
    fn from(ending: ReportEnding) -> Self {
        match ending {
            ReportEnding::Docx => Self::Docx,
            ReportEnding::Xlsx => Self::Xlsx,
        }
    }
}

#[derive(Debug, Args)]
pub struct Compile {
    #[command(flatten)]
    pub project: Project,
    /// 成品的格式：pdf 或 docx
    #[arg(long, value_name = "格式", hide_possible_values = true)]
    pub format: Kind,
    /// 审阅版：图片缩小到 150 dpi 的 DOCX，只供审阅
    #[arg(long)]
    pub review: bool,
    /// 成品放在哪个文件夹；不写则放在项目的 packages 中
    #[arg(long, value_name = "文件夹", value_parser = from_here)]
    pub out: Option<PathBuf>,
    /// 已知悉尚无证明的一票否决项，并记入校验报告
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub binding: Binding,
}

#[derive(Debug, Args)]
pub struct Labels {
    #[command(flatten)]
    pub project: Project,
    /// 标签放在哪个文件夹；不写则放在项目的 packages 中
    #[arg(long, value_name = "文件夹", value_parser = from_here)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub binding: Binding,
}

/// How a package is bound.
#[derive(Debug, Clone, Copy, Args)]
pub struct Binding {
    /// 分册：one 一册，area 一个方面一册，box 按档案盒
    #[arg(long, value_name = "分册", default_value = "one", hide_possible_values = true, hide_default_value = true)]
    pub volumes: Split,
    /// 档案盒的厚度（毫米），如 20、30、40、50；不写则为 50
    #[arg(long = "box", value_name = "毫米", default_value_t = 50, hide_default_value = true, value_parser = clap::value_parser!(u8).range(10..=100))]
    pub boxes: u8,
    /// 每页放几张照片：1 或 2
    #[arg(long, value_name = "张数", default_value = "1", hide_possible_values = true, hide_default_value = true)]
    pub photos: Photos,
    /// 每项指标之内：indicator 为一节，year 按佐证年度分节；不写则与最近一次汇编相同
    #[arg(long, value_name = "分节", hide_possible_values = true)]
    pub sections: Option<Parting>,
    /// 单面打印：不补空白页，页边距左右不对调
    #[arg(long)]
    pub simplex: bool,
    /// PDF 不带文字层：扫描页上识别出的字不放进成品，成品里查找不到
    #[arg(long)]
    pub no_letters: bool,
}

impl Binding {
    /// `last`: how indicators were parted the last time.
    pub fn options(self, format: Format, last: Sections, made_on: jiff::civil::Date) -> Options {
        let (volumes, boxes, photos) = (self.volumes.into(), BoxSize(self.boxes), self.photos.into());
        let sections = match self.sections {
            None => last,
            Some(Parting::Indicator) => Sections::Indicator,
            Some(Parting::Year) => Sections::Year,
        };
        Options { format, volumes, boxes, duplex: !self.simplex, photos, sections, letters: !self.no_letters, made_on }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    Pdf,
    Docx,
}

/// 分节
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Parting {
    Indicator,
    Year,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Photos {
    #[value(name = "1")]
    One,
    #[value(name = "2")]
    Two,
}

impl From<Photos> for PhotoPages {
    fn from(photos: Photos) -> Self {
        match photos {
            Photos::One => Self::One,
            Photos::Two => Self::Two,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Split {
    One,
    Area,
    Box,
}

impl From<Kind> for Format {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Pdf => Self::Pdf,
            Kind::Docx => Self::Docx,
        }
    }
}

impl From<Split> for Volumes {
    fn from(split: Split) -> Self {
        match split {
            Split::One => Self::One,
            Split::Area => Self::Area,
            Split::Box => Self::Box,
        }
    }
}

/// Reads the command line; where it can't be understood, says why and gives the exit code.
///
/// # Errors
/// The code to leave with: 0 after help was shown, 2 after a mistake.
pub fn read() -> Result<Arguments, ExitCode> {
    let told = |command: Command| command.help_template(TEMPLATE).mut_args(|argument| argument.help_heading(OPTIONS));
    let matches = told(Arguments::command()).mut_subcommands(told).try_get_matches();
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            crate::say::line(error.render());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            crate::say::aside(error.render());
            ExitCode::from(2)
        }
        kind => {
            crate::say::aside(format!("{}\n用 huijuan --help 或 huijuan 命令 --help 查看用法。", mistake(kind, &error)));
            ExitCode::from(2)
        }
    })
}

/// A path as seen from the folder in which the program was started.
fn from_here(text: &str) -> std::io::Result<PathBuf> {
    std::path::absolute(text)
}

/// `2020-2023`
fn years(text: &str) -> Result<(i16, i16), String> {
    let (from, to) = text.split_once(['-', '—', '～', '~']).ok_or("no range")?;
    let year = |text: &str| text.trim().parse::<i16>().ok().filter(|year| (1949..2100).contains(year)).ok_or("no year");
    Ok((year(from)?, year(to)?))
}

fn mistake(kind: ErrorKind, error: &clap::Error) -> String {
    let said = |context| match error.get(context) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    match kind {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令。", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "没有写命令。".to_owned(),
        ErrorKind::UnknownArgument => format!("不认识“{argument}”。"),
        ErrorKind::MissingRequiredArgument => format!("缺少：{argument}。"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面没有写内容。"),
        ErrorKind::InvalidValue => format!("{argument} 不能是“{value}”，可以是：{}。", said(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => format!("{argument} 不能是“{value}”。"),
        ErrorKind::ArgumentConflict => format!("“{argument}”写了不止一次，或与别的选项冲突。"),
        _ => "命令写得不对。".to_owned(),
    }
}
