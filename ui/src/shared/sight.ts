// Which lines of one size are in sight of a scroller: only those need to be in the document.
import { computed, onBeforeUnmount, ref, watch, type Ref } from "vue";

interface Lines {
  count: () => number;
  /** px */
  size: () => number;
  /** Lines beyond each edge that are in the document too. */
  beyond: number;
  /** They stand beside one another. */
  across?: boolean;
  /** px of what always stands before the first line. */
  head?: number;
}

export function useSight(scroller: Ref<HTMLElement | null>, { count, size, beyond, across = false, head = 0 }: Lines) {
  const passed = ref(0);
  const room = ref(0);
  const from = computed(() => Math.max(0, Math.min(count(), Math.floor(passed.value / size()) - beyond)));
  /** No more lines than these are in the document at once. */
  const slots = computed(() => Math.ceil(room.value / size()) + 1 + 2 * beyond);
  const to = computed(() => Math.max(0, Math.min(count(), Math.ceil((passed.value + room.value) / size()) + beyond)));

  function measure(): void {
    const box = scroller.value;
    if (!box) return;
    passed.value = across ? box.scrollLeft : box.scrollTop;
    room.value = Math.max(0, (across ? box.offsetWidth : box.clientHeight) - head);
  }

  const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(measure);
  watch(
    scroller,
    (now, before) => {
      before?.removeEventListener("scroll", measure);
      observer?.disconnect();
      now?.addEventListener("scroll", measure, { passive: true });
      if (now) observer?.observe(now);
      measure();
    },
    { flush: "post" },
  );
  onBeforeUnmount(() => observer?.disconnect());

  /** Scrolls no further than needed to bring a line into sight. */
  function reveal(index: number): void {
    const box = scroller.value;
    if (!box || index < 0 || index >= count()) return;
    measure();
    const start = index * size();
    const wanted = Math.max(start + size() - room.value, Math.min(start, passed.value));
    if (wanted === passed.value) return;
    if (across) box.scrollLeft = wanted;
    else box.scrollTop = wanted;
    measure();
  }

  return {
    from,
    to,
    slots,
    reveal,
    /** px of all lines. */
    length: computed(() => count() * size()),
    /** Lines that a page key goes on by. */
    page: () => Math.max(1, Math.floor(room.value / size()) - 1),
  };
}
