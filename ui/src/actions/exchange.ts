// Acts of 交换.
import { keyOf } from "../screen/compile";
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

const free = ({ frame, start }: Screen) => frame.project !== null && frame.running === null && !start.busy;
const here = (screen: Screen) => free(screen) && screen.frame.view === "exchange";

/** The package that is shown, else the newest. */
async function seal({ port, frame, compile }: Screen): Promise<void> {
  try {
    const packages = await port.packages();
    const made = packages.find((one) => keyOf(one) === compile.shown) ?? packages[0];
    if (made) frame.dialog = { kind: "seal", at: made.index, name: made.name };
    else frame.toasts.problem("还没有汇编好的材料，没有可以打包的：请先在“汇编”里汇编。");
  } catch (reason) {
    frame.say(reason);
  }
}

export const exchangeActions: readonly Action[] = [
  { id: "exchange.kits", label: "制作收集包（文件夹）…", icon: "folder", allowed: here, perform: ({ exchange }) => exchange.makeKits(false) },
  { id: "exchange.kitsZip", label: "制作收集包（ZIP）…", icon: "file", allowed: here, perform: ({ exchange }) => exchange.makeKits(true) },
  {
    id: "exchange.fileKit",
    label: "按收集包归类",
    icon: "accept",
    allowed: (screen) => here(screen) && (screen.exchange.review?.sure ?? 0) > 0,
    perform: ({ exchange }) => exchange.file(),
  },
  { id: "exchange.remind", label: "给所有欠交单位出催办单…", icon: "warning", allowed: free, perform: ({ exchange }) => exchange.remind() },
  { id: "exchange.backUp", label: "立即备份…", icon: "restore", allowed: free, perform: ({ exchange }) => exchange.backUp() },
  { id: "exchange.examine", label: "检查原件…", icon: "eye", allowed: free, perform: ({ frame }) => (frame.dialog = { kind: "examine" }) },
  { id: "exchange.merge", label: "并入另一台电脑的工作…", icon: "move", allowed: free, perform: ({ exchange }) => exchange.merge() },
  { id: "exchange.stick", label: "做查阅盘…", icon: "eye", allowed: free, perform: ({ exchange }) => exchange.stick() },
  { id: "exchange.seal", label: "加密打包申报材料…", icon: "file", allowed: free, perform: seal },
  { id: "exchange.sealFolder", label: "加密打包文件夹…", icon: "folder", allowed: free, perform: ({ frame }) => (frame.dialog = { kind: "seal", at: null, name: "" }) },
  { id: "exchange.nextRound", label: "开始下一轮…", icon: "add", allowed: free, perform: ({ frame }) => (frame.dialog = { kind: "nextRound" }) },
];
