// Everything the screen holds, put together once and handed to the parts.
import { inject, onBeforeUnmount, type InjectionKey } from "vue";
import type { ProjectView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { lookAhead } from "./ahead";
import { createArrange } from "./arrange";
import { createBehind } from "./behind";
import { createCheck } from "./check";
import { createClosing } from "./closing";
import { createCompile } from "./compile";
import { createExchange } from "./exchange";
import { createFrame } from "./frame";
import { createIntake } from "./intake";
import { createStart } from "./start";

export function createScreen(port: Port) {
  const frame = createFrame(port);
  const arrange = createArrange(port, frame);
  const intake = createIntake(port, frame);
  const compile = createCompile(port, frame);
  const exchange = createExchange(port, frame);
  const behind = createBehind(port, frame);
  const check = createCheck();
  const closing = createClosing(port, frame);
  lookAhead(port, frame, arrange);

  async function entered(project: ProjectView): Promise<void> {
    frame.project = project;
    frame.openings += 1;
    intake.enter();
    compile.enter();
    exchange.enter();
    check.enter();
    frame.dialog = null;
    frame.status = await port.status();
    // An empty project begins where its material comes from.
    frame.view = frame.status.pieces === 0 ? "intake" : "arrange";
    await arrange.enter();
  }
  const start = createStart(port, frame, entered);

  port.onDrop(({ phase }) => {
    // Beneath a dialog nothing is taken in: the view would change where it can't be seen.
    const looking = Boolean(frame.project?.looking);
    const free = frame.project !== null && !looking && frame.dialog === null && !closing.asks;
    intake.over = phase === "over" && free;
    if (phase !== "dropped") return;
    if (free) void intake.dropped();
    else if (looking) frame.toasts.problem("这个项目是只读查看，拖来的文件没有收集。");
    else frame.toasts.problem(frame.project === null ? "还没有打开项目，拖来的文件没有收集。请先打开或者新建一个项目，再拖一次。" : "对话框开着，拖来的文件没有收集。请先关闭对话框，再拖一次。");
  });

  return { port, frame, behind, arrange, intake, check, compile, exchange, start, closing };
}

export type Screen = ReturnType<typeof createScreen>;

export const screenKey: InjectionKey<Screen> = Symbol("screen");

export function useScreen(): Screen {
  const screen = inject(screenKey);
  if (!screen) throw new Error("no screen was provided");
  return screen;
}

/** Asks now and whenever the screen asks again, as long as the part is there. */
export function useAsked(ask: () => Promise<void>): void {
  const { frame } = useScreen();
  onBeforeUnmount(frame.whenAsked(ask));
  void ask().catch(frame.say);
}
