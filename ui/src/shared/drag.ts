// Dragging by pointer events: the native file drop of the shell turns HTML5 drag off inside the page.

export interface Drag {
  /** What hangs at the pointer. */
  ghost: string;
  /** The pointer is over `target`. The answer is shown beside the ghost: what letting go would do. */
  over(target: Element | null, event: PointerEvent): string;
  drop(target: Element | null, event: PointerEvent): void;
  /** Always called last, dropped or not. */
  end(): void;
}

/** A hand that shakes a little while clicking does not drag. */
const THRESHOLD = 5;
/** Near the edge of a list, px, the list scrolls on by itself. */
const EDGE = 24;

/** Call from pointerdown. Nothing happens until the pointer has moved; Esc lets go of everything. */
export function startDrag(down: PointerEvent, drag: Drag): void {
  if (down.button !== 0) return;
  let ghost: HTMLElement | null = null;
  let scrolling = 0;
  let last = down;

  const under = (event: PointerEvent) => document.elementFromPoint(event.clientX, event.clientY);

  const show = (event: PointerEvent) => {
    if (!ghost) {
      ghost = document.createElement("div");
      ghost.className = "drag-ghost";
      document.body.append(ghost);
      document.body.classList.add("dragging");
      scrolling = window.setInterval(scrollAtEdges, 30);
    }
    const says = drag.over(under(event), event);
    ghost.textContent = says ? `${drag.ghost}\n${says}` : drag.ghost;
    ghost.style.transform = `translate(${event.clientX + 14}px, ${event.clientY + 10}px)`;
  };

  const scrollAtEdges = () => {
    const across = under(last)?.closest("[data-scroll-across]");
    if (across) {
      const box = across.getBoundingClientRect();
      if (last.clientX < box.left + EDGE) across.scrollLeft -= 14;
      else if (last.clientX > box.right - EDGE) across.scrollLeft += 14;
      return;
    }
    const list = under(last)?.closest(".virtual-list");
    if (!list) return;
    const box = list.getBoundingClientRect();
    if (last.clientY < box.top + EDGE) list.scrollTop -= 14;
    else if (last.clientY > box.bottom - EDGE) list.scrollTop += 14;
  };

  const move = (event: PointerEvent) => {
    last = event;
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) >= THRESHOLD;
    if (ghost || far) {
      event.preventDefault();
      show(event);
    }
  };
  const up = (event: PointerEvent) => {
    const dragged = ghost !== null;
    finish();
    if (dragged) drag.drop(under(event), event);
    drag.end();
  };
  const stop = () => {
    finish();
    drag.end();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape" && ghost) {
      event.stopPropagation();
      stop();
    }
  };
  const finish = () => {
    ghost?.remove();
    window.clearInterval(scrolling);
    document.body.classList.remove("dragging");
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", up);
    window.removeEventListener("pointercancel", stop);
    window.removeEventListener("keydown", key, true);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", stop);
  window.addEventListener("keydown", key, true);
}
