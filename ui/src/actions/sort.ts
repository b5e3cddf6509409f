// The order of a list of pieces.
import type { OrderByView } from "../ipc/bindings";
import { isSortable } from "../parts/columns";
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

/** What the clerk calls them. */
export const orderWords: Record<OrderByView, string> = {
  title: "题名",
  number: "文号",
  dated: "日期",
  form: "形式",
  pages: "页数",
  unit: "单位",
  state: "状态",
  folder: "来自的文件夹",
  suggested: "建议归入",
};

const listed = ({ frame, arrange }: Screen) => frame.view === "arrange" && arrange.order.length > 0;

const sortBy = (by: OrderByView): Action => ({
  id: `sort.${by}`,
  label: `按${orderWords[by]}`,
  allowed: (screen) => listed(screen) && isSortable(screen.arrange.kind, by),
  checked: ({ arrange }) => arrange.sorting?.by === by,
  perform: ({ arrange }) => arrange.sortBy(by),
});

const by = Object.keys(orderWords) as OrderByView[];

export const sortActions: readonly Action[] = [
  {
    id: "sort.ask",
    label: "排列…",
    keys: ["Ctrl+Shift+S"],
    allowed: listed,
    perform: ({ arrange }) => (arrange.sortAsked += 1),
  },
  ...by.map(sortBy),
  {
    id: "sort.binder",
    label: "原来的次序",
    allowed: listed,
    checked: ({ arrange }) => arrange.sorting === null,
    perform: ({ arrange }) => arrange.sortBy("binder"),
  },
];

/** What the list may be sorted by. */
export const sortMenu: readonly (string | null)[] = [...by.map((one) => `sort.${one}`), null, "sort.binder"];
