// 交换: the units and what they owe, what goes out to them, what came back, backups.
import { computed, reactive, ref, shallowRef, watch } from "vue";
import type { ConflictView, DoneView, ExchangeMessage, KitReviewView, MergingView, ReportFormatView, ReportView, ReturnedView, SavedView, UnitStandingView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { asProblem } from "../ipc/problem";
import type { Frame } from "./frame";

export function createExchange(port: Port, frame: Frame) {
  const units = shallowRef<UnitStandingView[]>([]);
  const returned = shallowRef<ReturnedView[]>([]);
  const saved = shallowRef<SavedView[]>([]);
  /** Codes of the units that are ticked. */
  const ticked = ref<Set<string>>(new Set());
  const lateOnly = ref(false);
  /** The kit that is looked at, and its review. */
  const opened = ref<number | null>(null);
  const review = shallowRef<KitReviewView | null>(null);
  /** What a merge would bring, until it is shown. */
  const waiting = shallowRef<MergingView | null>(null);
  const receipt = shallowRef<DoneView | null>(null);
  const problem = ref("");
  /** What became of an act that was stopped; empty while none was. */
  const stopped = ref("");

  /** Of what both said otherwise, that of which theirs was to be taken by a merge that has not come about. */
  const unmerged = shallowRef<readonly ConflictView[]>([]);

  const shown = computed(() => (lateOnly.value ? units.value.filter((one) => one.missing > 0) : units.value));
  const late = computed(() => units.value.filter((one) => one.missing > 0).length);

  /** Units that get a 收集包 when none is ticked, and those of them that have something to hand in themselves. */
  const kits = computed(() => units.value.filter((one) => one.kit));
  const owing = computed(() => kits.value.filter((one) => one.missing + one.notDue > 0));
  const wantsOwing = ref(false);
  /** Only those that owe something; where nobody does there is nothing to choose. */
  const owingOnly = computed({ get: () => wantsOwing.value && owing.value.length > 0, set: (only: boolean) => (wantsOwing.value = only) });

  /** Units that kits are made for: those that are ticked; none named means all. */
  const kitsFor = (): string[] => {
    if (ticked.value.size > 0) return [...ticked.value];
    return owingOnly.value ? owing.value.map((one) => one.code) : [];
  };

  /** Ticked units that are late. */
  const tickedLate = computed(() => units.value.filter((one) => one.missing > 0 && ticked.value.has(one.code)));

  /** The clerk may have gone back, or to another kit, before the answer comes. */
  async function look(id: number): Promise<void> {
    const found = await port.reviewKit(id);
    if (opened.value === id) review.value = found;
  }

  async function ask(): Promise<void> {
    const [standings, came, copies] = await Promise.all([port.unitStandings(), port.returnedKits(), port.savedIndexes()]);
    [units.value, returned.value, saved.value] = [standings, came, copies];
    if (opened.value !== null) await look(opened.value);
  }

  function tick(code: string): void {
    const now = new Set(ticked.value);
    if (!now.delete(code)) now.add(code);
    ticked.value = now;
  }

  function tickAll(): void {
    const codes = shown.value.map((one) => one.code);
    ticked.value = codes.every((code) => ticked.value.has(code)) ? new Set() : new Set(codes);
  }

  /** `left` says what there is of it once it was stopped. `start` answers whether a place was chosen; the messages may come before its answer. */
  async function run(label: string, left: string, start: (told: (message: ExchangeMessage) => void) => Promise<boolean>): Promise<void> {
    if (frame.busy()) return;
    let begun = false;
    let underWay = false;
    let finished = false;
    const begin = () => {
      if (begun) return;
      begun = true;
      [receipt.value, problem.value, stopped.value] = [null, "", ""];
      frame.view = "exchange";
      frame.running = { kind: "exchange", label, progress: null, stopping: false };
    };
    const hear = (message: ExchangeMessage) => {
      begin();
      if (message.message === "progress") {
        underWay = true;
        frame.progress(message.with);
        return;
      }
      finished = true;
      frame.running = null;
      if (message.message === "ended") {
        receipt.value = message.with;
        frame.tell("exchange", "ended", `${message.with.title}　在“交换”里查看。`);
      }
      // Refused at once it is said as everywhere; after a while nobody may be looking, and it stays.
      if (message.message === "failed" && underWay) {
        problem.value = message.with.sentence;
        frame.tell("exchange", "problem", problem.value);
      } else if (message.message === "failed") {
        frame.say(message.with);
      }
      if (message.message === "stopped") {
        stopped.value = `已取消。${left}`;
        frame.tell("exchange", "ended", stopped.value);
      }
      void frame.refresh();
    };
    try {
      if ((await start(hear)) && !finished) begin();
    } catch (reason) {
      if (begun) frame.running = null;
      frame.say(reason);
    }
  }

  async function open(id: number | null): Promise<void> {
    opened.value = id;
    review.value = null;
    if (id === null) return;
    try {
      await look(id);
    } catch (reason) {
      opened.value = null;
      frame.say(reason);
    }
  }

  /** Files what lies in the folders of the kit that is looked at. */
  async function file(): Promise<void> {
    const id = opened.value;
    if (id === null) return;
    await frame.act(async () => {
      const filed = await port.fileKit(id);
      frame.toasts.done(`已按收集包归类 ${filed} 件，可以撤销（Ctrl+Z）。`);
    });
  }

  // Reading it takes minutes: what another dialog has begun to say is not taken from the clerk.
  watch([waiting, () => frame.dialog], ([found, dialog]) => {
    if (!found || dialog !== null) return;
    waiting.value = null;
    frame.dialog = { kind: "merge", found };
  });

  /** 并入: asks for the folder, and shows what it would bring. */
  async function merge(): Promise<void> {
    waiting.value = await frame.long("正在读取对方的项目", port.chooseBundle);
    if (waiting.value && frame.dialog !== null) frame.toasts.ended("对方的项目已读完，关闭对话框后列出");
  }

  const wasChosen = ({ key, ours, theirs }: ConflictView): boolean =>
    unmerged.value.some((one) => one.key === key && one.ours === ours && one.theirs === theirs);

  /** 并入, with theirs of what was chosen. */
  function mergeChosen(theirs: readonly ConflictView[]): Promise<void> {
    unmerged.value = theirs;
    return run("正在并入", "什么都没有并入，本机的项目保持原样；可以再并入一次。", (told) =>
      port.mergeBundle(
        theirs.map((one) => one.key),
        (message) => {
          if (message.message === "ended") unmerged.value = [];
          told(message);
        },
      ),
    );
  }

  /** 催办单 for every unit that is late, or for those of `named` that are. */
  async function remind(named: string[] = []): Promise<void> {
    try {
      const made = await port.makeReminders(named);
      if (made !== null) frame.toasts.done(made > 0 ? `已生成 ${made} 份催办单。` : "没有单位欠交到期的材料，没有生成催办单。");
    } catch (reason) {
      frame.say(reason);
    }
  }

  /** A letter or list; about the one unit that is ticked, where it is about one. */
  async function letter(report: ReportView, format: ReportFormatView): Promise<void> {
    const unit = ticked.value.size === 1 ? ([...ticked.value][0] ?? null) : null;
    try {
      const file = await port.makeReport(report, unit, format);
      if (file !== null) frame.toasts.done(`已生成“${file}”`);
    } catch (reason) {
      frame.say(reason);
    }
  }

  /** What went wrong, to be said in the dialog. */
  async function sentenceOf(perform: () => Promise<void>): Promise<string> {
    try {
      await perform();
      return "";
    } catch (reason) {
      return asProblem(reason).sentence;
    }
  }

  function enter(): void {
    [units.value, returned.value, saved.value] = [[], [], []];
    ticked.value = new Set();
    lateOnly.value = owingOnly.value = false;
    [opened.value, review.value, receipt.value, waiting.value] = [null, null, null, null];
    [problem.value, stopped.value] = ["", ""];
    unmerged.value = [];
  }

  return reactive({
    units,
    returned,
    saved,
    ticked,
    lateOnly,
    opened,
    review,
    receipt,
    problem,
    stopped,
    shown,
    late,
    kits,
    owing,
    owingOnly,
    tickedLate,
    ask,
    tick,
    tickAll,
    open,
    file,
    merge,
    remind,
    letter,
    sentenceOf,
    enter,
    makeKits: (zip: boolean) => run("正在制作收集包", "做好的收集包都在，没有留下半个；其余的，请勾选还没有做的单位再做。", (told) => port.makeKits(kitsFor(), zip, told)),
    stick: (at: number | null = null) => run("正在做查阅盘", "没有留下查阅盘，要用请再做一次。", (told) => port.makeStick(at, told)),
    seal: (at: number | null, password: string) => run("正在加密打包", "没有留下加密包，要用请再做一次。", (told) => port.seal(at, password, told)),
    wasChosen,
    mergeChosen,
    backUp: () => run("正在备份", "已经复制的都在，没有留下半个文件；再备份到同一处会接着来。", port.backUpProject),
  });
}

export type Exchange = ReturnType<typeof createExchange>;
