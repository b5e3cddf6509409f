// 核查 as far as acts reach it: what was found, what of it is listed and chosen, and whether what was set aside is shown.
import { computed, reactive, ref, shallowRef } from "vue";
import type { FindingKindView, FindingsView, FindingView } from "../ipc/bindings";
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
  /** The kind that is listed. */
  const kind = ref<FindingKindView | "all">("all");
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

  /** Marks of findings, which say in another check what they say in this one. */
  const marksOf = (places: readonly number[]): number[] => places.flatMap((at) => found.value?.marks[at] ?? []);

  /** Places of what is left to do that bears one of these marks. */
  function marked(marks: readonly number[]): number[] {
    const wanted = new Set(marks);
    const now = found.value;
    return now ? [...now.marks.keys()].filter((at) => at < now.left && wanted.has(now.marks[at] ?? -1)) : [];
  }

  let listed: FindingsView | null = null;
  /** Lists findings. Places of one check say nothing of the next. */
  function list(findings: readonly number[]): void {
    const before = order.value;
    order.value = findings;
    if (listed?.check === found.value?.check) selection.value = keep(selection.value, before, findings);
    else selection.value = again(before, findings);
    if (selection.value.cursor === null) selection.value = at(findings, 0);
    listed = found.value;
  }

  /** What was chosen is chosen again, wherever it stands now. Without it the row that was chosen first is, to which the next one has
   * moved up where that was settled or set aside. */
  function again(before: readonly number[], findings: readonly number[]): Selection {
    const now = found.value;
    const { ids, anchor, cursor } = selection.value;
    if (!listed || !now) return nothing;
    const there = new Map(findings.map((place) => [told(now, place), place]));
    const same = (place: number | null) => (place === null || !listed ? null : (there.get(told(listed, place)) ?? null));
    const chosen = before.filter((place) => ids.has(place));
    const kept = chosen.flatMap((place) => same(place) ?? []);
    const on = same(cursor);
    if (on !== null) return { ids: new Set(kept), anchor: same(anchor) ?? on, cursor: on };
    const [first] = kept;
    return first === undefined ? at(findings, before.indexOf(chosen[0] ?? -1)) : only(first);
  }

  /** What a finding is known by in another check: what was set aside meanwhile is not what was left to do. */
  const told = ({ marks, left }: FindingsView, place: number): string => `${marks[place]} ${place < left}`;

  /** Only the finding of a row, or of the row that is nearest. */
  function at(findings: readonly number[], row: number): Selection {
    const place = findings[Math.max(0, Math.min(row, findings.length - 1))];
    return place === undefined ? nothing : only(place);
  }

  /** Another project has other findings. */
  function enter(): void {
    [found.value, order.value, selection.value, listed] = [null, [], nothing, null];
    [withAside.value, kind.value] = [false, "all"];
  }

  return reactive({ found, order, selection, cursor, withAside, kind, enter, aside, chosen, toSetAside, toTakeUp, alike, marksOf, marked, list });
}

export type Check = ReturnType<typeof createCheck>;
