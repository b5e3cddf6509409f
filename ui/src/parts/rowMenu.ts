// The menu of a row of a list: under the right mouse button, or beside the row by its key.
import { computed, reactive, ref, type Ref } from "vue";
import { entries, perform } from "../actions";
import type { Screen } from "../screen/screen";

export function useRowMenu(screen: Screen, ids: readonly (string | null)[], pane: Ref<HTMLElement | null>) {
  const at = ref<{ x: number; y: number } | null>(null);
  const shown = computed(() => entries(ids, screen));

  const open = ({ clientX, clientY }: MouseEvent) => void (at.value = { x: clientX, y: clientY });

  /** Beside the row of this id in the document, or the list while that is out of sight. */
  function openAt(row: string): void {
    const box = (document.getElementById(row) ?? pane.value)?.getBoundingClientRect();
    if (box) at.value = { x: box.left + 60, y: Math.min(box.bottom, innerHeight - 60) };
  }

  function close(): void {
    at.value = null;
    pane.value?.focus();
  }

  function choose(id: string): void {
    close();
    perform(id, screen);
  }

  return reactive({ at, shown, open, openAt, close, choose });
}
