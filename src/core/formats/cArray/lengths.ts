import type { SourceArray } from '../../firmware/arrays/sourceArray';

/** Whether a constant is the length of an array by its name: `g_model_len`, `G_MODEL_SIZE`, `g_modelLength`. */
export function isLengthOf({ name, lengthText }: SourceArray, constant: string): boolean {
  if (constant === lengthText) return true;
  const [own, other] = [name, constant].map((each) => each.toLowerCase().replaceAll('_', ''));
  return (
    other.startsWith(own) && /^(?:data)?(?:len|length|size|bytes|sizebytes|lenbytes)$/.test(other.slice(own.length))
  );
}
