/** A name without what stands in brackets behind it: 区委办公室（区委督查室） is 区委办公室 where there is little room. */
export const short = (name: string): string => name.replace(/（.*）$/, "");
