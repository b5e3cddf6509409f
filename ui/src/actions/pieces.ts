// Acts on the pieces that are chosen in the list.
import type { Screen } from "../screen/screen";
import { everything, move, only } from "../screen/selection";
import type { Action } from "./action";

/** One piece in the list, or the one on which check has read a mark. */
function toPurge({ frame, arrange, check }: Screen): number | null {
  if (frame.view === "arrange") return arrange.chosen.length === 1 ? (arrange.chosen[0] ?? null) : null;
  const finding = frame.view === "check" ? check.cursor?.finding : undefined;
  return finding?.kind === "classifiedRead" ? finding.document : null;
}

const some = ({ frame, arrange }: Screen) => frame.view === "arrange" && arrange.chosen.length > 0;
const kept = (screen: Screen) => some(screen) && !screen.arrange.removed;
const one = ({ frame, arrange }: Screen) => frame.view === "arrange" && arrange.at >= 0;
const oneKept = (screen: Screen) => one(screen) && !screen.arrange.removed;

/** 「题名 等 3 件」 */
export const named = (title: string, pieces: number): string => title + (pieces > 1 ? ` 等 ${pieces} 件` : "");

/** Says what was done, and answers whether it was. `then`: as soon as it is, before the screen has asked again. */
async function done({ frame }: Screen, perform: () => Promise<unknown>, said: string, then?: () => void): Promise<boolean> {
  const isDone = await frame.act(async () => {
    await perform();
    then?.();
  });
  if (isDone) frame.toasts.done(said);
  return isDone;
}

/** 归入: out of the leaf that is shown, or of everywhere else. */
export async function fileInto(screen: Screen, pieces: number[], code: string, then?: () => void): Promise<boolean> {
  const { leafCode: from } = screen.arrange;
  if (pieces.length > 0 && from !== code) return done(screen, () => screen.port.moveTo(pieces, from, code), `已将 ${pieces.length} 件归入 ${code}`, then);
  then?.();
  return true;
}

/** 同时归入: it stays where it is filed. */
export async function alsoFileInto(screen: Screen, pieces: number[], code: string, then?: () => void): Promise<boolean> {
  if (pieces.length > 0) return done(screen, () => screen.port.file(pieces, code), `已将 ${pieces.length} 件同时归入 ${code}`, then);
  then?.();
  return true;
}

/** More leaves than these are not told one by one. */
const TOLD = 3;

/** Leaves that are suggested for pieces, 「01-03、02-01」; empty where that is not known of all of them, or where they are many. */
function suggestedLeaves({ arrange }: Screen, pieces: number[]): string {
  const codes = new Set(pieces.map((id) => arrange.row(id)?.suggestion?.code ?? ""));
  return codes.has("") || codes.size > TOLD ? "" : [...codes].sort().join("、");
}

/** How the piece under the cursor is printed under the leaf that is shown. */
const printing = ({ arrange }: Screen) => arrange.piece?.filed.find((one) => one.code === arrange.leafCode)?.printing;

/** 另印, or 互见 again. */
export async function printAgain(screen: Screen, pieces: number[], code: string, again: boolean): Promise<void> {
  const count = pieces.length > 1 ? ` ${pieces.length} 件` : "";
  await done(screen, () => screen.port.printAgain(pieces, code, again), again ? `${code} 下另印一份${count}，不再互见` : `${code} 下改为互见${count}`);
}

export async function accept(screen: Screen, pieces: number[]): Promise<void> {
  const { port, frame } = screen;
  if (pieces.length === 0) return;
  const leaves = suggestedLeaves(screen, pieces);
  if (!(await frame.act(() => port.acceptSuggestions(pieces)))) return;
  frame.toasts.done(`已按建议归入 ${pieces.length} 件${leaves === "" ? "" : `：${leaves}`}`);
}

export async function remove({ port, frame }: Screen, pieces: number[]): Promise<void> {
  if (pieces.length === 0) return;
  if (await frame.act(() => port.remove(pieces))) frame.toasts.done(`已将 ${pieces.length} 件移到回收站`);
}

export async function restore({ port, frame }: Screen, pieces: number[]): Promise<void> {
  if (pieces.length === 0) return;
  if (await frame.act(() => port.restore(pieces))) frame.toasts.done(`已还原 ${pieces.length} 件`);
}

/** Orders pieces within their leaf, one after the other; the first comes to `position`, which counts from 1. */
export async function reorder({ port, frame, arrange }: Screen, pieces: number[], position: number): Promise<void> {
  const wanted = new Set(pieces);
  // In the list of a leaf, the first row has position 1.
  const moved = arrange.order.flatMap((id, at) => (wanted.has(id) ? [at] : []));
  const evidence = moved.flatMap((at) => arrange.list.evidence[at] ?? []);
  if (evidence.length === 0 || moved.every((at, after) => at + 1 === position + after)) return;
  await frame.act(() => port.reorder(evidence, position));
}

/** Sorted by a column, a list does not show the order that is meant. */
const ordered = (screen: Screen) => oneKept(screen) && screen.arrange.leafCode !== null && screen.arrange.sorting === null && screen.arrange.chosen.length === 1;

