// A stroke of the mouse over an element, in ten-thousandths of its width and height. Esc gives it up, and then the tool.
import { onBeforeUnmount, onMounted, ref, type Ref } from "vue";
import { WHOLE, type Point } from "./framing";

interface Tool {
  /** Strokes are drawn now. */
  active: () => boolean;
  /** Where the stroke goes while it is drawn; `shape` is height by width of the element. */
  bend?: (from: Point, to: Point, shape: number) => Point;
  done: (from: Point, to: Point) => void;
  stop: () => void;
}

export function useStroke(sheet: Ref<SVGSVGElement | null>, { active, bend = (_, to) => to, done, stop }: Tool) {
  const from = ref<Point | null>(null);
  const to = ref<Point | null>(null);

  function at(event: PointerEvent): { point: Point; shape: number } {
    const box = sheet.value?.getBoundingClientRect();
    if (!box || box.width === 0 || box.height === 0) return { point: { x: 0, y: 0 }, shape: 1 };
    const within = (value: number) => Math.max(0, Math.min(WHOLE, value));
    const point = { x: within(((event.clientX - box.left) / box.width) * WHOLE), y: within(((event.clientY - box.top) / box.height) * WHOLE) };
    return { point, shape: box.height / box.width };
  }

  function press(event: PointerEvent): void {
    if (!active() || event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    sheet.value?.setPointerCapture?.(event.pointerId);
    from.value = to.value = at(event).point;
  }

  function move(event: PointerEvent): void {
    if (!from.value) return;
    const { point, shape } = at(event);
    to.value = bend(from.value, point, shape);
  }

  function release(): void {
    const [start, end] = [from.value, to.value];
    drop();
    if (start && end) done(start, end);
  }

  function drop(): void {
    from.value = to.value = null;
  }

  function key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !active()) return;
    event.preventDefault();
    event.stopPropagation();
    if (from.value) drop();
    else stop();
  }
  onMounted(() => window.addEventListener("keydown", key, true));
  onBeforeUnmount(() => window.removeEventListener("keydown", key, true));

  return { from, to, press, move, release, drop };
}
