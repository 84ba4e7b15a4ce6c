import type { ProposedTarget } from '../buildFiles/proposal';
import type { ChoiceLayer } from './layers';

/** What a model may take, as the last build of its project says. */
interface BuiltLimit {
  /** The file that says so. */
  readonly file: string;
  readonly ramBytes: number;
  readonly source: string;
}

/**
 * What is chosen, above what the last build left: that limit holds where nobody chose one, nor another board than the
 * project's or another memory for the arena. `addressOf`: how layers name a file.
 */
export function withBuiltLimit(
  layers: readonly ChoiceLayer[],
  limit: BuiltLimit | undefined,
  { target, addressOf }: { readonly target?: ProposedTarget; readonly addressOf: (file: string) => string },
): readonly ChoiceLayer[] {
  if (limit === undefined || layers.some(({ values }) => values.budget?.ramBytes !== undefined)) return layers;
  if (layers.some(({ values }) => values.target?.settings?.arenaRegion !== undefined)) return layers;
  const proposesBoard = target?.values.some(({ key }) => key === 'board') === true;
  const isOther = layers.some(({ values, isProposed }) => isProposed !== true && values.target?.board !== undefined);
  const isKept = layers.some(({ isProposed }) => isProposed === true);
  if (proposesBoard && isOther && !isKept) return layers;
  const { file, ramBytes, source } = limit;
  const values = { budget: { ramBytes, ramSource: source } };
  return [{ origin: file, file: addressOf(file), values }, ...layers];
}
