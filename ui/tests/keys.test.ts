// Every key that the clerk is promised, pressed in the window.
import { waitFor } from "@testing-library/vue";
import { afterEach, expect, test, vi } from "vitest";
import { action, actions } from "../src/actions";
import { fake, row, suggest } from "./fake";
import { all, at, gone, openWindow } from "./window";

/** Key as user-event presses it, and the act it means when the focus is in the list of pieces. */
const table: readonly [key: string, act: string][] = [
  ["{F1}", "help.manual"],
  ["{F2}", "piece.rename"],
  ["{F3}", "edit.findNext"],
  ["{Shift>}{F3}{/Shift}", "edit.findPrevious"],
  ["{F5}", "view.again"],
  ["{F7}", "view.check"],
  ["{F8}", "consult.open"],
  ["{F9}", "view.compile"],
  [" ", "piece.look"],
  ["{Enter}", "piece.accept"],
  ["{Control>}{Enter}{/Control}", "piece.acceptSure"],
  ["{Delete}", "piece.remove"],
  ["{Shift>}{Delete}{/Shift}", "piece.unfile"],
  ["{Control>}{Shift>}{Delete}{/Shift}{/Control}", "piece.purge"],
  ["{Control>}z{/Control}", "edit.undo"],
  ["{Control>}y{/Control}", "edit.redo"],
  ["{Control>}h{/Control}", "edit.history"],
  ["{Control>}f{/Control}", "edit.find"],
  ["{Control>}{Shift>}f{/Shift}{/Control}", "edit.findAll"],
  ["{Control>}g{/Control}", "edit.goTo"],
  ["{Control>}p{/Control}", "file.print"],
  ["{Control>}m{/Control}", "piece.moveTo"],
  ["{Control>}{Shift>}e{/Shift}{/Control}", "piece.fill"],
  ["{Control>}l{/Control}", "piece.alsoFile"],
  ["{Control>}{Shift>}l{/Shift}{/Control}", "piece.reprint"],
  ["{Control>}t{/Control}", "piece.demand"],
  ["{Control>}a{/Control}", "piece.all"],
  ["{Alt>}{ArrowUp}{/Alt}", "piece.up"],
  ["{Alt>}{ArrowDown}{/Alt}", "piece.down"],
  ["{Control>}{ArrowLeft}{/Control}", "page.turnLeft"],
  ["{Control>}{ArrowRight}{/Control}", "page.turnRight"],
  ["{Control>}k{/Control}", "page.frame"],
  ["{Control>}i{/Control}", "page.before"],
  ["{Control>}b{/Control}", "page.split"],
  ["{Control>}u{/Control}", "page.redLine"],
  ["{Control>}e{/Control}", "page.mask"],
  ["{PageUp}", "page.previous"],
  ["{PageDown}", "page.next"],
  ["{Control>}{PageUp}{/Control}", "piece.previous"],
  ["{Control>}{PageDown}{/Control}", "piece.next"],
  ["{Control>}0{/Control}", "page.actual"],
  ["{Control>}={/Control}", "page.zoomIn"],
  ["{Control>}-{/Control}", "page.zoomOut"],
  ["{Control>}n{/Control}", "project.new"],
  ["{Control>}o{/Control}", "project.open"],
  ["{Control>}{Shift>}o{/Shift}{/Control}", "intake.folder"],
  ["{Control>}1{/Control}", "view.intake"],
  ["{Control>}2{/Control}", "view.arrange"],
  ["{Control>}3{/Control}", "view.check"],
  ["{Control>}4{/Control}", "view.compile"],
  ["{Control>}5{/Control}", "view.exchange"],
  ["{Control>}d{/Control}", "finding.setAside"],
  ["{Control>}{Shift>}d{/Shift}{/Control}", "finding.takeUp"],
  ["{Control>}j{/Control}", "batch.confirm"],
  ["{Control>}{Shift>}j{/Shift}{/Control}", "batch.decline"],
  ["{Control>}{Shift>}i{/Shift}{/Control}", "intake.files"],
  ["{Control>}{Shift>}m{/Shift}{/Control}", "piece.join"],
  ["{Control>}{Shift>}b{/Shift}{/Control}", "piece.sort"],
  ["{Control>}{Shift>}p{/Shift}{/Control}", "leaf.separator"],
  ["{Control>}r{/Control}", "piece.restore"],
  ["{Control>}{Shift>}x{/Shift}{/Control}", "page.leaveOut"],
  ["{Alt>}{ArrowLeft}{/Alt}", "page.earlier"],
  ["{Alt>}{ArrowRight}{/Alt}", "page.later"],
  ["{Alt>}{Home}{/Alt}", "page.toFirst"],
  ["{Alt>}{End}{/Alt}", "page.toLast"],
  ["{Control>}{Shift>}y{/Shift}{/Control}", "page.reverse"],
  ["{Control>}{Shift>}k{/Shift}{/Control}", "page.interleave"],
  ["{Control>}{Shift>}h{/Shift}{/Control}", "page.asScanned"],
  ["{Control>}{Shift>}s{/Shift}{/Control}", "sort.ask"],
  ["{Control>}{F9}{/Control}", "compile.start"],
  ["{Control>}{Shift>}q{/Shift}{/Control}", "run.cancel"],
];

