import { computed, onBeforeUnmount, ref, type WritableComputedRef } from "vue";
import { remembered } from "./remembered";

/** Width of a pane, px: a share of the window until a person sets it, and then what was set. */
export function paneWidth(name: string, share: number, least: number, most: number): WritableComputedRef<number> {
  const set = remembered<number | null>(`width.${name}`, null);
  const room = ref(innerWidth);
  const measure = () => (room.value = innerWidth);
  window.addEventListener("resize", measure);
  onBeforeUnmount(() => window.removeEventListener("resize", measure));
  return computed({
    get: () => set.value ?? Math.round(Math.min(most, Math.max(least, room.value * share))),
    set: (width) => (set.value = width),
  });
}
