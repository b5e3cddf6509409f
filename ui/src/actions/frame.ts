// Acts of the frame: project, views, undo, help.
import { viewLabels, type ViewName } from "../screen/frame";
import { keyOf } from "../screen/compile";
import type { Scope } from "../screen/arrange";
import type { Screen } from "../screen/screen";
import { only } from "../screen/selection";
import type { Action } from "./action";

const always = () => true;
const opened = ({ frame }: Screen) => frame.project !== null;
/** While something long runs, the project is not changed under it. */
const quiet = ({ frame, start }: Screen) => frame.running === null && !start.busy;
const free = (screen: Screen) => opened(screen) && quiet(screen);

const view = (name: ViewName, keys: string[]): Action => ({
  id: `view.${name}`,
  label: viewLabels[name],
  keys,
  whileTyping: true,
  allowed: opened,
  checked: ({ frame }) => frame.view === name,
  perform: ({ frame }) => (frame.view = name),
});

/** What the act was about is chosen, where it stands in the list that the clerk still looks at. */
async function takeBack({ port, frame, arrange }: Screen, again: boolean): Promise<void> {
  const { place, words } = arrange;
  const about: number[] = [];
  await frame.act(async () => {
    const done = again ? await port.redo() : await port.undo();
    if (done === null) return;
    about.push(...done.pieces);
    frame.toasts.done(`${again ? "已重做" : "已撤销"}：${done.sentence}`);
  });
  if (arrange.place === place && arrange.words === words) arrange.choose(about);
}

/** The box that words are typed into: of the view itself where it has one, else that of the window. */
function find({ frame, arrange }: Screen, wanted: Scope): void {
  const elsewhere = frame.view !== "arrange";
  const own = wanted === "here" && elsewhere ? document.querySelector<HTMLInputElement>(".view [data-find]") : null;
  // The list of 整理 is not here.
  const scope = elsewhere ? "everywhere" : wanted;
  if (own === null && arrange.scope !== scope) {
    if (arrange.words === "") arrange.scope = scope;
    else arrange.search(arrange.words, scope);
  }
  const box = own ?? document.querySelector<HTMLInputElement>("#search");
  box?.focus();
  box?.select();
}

/** The next of what was found, and round. */
function nextFound({ frame, arrange }: Screen, by: number): void {
  frame.view = "arrange";
  const next = arrange.order[(Math.max(arrange.at, by > 0 ? -1 : 0) + by + arrange.order.length) % arrange.order.length];
  if (next !== undefined) arrange.selection = only(next);
}

/** Paper is printed by the system's own viewer: of 核查 the leader's page, elsewhere the package that is shown or the newest. */
async function print({ port, frame, compile }: Screen): Promise<void> {
  try {
    if (frame.view === "check") {
      frame.toasts.done(`已生成“${await port.leaderPage()}”，所在的文件夹已打开：双击打开它，再打印`);
      return;
    }
    const packages = await port.packages();
    const made = packages.find((one) => keyOf(one) === compile.shown) ?? packages[0];
    if (!made) {
      frame.toasts.problem("还没有汇编好的材料，没有可以打印的：请先在“汇编”里汇编。");
      return;
    }
    await compile.print(made);
  } catch (reason) {
    frame.say(reason);
  }
}

