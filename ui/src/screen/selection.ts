// What is chosen in a list, by the habits of the file manager. Values, not state: each act gives the next one.

export interface Selection {
  readonly ids: ReadonlySet<number>;
  /** Where a range starts. */
  readonly anchor: number | null;
  /** The row with the focus, which the inspector shows. */
  readonly cursor: number | null;
}

export const nothing: Selection = { ids: new Set(), anchor: null, cursor: null };

export const only = (id: number): Selection => ({ ids: new Set([id]), anchor: id, cursor: id });

export const everything = (order: readonly number[], now: Selection): Selection => ({
  ids: new Set(order),
  anchor: order[0] ?? null,
  cursor: now.cursor ?? order[0] ?? null,
});

/** With Ctrl a row is added or taken out; with Shift everything from the anchor is chosen. */
export function click(now: Selection, order: readonly number[], id: number, keys: { ctrl: boolean; shift: boolean }): Selection {
  if (keys.shift) return range(now, order, id, keys.ctrl);
  if (!keys.ctrl) return only(id);
  const ids = new Set(now.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id, cursor: id };
}

/** Goes `step` rows on from the cursor; with Shift the range grows, with Ctrl only the cursor goes. */
export function move(now: Selection, order: readonly number[], step: number, keys: { ctrl: boolean; shift: boolean }): Selection {
  if (order.length === 0) return nothing;
  const at = now.cursor === null ? -1 : order.indexOf(now.cursor);
  const start = at < 0 ? (step > 0 ? -1 : order.length) : at;
  const id = order[Math.max(0, Math.min(order.length - 1, start + step))];
  if (id === undefined) return now;
  if (keys.shift) return range(now, order, id, false);
  if (keys.ctrl) return { ...now, cursor: id };
  return only(id);
}

/** After the list changed: what is gone is no longer chosen; when nothing is left, the row that moved up is. */
export function keep(now: Selection, before: readonly number[], after: readonly number[]): Selection {
  const there = new Set(after);
  const ids = new Set([...now.ids].filter((id) => there.has(id)));
  if (now.cursor !== null && there.has(now.cursor)) {
    return { ids, anchor: now.anchor !== null && there.has(now.anchor) ? now.anchor : now.cursor, cursor: now.cursor };
  }
  if (now.cursor === null) return { ...nothing, ids };
  const gone = before.indexOf(now.cursor);
  const next = before.slice(gone + 1).find((id) => there.has(id)) ?? before.slice(0, Math.max(0, gone)).reverse().find((id) => there.has(id));
  return next === undefined ? nothing : only(next);
}

function range(now: Selection, order: readonly number[], id: number, add: boolean): Selection {
  const anchor = now.anchor !== null && order.includes(now.anchor) ? now.anchor : (now.cursor ?? id);
  const ends = [order.indexOf(anchor), order.indexOf(id)].map((at) => Math.max(0, at));
  const within = order.slice(Math.min(...ends), Math.max(...ends) + 1);
  return { ids: new Set(add ? [...now.ids, ...within] : within), anchor, cursor: id };
}
