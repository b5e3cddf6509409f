// What is said under a page while red lines or bars are drawn on it.
import type { Tool } from "../screen/arrange";

const words: Record<Tool, { size: string; drawn: string; count: string; away: string; gone: string }> = {
  line: { size: "改长短", drawn: "已画红线", count: "条", away: "删除", gone: "已删除" },
  mask: { size: "改大小", drawn: "已遮盖", count: "处", away: "取消", gone: "已取消遮盖" },
};

const told = (size: string) => `拖动，或方向键移动、Shift+方向键${size}、回车；Esc 结束`;

/** How a tool draws, by mouse and by key. */
export const howTo: Record<Tool, string> = { line: told(words.line.size), mask: told(words.mask.size) };

/** What came of an act, when the page had `had` of them and has `now`. */
export function outcome(tool: Tool, had: number, now: number): string {
  const { drawn, count, away, gone } = words[tool];
  if (now === had) return "";
  return now > had ? `${drawn}，本页共 ${now} ${count}；按 Tab 选中，Del ${away}` : `${gone}，本页${now > 0 ? `还有 ${now} ${count}` : "没有了"}`;
}
