// Acts on what check found.
import type { FindingView } from "../ipc/bindings";
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

const under = ({ frame, check }: Screen): FindingView | null => (frame.view === "check" ? (check.cursor?.finding ?? null) : null);

export const leads = (finding: FindingView | null): boolean => finding !== null && (finding.document !== null || finding.code !== null);

/** Shows the piece at the page that is meant, with what puts it right at hand. */
async function show({ frame, arrange }: Screen, { code, page, kind }: FindingView, piece: number): Promise<void> {
  await arrange.showPiece(piece, code, page ?? undefined);
  if (arrange.piece?.row.id !== piece) return;
  // Numbers of persons are answered by covering them.
  if (kind === "personalNumbers") arrange.tool = "mask";
  if (kind === "askew") {
    arrange.before = false;
    frame.dialog = { kind: "frame" };
  }
}

export const findingActions: readonly Action[] = [
  {
    id: "finding.lead",
    label: "去处理",
    icon: "goTo",
    allowed: (screen) => leads(under(screen)),
    perform: (screen) => {
      const finding = under(screen);
      if (!finding) return;
      if (finding.document !== null) void show(screen, finding, finding.document);
      else if (finding.code !== null) void screen.arrange.showLeaf(finding.code);
    },
  },
  {
    id: "finding.setAside",
    label: "已核对，无需处理…",
    icon: "accept",
    keys: ["Ctrl+D"],
    allowed: (screen) => {
      const finding = under(screen);
      return finding !== null && finding.judged && finding.aside === null;
    },
    perform: ({ frame, check }) => {
      if (!check.cursor || !check.found) return;
      const { at, finding } = check.cursor;
      frame.dialog = { kind: "aside", on: { check: check.found.check, at, alike: check.alike(at), sentence: finding.sentence } };
    },
  },
  {
    id: "finding.takeUp",
    label: "重新列为待处理",
    icon: "restore",
    keys: ["Ctrl+Shift+D"],
    allowed: (screen) => typeof under(screen)?.aside === "string",
    perform: async ({ port, frame, check }) => {
      if (!check.cursor || !check.found) return;
      const [number, { at }] = [check.found.check, check.cursor];
      if (await frame.act(() => port.takeUpAgain(number, [at]))) frame.toasts.done("已重新列为待处理");
    },
  },
  {
    id: "finding.showAside",
    label: "显示已核对的发现",
    icon: "eye",
    allowed: ({ frame, check }) => frame.view === "check" && check.aside > 0,
    checked: ({ check }) => check.withAside,
    perform: ({ check }) => (check.withAside = !check.withAside),
  },
  {
    id: "finding.export",
    label: "导出核查清单…",
    icon: "file",
    allowed: ({ frame, check }) => frame.view === "check" && check.found !== null,
    perform: ({ exchange }) => exchange.letter("findings", "xlsx"),
  },
];
