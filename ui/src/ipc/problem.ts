import type { Problem } from "./bindings";

/** What a rejected call says. Anything that is not a `Problem` is a fault of ours, and still gets a sentence. */
export function asProblem(reason: unknown): Problem {
  if (typeof reason === "object" && reason !== null && "sentence" in reason) {
    const { sentence, code } = reason as Partial<Problem>;
    return { sentence: String(sentence), code: code ?? "other" };
  }
  const detail = reason instanceof Error ? reason.message : String(reason);
  return { sentence: `程序内部出错，这一步没有做成。请重试；再次出现时请记下这句话：${detail}`, code: "other" };
}