afterEach(() => vi.restoreAllMocks());

test("every key of the table means its act, and no other", async () => {
  const { user } = await openWindow(fake([row(1, { suggestion: suggest("01-01", 95, true) }), row(2)]));
  await waitFor(() => at("[data-piece='1']"));
  const acts = [...new Set(table.map(([, act]) => act))];
  const done: string[] = [];
  for (const id of acts) {
    vi.spyOn(action(id), "allowed").mockReturnValue(true);
    vi.spyOn(action(id), "perform").mockImplementation(() => void done.push(id));
  }
  for (const [key, act] of table) {
    at("#pieces").focus();
    done.length = 0;
    await user.keyboard(key);
    expect(done, key).toEqual([act]);
  }
});

test("the table is whole: no act has a key that is not in it", () => {
  const known = new Set(table.map(([, act]) => act));
  expect(actions.filter((one) => one.keys !== undefined && !known.has(one.id)).map((one) => one.id)).toEqual([]);
});

test("Esc goes back from every dialog that a key opens", async () => {
  const { user } = await openWindow(fake([row(1, { suggestion: suggest("01-01", 95, true) }), row(2)]));
  await waitFor(() => at("#piece-field-title"));
  const opening = ["{F1}", "{F8}", " ", "{Control>}g{/Control}", "{Control>}h{/Control}", "{Control>}k{/Control}", "{Control>}b{/Control}", "{Control>}m{/Control}", "{Control>}l{/Control}", "{Control>}t{/Control}", "{Control>}{Enter}{/Control}"];
  for (const key of opening) {
    at("#pieces").focus();
    await user.keyboard(key);
    await waitFor(() => at("dialog"));
    // jsdom has no native cancel of a dialog.
    await user.keyboard("{Escape}");
    document.querySelector("dialog")?.dispatchEvent(new Event("cancel", { cancelable: true }));
    await waitFor(() => expect(gone("dialog"), key).toBe(true));
  }
});

test("the menu of the keyboard opens at the piece, and leaves the focus in the list", async () => {
  const { user } = await openWindow();
  await waitFor(() => at("[data-piece='1']"));
  at("#pieces").focus();
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await waitFor(() => expect(all("[role=menu] [data-act='piece.moveTo']").length).toBe(1));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone("[role=menu]")).toBe(true));
  expect(document.activeElement).toBe(at("#pieces"));
});

test("F10 and Alt go to the menu bar, arrows along it, and Esc back to where the keys were", async () => {
  const { user } = await openWindow();
  await waitFor(() => at("[data-piece='1']"));
  for (const key of ["{F10}", "{Alt}"]) {
    at("#pieces").focus();
    await user.keyboard(key);
    expect(document.activeElement, key).toBe(at("[data-menu='文件']"));
    await user.keyboard("{Escape}");
    expect(document.activeElement, key).toBe(at("#pieces"));
  }
  await user.keyboard("{F10}{ArrowRight}{ArrowDown}");
  await waitFor(() => at("[role=menu] [data-act='edit.undo']"));
  await user.keyboard("{Escape}{Escape}");
  expect(document.activeElement).toBe(at("#pieces"));
  // Alt that belongs to another key, or leads to another window, is none.
  await user.keyboard("{Alt>}");
  window.dispatchEvent(new Event("blur"));
  await user.keyboard("{/Alt}");
  expect(document.activeElement).toBe(at("#pieces"));
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(document.activeElement).toBe(at("#pieces"));
});

test("the keys of a browser are kept from it everywhere, also where ours do nothing", async () => {
  const { user } = await openWindow();
  const kept = (on: Element, key: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
    on.dispatchEvent(event);
    return event.defaultPrevented;
  };
  await user.click(at("[data-menu='文件']"));
  const menu = await waitFor(() => at("[role=menu] button"));
  expect([kept(menu, "F5"), kept(menu, "p", { ctrlKey: true }), kept(menu, "f", { ctrlKey: true })]).toEqual([true, true, true]);
  await user.keyboard("{Escape}{F1}");
  const dialog = await waitFor(() => at("dialog"));
  expect([kept(dialog, "F7"), kept(dialog, "r", { ctrlKey: true }), kept(dialog, "a", { ctrlKey: true })]).toEqual([true, true, false]);
});

test("a key held down does to one piece what it does, not to the one that has moved up", async () => {
  const { user, port } = await openWindow(fake([row(1, { suggestion: suggest("01-01", 95, true) }), row(2, { suggestion: suggest("01-02", 95, true) })]));
  await waitFor(() => at("#piece-field-title"));
  const held = (key: string) => at("#pieces").dispatchEvent(new KeyboardEvent("keydown", { key, repeat: true, bubbles: true, cancelable: true }));
  at("#pieces").focus();
  for (const key of ["Enter", "Delete"]) held(key);
  await user.keyboard(" ");
  const dialog = await waitFor(() => at("dialog"));
  dialog.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", repeat: true, bubbles: true, cancelable: true }));
  await user.keyboard("{Control>}{ArrowRight}{/Control}");
  // Acts are done one after the other.
  await waitFor(() => expect(port.turnPage).toHaveBeenCalledTimes(1));
  expect(port.acceptSuggestions).not.toHaveBeenCalled();
  expect(port.remove).not.toHaveBeenCalled();
});
