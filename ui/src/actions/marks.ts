// 红线: drawn, chosen and taken away on the page that is looked at.
import type { LineView } from "../ipc/bindings";
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

/** What is not in 回收站 can be drawn on. */
export const workable = ({ frame, arrange }: Screen) =>
  frame.view === "arrange" && arrange.piece?.pages[arrange.page] !== undefined && !arrange.piece.row.removed;

export async function drawMark({ port, frame, arrange }: Screen, line: LineView): Promise<void> {
  const now = arrange.piece;
  const page = now?.pages[arrange.page]?.picture.page;
  if (now && page !== undefined) await frame.act(() => port.addMark(now.row.id, page, line));
}

export async function removeMark({ port, frame, arrange }: Screen, mark: number): Promise<void> {
  arrange.mark = null;
  await frame.act(() => port.removeMark(mark));
}

export const markActions: readonly Action[] = [
  {
    id: "page.redLine",
    label: "画红线",
    icon: "redLine",
    keys: ["Ctrl+U"],
    allowed: workable,
    checked: ({ arrange }) => arrange.tool === "line",
    perform: ({ arrange }) => arrange.takeUp("line"),
  },
  {
    id: "page.removeLine",
    label: "删除红线",
    allowed: (screen) => workable(screen) && screen.arrange.pageMarks.some((one) => one.id === screen.arrange.mark),
    perform: (screen) => (screen.arrange.mark === null ? undefined : removeMark(screen, screen.arrange.mark)),
  },
];
