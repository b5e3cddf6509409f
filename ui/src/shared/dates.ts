// Days as people write them. Answers are `2023-04-20`.

const FULL_WIDTH = /[０-９]/g;

/** Reads 20230412, 2023-4-12, 2023.4.12, 2023/4/12, 2023年4月12日; `null` for what is no day. */
export function readDay(typed: string): string | null {
  const plain = typed.trim().replace(FULL_WIDTH, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const found =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})\s*[-./．。年]\s*(\d{1,2})\s*[-./．。月]\s*(\d{1,2})\s*日?$/.exec(plain);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
