import { computed, onBeforeUnmount, ref, type WritableComputedRef } from "vue";
import { remembered } from "./remembered";

/** Width of a pane, px: a share of the window until a person sets it, and then what was set; never more than `room`, what the panes
 * beside it leave of a window that wide. A wider window has it again as it was set. */
export function paneWidth(name: string, share: number, least: number, most: number, room: (window: number) => number): WritableComputedRef<number> {
  const set = remembered<number | null>(`width.${name}`, null);
  const whole = ref(innerWidth);
  const measure = () => (whole.value = innerWidth);
  window.addEventListener("resize", measure);
  onBeforeUnmount(() => window.removeEventListener("resize", measure));
  return computed({
    get: () => {
      const wanted = set.value ?? Math.min(most, Math.max(least, whole.value * share));
      return Math.round(Math.max(least, Math.min(wanted, room(whole.value))));
    },
    set: (width) => (set.value = width),
  });
}
