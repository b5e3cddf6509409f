// Acts on the page that is looked at.
import type { ArrangementView } from "../ipc/bindings";
import type { Screen } from "../screen/screen";
import { isEdited } from "../shared/framing";
import type { Action } from "./action";

const piece = ({ frame, arrange }: Screen) => frame.view === "arrange" && arrange.piece !== null;
const page = (screen: Screen) => (piece(screen) ? screen.arrange.piece?.pages[screen.arrange.page] : undefined);
const shown = (screen: Screen) => page(screen) !== undefined;
/** What lies in 回收站 is looked at, not worked on. */
const workable = (screen: Screen) => shown(screen) && screen.arrange.piece?.row.removed === false;

function turn({ port, frame, arrange }: Screen, by: number): Promise<boolean> {
  const id = arrange.selection.cursor;
  const at = arrange.page;
  // Read when its turn comes: the page may have been turned by the act before.
  return frame.act(async () => {
    const now = arrange.piece;
    const picture = now?.pages[at]?.picture;
    if (!picture || now?.row.id !== id) return;
    await port.turnPage(now.row.id, picture.page, (picture.turn + by + 360) % 360);
  });
}

/** Leaves a page out of the package, or takes it in again. */
export function leaveOut({ port, frame, arrange }: Screen, at: number): Promise<boolean> {
  const meant = arrange.piece;
  const number = meant?.pages[at]?.picture.page;
  // Read when its turn comes, as above; the clerk may be at another piece by then.
  return frame.act(async () => {
    const now = arrange.piece;
    const page = now?.pages.find((one) => one.picture.page === number);
    if (now && page && now.row.id === meant?.row.id) await port.leaveOut(now.row.id, page.picture.page, !page.leftOut);
  });
}

/** The pages of a piece that is looked at stand in another order than its file has them. */
const reordered = (screen: Screen) => screen.arrange.piece?.pages.some(({ picture }, at, all) => at > 0 && picture.page < (all[at - 1]?.picture.page ?? 0)) ?? false;

const several = (screen: Screen) => workable(screen) && (screen.arrange.piece?.pages.length ?? 0) > 1;

/** Moves a page of the piece that is shown (by where it lies in its file) so that `to(at)` pages stand before it; `at` of them do now.
 * Pressed twice quickly, the second time goes on from where the first has brought it. */
async function placePage({ port, frame, arrange }: Screen, page: number | undefined, to: (at: number) => number): Promise<void> {
  const meant = arrange.piece?.row.id;
  await frame.act(async () => {
    const now = arrange.piece;
    const at = now?.pages.findIndex((one) => one.picture.page === page) ?? -1;
    if (!now || page === undefined || at < 0 || now.row.id !== meant) return;
    const rest = now.pages.filter((_, other) => other !== at);
    const place = to(at);
    if (place === at || place < 0 || place > rest.length) return;
    await port.movePages(now.row.id, [page], rest[place]?.picture.page ?? null);
    arrange.pageMoved = `第 ${at + 1} 页移到了第 ${place + 1} 页`;
  });
}

/** Drops the page at `from` into the gap in front of the page at `gap`. */
export function dropPage(screen: Screen, from: number, gap: number): Promise<void> {
  return placePage(screen, screen.arrange.piece?.pages[from]?.picture.page, () => (gap > from ? gap - 1 : gap));
}

const shiftPage = (screen: Screen, by: number) => placePage(screen, page(screen)?.picture.page, (at) => at + by);

async function arrangePages({ port, frame, arrange }: Screen, arrangement: ArrangementView, said: string): Promise<void> {
  const piece = arrange.piece?.row.id;
  if (piece === undefined) return;
  if (await frame.act(() => port.arrangePages(piece, arrangement))) frame.toasts.done(said);
}

export function goPage({ arrange }: Screen, to: number): void {
  const count = arrange.piece?.pages.length ?? 0;
  if (count > 0) arrange.page = Math.max(0, Math.min(count - 1, to));
}

/** The package is looked through before it is compiled. */
const leafs = ({ frame, compile }: Screen) => frame.view === "compile" && compile.turn !== null;

/** To the next sheet of the package, or the next page of the piece. */
function leaf(screen: Screen, by: number): void {
  if (leafs(screen)) screen.compile.turn?.(by);
  else goPage(screen, screen.arrange.page + by);
}

/** Each step of the zoom shows a quarter more. */
const STEP = 1.25;

function zoom({ arrange }: Screen, by: number): void {
  const now = typeof arrange.zoom === "number" ? arrange.zoom : 1;
  arrange.zoom = Math.max(0.2, Math.min(6, Math.round(now * by * 100) / 100));
}

