// 核查 as far as acts reach it: what was found, what of it is listed and chosen, and whether what was set aside is shown.
import { computed, reactive, ref, shallowRef } from "vue";
import type { FindingsView, FindingView } from "../ipc/bindings";
import { keep, nothing, only, type Selection } from "./selection";

export interface UnderCursor {
  /** Its place in what was found. */
  at: number;
  finding: FindingView;
}

export function createCheck() {
  const found = shallowRef<FindingsView | null>(null);
  /** Findings that are listed, by their places in what was found. */
  const order = shallowRef<readonly number[]>([]);
  const selection = shallowRef<Selection>(nothing);
  /** Comes after the cursor of the selection, once it is known what is said there. */
  const cursor = shallowRef<UnderCursor | null>(null);
  const withAside = ref(false);
  const aside = computed(() => (found.value ? found.value.kinds.length - found.value.left : 0));

  const chosen = computed(() => order.value.filter((at) => selection.value.ids.has(at)));
  /** Of those that are chosen, the ones that can be set aside. */
  const toSetAside = computed(() => chosen.value.filter((at) => found.value !== null && at < found.value.left && found.value.judged[at]));
  /** Of those that are chosen, the ones that were set aside. */
  const toTakeUp = computed(() => chosen.value.filter((at) => found.value !== null && at >= found.value.left));

  /** Places of what is left to do of the same kind, the one at a place among them. */
  function alike(at: number): number[] {
    const now = found.value;
    return now ? [...now.kinds.keys()].filter((other) => other < now.left && now.kinds[other] === now.kinds[at]) : [];
  }

  let listed: number | undefined;
  /** Lists findings. Places of one check say nothing of the next: then the row that was chosen first is chosen, to which the next one
   * has moved up where that was set aside. */
  function list(findings: readonly number[]): void {
    const [before, check] = [order.value, found.value?.check];
    order.value = findings;
    if (listed === check) selection.value = keep(selection.value, before, findings);
    else selection.value = at(findings, before.findIndex((place) => selection.value.ids.has(place)));
    if (selection.value.cursor === null) selection.value = at(findings, 0);
    listed = check;
  }

  /** Only the finding of a row, or of the row that is nearest. */
  function at(findings: readonly number[], row: number): Selection {
    const place = findings[Math.max(0, Math.min(row, findings.length - 1))];
    return place === undefined ? nothing : only(place);
  }

  return reactive({ found, order, selection, cursor, withAside, aside, chosen, toSetAside, toTakeUp, alike, list });
}

export type Check = ReturnType<typeof createCheck>;
