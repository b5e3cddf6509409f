// What every view shares: the project, its figures, the view, the dialog, and how an act is done.
import { reactive, ref, shallowRef } from "vue";
import type { MergingView, ProgressView, ProjectView, StatusView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { asProblem } from "../ipc/problem";
import { createToasts } from "../shared/toasts";

export type ViewName = "intake" | "arrange" | "check" | "compile" | "exchange";

/** What the clerk calls them, on tabs, in menus and in the manual. */
export const viewLabels: Record<ViewName, string> = { intake: "收集", arrange: "整理", check: "核查", compile: "汇编", exchange: "交换" };

export type Dialog =
  | { kind: "create" | "settings" | "history" | "about" | "acceptSure" | "quickLook" | "consult" | "nextRound" | "frame" | "split" | "goTo" | "alike" | "examine" | "hold" }
  | { kind: "manual"; keys: boolean }
  | { kind: "restore"; file: string; at: string }
  | { kind: "merge"; found: MergingView }
  | { kind: "moveTo" | "alsoFile"; pieces: number[] }
  | { kind: "demand"; on: Demanded }
  | { kind: "declare"; code: string }
  | { kind: "purge"; piece: number }
  | { kind: "aside"; on: Judged }
  | { kind: "password"; candidate: number }
  | { kind: "seal"; at: number | null; name: string };

/** What 退回 or 待补 is about: pieces, or a place where nothing lies, with the year that is meant at first. */
export type Demanded = { pieces: number[]; under: string | null; shown: string } | { code: string; year: number | null; unit: string | null; shown: string };

/** Findings that are to be set aside: their marks, which are the same in every check. */
export interface Judged {
  findings: number[];
  /** Those of the kind of a single one. */
  alike: number[];
  sentence: string;
}

/** A long act: what it is, and how far. */
export interface Running {
  kind: "intake" | "compile" | "sample" | "exchange" | "act";
  label: string;
  progress: ProgressView | null;
  stopping: boolean;
  /** What was begun has to be ended: there is no 取消. */
  toTheEnd?: boolean;
}

export function createFrame(port: Port) {
  const version = ref("");
  const project = shallowRef<ProjectView | null>(null);
  const status = shallowRef<StatusView | null>(null);
  const view = ref<ViewName>("arrange");
  const dialog = shallowRef<Dialog | null>(null);
  const running = shallowRef<Running | null>(null);
  /** How often a project was taken up: the same may be opened anew. */
  const openings = ref(0);
  const toasts = createToasts();
  const askers = new Set<() => Promise<void>>();
  let changing = false;

  function say(reason: unknown): void {
    const { sentence, code } = asProblem(reason);
    // What was asked of the project that is going needs no answer.
    if (code === "noProject" && changing) return;
    // Nothing is open any more: the start screen comes up by itself.
    if (code === "noProject") project.value = null;
    if (code !== "cancelled") toasts.problem(sentence);
  }

  /** Asks Rust again for all that is on the screen. */
  async function refresh(): Promise<void> {
    if (!project.value || changing) return;
    const asked = [...askers].map((ask) => ask());
    const state = port.status().then((found) => void (status.value = found));
    const set = port.project().then((found) => void (project.value = found));
    const failed = (await Promise.allSettled([state, set, ...asked])).find((one) => one.status === "rejected");
    if (failed?.status === "rejected") say(failed.reason);
  }

  /** Another project is taken up; meanwhile nothing is asked of the one that is going. */
  async function change<T>(perform: () => Promise<T>): Promise<T> {
    changing = true;
    try {
      return await perform();
    } finally {
      changing = false;
    }
  }

  /** `ask` is called whenever the screen asks again; the answer takes it off. */
  function whenAsked(ask: () => Promise<void>): () => void {
    askers.add(ask);
    return () => askers.delete(ask);
  }

  // One act after the other: the second turn of a page starts from what the first one came to.
  let queue: Promise<unknown> = Promise.resolve();

  /** Does an act and asks again. `false`: it was not done, and the clerk has been told why. */
  function act(perform: () => Promise<unknown>): Promise<boolean> {
    const mine = queue.then(async () => {
      try {
        await perform();
        return true;
      } catch (reason) {
        say(reason);
        return false;
      } finally {
        await refresh();
      }
    });
    queue = mine;
    return mine;
  }

  /** Says how a long act ended to a clerk who does not look at the view that shows it. */
  function tell(shownIn: ViewName, kind: "ended" | "problem", sentence: string): void {
    if (view.value !== shownIn || dialog.value !== null) toasts[kind](sentence);
  }

  /** Every act that was begun is over. */
  async function idle(): Promise<void> {
    for (let last: unknown; last !== queue; ) {
      last = queue;
      await last;
    }
  }

  /** Whether something long runs; the clerk is told that it has to end first. */
  function busy(): boolean {
    if (running.value) toasts.problem(`${running.value.label}，请等它做完或者先取消。`);
    return running.value !== null;
  }

  /** Does a long act and asks again; how far it is is shown, and whether it can be stopped. `null`: it was not done, or stopped. */
  async function long<T>(label: string, perform: (told: (now: ProgressView) => void) => Promise<T>, what: Pick<Running, "kind" | "toTheEnd"> = { kind: "act" }): Promise<T | null> {
    if (busy()) return null;
    running.value = { ...what, label, progress: null, stopping: false };
    try {
      return await perform(progress);
    } catch (reason) {
      if (asProblem(reason).code === "cancelled") toasts.done("已停止");
      say(reason);
      return null;
    } finally {
      running.value = null;
      await refresh();
    }
  }

  function progress(now: ProgressView): void {
    if (running.value) running.value = { ...running.value, progress: now };
  }

  async function cancel(): Promise<void> {
    if (!running.value || running.value.stopping) return;
    running.value = { ...running.value, stopping: true };
    try {
      await port.cancel();
    } catch (reason) {
      say(reason);
    }
  }

  return reactive({ version, project, status, view, dialog, running, openings, toasts, say, refresh, whenAsked, change, act, tell, idle, busy, long, progress, cancel });
}

export type Frame = ReturnType<typeof createFrame>;
