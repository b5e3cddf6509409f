// The picture of a page: until it has come, nothing of the page before is seen or drawn on.
import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake, row } from "./fake";
import { at, lieFlat, openWindow } from "./window";

const picture = () => at<HTMLImageElement>("#page img");
const seen = () => !picture().classList.contains("waiting");

test("the piece before is not seen under the title of the next, a turn of the page leaves it standing", async () => {
  const held = fake([row(1), row(2)]);
  const turned = await held.port.piece(1);
  const { user, port } = await openWindow(held);
  await waitFor(() => expect(picture().getAttribute("src")).toBe("scan:1/0/0/1200"));
  expect(seen()).toBe(false);
  await fireEvent.load(picture());
  expect(seen()).toBe(true);
  port.piece = vi.fn(async () => ({ ...turned, pages: turned.pages.map((one) => ({ ...one, picture: { ...one.picture, turn: 90 } })) }));
  await user.keyboard("{F5}");
  await waitFor(() => expect(picture().getAttribute("src")).toBe("scan:1/0/90/1200"));
  expect(seen()).toBe(true);
  port.piece = fake([row(1), row(2)]).port.piece;
  await user.click(at("[data-piece='2']"));
  await waitFor(() => expect(picture().getAttribute("src")).toBe("scan:2/0/0/1200"));
  expect(seen()).toBe(false);
  await fireEvent.load(picture());
  expect(seen()).toBe(true);
});

test("a line that is drawn before the page has come lands on no piece", async () => {
  const { user, port } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => at("#inspector .page-sheet"));
  await user.click(at("#inspector [data-act='page.redLine']"));
  const sheet = await waitFor(() => at(".red-lines.drawing"));
  await lieFlat(sheet);
  // Begun on the first piece, ended when the second stands there.
  await fireEvent.pointerDown(sheet, { button: 0, clientX: 50, clientY: 500 });
  await fireEvent.pointerMove(sheet, { clientX: 250, clientY: 500 });
  at("#pieces").focus();
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(picture().getAttribute("src")).toBe("scan:2/0/0/1200"));
  await fireEvent.pointerUp(at(".red-lines"));
  // Begun before its picture has come.
  await fireEvent.pointerDown(at(".red-lines"), { button: 0, clientX: 50, clientY: 500 });
  await fireEvent.pointerMove(at(".red-lines"), { clientX: 250, clientY: 500 });
  await fireEvent.pointerUp(at(".red-lines"));
  at(".red-lines").focus();
  await user.keyboard("{Enter}{Enter}");
  expect(port.addMark).not.toHaveBeenCalled();
  await fireEvent.load(picture());
  await fireEvent.pointerDown(at(".red-lines"), { button: 0, clientX: 50, clientY: 500 });
  await fireEvent.pointerMove(at(".red-lines"), { clientX: 250, clientY: 500 });
  await fireEvent.pointerUp(at(".red-lines"));
  await waitFor(() => expect(port.addMark).toHaveBeenCalledTimes(1));
  expect(vi.mocked(port.addMark).mock.calls[0]?.[0]).toBe(2);
});
