import { render, waitFor } from "@testing-library/vue";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import App from "../src/App.vue";
import type { CatalogueView, LayoutView, OpeningView } from "../src/ipc/bindings";
import { portKey } from "../src/ipc/port";
import { fake } from "./fake";
import { at, gone, openWindow } from "./window";

/** Whatever was begun has come to its end. */
const settle = () => new Promise((soon) => setTimeout(soon, 30));

async function startScreen(opening: Partial<OpeningView> = {}) {
  const held = fake();
  held.port.opening = vi.fn(async () => ({ version: "0.1.0", project: null, problem: null, recent: [], running: false, ...opening }));
  render(App, { global: { provide: { [portKey as symbol]: held.port } } });
  await waitFor(() => at("#start"));
  return { ...held, user: userEvent.setup() };
}

/** The window as it comes up where the tree has no areas. */
async function openInUnits() {
  const held = fake();
  render(App, { global: { provide: { [portKey as symbol]: held.port } } });
  await waitFor(() => at("#inspector"));
  return held;
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

test("what can't be opened leaves the project that was open on the screen, and a damaged one can be recovered after it", async () => {
  const { user, port } = await openWindow();
  await waitFor(() => at("[data-piece='1']"));
  port.openChosen = vi.fn(async () => Promise.reject({ sentence: "“乙”的索引坏了。", code: "damaged" }));
  const asked = vi.mocked(port.tree).mock.calls.length;
  await user.keyboard("{Control>}o{/Control}");
  await waitFor(() => expect(at(".toasts").textContent).toContain("“乙”的索引坏了"));
  // The screen has asked what is open now.
  await waitFor(() => expect(vi.mocked(port.tree).mock.calls.length).toBeGreaterThan(asked));
  at("[data-piece='1']");
  await user.click(at("[data-menu='文件']"));
  await user.click(at("[role=menu] [data-act='project.close']"));
  await waitFor(() => at("#start"));
  expect(at("[role=alert]").textContent).toContain("“乙”的索引坏了");
  await user.click(at("[data-act='project.recover']"));
  await waitFor(() => expect(port.recoverProject).toHaveBeenCalled());
});

test("when nothing is open any more after a refusal, the start screen comes up", async () => {
  const { user, port } = await openWindow();
  await waitFor(() => at("[data-piece='1']"));
  port.openChosen = vi.fn(async () => Promise.reject({ sentence: "文件夹不在了。", code: "other" }));
  port.status = vi.fn(async () => Promise.reject({ sentence: "没有打开项目。", code: "noProject" }));
  await user.keyboard("{Control>}o{/Control}");
  await waitFor(() => expect(at("#start [role=alert]").textContent).toContain("文件夹不在了"));
});

test("while the picker stands open the screen follows the project that is open", async () => {
  const { user, port } = await openWindow();
  let choose: (picked: boolean) => void = () => undefined;
  port.chooseProject = vi.fn(() => new Promise<boolean>((answer) => (choose = answer)));
  await user.keyboard("{Control>}o{/Control}");
  await waitFor(() => expect(port.chooseProject).toHaveBeenCalledOnce());
  const asked = vi.mocked(port.tree).mock.calls.length;
  await user.keyboard("{F5}");
  await waitFor(() => expect(vi.mocked(port.tree).mock.calls.length).toBeGreaterThan(asked));
  choose(false);
  await settle();
  expect(port.openChosen).not.toHaveBeenCalled();
});

test("opened anew, the same project is looked over again", async () => {
  const { user, port } = await openWindow();
  await settle();
  const looked = vi.mocked(port.lookOver).mock.calls.length;
  expect(looked).toBeGreaterThan(0);
  await user.keyboard("{Control>}o{/Control}");
  await waitFor(() => expect(vi.mocked(port.lookOver).mock.calls.length).toBeGreaterThan(looked));
});

test("what ran before the view was loaded anew is shown until it ends", async () => {
  const held = fake();
  const opening = await held.port.opening();
  let runs = true;
  held.port.opening = vi.fn(async () => ({ ...opening, running: runs }));
  const { port } = await openWindow(held);
  await waitFor(() => expect(at("#status").textContent).toContain("还在进行"));
  expect(port.lookOver).not.toHaveBeenCalled();
  runs = false;
  await waitFor(() => expect(at("#status").textContent).not.toContain("还在进行"), { timeout: 3000 });
  await waitFor(() => expect(port.lookOver).toHaveBeenCalled());
});

test("left in a unit, the project is open again in the tree of units", async () => {
  localStorage.setItem("huijuan.place./tmp/示例", JSON.stringify({ kind: "unit", code: "U01" }));
  const { port } = await openInUnits();
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "unit", code: "U01" }, null));
  await waitFor(() => expect(at("#tree").textContent).toContain("示例街道01"));
  expect(gone("#tree [data-area]")).toBe(true);
});

