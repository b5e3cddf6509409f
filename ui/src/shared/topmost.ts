// Which dialog is open on top of all others. Beside it nothing is seen in full or can be reached, so what is said goes into it.
import { computed, onBeforeUnmount, onMounted, shallowReactive, type Ref } from "vue";

const open = shallowReactive<HTMLDialogElement[]>([]);

export const topmost = computed<HTMLElement>(() => open.at(-1) ?? document.body);

/** Opens the dialog of a part with the part. The browser keeps the focus inside, and gives it back. */
export function useTopmost(dialog: Ref<HTMLDialogElement | null>): void {
  onMounted(() => {
    if (!dialog.value) return;
    dialog.value.showModal();
    open.push(dialog.value);
  });
  onBeforeUnmount(() => {
    const at = dialog.value ? open.indexOf(dialog.value) : -1;
    if (at >= 0) open.splice(at, 1);
    // Closing gives the focus back; taking the element away alone would not.
    dialog.value?.close();
  });
}
