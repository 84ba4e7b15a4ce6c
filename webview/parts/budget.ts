/** `72 %`; `>100 %` of what is over its budget by less than could be seen. */
export function budgetText(share: number): string {
  return `${share > 1 && share < 1.005 ? '>100' : Math.round(share * 100)} %`;
}

/** The part of a budget that a figure takes: of a lower bound only what is over it, since within it may still be. */
export function budgetShare(
  value: number,
  limit: number | undefined,
  { isLowerBound = false }: { readonly isLowerBound?: boolean },
): number | undefined {
  if (limit === undefined || limit === 0 || (isLowerBound && value <= limit)) return undefined;
  return value / limit;
}