/** Pressed twice quickly, the second time goes on from where the first has brought the piece: each looks when it is its turn. */
async function shift({ port, frame, arrange }: Screen, by: number): Promise<void> {
  await frame.act(async () => {
    const position = arrange.at + 1 + by;
    const evidence = arrange.list.evidence[arrange.at];
    if (evidence !== undefined && position >= 1 && position <= arrange.order.length) await port.reorder([evidence], position);
  });
}

function pass({ arrange }: Screen, by: number): void {
  arrange.selection = move(arrange.selection, arrange.order, by, { ctrl: false, shift: false });
}

/** Puts a page under a leaf that stands for what may not lie here. */
export function holdUnder(screen: Screen, code: string, then?: () => void): Promise<boolean> {
  return done(screen, () => screen.port.holdPlace(code), `已在 ${code} 放一张“本件另存，现场备查”页`, then);
}

export const pieceActions: readonly Action[] = [
  {
    id: "piece.demand",
    label: "退回或待补…",
    icon: "warning",
    keys: ["Ctrl+T"],
    allowed: kept,
    perform: async ({ port, frame, arrange }) => {
      const { chosen: pieces, leafCode: under } = arrange;
      try {
        frame.dialog = { kind: "demand", on: { pieces, under, shown: named((await port.chosen(pieces)).title, pieces.length) } };
      } catch (reason) {
        frame.say(reason);
      }
    },
  },
  {
    id: "leaf.hold",
    label: "放一张“本件另存，现场备查”页",
    icon: "file",
    allowed: ({ frame, arrange }) => frame.view === "arrange" && arrange.leafCode !== null,
    perform: (screen) => {
      if (screen.arrange.leafCode !== null) void holdUnder(screen, screen.arrange.leafCode);
    },
  },
  {
    id: "leaf.separator",
    label: "打印本指标的分隔页",
    icon: "file",
    keys: ["Ctrl+Shift+P"],
    allowed: ({ frame, arrange }) => frame.view === "arrange" && arrange.leafCode !== null,
    perform: async ({ port, frame, arrange }) => {
      const code = arrange.leafCode;
      if (code === null) return;
      try {
        const { file } = await port.makeSeparators([code], []);
        frame.toasts.done(`已生成 ${code} 的${file}，请打印后放在这项材料上面，一摞一起扫描`);
      } catch (reason) {
        frame.say(reason);
      }
    },
  },
  {
    id: "piece.join",
    label: "合并成一件",
    icon: "file",
    keys: ["Ctrl+Shift+M"],
    allowed: (screen) => kept(screen) && screen.arrange.chosen.length > 1,
    perform: async (screen) => {
      const { port, frame, arrange } = screen;
      const pieces = arrange.chosen;
      const joined = await frame.long(`正在合并 ${pieces.length} 件`, (told) => port.join(pieces, told));
      if (joined !== null) frame.toasts.done(`已按列表的顺序将 ${pieces.length} 件合并成一件，原来的在回收站`);
    },
  },
  {
    id: "piece.alike",
    label: "比对相似的材料…",
    icon: "eye",
    allowed: ({ frame }) => frame.project !== null && frame.running === null,
    perform: ({ frame }) => (frame.dialog = { kind: "alike" }),
  },
  {
    id: "piece.sort",
    label: "按分隔页拆开并归类",
    icon: "move",
    keys: ["Ctrl+Shift+B"],
    allowed: ({ frame, arrange }) => frame.view === "arrange" && arrange.selection.ids.size === 1,
    perform: async ({ port, frame, arrange }) => {
      const [id] = arrange.selection.ids;
      if (id === undefined) return;
      const pieces = await frame.long("正在找分隔页", (told) => port.sortBySheets(id, told));
      if (pieces === null) return;
      if (pieces > 0) frame.toasts.done(`已拆成 ${pieces} 件并归类`);
      else frame.toasts.problem("这件材料里没有找到分隔页，没有拆开。请核对二维码是否清楚。");
    },
  },
  {
    id: "piece.moveTo",
    label: "归入…",
    icon: "move",
    keys: ["Ctrl+M"],
    whileTyping: true,
    allowed: kept,
    perform: (screen) => (screen.frame.dialog = { kind: "moveTo", pieces: screen.arrange.chosen }),
  },
  {
    id: "piece.alsoFile",
    label: "同时归入…",
    icon: "also",
    keys: ["Ctrl+L"],
    whileTyping: true,
    allowed: kept,
    perform: (screen) => (screen.frame.dialog = { kind: "alsoFile", pieces: screen.arrange.chosen }),
  },
  {
    id: "piece.accept",
    label: "接受建议",
    icon: "accept",
    keys: ["Enter"],
    keysIn: "pieces",
    single: true,
    allowed: (screen) => some(screen) && screen.arrange.acceptable.length > 0,
    perform: (screen) => accept(screen, screen.arrange.acceptable),
  },
  {
    id: "piece.fill",
    label: "填入读到的著录",
    icon: "accept",
    keys: ["Ctrl+Shift+E"],
    onPiece: true,
    allowed: ({ frame, arrange }) => frame.view === "arrange" && arrange.piece !== null && !arrange.piece.row.removed && arrange.piece.read !== null,
    perform: ({ port, frame, arrange }) => {
      const piece = arrange.piece?.row.id;
      return piece === undefined ? undefined : frame.act(() => port.fillAsRead(piece));
    },
  },
  {
    id: "piece.acceptSure",
    label: "接受有把握的建议…",
    icon: "check",
    keys: ["Ctrl+Enter"],
    allowed: ({ frame, arrange }) => frame.view === "arrange" && arrange.list.sure.length > 0,
    perform: ({ frame }) => (frame.dialog = { kind: "acceptSure" }),
  },
  {
    id: "piece.unfile",
    label: "取消归入",
    icon: "out",
    keys: ["Shift+Delete"],
    keysIn: "pieces",
    single: true,
    allowed: (screen) => kept(screen) && screen.arrange.leafCode !== null,
    perform: async (screen) => {
      const code = screen.arrange.leafCode;
      if (code === null) return;
      const pieces = screen.arrange.chosen;
      if (await screen.frame.act(() => screen.port.unfile(pieces, code))) screen.frame.toasts.done(`已将 ${pieces.length} 件从 ${code} 取消归入`);
    },
  },
  {
    id: "piece.reprint",
    label: "在本指标另印一份",
    icon: "print",
    keys: ["Ctrl+Shift+L"],
    onPiece: true,
    checked: (screen) => printing(screen) === "again",
    // Where it is printed first there is nothing to choose.
    allowed: (screen) => kept(screen) && (printing(screen) ?? "first") !== "first",
    perform: async (screen) => {
      const { chosen, leafCode } = screen.arrange;
      if (leafCode !== null) await printAgain(screen, chosen, leafCode, printing(screen) !== "again");
    },
  },
  {
    id: "piece.look",
    label: "全屏查看",
    icon: "eye",
    keys: ["Space"],
    keysIn: "pieces",
    allowed: one,
    perform: ({ frame }) => (frame.dialog = { kind: "quickLook" }),
  },
  {
    id: "piece.rename",
    label: "重命名",
    icon: "pen",
    keys: ["F2"],
    whileTyping: true,
    onPiece: true,
    allowed: oneKept,
    perform: ({ arrange }) => (arrange.renames += 1),
  },
  {
    id: "piece.up",
    label: "上移",
    icon: "up",
    keys: ["Alt+ArrowUp"],
    allowed: (screen) => ordered(screen) && screen.arrange.at > 0,
    perform: (screen) => shift(screen, -1),
  },
  {
    id: "piece.down",
    label: "下移",
    icon: "down",
    keys: ["Alt+ArrowDown"],
    allowed: (screen) => ordered(screen) && screen.arrange.at + 1 < screen.arrange.order.length,
    perform: (screen) => shift(screen, 1),
  },
  {
    id: "piece.remove",
    label: "移到回收站",
    icon: "bin",
    keys: ["Delete"],
    keysIn: "pieces",
    single: true,
    allowed: kept,
    perform: (screen) => remove(screen, screen.arrange.chosen),
  },
  {
    id: "piece.restore",
    label: "还原",
    icon: "restore",
    keys: ["Ctrl+R"],
    single: true,
    allowed: (screen) => some(screen) && screen.arrange.removed,
    perform: (screen) => restore(screen, screen.arrange.chosen),
  },
  {
    id: "piece.purge",
    label: "彻底清除…",
    icon: "bin",
    keys: ["Ctrl+Shift+Delete"],
    allowed: (screen) => toPurge(screen) !== null && screen.frame.running === null,
    perform: (screen) => {
      const piece = toPurge(screen);
      if (piece !== null) screen.frame.dialog = { kind: "purge", piece };
    },
  },
  {
    id: "piece.previous",
    label: "上一件",
    keys: ["Ctrl+PageUp"],
    whileTyping: true,
    allowed: one,
    perform: (screen) => pass(screen, -1),
  },
  {
    id: "piece.next",
    label: "下一件",
    keys: ["Ctrl+PageDown"],
    whileTyping: true,
    allowed: one,
    perform: (screen) => pass(screen, 1),
  },
  {
    id: "piece.all",
    label: "全选",
    keys: ["Ctrl+A"],
    allowed: ({ frame, arrange, check, intake }) =>
      (frame.view === "arrange" && arrange.order.length > 0) || (frame.view === "check" && check.cursor !== null) || (frame.view === "intake" && intake.order.length > 0),
    perform: ({ frame, arrange, check, intake }) => {
      if (frame.view === "intake") {
        intake.selection = everything(intake.order, intake.selection);
        return;
      }
      if (frame.view === "check") {
        check.selection = everything(check.order, check.selection);
        return;
      }
      if (arrange.selection.cursor === null && arrange.order[0] !== undefined) arrange.selection = only(arrange.order[0]);
      arrange.selection = everything(arrange.order, arrange.selection);
    },
  },
];
