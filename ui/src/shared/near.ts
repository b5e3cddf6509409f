// What was found, in a column that may be too narrow for what stands before it.

/** Characters that are read before a hit. */
const BEFORE = 4;

/** The runs with the first hit at their beginning: of what stands before it, the last few characters. */
export function near<R extends { text: string; hit: boolean }>(runs: readonly R[]): readonly R[] {
  const [first, ...rest] = runs;
  if (first === undefined || first.hit || rest.length === 0) return runs;
  const characters = [...first.text];
  return characters.length <= BEFORE + 1 ? runs : [{ ...first, text: `…${characters.slice(-BEFORE).join("")}` }, ...rest];
}
