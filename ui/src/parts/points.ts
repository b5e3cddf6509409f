/** Hundredths of a point as people write them: `2`, `0.5`, `0.25`. */
export const points = (hundredths: number): string => String(hundredths / 100);

/** What was typed, in hundredths; `null` for nothing, `undefined` for what is no score. */
export function typedPoints(text: string): number | null | undefined {
  const plain = text.trim().replace(/[０-９．]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
  if (plain === "") return null;
  return /^\d{1,4}(\.\d{0,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined;
}
