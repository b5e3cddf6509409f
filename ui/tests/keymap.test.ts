import { expect, test } from "vitest";
import { actions } from "../src/actions";
import { shownKey } from "../src/actions/action";
import { match, spell } from "../src/actions/keymap";
import type { Screen } from "../src/screen/screen";

const screen = { frame: { dialog: null } } as Screen;

function press(key: string, more: KeyboardEventInit = {}, on: HTMLElement = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, ...more });
  on.dispatchEvent(event);
  return event;
}

function field(): HTMLInputElement {
  const input = document.createElement("input");
  document.body.append(input);
  return input;
}

test("keys are spelled as the actions spell them", () => {
  expect(spell(press("m", { ctrlKey: true }))).toBe("Ctrl+M");
  expect(spell(press(" "))).toBe("Space");
  expect(spell(press("Z", { ctrlKey: true, shiftKey: true }))).toBe("Ctrl+Shift+Z");
  expect(spell(press("+", { ctrlKey: true, shiftKey: true }))).toBe("Ctrl++");
});

test("the keys of the clerk mean what the help says", () => {
  const meant = (key: string, more: KeyboardEventInit = {}) => match(press(key, more), actions, screen)?.id;
  expect(meant("F7")).toBe("view.check");
  expect(meant("F9")).toBe("view.compile");
  expect(meant("F2")).toBe("piece.rename");
  expect(meant("z", { ctrlKey: true })).toBe("edit.undo");
  expect(meant("ArrowRight", { ctrlKey: true })).toBe("page.turnRight");
  expect(meant("ArrowUp", { altKey: true })).toBe("piece.up");
  expect(meant("Delete")).toBe("piece.remove");
  expect(meant("PageDown", { ctrlKey: true })).toBe("piece.next");
});

test("in a field only what cannot be meant for the text acts", () => {
  const input = field();
  const meant = (key: string, more: KeyboardEventInit = {}) => match(press(key, more, input), actions, screen)?.id;
  expect(meant("Delete")).toBeUndefined();
  expect(meant("z", { ctrlKey: true })).toBeUndefined();
  expect(meant("ArrowLeft", { ctrlKey: true })).toBeUndefined();
  expect(meant(" ")).toBeUndefined();
  expect(meant("Enter", { ctrlKey: true })).toBeUndefined();
  expect(meant("m", { ctrlKey: true })).toBe("piece.moveTo");
  expect(meant("F7")).toBe("view.check");
});

test("nothing acts while an input method composes, or a dialog is open", () => {
  expect(match(press("F7", { isComposing: true }), actions, screen)).toBeNull();
  expect(match(press("F7"), actions, { frame: { dialog: { kind: "about" } } } as Screen)).toBeNull();
});

test("no letter alone, and no key of the input methods, ever acts", () => {
  const keys = actions.flatMap((action) => action.keys ?? []);
  expect(keys.filter((key) => key.length === 1)).toEqual([]);
  expect(keys).not.toContain("Ctrl+Space");
  expect(new Set(keys).size).toBe(keys.length);
});

test("a button under the focus keeps its own keys", () => {
  const button = document.createElement("button");
  document.body.append(button);
  expect(match(press(" ", {}, button), actions, screen)).toBeNull();
});

test("keys are shown readably", () => {
  expect(["Alt+ArrowUp", "Ctrl++", "Ctrl+Enter", "F2"].map(shownKey)).toEqual(["Alt+↑", "Ctrl++", "Ctrl+回车", "F2"]);
});
