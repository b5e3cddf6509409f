// 核查 as far as acts reach it: what was found, the finding under the cursor, and whether what was set aside is shown.
import { computed, reactive, ref, shallowRef } from "vue";
import type { FindingsView, FindingView } from "../ipc/bindings";

export interface UnderCursor {
  /** Its place in what was found. */
  at: number;
  finding: FindingView;
}

export function createCheck() {
  const found = shallowRef<FindingsView | null>(null);
  const cursor = shallowRef<UnderCursor | null>(null);
  const withAside = ref(false);
  const aside = computed(() => (found.value ? found.value.kinds.length - found.value.left : 0));

  /** Places of what is left to do of the same kind, the one at a place among them. */
  function alike(at: number): number[] {
    const now = found.value;
    return now ? [...now.kinds.keys()].filter((other) => other < now.left && now.kinds[other] === now.kinds[at]) : [];
  }

  return reactive({ found, cursor, withAside, aside, alike });
}
