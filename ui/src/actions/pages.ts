// Acts on the page that is looked at.
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
