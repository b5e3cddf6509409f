// The tree as lines: what is in sight, and where a key goes. Nodes come depth first from Rust.
import type { NodeView, PlaceView } from "../ipc/bindings";

export const placeKey = (place: PlaceView): string => ("code" in place ? `${place.kind}:${place.code}` : place.kind);

export const samePlace = (one: PlaceView, other: PlaceView): boolean => placeKey(one) === placeKey(other);

const NAMES: Partial<Record<PlaceView["kind"], string>> = {
  vetoes: "一票否决项",
  bonuses: "加分项",
  all: "全部材料",
  unfiled: "待归类",
  removed: "回收站",
};

/** What a node is called; the places that the catalogue does not name are named here. */
export const nodeTitle = (node: NodeView): string => node.title || NAMES[node.place.kind] || node.code;

/** These stand below the tree and are always in sight. */
export const isPinned = (place: PlaceView): boolean => place.kind === "all" || place.kind === "unfiled" || place.kind === "removed";

export interface Line {
  node: NodeView;
  key: string;
  parent: boolean;
  open: boolean;
}

/** The lines in sight. While a filter is typed, what holds it is shown with everything above it. */
export function lines(nodes: readonly NodeView[], open: ReadonlySet<string>, filter: string): Line[] {
  const wanted = filter.trim().toLowerCase();
  const kept = wanted === "" ? null : holding(nodes, wanted);
  const shown: Line[] = [];
  let closedAt = Infinity;
  nodes.forEach((node, at) => {
    if (kept ? !kept.has(at) : node.depth > closedAt) return;
    const key = placeKey(node.place);
    const parent = (nodes[at + 1]?.depth ?? 0) > node.depth;
    const isOpen = parent && (kept !== null || open.has(key));
    closedAt = parent && !isOpen ? node.depth : Infinity;
    shown.push({ node, key, parent, open: isOpen });
  });
  return shown;
}

function holding(nodes: readonly NodeView[], wanted: string): Set<number> {
  const kept = new Set<number>();
  const above: number[] = [];
  nodes.forEach((node, at) => {
    above.length = node.depth;
    above[node.depth] = at;
    const text = `${node.code} ${nodeTitle(node)}`.toLowerCase();
    if (text.includes(wanted)) for (const one of above) if (one !== undefined) kept.add(one);
  });
  return kept;
}

/** Keys of the nodes that a place lies within. */
export function above(nodes: readonly NodeView[], key: string): string[] {
  const at = nodes.findIndex((node) => placeKey(node.place) === key);
  const found: string[] = [];
  let depth = nodes[at]?.depth ?? 0;
  for (let before = at - 1; before >= 0 && depth > 0; before--) {
    const node = nodes[before];
    if (node && node.depth < depth) {
      found.push(placeKey(node.place));
      depth = node.depth;
    }
  }
  return found;
}

export type TreeStep = { to: string } | { open: string } | { close: string } | null;

/** Where a key leads from the line that has the focus, as trees in file managers do. */
export function step(shown: readonly Line[], current: string, key: string, page: number): TreeStep {
  const at = shown.findIndex((line) => line.key === current);
  const line = shown[at];
  const to = (index: number): TreeStep => {
    const target = shown[Math.max(0, Math.min(shown.length - 1, index))];
    return target ? { to: target.key } : null;
  };
  switch (key) {
    case "ArrowDown":
      return to(at + 1);
    case "ArrowUp":
      return at < 0 ? to(0) : to(at - 1);
    case "PageDown":
      return to(at + page);
    case "PageUp":
      return to(at - page);
    case "Home":
      return to(0);
    case "End":
      return to(shown.length - 1);
    case "ArrowRight":
      if (!line?.parent) return null;
      return line.open ? to(at + 1) : { open: line.key };
    case "ArrowLeft": {
      if (!line) return null;
      if (line.parent && line.open) return { close: line.key };
      const up = shown.slice(0, at).findLastIndex((before) => before.node.depth < line.node.depth);
      return up < 0 ? null : to(up);
    }
    default:
      return null;
  }
}

/** The next line whose code or title begins with what was typed, from the current one on and round. */
export function typed(shown: readonly Line[], current: string, text: string): string | null {
  const at = Math.max(0, shown.findIndex((line) => line.key === current));
  const wanted = text.toLowerCase();
  // A second letter may still mean the same line; a first letter goes on to the next.
  const from = text.length > 1 ? at : at + 1;
  const order = [...shown.slice(from), ...shown.slice(0, from)];
  const begins = (line: Line) => [line.node.code, nodeTitle(line.node)].some((word) => word.toLowerCase().startsWith(wanted));
  return order.find(begins)?.key ?? null;
}
