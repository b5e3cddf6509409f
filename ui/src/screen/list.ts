// A list of pieces. Whoever needs to know something of all of them, chosen or not, seen or not, has it from the numbers.
import { computed, shallowRef } from "vue";
import type { ListView, PlaceView, RowView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { createLines } from "./lines";

/** What a list is of. */
export interface Of {
  place: PlaceView;
  /** While there are any, the list is what holds them. */
  words: string;
}

const none: ListView = { pieces: [], evidence: [], unfiled: 0, suggested: [], sure: [] };

export function createList(port: Port) {
  const of = shallowRef<Of>({ place: { kind: "all" }, words: "" });
  const list = shallowRef(none);
  const suggested = computed(() => new Set(list.value.suggested));
  const removed = computed(() => of.value.words === "" && of.value.place.kind === "removed");

  const { order, askLines, see, prune, line, ...lines } = createLines<RowView>(async (pieces) => {
    const { place, words } = of.value;
    const rows = await port.rows(pieces, words === "" && place.kind === "leaf" ? place.code : null, words);
    return rows.map((row) => [row.id, row]);
  });

  function take(found: ListView, now: Of): void {
    const same = JSON.stringify(now) === JSON.stringify(of.value);
    of.value = now;
    list.value = found;
    lines.take(found.pieces, same);
  }

  function clear(): void {
    list.value = none;
    lines.take([], false);
  }

  return { list, order, suggested, removed, take, clear, askRows: askLines, see, prune, row: line };
}
