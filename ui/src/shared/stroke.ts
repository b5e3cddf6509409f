// What is drawn over an element, in ten-thousandths of its width and height: a stroke of the mouse, or by key a shape that
// arrows move, Shift with them sizes and Enter draws. Esc gives a stroke up, and then the tool.
import { nextTick, onBeforeUnmount, onMounted, ref, watch, type Ref } from "vue";
import { WHOLE, type Point } from "./framing";

interface Tool {
  /** Strokes are drawn now. */
  active: () => boolean;
  /** What is drawn on is there; a stroke that was begun on what it takes the place of is given up. */
  ready: () => boolean;
  /** Where the stroke goes while it is drawn; `shape` is height by width of the element. */
  bend?: (from: Point, to: Point, shape: number) => Point;
  /** Width and height that the keyboard begins with. */
  usual: { across: number; down: number };
  done: (from: Point, to: Point) => void;
  stop: () => void;
  /** What was drawn before and is chosen. */
  chosen: () => number | null;
  remove: (id: number) => void;
}

const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** An arrow pressed once is for the last bit, one held down for the way; in ten-thousandths of the width. */
const STEP = 20;
const STRIDE = 120;

const within = (value: number) => Math.max(0, Math.min(WHOLE, value));
/** How far both ends go together, when neither may leave the page. */
const together = (one: number, other: number, by: number) => Math.max(-Math.min(one, other), Math.min(WHOLE - Math.max(one, other), by));

export function useStroke(sheet: Ref<SVGSVGElement | null>, { active, ready, bend = (_, to) => to, usual, done, stop, chosen, remove }: Tool) {
  const from = ref<Point | null>(null);
  const to = ref<Point | null>(null);
  /** The mouse draws; what stands there otherwise is the keyboard's. */
  let pressed = false;
  /** Enter was the last key: what the keyboard's shape stands on is drawn already. */
  let drawn = false;

  function at({ clientX, clientY }: { clientX: number; clientY: number }): { point: Point; shape: number } {
    const box = sheet.value?.getBoundingClientRect();
    if (!box || box.width === 0 || box.height === 0) return { point: { x: 0, y: 0 }, shape: 1 };
    const point = { x: within(((clientX - box.left) / box.width) * WHOLE), y: within(((clientY - box.top) / box.height) * WHOLE) };
    return { point, shape: box.height / box.width };
  }

  function press(event: PointerEvent): void {
    if (!active() || event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    if (!ready()) return;
    sheet.value?.setPointerCapture?.(event.pointerId);
    pressed = true;
    from.value = to.value = at(event).point;
  }

  function move(event: PointerEvent): void {
    if (!pressed || !from.value) return;
    const { point, shape } = at(event);
    to.value = bend(from.value, point, shape);
  }

  function release(): void {
    if (!pressed) return;
    const [start, end] = [from.value, to.value];
    drop();
    if (start && end) done(start, end);
  }

  function drop(): void {
    pressed = false;
    from.value = to.value = null;
  }

  /** The middle of what is seen of the element; the rest of a large page lies beyond its pane. */
  function inSight(): { point: Point; shape: number } {
    const box = sheet.value?.getBoundingClientRect() ?? new DOMRect();
    const pane = sheet.value?.closest(".page-pane")?.getBoundingClientRect() ?? box;
    const middle = (least: number, other: number, most: number, another: number) => (Math.max(least, other) + Math.min(most, another)) / 2;
    return at({ clientX: middle(box.left, pane.left, box.right, pane.right), clientY: middle(box.top, pane.top, box.bottom, pane.bottom) });
  }

  function begin({ x, y }: Point): void {
    const corner = { x: Math.min(within(x - usual.across / 2), WHOLE - usual.across), y: Math.min(y, WHOLE - usual.down) };
    from.value = corner;
    to.value = { x: corner.x + usual.across, y: corner.y + usual.down };
  }

  function steer(arrow: Point, event: KeyboardEvent): void {
    const { point, shape } = inSight();
    const [start, end] = [from.value, to.value];
    // The first press only shows where it stands.
    if (!start || !end) return begin(point);
    const by = event.repeat ? STRIDE : STEP;
    const [across, down] = [arrow.x * by, (arrow.y * by) / shape];
    if (event.shiftKey) {
      to.value = { x: within(end.x + across), y: within(end.y + down) };
      return;
    }
    const [right, below] = [together(start.x, end.x, across), together(start.y, end.y, down)];
    from.value = { x: start.x + right, y: start.y + below };
    to.value = { x: end.x + right, y: end.y + below };
  }

  /** Takes away what was drawn. It may have the focus, which then stays on the page. */
  function take(id: number | null): void {
    if (id === null) return;
    sheet.value?.focus({ preventScroll: true });
    remove(id);
  }

  /** A key on the element itself. What was drawn leaves the shape standing: the next is often close to it. */
  async function key(event: KeyboardEvent): Promise<void> {
    const arrow = ARROWS[event.key];
    const again = drawn && event.key === "Enter";
    drawn = false;
    if (!active() || event.ctrlKey || event.altKey || event.metaKey || (!arrow && !/^(Enter|Delete|Backspace)$/.test(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
    // An arrow held down goes on; Enter held down draws once.
    if (pressed || !ready() || (event.repeat && !arrow)) return;
    if (arrow) steer(arrow, event);
    else if (event.key !== "Enter") take(chosen());
    else if (!from.value || !to.value) begin(inSight().point);
    else {
      drawn = true;
      if (!again) done(from.value, to.value);
    }
    await nextTick();
    sheet.value?.querySelector("[data-stroke]")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }

  function escape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !active()) return;
    event.preventDefault();
    event.stopPropagation();
    const given = pressed;
    drop();
    if (!given) stop();
  }

  /** Where the focus was when the tool was taken up. */
  let before: Element | null = null;
  function takeFocus(): void {
    before = document.activeElement;
    sheet.value?.focus({ preventScroll: true });
  }
  function giveBack(): void {
    drop();
    if (sheet.value?.contains(document.activeElement)) {
      if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
      else sheet.value.blur();
    }
    before = null;
  }
  watch(ready, (now) => {
    if (!now && pressed) drop();
  });
  watch(active, (on) => (on ? takeFocus() : giveBack()), { flush: "post" });

  onMounted(async () => {
    window.addEventListener("keydown", escape, true);
    // A dialog that holds the page is opened after it.
    await nextTick();
    if (active()) takeFocus();
  });
  onBeforeUnmount(() => {
    window.removeEventListener("keydown", escape, true);
    giveBack();
  });

  return { from, to, press, move, release, drop, key, take };
}