export const pageActions: readonly Action[] = [
  {
    id: "page.previous",
    label: "上一页",
    icon: "left",
    keys: ["PageUp"],
    keysIn: "sheets",
    onPiece: true,
    allowed: (screen) => leafs(screen) || (shown(screen) && screen.arrange.page > 0),
    perform: (screen) => leaf(screen, -1),
  },
  {
    id: "page.next",
    label: "下一页",
    icon: "right",
    keys: ["PageDown"],
    keysIn: "sheets",
    onPiece: true,
    allowed: (screen) => leafs(screen) || (shown(screen) && screen.arrange.page + 1 < (screen.arrange.piece?.pages.length ?? 0)),
    perform: (screen) => leaf(screen, 1),
  },
  {
    id: "page.turnLeft",
    label: "向左旋转",
    icon: "turnLeft",
    keys: ["Ctrl+ArrowLeft"],
    onPiece: true,
    allowed: workable,
    perform: (screen) => turn(screen, -90),
  },
  {
    id: "page.turnRight",
    label: "向右旋转",
    icon: "turnRight",
    keys: ["Ctrl+ArrowRight"],
    onPiece: true,
    allowed: workable,
    perform: (screen) => turn(screen, 90),
  },
  {
    id: "page.leaveOut",
    label: "本页不汇编",
    icon: "leaveOut",
    keys: ["Ctrl+Shift+X"],
    onPiece: true,
    allowed: workable,
    checked: (screen) => page(screen)?.leftOut ?? false,
    perform: (screen) => leaveOut(screen, screen.arrange.page),
  },
  {
    id: "page.earlier",
    label: "本页前移",
    icon: "left",
    keys: ["Alt+ArrowLeft"],
    onPiece: true,
    allowed: (screen) => several(screen) && screen.arrange.page > 0,
    perform: (screen) => shiftPage(screen, -1),
  },
  {
    id: "page.later",
    label: "本页后移",
    icon: "right",
    keys: ["Alt+ArrowRight"],
    onPiece: true,
    allowed: (screen) => several(screen) && screen.arrange.page + 1 < (screen.arrange.piece?.pages.length ?? 0),
    perform: (screen) => shiftPage(screen, 1),
  },
  {
    id: "page.toFirst",
    label: "本页移到最前",
    keys: ["Alt+Home"],
    onPiece: true,
    allowed: (screen) => several(screen) && screen.arrange.page > 0,
    perform: (screen) => placePage(screen, page(screen)?.picture.page, () => 0),
  },
  {
    id: "page.toLast",
    label: "本页移到最后",
    keys: ["Alt+End"],
    onPiece: true,
    allowed: (screen) => several(screen) && screen.arrange.page + 1 < (screen.arrange.piece?.pages.length ?? 0),
    perform: (screen) => placePage(screen, page(screen)?.picture.page, () => (screen.arrange.piece?.pages.length ?? 1) - 1),
  },
  {
    id: "page.reverse",
    label: "各页倒序",
    keys: ["Ctrl+Shift+Y"],
    onPiece: true,
    allowed: several,
    perform: (screen) => arrangePages(screen, "reversed", "已将各页倒序"),
  },
  {
    id: "page.interleave",
    label: "正反面交错",
    keys: ["Ctrl+Shift+K"],
    onPiece: true,
    allowed: (screen) => several(screen) && (screen.arrange.piece?.pages.length ?? 0) > 2,
    perform: (screen) => arrangePages(screen, "interleaved", "已将前一半正面、后一半反面的各页交错排好"),
  },
  {
    id: "page.asScanned",
    label: "恢复原页序",
    keys: ["Ctrl+Shift+H"],
    onPiece: true,
    allowed: (screen) => several(screen) && reordered(screen),
    perform: (screen) => arrangePages(screen, "asScanned", "已恢复原页序"),
  },
  {
    id: "page.frame",
    label: "裁剪、扶正…",
    icon: "crop",
    keys: ["Ctrl+K"],
    onPiece: true,
    allowed: (screen) => workable(screen),
    perform: ({ frame, arrange }) => {
      arrange.before = false;
      frame.dialog = { kind: "frame" };
    },
  },
  {
    id: "page.before",
    label: "看原样",
    icon: "before",
    keys: ["Ctrl+I"],
    onPiece: true,
    allowed: (screen) => {
      const now = page(screen);
      return now !== undefined && (screen.arrange.before || isEdited(now));
    },
    checked: ({ arrange }) => arrange.before,
    perform: ({ arrange }) => (arrange.before = !arrange.before),
  },
  {
    id: "page.split",
    label: "拆分…",
    icon: "split",
    keys: ["Ctrl+B"],
    onPiece: true,
    allowed: (screen) => workable(screen) && (screen.arrange.piece?.pages.length ?? 0) > 1,
    perform: ({ frame }) => (frame.dialog = { kind: "split" }),
  },
  {
    id: "page.fitWidth",
    label: "适合宽度",
    icon: "fitWidth",
    allowed: shown,
    checked: ({ arrange }) => arrange.zoom === "width",
    perform: ({ arrange }) => (arrange.zoom = "width"),
  },
  {
    id: "page.fitPage",
    label: "适合整页",
    icon: "fitPage",
    allowed: shown,
    checked: ({ arrange }) => arrange.zoom === "page",
    perform: ({ arrange }) => (arrange.zoom = "page"),
  },
  {
    id: "page.actual",
    label: "实际大小",
    icon: "actual",
    keys: ["Ctrl+0"],
    allowed: shown,
    checked: ({ arrange }) => arrange.zoom === 1,
    perform: ({ arrange }) => (arrange.zoom = 1),
  },
  {
    id: "page.zoomIn",
    label: "放大",
    icon: "zoomIn",
    keys: ["Ctrl+=", "Ctrl++"],
    allowed: shown,
    perform: (screen) => zoom(screen, STEP),
  },
  {
    id: "page.zoomOut",
    label: "缩小",
    icon: "zoomOut",
    keys: ["Ctrl+-"],
    allowed: shown,
    perform: (screen) => zoom(screen, 1 / STEP),
  },
];
