import { cleanup, configure } from "@testing-library/vue";
import { afterEach, beforeEach } from "vitest";

// jsdom lays nothing out: a virtual list needs to be told that it has room.
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: { configurable: true, get: () => 600 },
  offsetWidth: { configurable: true, get: () => 800 },
  clientHeight: { configurable: true, get: () => 600 },
});

// It knows the dialog element, but not how to show it, nor that the focus goes back where it was.
const focusedBefore = new WeakMap<HTMLDialogElement, Element | null>();
HTMLDialogElement.prototype.showModal = function () {
  focusedBefore.set(this, document.activeElement);
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
  const before = focusedBefore.get(this);
  if (before instanceof HTMLElement && before.isConnected) before.focus();
};

Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
Element.prototype.setPointerCapture = () => undefined;
document.elementFromPoint = () => null;

// A failure says what was missing, not the whole page.
configure({ getElementError: (message) => new Error(message ?? "not found"), asyncUtilTimeout: 30_000 });

beforeEach(() => localStorage.clear());
afterEach(cleanup);