export const frameActions: readonly Action[] = [
  { id: "project.sample", label: "打开示例项目", icon: "sample", allowed: quiet, perform: ({ start }) => start.sample() },
  { id: "project.new", label: "新建…", icon: "add", keys: ["Ctrl+N"], allowed: quiet, perform: ({ frame }) => (frame.dialog = { kind: "create" }) },
  { id: "project.open", label: "打开…", icon: "folder", keys: ["Ctrl+O"], allowed: quiet, perform: ({ start }) => start.open() },
  {
    id: "project.look",
    label: "只读查看…",
    icon: "eye",
    allowed: quiet,
    perform: ({ start }) => start.look(),
  },
  {
    id: "project.lookAgain",
    label: "看更新的内容",
    icon: "again",
    allowed: (screen) => free(screen) && Boolean(screen.frame.project?.looking),
    perform: ({ start }) => start.lookAgain(),
  },
  { id: "project.settings", label: "项目设置…", allowed: free, perform: ({ frame }) => (frame.dialog = { kind: "settings" }) },
  { id: "project.close", label: "关闭项目", allowed: free, perform: ({ start }) => start.close() },
  {
    id: "intake.folder",
    label: "收集文件夹…",
    icon: "folder",
    keys: ["Ctrl+Shift+O"],
    allowed: free,
    perform: ({ intake }) => intake.folder(),
  },
  {
    id: "intake.pending",
    label: "待确认的文件",
    icon: "warning",
    allowed: (screen) => opened(screen) && (screen.frame.status?.pendingBatch ?? null) !== null,
    perform: ({ frame, intake }) => intake.showPending(frame.status?.pendingBatch ?? 0),
  },
  {
    id: "intake.export",
    label: "导出接收情况…",
    icon: "file",
    allowed: (screen) => free(screen) && screen.frame.view === "intake" && screen.intake.received.length > 0,
    perform: ({ intake }) => intake.exportBatch(),
  },
  { id: "intake.files", label: "收集文件…", icon: "file", keys: ["Ctrl+Shift+I"], allowed: free, perform: ({ intake }) => intake.files() },
  {
    id: "run.cancel",
    label: "取消正在做的",
    icon: "stop",
    keys: ["Ctrl+Shift+Q"],
    whileTyping: true,
    allowed: ({ frame }) => frame.running !== null && !frame.running.toTheEnd && !frame.running.stopping,
    perform: ({ frame }) => frame.cancel(),
  },
  {
    id: "edit.undo",
    label: "撤销",
    icon: "undo",
    keys: ["Ctrl+Z"],
    allowed: ({ frame }) => Boolean(frame.status?.undo),
    perform: (screen) => takeBack(screen, false),
  },
  {
    id: "edit.redo",
    label: "重做",
    icon: "redo",
    keys: ["Ctrl+Y", "Ctrl+Shift+Z"],
    allowed: ({ frame }) => Boolean(frame.status?.redo),
    perform: (screen) => takeBack(screen, true),
  },
  {
    id: "edit.find",
    label: "在这里查找",
    icon: "search",
    keys: ["Ctrl+F"],
    whileTyping: true,
    allowed: opened,
    perform: (screen) => find(screen, "here"),
  },
  {
    id: "edit.findAll",
    label: "全部查找",
    icon: "search",
    keys: ["Ctrl+Shift+F"],
    whileTyping: true,
    allowed: opened,
    perform: (screen) => find(screen, "everywhere"),
  },
  {
    id: "edit.findNext",
    label: "查找下一个",
    keys: ["F3"],
    whileTyping: true,
    allowed: (screen) => opened(screen) && screen.arrange.words !== "" && screen.arrange.order.length > 0,
    perform: (screen) => nextFound(screen, 1),
  },
  {
    id: "edit.findPrevious",
    label: "查找上一个",
    keys: ["Shift+F3"],
    whileTyping: true,
    allowed: (screen) => opened(screen) && screen.arrange.words !== "" && screen.arrange.order.length > 0,
    perform: (screen) => nextFound(screen, -1),
  },
  {
    id: "edit.goTo",
    label: "转到…",
    icon: "goTo",
    keys: ["Ctrl+G"],
    whileTyping: true,
    allowed: opened,
    perform: ({ frame }) => (frame.dialog = { kind: "goTo" }),
  },
  {
    id: "file.print",
    label: "打印…",
    icon: "print",
    keys: ["Ctrl+P"],
    whileTyping: true,
    allowed: opened,
    perform: (screen) => print(screen),
  },
  { id: "edit.history", label: "操作记录", icon: "history", keys: ["Ctrl+H"], allowed: opened, perform: ({ frame }) => (frame.dialog = { kind: "history" }) },
  view("intake", ["Ctrl+1"]),
  view("arrange", ["Ctrl+2"]),
  view("check", ["F7", "Ctrl+3"]),
  view("compile", ["F9", "Ctrl+4"]),
  view("exchange", ["Ctrl+5"]),
  {
    id: "view.byLeaf",
    label: "树按指标",
    allowed: opened,
    checked: ({ arrange }) => arrange.mode === "leaves",
    perform: ({ arrange }) => (arrange.mode = "leaves"),
  },
  {
    id: "view.byUnit",
    label: "树按责任单位",
    allowed: opened,
    checked: ({ arrange }) => arrange.mode === "units",
    perform: ({ arrange }) => (arrange.mode = "units"),
  },
  {
    id: "behind.reads",
    label: "后台识别文字",
    allowed: ({ frame }) => frame.project?.reads ?? false,
    checked: ({ frame, behind }) => behind.reads && (frame.project?.reads ?? false),
    perform: ({ behind }) => behind.switchReading(),
  },
  { id: "view.again", label: "刷新", icon: "again", keys: ["F5"], whileTyping: true, allowed: opened, perform: ({ frame }) => frame.refresh() },
  {
    id: "compile.start",
    label: "开始汇编",
    icon: "compile",
    keys: ["Ctrl+F9"],
    whileTyping: true,
    allowed: free,
    perform: ({ frame, compile }) => {
      frame.view = "compile";
      return compile.start();
    },
  },
  {
    id: "compile.labels",
    label: "盒脊和侧标签…",
    icon: "compile",
    allowed: (screen) => free(screen) && screen.frame.view === "compile",
    perform: ({ compile }) => compile.labels(),
  },
  {
    id: "leader.pdf",
    label: "进展一页存为 PDF",
    icon: "compile",
    allowed: free,
    perform: ({ port, frame }) => frame.act(async () => frame.toasts.done(`已生成“${await port.leaderPage()}”，在项目的 packages 文件夹`)),
  },
  {
    id: "consult.open",
    label: "查阅…",
    icon: "eye",
    keys: ["F8"],
    whileTyping: true,
    allowed: opened,
    perform: ({ frame }) => (frame.dialog = { kind: "consult" }),
  },
  {
    id: "help.manual",
    label: "使用手册",
    icon: "info",
    keys: ["F1"],
    whileTyping: true,
    allowed: always,
    perform: ({ frame }) => (frame.dialog = { kind: "manual", keys: false }),
  },
  { id: "help.keys", label: "按键一览", allowed: always, perform: ({ frame }) => (frame.dialog = { kind: "manual", keys: true }) },
  { id: "help.about", label: "关于汇卷", allowed: always, perform: ({ frame }) => (frame.dialog = { kind: "about" }) },
];
