// 考评年份 and 报送日 of a round.
export interface Term {
  /** First and last year of the evidence; 0 while none is written. */
  from: number;
  to: number;
  /** Empty while none is written. */
  due: string;
}

export const noTerm: Term = { from: 0, to: 0, due: "" };

/** What is still to be written, or is not possible; empty where all is well. `noDay`: what stands as 报送日 is no day. */
export function lacking({ from, to, due }: Term, noDay: boolean): string {
  const isYear = (year: number) => Number.isInteger(year) && year >= 1000 && year <= 9999;
  if (!isYear(from) || !isYear(to)) return "请填写考评年份，如 2024 至 2027。";
  if (from > to) return "考评年份的起年在止年之后，请核对。";
  if (noDay) return "报送日的写法不对，请改好。";
  return due === "" ? "请填写报送日。" : "";
}
