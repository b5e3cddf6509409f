// What a screen reader is told: every view and dialog is gone over by axe. Colours are looked at in the real window.
import { waitFor } from "@testing-library/vue";
import axe from "axe-core";
import { beforeAll, expect, test, vi } from "vitest";
import { fake, row, suggest } from "./fake";
import { at, gone, openWindow } from "./window";

const rows = () => [row(1, { suggestion: suggest("01-01", 95, true) }), row(2, { filed: ["01-02"] }), row(3)];

/** Rules that need a layout, or a page of the web, say nothing here. */
const off = ["color-contrast", "region", "page-has-heading-one", "landmark-one-main", "scrollable-region-focusable", "target-size"];

// Asked whether a letter is drawn as a picture; jsdom draws nothing.
beforeAll(() => void vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null));

async function faults(): Promise<string[]> {
  const rules = Object.fromEntries(off.map((id) => [id, { enabled: false }]));
  const { violations } = await axe.run(document.body, { rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
}

test.each([
  ["intake", "#intake"],
  ["arrange", "#inspector"],
  ["check", ".view [role]"],
  ["compile", ".view h2, .view h3, .view button"],
  ["exchange", "#exchange"],
])("%s says what everything is", async (view, there) => {
  const { user } = await openWindow(fake(rows()));
  await user.click(at(`[data-view=${view}]`));
  await waitFor(() => at(there));
  await new Promise((done) => setTimeout(done, 150));
  expect(await faults()).toEqual([]);
});

test("what was found for an inspector says what everything is", async () => {
  const { user } = await openWindow(fake(rows()));
  await waitFor(() => at("#piece-field-title"));
  await user.keyboard("{F8}");
  await waitFor(() => at("#consult input"));
  await user.type(at("#consult input"), "01-02");
  await waitFor(() => at("[data-hit='2']"));
  expect(await faults()).toEqual([]);
});

test.each(["{F1}", "{F8}", " ", "{Control>}g{/Control}", "{Control>}h{/Control}", "{Control>}k{/Control}", "{Control>}b{/Control}", "{Control>}m{/Control}", "{Control>}t{/Control}", "{Control>}{Enter}{/Control}", "{Control>}n{/Control}", "{Shift>}{F10}{/Shift}"])(
  "what %s opens says what everything is",
  async (key) => {
    const { user } = await openWindow(fake(rows()));
    await waitFor(() => at("#piece-field-title"));
    at("#pieces").focus();
    await user.keyboard(key);
    await waitFor(() => expect(gone("dialog") && gone("[role=menu]")).toBe(false));
    await new Promise((done) => setTimeout(done, 150));
    expect(await faults()).toEqual([]);
  },
);
