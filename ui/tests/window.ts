// Puts the whole window up before a fake port.
import { fireEvent, render, waitFor } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";
import App from "../src/App.vue";
import { portKey } from "../src/ipc/port";
import { fake, type Fake } from "./fake";

export const at = <E extends HTMLElement = HTMLElement>(selector: string): E => {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`nothing at ${selector}`);
  return found;
};
export const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
export const gone = (selector: string): boolean => document.querySelector(selector) === null;

export async function openWindow(held: Fake = fake()) {
  const user = userEvent.setup();
  const view = render(App, { global: { provide: { [portKey as symbol]: held.port } } });
  await waitFor(() => at("#tree [data-area]"));
  await waitFor(() => at("#inspector"));
  return { ...held, held, user, view };
}

/** The list of a leaf of the first area, whatever of the tree is open. */
export async function openLeafList(user: ReturnType<typeof userEvent.setup>, code: string): Promise<void> {
  if (gone(`[data-leaf='${code}']`)) await user.dblClick(at("#tree [data-area]"));
  await user.click(await waitFor(() => at(`[data-leaf='${code}']`)));
  await waitFor(() => expect(at(`[data-leaf='${code}']`).getAttribute("aria-selected")).toBe("true"));
}

/** The picture of the page comes, and gives what is drawn on a size: 500 × 1000, all of it in sight. */
export async function lieFlat(sheet: HTMLElement): Promise<void> {
  const box = { left: 0, top: 0, right: 500, bottom: 1000, width: 500, height: 1000 } as DOMRect;
  for (const one of [sheet, sheet.closest<HTMLElement>(".page-pane")]) if (one) one.getBoundingClientRect = () => box;
  const picture = sheet.closest(".page-sheet")?.querySelector("img");
  if (picture) await fireEvent.load(picture);
}
