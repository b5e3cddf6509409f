// Acts on what check found.
import { nextTick } from "vue";
import type { FindingKindView, FindingView } from "../ipc/bindings";
import type { Check } from "../screen/check";
import type { Judged } from "../screen/frame";
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

const under = ({ frame, check }: Screen): FindingView | null => (frame.view === "check" ? (check.cursor?.finding ?? null) : null);

export const leads = (finding: FindingView | null): boolean => finding !== null && (finding.document !== null || finding.code !== null || finding.batch !== null || finding.kind === "alike");

/** Where that is typed which a piece lacks; of several fields the first that is empty. */
const fields: Partial<Record<FindingKindView, string>> = {
  noDate: "#piece-field-dated",
  outOfPeriod: "#piece-field-dated",
  noNumber: "#piece-field-number",
  noCaption: "#caption input",
};

async function focusField(kind: FindingKindView): Promise<void> {
  await nextTick();
  const meant = [...document.querySelectorAll<HTMLInputElement>(fields[kind] ?? "#pieces")];
  const field = meant.find((one) => one.value === "") ?? meant[0];
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}

/** Shows the piece at the page that is meant, with what puts it right at hand. */
async function show(screen: Screen, finding: FindingView, piece: number): Promise<void> {
  const { arrange } = screen;
  await arrange.showPiece(piece, finding.code);
  if ((await arrange.catchUp()) && arrange.piece?.row.id === piece) await atHand(screen, finding);
}

/** Turns the piece that is shown to the page that is meant, with what puts it right at hand. */
export async function atHand({ frame, arrange }: Screen, { page, kind }: FindingView): Promise<void> {
  const at = arrange.piece?.pages.findIndex((one) => one.picture.page === page) ?? -1;
  if (at >= 0) arrange.page = at;
  // Numbers of persons are answered by covering them.
  if (kind === "personalNumbers") arrange.tool = "mask";
  await focusField(kind);
  if (kind === "askew") {
    arrange.before = false;
    frame.dialog = { kind: "frame" };
  }
}

/** What of the chosen findings is set aside, and in a sentence what is not. */
function judged({ chosen, toSetAside, toTakeUp, cursor, alike, marksOf }: Check): Judged | null {
  const [first] = toSetAside;
  if (first === undefined) return null;
  const on = { findings: marksOf(toSetAside) };
  if (chosen.length === 1) return { ...on, alike: marksOf(alike(first)), sentence: cursor?.at === first ? cursor.finding.sentence : "选中的 1 条发现" };
  const facts = chosen.length - toSetAside.length - toTakeUp.length;
  const rest = [
    ...(facts > 0 ? [`${facts} 条说的是缺少或者没有处理的，要补齐或者处理，不能这样登记`] : []),
    ...(toTakeUp.length > 0 ? [`${toTakeUp.length} 条已经登记过`] : []),
  ];
  const sentence = rest.length > 0 ? `选中 ${chosen.length} 条，其中 ${rest.join("，")}，这次登记 ${toSetAside.length} 条。` : `选中的 ${toSetAside.length} 条发现，用同一个理由登记。`;
  return { ...on, alike: [], sentence };
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
      else if (finding.batch !== null) void screen.intake.showPending(finding.batch);
      else if (finding.kind === "alike") screen.frame.dialog = { kind: "alike" };
    },
  },
  {
    id: "finding.setAside",
    label: "已核对，无需处理…",
    icon: "accept",
    keys: ["Ctrl+D"],
    allowed: (screen) => under(screen) !== null && screen.check.toSetAside.length > 0,
    perform: ({ frame, check }) => {
      const on = judged(check);
      if (on) frame.dialog = { kind: "aside", on };
    },
  },
  {
    id: "finding.takeUp",
    label: "重新列为待处理",
    icon: "restore",
    keys: ["Ctrl+Shift+D"],
    single: true,
    allowed: (screen) => under(screen) !== null && screen.check.toTakeUp.length > 0,
    perform: async ({ port, frame, check }) => {
      if (!check.found) return;
      const [number, again, others] = [check.found.check, check.toTakeUp, check.chosen.length - check.toTakeUp.length];
      if (!(await frame.act(() => port.takeUpAgain(number, again)))) return;
      const rest = others > 0 ? `；另外 ${others} 条本来就待处理` : "";
      frame.toasts.done(again.length > 1 || others > 0 ? `${again.length} 条发现已重新列为待处理${rest}` : "已重新列为待处理");
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