test("making the sample can be stopped, which is no problem", async () => {
  const { user, port } = await startScreen();
  let stop: () => void = () => undefined;
  port.openSample = vi.fn(() => new Promise<never>((_, refuse) => (stop = () => refuse({ sentence: "已停止。", code: "cancelled" }))));
  port.cancel = vi.fn(async () => stop());
  await user.click(at("[data-act='project.sample']"));
  await user.click(await waitFor(() => at("#start [data-act='run.cancel']")));
  await waitFor(() => expect(gone("#start [data-act='run.cancel']")).toBe(true));
  expect(gone("[role=alert]")).toBe(true);
});

test("files that are dropped where no project is open are answered", async () => {
  const { port, tell } = await startScreen();
  tell.drop({ phase: "dropped", count: 3 });
  await waitFor(() => expect(at(".toasts").textContent).toContain("还没有打开项目"));
  expect(port.takeInDropped).not.toHaveBeenCalled();
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
  expect(port.createProject).toHaveBeenCalledWith({ name: "示例区2023", office: "示例区双拥办", folder: "示例区2023", catalogue: "reference", from: 2024, to: 2027, due: "2027-04-20" });
  await waitFor(() => at("#tree"));
});

test("the years of a new project are proposed, and what the clerk wrote stays", async () => {
  const { user, port } = await startScreen();
  await user.click(at("[data-act='project.new']"));
  const year = (one: string) => at<HTMLInputElement>(`#create-${one}`);
  await waitFor(() => expect([year("from").value, year("to").value, year("due").value]).toEqual(["2024", "2027", "2027-04-20"]));
  await user.type(at("#create-name"), "示例区2028");
  await user.type(at("#create-office"), "示例区双拥办");
  await user.click(at("[data-act='create.place']"));
  await user.clear(year("from"));
  await user.type(year("from"), "2028{Tab}");
  await waitFor(() => expect(at("dialog").textContent).toContain("起年在止年之后"));
  await user.clear(year("to"));
  await user.type(year("to"), "2029{Tab}");
  await user.click(at("input[value=chosen]"));
  await user.click(at("input[value=reference]"));
  expect([year("from").value, year("to").value]).toEqual(["2028", "2029"]);
  await user.click(at("[data-act='create.done']"));
  expect(port.createProject).toHaveBeenCalledWith(expect.objectContaining({ from: 2028, to: 2029, due: "2027-04-20" }));
});

test("a catalogue file that is none says so beside it", async () => {
  const { user, port } = await startScreen();
  port.chooseCatalogue = vi.fn(async () => Promise.reject({ sentence: "这不是考评目录。", code: "other" }));
  await user.click(at("[data-act='project.new']"));
  await waitFor(() => at("[data-act='create.catalogue']"));
  await user.click(at("[data-act='create.catalogue']"));
  await waitFor(() => expect(at(".create-catalogue").textContent).toContain("这不是考评目录"));
});

test("the columns of an issued table are corrected, and the tree follows", async () => {
  const issued = (layout: LayoutView, problem = ""): CatalogueView => ({
    file: "任务分解表.xlsx",
    name: "试",
    official: true,
    areas: problem ? 0 : 1,
    indicators: problem ? 0 : 1,
    vetoes: 0,
    bonuses: 0,
    warnings: problem ? [] : ["两数不一致。"],
    problem,
    period: problem ? null : { from: 2021, to: 2024, due: "2024-06-30" },
    outline: problem
      ? []
      : [{ depth: 0, code: "01", title: "组织领导", score: "3", sum: "4", indicators: [{ code: "01-01", text: "成立领导小组", score: "4", units: "示例办公室" }] }],
    table: { sheets: [{ name: "Sheet1", layout, rows: [["甲", "乙"], ["1", "成立领导小组"]], total: 2 }] },
  });
  const { user, port } = await startScreen();
  port.chooseCatalogue = vi.fn(async () => issued({ used: true, first: 1, roles: ["number", "other"] }, "没有任何指标。"));
  port.takeColumns = vi.fn(async ([layout]: LayoutView[]) => (layout ? issued(layout) : Promise.reject(new Error("no layout"))));
  await user.click(at("[data-act='project.new']"));
  await waitFor(() => at("[data-act='create.catalogue']"));
  await user.click(at("[data-act='create.catalogue']"));
  await waitFor(() => at("#columns"));
  expect(at("#columns [role=alert]").textContent).toContain("没有任何指标");
  await user.selectOptions(at("#columns select[data-column='1']"), "content");
  expect(port.takeColumns).toHaveBeenCalledWith([{ used: true, first: 1, roles: ["number", "content"] }]);
  await waitFor(() => expect(at("#columns .columns-tree").textContent).toContain("成立领导小组"));
  expect(at("#columns .unequal").textContent).toContain("4 分");
  expect(gone("#columns [role=alert]")).toBe(true);
  await user.click(at("[data-act='columns.done']"));
  await waitFor(() => expect(gone("#columns")).toBe(true));
  // The years are those that the table states.
  expect(["from", "to"].map((one) => at<HTMLInputElement>(`#create-${one}`).value)).toEqual(["2021", "2024"]);
  expect(at(".create-catalogue").textContent).toContain("1 个方面，1 项指标");
});
