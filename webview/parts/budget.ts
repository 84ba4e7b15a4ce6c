/** The part of a budget that a figure takes: of a lower bound only what is over it, since within it may still be. */
export function budgetShare(
  value: number,
  limit: number | undefined,
  { isLowerBound = false }: { readonly isLowerBound?: boolean },
): number | undefined {
  if (limit === undefined || limit === 0 || (isLowerBound && value <= limit)) return undefined;
  return value / limit;
}
