// What the manual is made of once `manual.ts` beside the build has cut it up.
import type { ViewName } from "../screen/frame";

export interface Span {
  text: string;
  look: "plain" | "strong" | "code";
}

export type Block =
  | { kind: "heading" | "paragraph"; spans: Span[] }
  | { kind: "list"; ordered: boolean; items: Span[][] }
  | { kind: "table"; head: Span[][]; rows: Span[][][] };

export interface Chapter {
  title: string;
  blocks: Block[];
}

/** The chapter that speaks of a view; the first where none does. */
export function chapterOf(chapters: readonly Chapter[], view: ViewName | null, words: Record<ViewName, string>): number {
  const word = view === null ? "开始" : words[view];
  return Math.max(0, chapters.findIndex(({ title }) => title.includes(word)));
}

const texts = (block: Block): string[] => {
  const line = (spans: readonly Span[]) => spans.map((span) => span.text).join("");
  switch (block.kind) {
    case "list":
      return block.items.map(line);
    case "table":
      return [block.head, ...block.rows].flatMap((row) => row.map(line));
    default:
      return [line(block.spans)];
  }
};

/** How often the words stand in a chapter. */
export function count(chapter: Chapter, words: string): number {
  const sought = words.trim().toLowerCase();
  if (sought === "") return 0;
  return [chapter.title, ...chapter.blocks.flatMap(texts)].reduce((sum, text) => sum + text.toLowerCase().split(sought).length - 1, 0);
}

/** A text cut where the words stand. */
export function cut(text: string, words: string): { text: string; hit: boolean }[] {
  const sought = words.trim().toLowerCase();
  const folded = text.toLowerCase();
  // A letter that changes its length when it becomes small would shift the cuts.
  if (sought === "" || folded.length !== text.length) return [{ text, hit: false }];
  const out: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, from)) {
    if (at > from) out.push({ text: text.slice(from, at), hit: false });
    from = at + sought.length;
    out.push({ text: text.slice(at, from), hit: true });
  }
  if (from < text.length) out.push({ text: text.slice(from), hit: false });
  return out;
}
