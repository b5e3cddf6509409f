// Tips in the look of the window, for mouse and keyboard alike. They are told by `title`, as everywhere; while one is shown the
// attribute is set aside, so that the system does not show its own.
const DELAY = 450;
const BELOW = 6;

let bubble: HTMLElement | null = null;
let owner: HTMLElement | null = null;
let words = "";
let timer: ReturnType<typeof setTimeout> | undefined;

function show(): void {
  if (!owner?.isConnected) return hide();
  bubble ??= document.createElement("div");
  bubble.className = "tip";
  // What it says is the name or the description of its owner already.
  bubble.setAttribute("aria-hidden", "true");
  bubble.textContent = words;
  // Above a dialog that is open nothing is seen but what lies in it.
  (owner.closest("dialog") ?? document.body).append(bubble);
  const box = owner.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const left = Math.max(4, Math.min(box.left + box.width / 2 - width / 2, innerWidth - width - 4));
  const under = box.bottom + BELOW;
  const top = under + height + 4 > innerHeight ? box.top - height - BELOW : under;
  bubble.style.left = `${left}px`;
  bubble.style.top = `${Math.max(4, top)}px`;
}

function hide(): void {
  clearTimeout(timer);
  bubble?.remove();
  if (owner && !owner.hasAttribute("title")) owner.setAttribute("title", words);
  owner = null;
}

function enter(target: EventTarget | null): void {
  // What is dragged says itself what letting go would do.
  if (document.body.classList.contains("dragging")) return hide();
  const next = target instanceof Element ? target.closest<HTMLElement>("[title]") : null;
  if (next === null || next.title === "") {
    if (owner && !(target instanceof Node && owner.contains(target))) hide();
    return;
  }
  hide();
  owner = next;
  words = next.title;
  next.removeAttribute("title");
  timer = setTimeout(show, DELAY);
}

/** Shows the tips of a window from now on. */
export function showTips(on: Document = document): void {
  on.addEventListener("pointerover", (event) => enter(event.target));
  on.addEventListener("focusin", (event) => {
    // A click that gives the focus has said what is meant.
    if (event.target instanceof Element && event.target.matches(":focus-visible")) enter(event.target);
  });
  on.addEventListener("focusout", hide);
  for (const kind of ["pointerdown", "keydown", "wheel"]) on.addEventListener(kind, hide, { capture: true, passive: true });
  on.addEventListener("pointerleave", hide);
}
