// Which act a key means. Nothing acts while an input method composes, and no letter alone ever acts.
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

/** `Ctrl+Shift+O`, in the spelling of the actions. */
export function spell(event: KeyboardEvent): string {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  // The shift that makes a plus of an equals sign is not part of the command.
  const shift = event.shiftKey && (key.length > 1 || /[A-Z]/.test(key));
  return [event.ctrlKey || event.metaKey ? "Ctrl+" : "", event.altKey ? "Alt+" : "", shift ? "Shift+" : "", key].join("");
}

/** The view's own browser would reload, find, print, save, or list downloads on these. */
const BROWSER = /^(F3|F5|F7|Ctrl\+(Shift\+)?[RPFGSJU])$/;
const spared = new WeakSet<Event>();

/** Keeps a key from the browser, also where it goes to a menu or a dialog that keeps it from the window. It is as good as before for
 * our own acts. */
export function spare(event: KeyboardEvent): void {
  if (!BROWSER.test(spell(event))) return;
  event.preventDefault();
  spared.add(event);
}

const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]";

export const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest(TYPING) !== null;

/** A button under the focus takes Space and Enter for itself. */
export const isPress = ({ key, target }: KeyboardEvent): boolean =>
  (key === " " || key === "Enter") && target instanceof Element && target.closest("button, a, [role=button]") !== null;

function inPieces(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element) || target === document.body) return true;
  return target.closest("#pieces, #page") !== null && !isPress(event);
}

/** A key held down that means an act which is done once. */
export const repeats = (event: KeyboardEvent, { single }: Action): boolean => event.repeat && single === true;

/** The action for a key press, or none. */
export function match(event: KeyboardEvent, actions: readonly Action[], screen: Screen): Action | null {
  if (event.isComposing || (event.defaultPrevented && !spared.has(event)) || screen.frame.dialog !== null) return null;
  const key = spell(event);
  const typing = isTyping(event.target);
  const meant = actions.find((action) => {
    if (!action.keys?.includes(key)) return false;
    if (typing && !action.whileTyping) return false;
    if (action.keysIn === "sheets" && screen.frame.view === "compile") return screen.compile.turn !== null;
    return action.keysIn === undefined || inPieces(event);
  });
  return meant && !repeats(event, meant) ? meant : null;
}
