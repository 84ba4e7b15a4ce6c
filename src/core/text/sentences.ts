/** A sentence where it holds, else nothing: for lists of sentences. */
export function sentenceIf(holds: boolean, sentence: string): readonly string[] {
  return holds ? [sentence] : [];
}
