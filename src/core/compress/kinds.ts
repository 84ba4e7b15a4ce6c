import { HumanError } from '../model/problem';
import type { CompressionKind } from './kind';
import { cleaning } from './kinds/clean';
import { fitting } from './kinds/fit';
import { makingFit } from './kinds/makeItFit';
import { pruning } from './kinds/prune';
import { quantization } from './kinds/quantize';
import { rewriting } from './kinds/rewrite';

/** The kinds of compression, in the order of their offers. A new one is a file and a line here. */
export const compressionKinds: readonly CompressionKind[] = [
  quantization,
  rewriting,
  makingFit,
  fitting,
  cleaning,
  pruning,
];

/** @throws HumanError `compression-unknown` where the table has no such kind. */
export function kindOf(id: string, kinds: readonly CompressionKind[] = compressionKinds): CompressionKind {
  const kind = kinds.find((each) => each.id === id);
  if (kind !== undefined) return kind;
  const known = kinds.map((each) => `"${each.id}"`).join(', ');
  throw new HumanError('compression-unknown', `There is no compression called "${id}". There are ${known}.`);
}

/**
 * All options of a compression: the kind's own, under layers of what was chosen (settings, an offer, flags), each over
 * those before it. What a layer leaves out or undefined, those below decide.
 */
export function mergedOptions<Options extends object>(
  { defaults }: Pick<CompressionKind<Options>, 'defaults'>,
  ...layers: readonly (Partial<Options> | undefined)[]
): Options {
  const chosen = layers.flatMap((layer) => Object.entries(layer ?? {}).filter(([, value]) => value !== undefined));
  return { ...defaults, ...Object.fromEntries(chosen) };
}
