/** A figure's text, or where parts of it are not known, that it is more than that. */
export function atLeast(text: string, { isLowerBound }: { readonly isLowerBound?: boolean }): string {
  return isLowerBound === true ? `over ${text}` : text;
}
