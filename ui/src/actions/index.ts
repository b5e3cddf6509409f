import type { Screen } from "../screen/screen";
import { shownKey, type Action } from "./action";
import { batchActions } from "./batch";
import { exchangeActions } from "./exchange";
import { findingActions } from "./findings";
import { frameActions } from "./frame";
import { markActions } from "./marks";
import { maskActions } from "./masks";
import { pageActions } from "./pages";
import { pieceActions } from "./pieces";
import { sortActions } from "./sort";

export const actions: readonly Action[] = [...frameActions, ...batchActions, ...exchangeActions, ...findingActions, ...pieceActions, ...sortActions, ...pageActions, ...markActions, ...maskActions];

const byId = new Map(actions.map((action) => [action.id, action]));

export function action(id: string): Action {
  const found = byId.get(id);
  if (!found) throw new Error(`no action ${id}`);
  return found;
}

/** Does an act if it is allowed. A key may come before the piece that the cursor has just moved to: it is meant for that one. */
export async function run(meant: Action, screen: Screen): Promise<void> {
  const { arrange } = screen;
  if (meant.onPiece && arrange.behind && !(await arrange.catchUp())) return;
  if (meant.allowed(screen)) void meant.perform(screen);
}

export const perform = (id: string, screen: Screen): void => void run(action(id), screen);

/** What a button or a menu shows of it. */
export function hint(id: string): string {
  const key = action(id).keys?.[0];
  return key ? shownKey(key) : "";
}

/** A line of a menu; `null` in a list of ids is a rule between groups. */
export const entries = (ids: readonly (string | null)[], screen: Screen) =>
  ids.map((id) => {
    if (id === null) return null;
    const { label, allowed, checked } = action(id);
    return { id, label, hint: hint(id), disabled: !allowed(screen), checked: checked?.(screen) };
  });

/** 文件, 编辑, 查看, 工具, 帮助 */
export const menus: readonly { label: string; ids: readonly (string | null)[] }[] = [
  {
    label: "文件",
    ids: ["project.new", "project.open", "project.sample", null, "intake.folder", "intake.files", "intake.pending", "intake.export", "finding.export", null, "file.print", null, "exchange.backUp", "exchange.nextRound", null, "project.settings", "project.close"],
  },
  {
    label: "编辑",
    ids: [
      "edit.undo",
      "edit.redo",
      "edit.history",
      null,
      "piece.moveTo",
      "piece.alsoFile",
      "piece.reprint",
      "piece.accept",
      "piece.acceptSure",
      "piece.fill",
      "piece.unfile",
      "piece.demand",
      null,
      "batch.confirm",
      "batch.decline",
      "batch.unlock",
      null,
      "finding.setAside",
      "finding.takeUp",
      null,
      "piece.rename",
      "piece.up",
      "piece.down",
      null,
      "piece.remove",
      "piece.restore",
      "piece.purge",
      null,
      "piece.all",
      null,
      "edit.find",
      "edit.findAll",
      "edit.findNext",
      "edit.findPrevious",
      "edit.goTo",
    ],
  },
  {
    label: "查看",
    ids: [
      "view.intake",
      "view.arrange",
      "view.check",
      "view.compile",
      "view.exchange",
      null,
      "consult.open",
      null,
      "view.byLeaf",
      "view.byUnit",
      "sort.ask",
      "finding.showAside",
      null,
      "piece.look",
      "page.fitWidth",
      "page.fitPage",
      "page.actual",
      "page.zoomIn",
      "page.zoomOut",
      null,
      "piece.previous",
      "piece.next",
      "page.previous",
      "page.next",
      null,
      "view.again",
    ],
  },
  { label: "工具", ids: ["page.turnLeft", "page.turnRight", "page.frame", "page.leaveOut", "page.before", "page.split", null, "page.redLine", "page.removeLine", "page.mask", "page.maskNumbers", "page.removeMask", null, "leaf.hold", "leaf.separator", "piece.sort", "piece.join", "piece.alike", null, "compile.start", "compile.labels", "leader.pdf", null, "exchange.kits", "exchange.kitsZip", "exchange.fileKit", "exchange.remind", "exchange.merge", "exchange.stick", null, "exchange.examine", "behind.reads", "run.cancel"] },
  { label: "帮助", ids: ["help.manual", "help.keys", null, "help.about"] },
];

/** Right click on pieces. */
export const pieceMenu: readonly (string | null)[] = [
  "piece.look",
  null,
  "piece.accept",
  "piece.moveTo",
  "piece.alsoFile",
  "piece.reprint",
  "piece.unfile",
  "piece.demand",
  null,
  "piece.rename",
  "piece.up",
  "piece.down",
  "page.split",
  "piece.join",
  null,
  "piece.remove",
  "piece.restore",
  "piece.purge",
];

/** Right click on a finding. */
export const findingMenu: readonly (string | null)[] = ["finding.lead", null, "finding.setAside", "finding.takeUp", null, "piece.purge", null, "finding.showAside"];

/** Right click on files of a batch. */
export const batchMenu: readonly (string | null)[] = ["batch.confirm", "batch.decline", null, "batch.unlock", "batch.open", "batch.show", "batch.hold"];

export { shownKey, type Action };
