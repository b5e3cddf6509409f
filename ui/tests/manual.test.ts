// 使用手册 inside the program.
import { waitFor } from "@testing-library/vue";
import { expect, test } from "vitest";
import handbook from "../../docs/使用手册.md";
import { chapters } from "../manual";
import { actions, shownKey } from "../src/actions";
import { count, cut, type Chapter } from "../src/parts/manual";
import { all, at, gone, openWindow } from "./window";

test("F1 opens the chapter of the view that is looked at", async () => {
  const { user } = await openWindow();
  await user.keyboard("{F9}{F1}");
  await waitFor(() => expect(at("#manual h2").textContent).toContain("汇编"));
  await user.click(at("[data-chapter=keys]"));
  expect(at("#key-sheet").textContent).toContain("F8");
  await user.click(at(".modal-foot button"));
  await waitFor(() => expect(gone("#manual")).toBe(true));
});

test("words are found in every chapter, and Enter goes on to the next", async () => {
  const { user } = await openWindow();
  await user.keyboard("{F1}");
  await waitFor(() => at("#manual input"));
  await user.type(at("#manual input"), "盒脊");
  await waitFor(() => expect(at("#manual h2").textContent).toContain("汇编"));
  expect(all("#manual mark").map((mark) => mark.textContent)).toContain("盒脊");
  const before = all("#manual mark").findIndex((mark) => mark.classList.contains("now"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(all("#manual mark").findIndex((mark) => mark.classList.contains("now"))).not.toBe(before));
  await user.clear(at("#manual input"));
  await user.type(at("#manual input"), "没有这个词");
  await waitFor(() => expect(at("#manual nav").textContent).toContain("没有找到"));
});

test("Markdown becomes chapters of blocks", () => {
  const [, chapter] = chapters("# 手册\n\n前言。\n\n## 2. 收集\n\n把 **文件** 拖进来，按 `F5`。\n\n- 一\n- 二\n\n| 结论 | 意思 |\n|---|---|\n| 接收 | 收了 |\n");
  expect(chapter?.title).toBe("2. 收集");
  expect(chapter?.blocks.map((block) => block.kind)).toEqual(["paragraph", "list", "table"]);
  expect(chapter?.blocks[0]).toMatchObject({ spans: [{ text: "把 " }, { text: "文件", look: "strong" }, { text: " 拖进来，按 " }, { text: "F5", look: "code" }, { text: "。" }] });
  expect(chapter && count(chapter, "收")).toBe(3);
  expect(() => chapters("## 章\n\n<b>不行</b>\n")).toThrow("html");
});

test("a text is cut where the words stand", () => {
  expect(cut("盒脊和盒", "盒").filter((run) => run.hit).length).toBe(2);
  expect(cut("PDF 与 pdf", "Pdf").map((run) => run.text)).toEqual(["PDF", " 与 ", "pdf"]);
  expect(cut("没有", "")).toEqual([{ text: "没有", hit: false }]);
});

test("Esc leaves the manual, also out of its search", async () => {
  const { user } = await openWindow();
  await user.keyboard("{F1}");
  await waitFor(() => at("#manual input"));
  await user.type(at("#manual input"), "盒脊{Escape}");
  await waitFor(() => expect(gone("#manual")).toBe(true));
});

test("the table of keys says every key of the actions, and whether it acts while a field is typed in", () => {
  const keySheet: Chapter | undefined = handbook.at(-1);
  const rows = (keySheet?.blocks ?? []).flatMap((block) => (block.kind === "table" ? block.rows : []));
  const said = rows.flatMap(([keys]) => {
    const text = keys?.map((span) => span.text).join("") ?? "";
    return text.split("、").map((key) => `${key.replace(" ★", "")}${text.includes("★") ? " ★" : ""}`);
  });
  const meant = actions.flatMap(({ keys, whileTyping }) => (keys ?? []).map((key) => `${shownKey(key)}${whileTyping ? " ★" : ""}`));
  expect(meant.filter((key) => !said.includes(key))).toEqual([]);
  expect(said.filter((key) => /^(Ctrl\+|F\d)/.test(key) && key !== "F10" && !meant.includes(key))).toEqual([]);
});
