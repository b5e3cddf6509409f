// Opening, making and closing a project.
import { reactive, ref, shallowRef } from "vue";
import type { CreationView, NextRoundView, Problem, ProjectView, RecentView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { asProblem } from "../ipc/problem";
import type { Frame } from "./frame";

const NOTHING_NEWER = "那边还没有存下更新的内容：有改动以后半小时内会存一份。";

/** Where no start screen offers it. */
function hinted(problem: Problem): Problem {
  return problem.code === "elsewhere" ? { ...problem, sentence: `${problem.sentence}也可以用“文件”菜单里的“只读查看”，看它上一次存下的内容。` } : problem;
}

/** How often the end of what runs is asked for where nobody tells it, ms. */
const ASK_AGAIN = 1000;

export function createStart(port: Port, frame: Frame, entered: (project: ProjectView) => Promise<void>) {
  const ready = ref(false);
  const recent = shallowRef<RecentView[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);

  async function begin(): Promise<void> {
    try {
      const opening = await port.opening();
      frame.version = opening.version;
      recent.value = opening.recent;
      problem.value = opening.problem;
      if (opening.running) void follow();
      if (opening.project) await entered(opening.project);
    } catch (reason) {
      problem.value = asProblem(reason);
    }
    ready.value = true;
  }

  /** The view was loaded anew while something long ran: nobody tells how far it is any more, so its end is asked for. */
  async function follow(): Promise<void> {
    frame.running = { kind: "act", label: "刚才开始的操作还在进行", progress: null, stopping: false };
    const runs = () => port.opening().then(({ running }) => running, () => false);
    while (await runs()) await new Promise((soon) => setTimeout(soon, ASK_AGAIN));
    frame.running = null;
    await frame.refresh();
  }

  async function enter(ask: () => Promise<ProjectView>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = null;
    try {
      await entered(await frame.change(ask));
    } catch (reason) {
      // 取消 while the sample is made: nothing is wrong.
      problem.value = asProblem(reason).code === "cancelled" ? null : asProblem(reason);
      // With a project open there is no start screen to say it on.
      if (frame.project) frame.say(hinted(asProblem(reason)));
      // What was refused leaves the project open that was; where it did not, the start screen comes up.
      await frame.refresh();
    } finally {
      busy.value = false;
    }
  }

  /** The picker first: until a folder is chosen, nothing changes. */
  async function picked(): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      return await port.chooseProject();
    } catch (reason) {
      frame.say(reason);
      return false;
    } finally {
      busy.value = false;
    }
  }

  async function open(): Promise<void> {
    if (await picked()) await enter(port.openChosen);
  }

  /** 只读查看: the project that was refused because it is open elsewhere or lies on a share, else one that is chosen. */
  async function look(): Promise<void> {
    if (problem.value?.code === "elsewhere" || (await picked())) await enter(port.lookAtProject);
  }

  /** The newest copy there is now takes the place of the one that is looked at. */
  async function lookAgain(): Promise<void> {
    const before = frame.project?.looking?.until;
    await enter(port.lookAgain);
    if (before !== undefined && frame.project?.looking?.until === before) frame.toasts.done(NOTHING_NEWER);
  }

  async function sample(): Promise<void> {
    await enter(async () => {
      frame.running = { kind: "sample", label: "正在生成示例项目", progress: null, stopping: false };
      try {
        return await port.openSample(frame.progress);
      } finally {
        frame.running = null;
      }
    });
  }

  async function create(creation: CreationView): Promise<Problem | null> {
    try {
      await entered(await frame.change(() => port.createProject(creation)));
      problem.value = null;
      return null;
    } catch (reason) {
      // The dialog says it.
      await frame.refresh();
      return asProblem(reason);
    }
  }

  async function close(): Promise<void> {
    try {
      await port.closeProject();
    } catch (reason) {
      frame.say(reason);
      return;
    }
    frame.project = null;
    frame.status = null;
    // What was found damaged while this one was open stands on the start screen, with 恢复项目.
    if (problem.value?.code !== "damaged") problem.value = null;
    recent.value = await port.opening().then((opening) => opening.recent, () => recent.value);
  }

  /** An earlier index takes the place of the present one; the project is opened anew. */
  async function restoreSaved(file: string): Promise<void> {
    await enter(() => port.restoreSaved(file));
    // It is the copy that was refused, not the project.
    if (frame.project) problem.value = null;
  }

  async function nextRound(round: NextRoundView, folder: string): Promise<Problem | null> {
    try {
      await entered(await frame.change(() => port.startNextRound(round, folder)));
      problem.value = null;
      return null;
    } catch (reason) {
      await frame.refresh();
      return asProblem(reason);
    }
  }

  return reactive({
    restoreSaved,
    nextRound,
    ready,
    recent,
    problem,
    busy,
    begin,
    sample,
    create,
    close,
    open,
    look,
    lookAgain,
    openRecent: (at: number) => enter(() => port.openRecent(at)),
    recover: () => enter(port.recoverProject),
  });
}

export type Start = ReturnType<typeof createStart>;
