import type { FindingKindView, FindingsView, SeverityView } from "../ipc/bindings";

/** In the order of what to do first. */
export const kinds: readonly { kind: FindingKindView; word: string }[] = [
  { kind: "classifiedRead", word: "疑似涉密" },
  { kind: "vetoUnproven", word: "一票否决无证明" },
  { kind: "demanded", word: "退回、待补" },
  { kind: "missing", word: "缺材料" },
  { kind: "pending", word: "待确认的文件" },
  { kind: "unfiled", word: "待归类" },
  { kind: "outOfPeriod", word: "不在考评期内" },
  { kind: "noDate", word: "没有日期" },
  { kind: "noNumber", word: "红头文件无文号" },
  { kind: "noCaption", word: "照片说明不全" },
  { kind: "selfScore", word: "自评分待核对" },
  { kind: "nothingPrinted", word: "每页都不汇编" },
  { kind: "noSeal", word: "没有看到印章" },
  { kind: "sideways", word: "页面横躺" },
  { kind: "askew", word: "页面歪斜" },
  { kind: "black", word: "整页发黑" },
  { kind: "blank", word: "空白页" },
  { kind: "coarse", word: "分辨率偏低" },
  { kind: "otherPages", word: "页数与文件名不符" },
  { kind: "letInShort", word: "收下时不完整" },
  { kind: "tooLong", word: "超过 200 页" },
  { kind: "alike", word: "画面相同、相似" },
  { kind: "usedOften", word: "一件多用" },
  { kind: "sensitiveRead", word: "内部标志、番号、坐标" },
  { kind: "personalNumbers", word: "个人信息" },
  { kind: "scoreSum", word: "目录分值不符" },
  { kind: "notDue", word: "未到期" },
];

export const kindWords = Object.fromEntries(kinds.map(({ kind, word }) => [kind, word])) as Record<FindingKindView, string>;

export const severityWords: Record<SeverityView, string> = { error: "必须处理", warning: "请核对", notice: "提示" };

export interface FindingGroup {
  kind: FindingKindView;
  word: string;
  /** Places in what was found: what is left to do, and what was set aside. */
  findings: number[];
  aside: number[];
  severity: SeverityView;
}

const WORST: readonly SeverityView[] = ["error", "warning", "notice"];

export function grouped(found: FindingsView): FindingGroup[] {
  const own = new Map(kinds.map(({ kind }) => [kind, [] as number[]]));
  found.kinds.forEach((kind, at) => own.get(kind)?.push(at));
  return kinds.flatMap(({ kind, word }) => {
    const all = own.get(kind) ?? [];
    const findings = all.filter((at) => at < found.left);
    const aside = all.filter((at) => at >= found.left);
    const gravest = findings.length > 0 ? findings : aside;
    const severity = WORST.find((level) => gravest.some((at) => found.severities[at] === level));
    return severity ? [{ kind, word, findings, aside, severity }] : [];
  });
}
