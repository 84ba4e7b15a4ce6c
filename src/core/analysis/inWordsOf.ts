import type { Problem } from '../model/problem';
import type { Program } from '../model/program';

/** Codes of rules that find in operators what a program's layer is known to become. */
const aboutWhatIsWritten: ReadonlySet<string> = new Set([
  'operator-unsupported',
  'type-unsupported',
  'shape-unsupported',
  'options-unsupported',
  'inputs-unsupported',
  'constant-required',
  'shape-contradiction',
]);

/** Codes about what any layer of a kind becomes: the first of a model says it for all. */
const saidOnce: ReadonlySet<string> = new Set(['per-channel-dense']);

/**
 * What rules found in the operators of a program, as it concerns the program: what is known of a layer in its own
 * words and once, however many operators show it; nothing that a trained file alone can say.
 */
export function inWordsOf(program: Program, found: readonly Problem[]): readonly Problem[] {
  const layerOf = layersOf(program);
  const said = new Set<string>();
  return found.flatMap((problem) => {
    const { code, graph, operator, message } = problem;
    // What stands in for a layer that is not known is no operator of a file; its reader says what is to be done.
    if (code === 'operator-custom-unknown') return [];
    const known =
      graph === 0 && operator !== undefined && aboutWhatIsWritten.has(code)
        ? program.known.find(({ operators }) => operators.includes(operator))
        : undefined;
    const layer = operator === undefined ? undefined : layerOf.get(operator);
    const key =
      known !== undefined ? `${layer} ${known.message}` : saidOnce.has(code) ? code : `${code} ${layer} ${message}`;
    if (said.has(key)) return [];
    said.add(key);
    return known === undefined ? problem : { ...problem, message: known.message };
  });
}

/** Of each operator the innermost layer that it is of. */
function layersOf({ layers }: Program): ReadonlyMap<number, number> {
  const all = new Map<number, number>();
  layers.forEach(({ operators }, index) => operators.forEach((operator) => all.set(operator, index)));
  return all;
}
