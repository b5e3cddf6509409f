// 著录: one form for all pieces; what is typed stays with the piece that it was typed for.
import { waitFor } from "@testing-library/vue";
import { expect, test } from "vitest";
import { fake, row } from "./fake";
import { at, openWindow } from "./window";

const title = () => at<HTMLTextAreaElement>("#piece-field-title");

test("the form stays where it is when the next piece is shown", async () => {
  const { user } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  const [form, choices] = [at("form.description"), document.querySelectorAll(".el-select-dropdown__item").length];
  await user.click(at("[data-piece='2']"));
  await waitFor(() => expect(title().value).toBe(row(2).title));
  expect(at("form.description")).toBe(form);
  expect(document.querySelectorAll(".el-select-dropdown__item").length).toBe(choices);
});

test.each([
  ["#piece-field-title", "双拥工作总结", { title: "双拥工作总结" }],
  ["#piece-field-number", "示双拥〔2021〕3号", { number: "示双拥〔2021〕3号" }],
  ["#piece-field-dated", "20210305", { dated: "2021-03-05" }],
])("what is typed in %s is the piece's that was there when another one comes", async (field, typed, said) => {
  const { user, port } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  await user.clear(at(field));
  await user.type(at(field), typed);
  // By keys, the field keeps the focus until the next piece is there.
  await user.keyboard("{Control>}{PageDown}{/Control}");
  await waitFor(() => expect(title().value).toBe(row(2).title));
  expect(port.describe).toHaveBeenCalledTimes(1);
  expect(port.describe).toHaveBeenCalledWith(1, expect.objectContaining(said));
  expect(document.activeElement).toBe(document.body);
  expect(at<HTMLInputElement>("#piece-field-dated").value).toBe("");
});
