import { render, waitFor } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import App from "../src/App.vue";
import { actions } from "../src/actions";
import type { ProjectView } from "../src/ipc/bindings";
import { portKey } from "../src/ipc/port";
import { fake, project } from "./fake";
import { all, at, gone, openWindow } from "./window";

const sentence = "只读 · 显示到 10:30 为止的内容 · 在“甲电脑”上打开着";
const looked = (until = "2026-03-01T02:30:00Z"): ProjectView => ({ ...project, reads: false, looking: { sentence, until } });

async function lookAt() {
  const held = fake();
  held.port.opening = vi.fn(async () => ({ version: "0.1.0", project: looked(), problem: null, recent: [], running: false }));
  held.port.project = vi.fn(async () => looked());
  return openWindow(held);
}

test("a project that is open elsewhere is offered to be looked at", async () => {
  const held = fake();
  const problem = { sentence: "项目正在使用中。", code: "elsewhere" as const };
  held.port.opening = vi.fn(async () => ({ version: "0.1.0", project: null, problem, recent: [], running: false }));
  held.port.lookAtProject = vi.fn(async () => looked());
  held.port.project = vi.fn(async () => looked());
  render(App, { global: { provide: { [portKey as symbol]: held.port } } });
  await userEvent.setup().click(await waitFor(() => at("#start [role=alert] [data-act='project.look']")));
  await waitFor(() => expect(at("#looking").textContent).toContain(sentence));
  expect(held.port.chooseProject).not.toHaveBeenCalled();
});

test("with a project open the menu offers it", async () => {
  const { user, port } = await openWindow();
  port.openChosen = vi.fn(async () => Promise.reject({ sentence: "“乙”正在使用中。", code: "elsewhere" }));
  port.lookAtProject = vi.fn(async () => looked());
  await user.keyboard("{Control>}o{/Control}");
  await waitFor(() => expect(at(".toasts").textContent).toContain("“文件”菜单里的“只读查看”"));
  port.project = vi.fn(async () => looked());
  await user.click(at("[data-menu='文件']"));
  await user.click(at("[role=menu] [data-act='project.look']"));
  await waitFor(() => at("#looking"));
  expect(port.chooseProject).toHaveBeenCalledOnce();
});

test("what would change the project is out of hand, and nothing goes on behind the clerk", async () => {
  const { user, port } = await lookAt();
  await user.click(await waitFor(() => at("[data-piece='1']")));
  await waitFor(() => at("#inspector input, #inspector textarea"));
  const fields = all("#inspector .inspector-facts :is(input, textarea, select)");
  expect(fields.length).toBeGreaterThan(3);
  expect(fields.every((field) => field.matches(":disabled"))).toBe(true);
  for (const act of ["piece.moveTo", "piece.alsoFile", "piece.remove", "page.turnLeft", "page.mask"]) {
    expect(all(`[data-act='${act}']`).every((button) => button.matches(":disabled"))).toBe(true);
  }
  await user.keyboard("{Delete}");
  expect(port.remove).not.toHaveBeenCalled();
  expect(port.lookOver).not.toHaveBeenCalled();
  expect(port.readPages).not.toHaveBeenCalled();
  // What only looks is there.
  for (const act of ["page.zoomIn", "piece.look"]) expect(at<HTMLButtonElement>(`[data-act='${act}']`).disabled).toBe(false);
  await user.keyboard("{F8}");
  await waitFor(() => at("dialog"));
});

test("while a project is worked on nothing of this is there", async () => {
  const { user, port } = await openWindow();
  await user.click(await waitFor(() => at("[data-piece='1']")));
  await waitFor(() => at("#inspector input, #inspector textarea"));
  expect(gone("#looking")).toBe(true);
  expect(all("#inspector .inspector-facts :is(input, textarea)").some((field) => !field.matches(":disabled"))).toBe(true);
  await waitFor(() => expect(port.lookOver).toHaveBeenCalled());
});

test("looking again says whether there is anything newer", async () => {
  const { user, port } = await lookAt();
  port.lookAgain = vi.fn(async () => looked());
  await user.click(at("#looking [data-act='project.lookAgain']"));
  await waitFor(() => expect(at(".toasts").textContent).toContain("还没有存下更新的内容"));
  const newer = { ...looked("2026-03-01T03:00:00Z"), looking: { sentence: sentence.replace("10:30", "11:00"), until: "2026-03-01T03:00:00Z" } };
  port.lookAgain = vi.fn(async () => newer);
  port.project = vi.fn(async () => newer);
  await user.click(at("#looking [data-act='project.lookAgain']"));
  await waitFor(() => expect(at("#looking").textContent).toContain("11:00"));
});

test("every act that is offered while looking is one there is", async () => {
  const { looks } = await import("../src/actions/looking");
  const ids = actions.map(({ id }) => id);
  expect(looks.filter((id) => !ids.includes(id))).toEqual([]);
});
