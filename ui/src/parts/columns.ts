// Which columns a list of pieces has: what waits to be filed shows why it might belong somewhere.
import type { FindingKindView, OrderByView, RowView } from "../ipc/bindings";
import type { ListKind } from "../screen/arrange";
import { short } from "../shared/short";

export interface Column {
  id: string;
  title: string;
  /** px; what is left over goes to those that stretch, by their share. */
  width: number;
  stretch?: number;
  number?: boolean;
  /** What a click on its head sorts by; `binder`: as the list stands by itself. */
  sort?: OrderByView | "binder";
  text: (row: RowView) => string;
}

const title: Column = { id: "title", title: "题名", width: 132, stretch: 3, sort: "title", text: (row) => row.title };
const number: Column = { id: "number", title: "文号", width: 122, stretch: 0.8, sort: "number", text: (row) => row.number };
const dated: Column = { id: "dated", title: "日期", width: 74, sort: "dated", text: (row) => row.dated ?? "" };
const form: Column = { id: "form", title: "形式", width: 62, stretch: 0.5, sort: "form", text: (row) => short(row.form) };
const unit: Column = { id: "unit", title: "单位", width: 64, stretch: 0.8, sort: "unit", text: (row) => row.unit };
const pages: Column = {
  id: "pages",
  title: "页",
  width: 34,
  number: true,
  sort: "pages",
  text: (row) => (row.leftOut > 0 ? `${row.pages - row.leftOut}/${row.pages}` : String(row.pages)),
};

const leafColumns: readonly Column[] = [
  { id: "position", title: "序", width: 24, number: true, sort: "binder", text: (row) => String(row.position ?? "") },
  { id: "piece", title: "件号", width: 74, sort: "binder", text: (row) => row.piece },
  title,
  number,
  dated,
  form,
  pages,
  unit,
  { id: "state", title: "状态", width: 62, stretch: 0.5, sort: "state", text: (row) => demanded(row) ?? (lacking(row) || (row.filed.length > 1 ? `归入 ${row.filed.length} 处` : "归入")) },
];

/** What was looked for, where it does not stand in the title. */
const found: Column = {
  id: "found",
  title: "找到的内容",
  width: 120,
  stretch: 2.4,
  text: ({ trace }) => (trace?.other.length ? `${trace.field}：${trace.other.map((run) => run.text).join("")}` : ""),
};
const foundColumns: readonly Column[] = [title, found, dated, pages, unit, { id: "state", title: "状态", width: 96, sort: "state", text: state }];

/** Where pieces of several leaves stand together there is no order to show, but where each is filed. */
const placeColumns: readonly Column[] = [title, number, dated, form, pages, unit, { id: "state", title: "状态", width: 74, stretch: 0.8, sort: "state", text: state }];

const waitingColumns: readonly Column[] = [
  title,
  { id: "folder", title: "来自", width: 80, stretch: 0.6, sort: "folder", text: (row) => row.folder },
  pages,
  { id: "suggested", title: "建议归入", width: 120, stretch: 2, sort: "suggested", text: (row) => leafSuggested(row) },
  { id: "confidence", title: "把握", width: 58, text: (row) => (row.suggestion?.code ? `${row.suggestion.confidence}%` : "") },
  { id: "because", title: "理由", width: 110, stretch: 2, text: (row) => row.suggestion?.because.join("；") ?? "" },
];

/** `01-03 text`, or nothing. */
export const leafSuggested = (row: RowView): string => (row.suggestion?.code ? `${row.suggestion.code} ${row.suggestion.leaf}` : "");

const lackWords: Partial<Record<FindingKindView, string>> = { noDate: "无日期", noNumber: "无文号", noCaption: "说明不全" };

/** What is not said of it yet. */
const lacking = (row: RowView): string => row.lacks.map((one) => lackWords[one] ?? "").join("、");

/** 退回 or 待补, where one is open. */
const demanded = (row: RowView): string | null => (row.demand ? (row.demand.kind === "return" ? "退回" : "待补") : null);

function state(row: RowView): string {
  if (row.removed) return "回收站";
  const asked = demanded(row);
  if (asked) return `${asked}：${row.demand?.reason}`;
  // What it lacks comes first: of a narrow column the end is cut.
  if (row.filed.length > 0) return [lacking(row), `归入 ${row.filed.join("、")}`].filter(Boolean).join("，");
  return row.suggestion?.code ? `建议 ${row.suggestion.code}` : "待归类";
}

/** px between columns, and at both ends of a row. */
const GAP = 7;
const ENDS = 16;
/** What is done without first where the window is narrow: what is known from elsewhere (the order stands in the 件号 too), last what
 * tells one piece from another. */
const DISPENSABLE: readonly string[] = ["position", "form", "folder", "number", "because", "pages", "state", "unit", "found", "confidence", "dated"];

const needed = (columns: readonly Column[]) => columns.reduce((sum, column) => sum + column.width + GAP, ENDS - GAP);

const all: Record<ListKind, readonly Column[]> = { leaf: leafColumns, waiting: waitingColumns, place: placeColumns, found: foundColumns };

/** Whether a list can be sorted so, with room for the column or not. */
export const isSortable = (kind: ListKind, by: OrderByView): boolean => all[kind].some((column) => column.sort === by);

/** The columns of a list that is `room` px wide. */
export function columns(kind: ListKind, room: number): readonly Column[] {
  let shown = all[kind];
  for (const id of DISPENSABLE) if (needed(shown) > room) shown = shown.filter((column) => column.id !== id);
  return shown;
}

export const gridTemplate = (columns: readonly Column[]): string =>
  columns.map(({ width, stretch }) => (stretch ? `minmax(${width}px, ${stretch}fr)` : `${width}px`)).join(" ");
