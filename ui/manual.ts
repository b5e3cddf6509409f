// The clerk's manual, cut into chapters and blocks while the window is built: the window itself holds no Markdown reader.
import { marked, type Token, type Tokens } from "marked";
import type { Plugin } from "vite";
import type { Block, Chapter, Span } from "./src/parts/manual";

function spans(tokens: readonly Token[] | undefined, look: Span["look"] = "plain"): Span[] {
  return (tokens ?? []).flatMap((token): Span[] => {
    if (token.type === "html" || token.type === "image") throw new Error(`the manual uses ${token.type}, which the window can't show`);
    if (token.type === "strong") return spans(token.tokens, "strong");
    if (token.type === "codespan") return [{ text: (token as Tokens.Codespan).text, look: "code" }];
    if ("tokens" in token && token.tokens) return spans(token.tokens, look);
    return [{ text: "text" in token ? String(token.text).replace(/\n/g, "") : "", look }];
  });
}

function block(token: Token): Block[] {
  switch (token.type) {
    case "heading":
      return [{ kind: "heading", spans: spans(token.tokens) }];
    case "paragraph":
    case "text":
      return [{ kind: "paragraph", spans: spans(token.tokens) }];
    case "list": {
      const list = token as Tokens.List;
      const items = list.items.map((item) => item.tokens.flatMap((part) => spans("tokens" in part ? part.tokens : undefined)));
      return [{ kind: "list", ordered: list.ordered, items }];
    }
    case "table": {
      const table = token as Tokens.Table;
      const row = (cells: Tokens.TableCell[]) => cells.map((cell) => spans(cell.tokens));
      return [{ kind: "table", head: row(table.header), rows: table.rows.map(row) }];
    }
    case "code":
      return [{ kind: "paragraph", spans: [{ text: (token as Tokens.Code).text, look: "code" }] }];
    case "blockquote":
      return (token.tokens ?? []).flatMap(block);
    case "space":
    case "hr":
      return [];
    default:
      throw new Error(`the manual uses ${token.type}, which the window can't show`);
  }
}

export function chapters(markdown: string): Chapter[] {
  const out: Chapter[] = [];
  for (const token of marked.lexer(markdown)) {
    if (token.type === "heading" && token.depth <= 2) out.push({ title: (token as Tokens.Heading).text, blocks: [] });
    else out.at(-1)?.blocks.push(...block(token));
  }
  return out;
}

export function manual(): Plugin {
  return {
    name: "manual",
    transform: (text, id) => (id.endsWith(".md") ? { code: `export default ${JSON.stringify(chapters(text))};`, map: null } : null),
  };
}
