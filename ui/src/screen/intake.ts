// 收集: the batch that runs, or the one chosen to be read again.
import { computed, reactive, ref, shallowRef } from "vue";
import type { BatchEndView, BatchView, IntakeMessage, ProgressView, ReceivedView, VerdictView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import type { Frame } from "./frame";
import { keep, nothing, type Selection } from "./selection";

export const verdicts: readonly { verdict: VerdictView; word: string }[] = [
  { verdict: "accepted", word: "接收" },
  { verdict: "duplicate", word: "重复" },
  { verdict: "refused", word: "拒收" },
  { verdict: "pending", word: "待确认" },
  { verdict: "unpacked", word: "解开" },
  { verdict: "ignored", word: "略过" },
];

/** 「“甲.pdf”」, 「“甲.pdf”等 3 个文件」 */
const several = ([first, ...others]: readonly ReceivedView[]): string =>
  `“${first?.name ?? ""}”${others.length > 0 ? `等 ${others.length + 1} 个文件` : ""}`;

/** While files come in, the figures of the frame are asked for again this often, ms. */
const FIGURES = 2000;

export function createIntake(port: Port, frame: Frame) {
  const received = shallowRef<ReceivedView[]>([]);
  const filter = ref<VerdictView | "all">("all");
  const batches = shallowRef<BatchView[]>([]);
  /** The earlier batch that is shown; `null` for the one that runs or ran last. */
  const chosen = ref<number | null>(null);
  /** That one, where it is known: an earlier one that was gone on with is not the newest. */
  let ran: number | null = null;
  const ended = shallowRef<BatchEndView | null>(null);
  const problem = ref("");
  /** Files of the batch that are chosen, by their candidates. */
  const selection = shallowRef<Selection>(nothing);
  /** Files are held over the window. */
  const over = ref(false);
  let figuresAt = 0;
  /** Counts what is to be shown: the batch asked for last is. */
  let turn = 0;

  const counts = computed(() => {
    const found: Record<VerdictView, number> = { accepted: 0, duplicate: 0, refused: 0, pending: 0, unpacked: 0, ignored: 0 };
    for (const one of received.value) found[one.verdict] += 1;
    return found;
  });
  /** Pieces that this batch brought. */
  const brought = computed(() => received.value.flatMap((one) => (one.verdict === "accepted" && one.document !== null ? [one.document] : [])));
  const shown = computed(() =>
    filter.value === "all" ? received.value : received.value.filter((one) => one.verdict === filter.value),
  );

  const order = computed(() => shown.value.map((one) => one.candidate));
  /** What is chosen, in the order of the list. */
  const picked = computed(() => shown.value.filter((one) => selection.value.ids.has(one.candidate)));
  /** The file under the cursor. */
  const current = computed(() => shown.value.find((one) => one.candidate === selection.value.cursor) ?? null);

  /** How the batch ended; empty before. */
  const summary = computed(() => {
    const end = ended.value;
    if (!end) return "";
    const parts = [`接收 ${end.accepted}`, `重复 ${end.duplicate}`, `拒收 ${end.refused}`, `待确认 ${end.pending}`, `略过 ${end.ignored}`];
    if (end.sorted > 0) parts.push(`按分隔页拆出 ${end.sorted} 件`);
    if (end.bare > 0) parts.push(`${end.bare} 张分隔页后面没有材料、没有归类（请核对是否漏扫）`);
    if (end.unpacked > 0) parts.push(`解开压缩包 ${end.unpacked}`);
    return `${end.unfinished ? "已停止，剩下的可以继续收集。" : "收集完毕。"}${parts.join("，")}。`;
  });

  async function askBatches(): Promise<void> {
    batches.value = await port.batches();
  }

  /** The batch whose files are shown. */
  const shownBatch = (): number | null => chosen.value ?? ran ?? batches.value[0]?.id ?? null;

  function hear(message: IntakeMessage): void {
    switch (message.message) {
      case "progress":
        frame.progress(message.with);
        break;
      case "received":
        received.value = [...received.value, ...message.with];
        if (Date.now() - figuresAt > FIGURES) {
          figuresAt = Date.now();
          void port.status().then((found) => (frame.status = found), () => undefined);
        }
        break;
      case "ended":
        ended.value = message.with;
        frame.tell("intake", "ended", summary.value);
        finish();
        break;
      case "failed":
        // Stopped before the first file was looked at: nothing is wrong, and there is no batch to go on with.
        if (message.with.code === "cancelled") frame.toasts.done(message.with.sentence);
        else {
          problem.value = message.with.sentence;
          frame.tell("intake", "problem", problem.value);
        }
        finish();
        break;
    }
  }

  let finished = false;
  function finish(): void {
    finished = true;
    // Over only when the screen has asked again: until then the batch would still be shown as one that was stopped.
    void frame
      .refresh()
      .then(askBatches)
      .then(() => (ran = shownBatch()))
      .catch(frame.say)
      .finally(() => (frame.running = null));
  }

  /** `ask` answers whether something was chosen; the messages may come before its answer. */
  async function run(label: string, ask: (told: (message: IntakeMessage) => void) => Promise<boolean | null>, goesOn: number | null = null): Promise<void> {
    if (frame.busy()) return;
    finished = false;
    let begun = false;
    const begin = () => {
      if (begun) return;
      begun = true;
      turn += 1;
      received.value = [];
      selection.value = nothing;
      filter.value = "all";
      ended.value = null;
      chosen.value = null;
      ran = goesOn;
      problem.value = "";
      frame.view = "intake";
      frame.running = { kind: "intake", label, progress: null, stopping: false };
    };
    try {
      const started = await ask((message) => {
        begin();
        hear(message);
      });
      if (started !== false && !finished) begin();
    } catch (reason) {
      if (begun) frame.running = null;
      frame.view = "intake";
      frame.say(reason);
    }
  }

  /** Shows an earlier batch; the one asked for last, whichever comes first. */
  async function choose(id: number): Promise<void> {
    const mine = ++turn;
    try {
      const found = await port.batch(id);
      if (mine !== turn) return;
      received.value = found;
      selection.value = nothing;
      chosen.value = id;
      ended.value = null;
      problem.value = "";
      filter.value = "all";
    } catch (reason) {
      frame.say(reason);
    }
  }

  /** Shows the files of a batch that wait. While files come in, those of their batch are shown. */
  async function showPending(batch: number): Promise<void> {
    if (frame.running?.kind === "intake" && frame.busy()) return;
    frame.view = "intake";
    await choose(batch);
    if (counts.value.pending > 0) filter.value = "pending";
  }

  /** Asks again for the files that are shown: some may have been purged. */
  async function again(): Promise<void> {
    if (received.value.length === 0 || frame.running !== null) return;
    const id = shownBatch();
    const mine = ++turn;
    try {
      const found = id === null ? [] : await port.batch(id);
      if (mine === turn) received.value = found;
    } catch (reason) {
      frame.say(reason);
    }
  }

  /** Decides on files that wait, one after the other; what became of them. Several take long: each is read again and copied. */
  async function decide(label: string, candidates: readonly number[], how: (candidate: number) => Promise<ReceivedView>): Promise<ReceivedView[]> {
    const decided: ReceivedView[] = [];
    const each = async (told: (now: ProgressView) => void) => {
      for (const [done, candidate] of candidates.entries()) {
        if (done > 0 && frame.running?.stopping) {
          frame.toasts.ended(`已停止，其余 ${candidates.length - done} 个没有处理，仍是待确认。`);
          break;
        }
        const file = received.value.find((one) => one.candidate === candidate);
        told({ done, total: candidates.length, on: file?.name ?? "" });
        // A message has its verdict with what was attached to it.
        if (file?.verdict !== "pending") continue;
        const now = await how(candidate);
        await put(now);
        decided.push(now);
      }
      await askBatches();
    };
    if (candidates.length > 1) await frame.long(label, each, { kind: "intake" });
    else await frame.act(() => each(() => undefined));
    return decided;
  }

  /** The clerk looked and says that it is all there is: the files are taken in. */
  async function confirm(candidates: readonly number[]): Promise<void> {
    const decided = await decide("正在接收", candidates, port.confirmPending);
    const taken = decided.filter((one) => one.verdict === "accepted");
    if (taken.length > 0) frame.toasts.done(`已接收${several(taken)}，在“待归类”里。`);
    for (const one of decided) if (one.verdict !== "accepted") frame.toasts.problem(`“${one.name}”没有接收（${one.word}）：${one.reason}`);
  }

  /** The clerk looked and does not want them: they wait no more. */
  async function decline(candidates: readonly number[]): Promise<void> {
    const decided = await decide("正在记为不收", candidates, port.declinePending);
    if (decided.length > 0) frame.toasts.done(`已记为不收：${several(decided)}。原件没有动；要收取的请重新收集。`);
  }

  /** Opens a file that waits, where it lies. */
  async function look(candidate: number): Promise<void> {
    try {
      await port.openPending(candidate);
    } catch (reason) {
      frame.say(reason);
    }
  }

  /** The message that holds it may have waited for it, and have its verdict with it. */
  async function put(now: ReceivedView): Promise<void> {
    const before = order.value;
    const path = received.value.find((one) => one.candidate === now.candidate)?.path ?? now.path;
    received.value = received.value.map((one) => (one.candidate === now.candidate ? now : one));
    const batch = shownBatch();
    const held = (one: ReceivedView) => one.verdict === "pending" && path.startsWith(`${one.path}/`);
    if (batch !== null && received.value.some(held)) {
      const found = new Map((await port.batch(batch)).map((one) => [one.candidate, one]));
      received.value = received.value.map((one) => (one.verdict === "pending" ? (found.get(one.candidate) ?? one) : one));
    }
    selection.value = keep(selection.value, before, order.value);
  }

  /** Gives a locked file its password; what becomes of it. Problems are the dialog's to say. */
  async function unlock(candidate: number, password: string): Promise<ReceivedView> {
    const now = await port.unlockPending(candidate, password);
    await put(now);
    await frame.refresh();
    return now;
  }

  /** The report of the batch shown, as XLSX. */
  async function exportBatch(): Promise<void> {
    const id = shownBatch();
    if (id === null) return;
    try {
      const file = await port.exportBatch(id);
      if (file !== null) frame.toasts.done(`接收情况已导出到“${file}”`);
    } catch (reason) {
      frame.say(reason);
    }
  }

  function enter(): void {
    turn += 1;
    received.value = [];
    selection.value = nothing;
    batches.value = [];
    chosen.value = null;
    ran = null;
    ended.value = null;
    problem.value = "";
    filter.value = "all";
  }

  return reactive({
    received,
    filter,
    batches,
    chosen,
    ended,
    problem,
    over,
    counts,
    brought,
    shown,
    order,
    selection,
    picked,
    current,
    summary,
    askBatches,
    choose,
    showPending,
    again,
    confirm,
    decline,
    look,
    unlock,
    exportBatch,
    enter,
    folder: () => run("正在收集", port.takeInFolder),
    files: () => run("正在收集", port.takeInFiles),
    dropped: () => run("正在收集", port.takeInDropped),
    resume: (batch: number) => run("正在继续收集", (told) => port.resumeBatch(batch, told), batch),
  });
}

export type Intake = ReturnType<typeof createIntake>;
