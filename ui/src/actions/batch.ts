// Acts on the files of a batch.
import type { ReceivedView } from "../ipc/bindings";
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

const here = ({ frame }: Screen) => frame.view === "intake";

/** Those chosen that wait for a word of the clerk; one with a password waits for that first. */
const pending = ({ intake }: Screen) => intake.picked.filter((one) => one.verdict === "pending");
const confirmable = (screen: Screen) => pending(screen).filter((one) => !one.locked);
const candidates = (files: readonly ReceivedView[]) => files.map((one) => one.candidate);

/** The one act that the state of a file asks for: its password, a look at it where it lies or at the piece that it became, or a page
 * in its place. */
export function firstAct({ locked, verdict, document, classified }: ReceivedView): string | null {
  if (classified) return "batch.hold";
  if (locked) return "batch.unlock";
  if (verdict === "pending") return "batch.open";
  return document === null ? null : "batch.show";
}

export const batchActions: readonly Action[] = [
  {
    id: "batch.confirm",
    label: "接收",
    icon: "accept",
    keys: ["Ctrl+J"],
    allowed: (screen) => here(screen) && confirmable(screen).length > 0,
    perform: (screen) => screen.intake.confirm(candidates(confirmable(screen))),
  },
  {
    id: "batch.decline",
    label: "不收",
    icon: "out",
    keys: ["Ctrl+Shift+J"],
    allowed: (screen) => here(screen) && pending(screen).length > 0,
    perform: (screen) => screen.intake.decline(candidates(pending(screen))),
  },
  {
    id: "batch.unlock",
    label: "输入密码…",
    icon: "pen",
    allowed: (screen) => here(screen) && (screen.intake.current?.locked ?? false),
    perform: ({ frame, intake }) => {
      if (intake.current) frame.dialog = { kind: "password", candidate: intake.current.candidate };
    },
  },
  {
    id: "batch.open",
    label: "打开原件",
    icon: "eye",
    allowed: (screen) => here(screen) && screen.intake.current?.verdict === "pending",
    perform: ({ intake }) => (intake.current ? intake.look(intake.current.candidate) : undefined),
  },
  {
    id: "batch.hold",
    label: "放备查页…",
    icon: "file",
    allowed: (screen) => here(screen) && (screen.intake.current?.classified ?? false),
    perform: ({ frame }) => (frame.dialog = { kind: "hold" }),
  },
  {
    id: "batch.show",
    label: "在“整理”里查看",
    icon: "goTo",
    allowed: (screen) => here(screen) && (screen.intake.current?.document ?? null) !== null,
    perform: ({ arrange, intake }) => {
      const piece = intake.current?.document ?? null;
      return piece === null ? undefined : arrange.showPiece(piece);
    },
  },
];
