// 汇编: the options, the run, and what came out.
import { computed, nextTick, reactive, ref, shallowRef } from "vue";
import type { CompileMessage, EditionView, Opened, OptionsView, PackageView, SectionsView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { read, remembered, write } from "../shared/remembered";
import type { Frame } from "./frame";
import type { At } from "./leafing";

const first: OptionsView = { format: "pdf", volumes: "one", duplex: true, boxMm: 50, photos: 1, sections: "indicator", letters: true };

/** What a package is known by. */
export const keyOf = ({ name, format }: PackageView): string => `${name}.${format}`;

export function createCompile(port: Port, frame: Frame) {
  const options = remembered<OptionsView>("compile", first);
  // What was kept may be older than an option.
  options.value = { ...first, ...options.value };
  const packages = shallowRef<PackageView[]>([]);
  /** Of the package that is shown: its place changes with those beside it. */
  const shown = ref<string | null>(null);
  /** The sheet that is looked at before compiling. */
  const at = ref<At>({ volume: 1, sheet: 0 });
  /** Turns that sheet forth or back; `null` while none is looked at. */
  const turn = shallowRef<((by: number) => void) | null>(null);
  /** 定稿 as it stands; null before any. */
  const edition = shallowRef<EditionView | null>(null);
  /** Veto items that nothing proves, as they are named; `null` where nobody has looked. */
  const unproven = shallowRef<string[] | null>(null);
  /** Those that the clerk has said to know of; others that come up are asked about again. */
  const known = shallowRef<string[]>([]);
  const accepted = computed({
    get: () => (unproven.value ?? []).every((veto) => known.value.includes(veto)),
    set: (said: boolean) => (known.value = said ? (unproven.value ?? []) : []),
  });
  /** What is made now: while an edition stands, as it was made; but whether letters are laid is the clerk's choice. */
  const asked = computed<OptionsView>(() => (edition.value ? { ...edition.value.options, letters: options.value.letters } : options.value));
  const problem = ref("");
  const stopped = ref(false);

  /** Each project is parted in its own way. */
  const sectionsKey = () => `sections.${frame.project?.place ?? ""}`;
  function part(sections: SectionsView): void {
    options.value.sections = sections;
    write(sectionsKey(), sections);
  }

  async function askPackages(): Promise<void> {
    [packages.value, edition.value] = await Promise.all([port.packages(), port.edition()]);
    // On a computer where nobody has chosen yet, as the last package was.
    const last = packages.value[0]?.sections;
    if (last && read<SectionsView | null>(sectionsKey(), null) === null) options.value.sections = last;
  }

  async function start(): Promise<void> {
    if (frame.busy()) return;
    let lacking = unproven.value;
    try {
      lacking ??= (await port.foresee({ ...asked.value })).unproven;
    } catch (reason) {
      frame.say(reason);
      return;
    }
    unproven.value = lacking;
    if (!accepted.value) {
      frame.toasts.problem("有一票否决项尚无证明：请先在“开始汇编”上方勾选已知悉，再汇编。");
      await nextTick();
      document.querySelector<HTMLElement>("#compile-accept")?.focus();
      return;
    }
    const knows = lacking.length > 0;
    await run("正在汇编", (told) => port.compilePackage({ ...asked.value }, knows, told));
  }

  /** 变更包 of the edition. */
  function pack(): Promise<void> {
    return run("正在制作变更包", port.makeChangePack);
  }

  /** 定稿: the numbers of a package stay from now on. */
  async function issue(at: number): Promise<void> {
    if (await frame.act(() => port.issuePackage(at))) frame.toasts.done("已设为定稿：印出的件号、页码不再变，以后的变更出变更包。可以撤销。");
    await askPackages();
  }

  /** 新版: numbers are given anew. */
  async function anew(): Promise<void> {
    if (await frame.act(() => port.beginNewEdition())) frame.toasts.done("已开始新版：下一次汇编重新编号。可以撤销。");
    await askPackages();
  }

  async function run(label: string, make: (told: (message: CompileMessage) => void) => Promise<null>): Promise<void> {
    if (frame.busy()) return;
    problem.value = "";
    stopped.value = false;
    shown.value = null;
    frame.running = { kind: "compile", label, progress: null, stopping: false };
    try {
      await make(hear);
    } catch (reason) {
      frame.running = null;
      frame.say(reason);
    }
  }

  function hear(message: CompileMessage): void {
    if (message.message === "progress") {
      frame.progress(message.with);
      return;
    }
    frame.running = null;
    stopped.value = message.message === "stopped";
    const made = message.message === "ended" ? message.with : null;
    if (message.message === "failed") {
      problem.value = message.with.sentence;
      frame.tell("compile", "problem", problem.value);
    } else {
      frame.tell("compile", "ended", made ? `已生成“${made.name}”，${made.proven ? "校验通过" : "校验没有通过"}。在“汇编”里查看。` : "已停止汇编，没有留下半个成品。");
    }
    void askPackages()
      .then(() => {
        if (made) shown.value = keyOf(made);
        return frame.refresh();
      })
      .catch(frame.say);
  }

  /** 盒脊 and 侧标签 of what would be compiled; the file manager shows them. */
  async function labels(): Promise<void> {
    try {
      const made = await port.makeLabels({ ...asked.value });
      frame.toasts.done(`已生成 ${made.volumes} 个盒脊、${made.headings} 个侧标签：${made.spines}、${made.tabs}。盒脊用 A3 纸、按实际大小打印。`);
    } catch (reason) {
      frame.say(reason);
    }
  }

  async function open(at: number, what: Opened, volume = 0): Promise<void> {
    try {
      await port.openPackage(at, what, volume);
    } catch (reason) {
      frame.say(reason);
    }
  }

  /** Paper is printed by the program that opens such files. */
  async function print({ index, name, format, files }: PackageView): Promise<void> {
    try {
      await port.openPackage(index, "file", 0);
      const more = files.length > 1 ? `共 ${files.length} 册，这是第 1 册。` : "";
      frame.toasts.ended(`已用系统的${format === "PDF" ? " PDF 阅读软件" : "文字处理软件"}打开“${name}”，请在那里打印。${more}`);
    } catch (reason) {
      frame.say(reason);
    }
  }

  function enter(): void {
    options.value.sections = read<SectionsView>(sectionsKey(), first.sections);
    packages.value = [];
    at.value = { volume: 1, sheet: 0 };
    edition.value = null;
    [unproven.value, known.value] = [null, []];
    shown.value = null;
    problem.value = "";
    stopped.value = false;
  }

  return reactive({ options, asked, at, turn, unproven, accepted, packages, edition, shown, problem, stopped, askPackages, part, start, pack, issue, anew, labels, open, print, enter });
}

export type Compile = ReturnType<typeof createCompile>;
