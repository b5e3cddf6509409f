import { render, waitFor } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import App from "../src/App.vue";
import type { OpeningView } from "../src/ipc/bindings";
import { portKey } from "../src/ipc/port";
import { fake } from "./fake";
import { at, gone } from "./window";

async function startScreen(opening: Partial<OpeningView> = {}) {
  const held = fake();
  held.port.opening = vi.fn(async () => ({ version: "0.1.0", project: null, problem: null, recent: [], ...opening }));
  render(App, { global: { provide: { [portKey as symbol]: held.port } } });
  await waitFor(() => at("#start"));
  return { ...held, user: userEvent.setup() };
}

test("without a project there are three choices", async () => {
  const { user, port } = await startScreen();
  for (const act of ["project.sample", "project.new", "project.open"]) at(`[data-act='${act}']`);
  await user.click(at("[data-act='project.sample']"));
  await waitFor(() => at("#tree"));
  expect(port.openSample).toHaveBeenCalled();
});

test("a project that is damaged can be recovered", async () => {
  const { user, port } = await startScreen({ problem: { sentence: "索引坏了。", code: "damaged" } });
  expect(at("[role=alert]").textContent).toContain("索引坏了");
  await user.click(at("[data-act='project.recover']"));
  await waitFor(() => at("#tree"));
  expect(port.recoverProject).toHaveBeenCalled();
});

test("another problem offers no recovery", async () => {
  await startScreen({ problem: { sentence: "文件夹不在了。", code: "other" } });
  expect(gone("[data-act='project.recover']")).toBe(true);
});

test("a new project is asked for its name, office, place and catalogue", async () => {
  const { user, port } = await startScreen();
  await user.click(at("[data-act='project.new']"));
  await waitFor(() => at("#create-name"));
  expect(at<HTMLButtonElement>("[data-act='create.done']").disabled).toBe(true);
  await user.type(at("#create-name"), "示例区2023");
  await user.type(at("#create-office"), "示例区双拥办");
  await user.click(at("[data-act='create.place']"));
  await waitFor(() => expect(at<HTMLButtonElement>("[data-act='create.done']").disabled).toBe(false));
  await user.click(at("[data-act='create.done']"));
  expect(port.createProject).toHaveBeenCalledWith({ name: "示例区2023", office: "示例区双拥办", folder: "示例区2023", catalogue: "reference" });
  await waitFor(() => at("#tree"));
});

test("a catalogue file that is none says so beside it", async () => {
  const { user, port } = await startScreen();
  port.chooseCatalogue = vi.fn(async () => Promise.reject({ sentence: "这不是考评目录。", code: "other" }));
  await user.click(at("[data-act='project.new']"));
  await waitFor(() => at("[data-act='create.catalogue']"));
  await user.click(at("[data-act='create.catalogue']"));
  await waitFor(() => expect(at(".create-catalogue").textContent).toContain("这不是考评目录"));
});
