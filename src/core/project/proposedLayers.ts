import type { ProposedTarget, ProposedValue } from '../buildFiles/proposal';
import { ofBoard } from '../buildFiles/boardKeys';
import type { ChoiceLayer } from './layers';
import { chosenAt } from './layers';

/**
 * What is chosen, above what the files of the project say: those values hold that nobody chose, each with its file and
 * place. For another board, core or runtime than the project's they say nothing. `addressOf`: how layers name a file.
 */
export function withProposed(
  layers: readonly ChoiceLayer[],
  target: ProposedTarget | undefined,
  addressOf: (file: string) => string,
): readonly ChoiceLayer[] {
  if (target === undefined) return layers;
  const chosen = new Map(layers.flatMap(({ values }) => chosenValues(values.target ?? {})));
  const held = target.values.filter((value) => holds(value, target, chosen));
  const files = new Set(held.map(({ place }) => place.file));
  const proposed = [...files].map((file) => layerOf(file, held, addressOf));
  return [...proposed, ...layers];
}

/** Keys of the target that hold because a build file of the project says so: nobody chose them. */
export function proposedKeys(layers: readonly ChoiceLayer[]): readonly string[] {
  const proposed = layers.filter(({ isProposed }) => isProposed === true);
  const keys = proposed.flatMap(({ values }) => chosenValues(values.target ?? {}).map(([key]) => key));
  return keys.filter((key) => chosenAt(layers, key)?.isProposed === true);
}

function chosenValues({ board, runtime, settings = {} }: NonNullable<ChoiceLayer['values']['target']>): Chosen[] {
  const given = Object.entries({ board, runtime, ...settings });
  return given.flatMap(([key, value]): Chosen[] => (value === undefined || value === '' ? [] : [[key, value]]));
}

type Chosen = [key: string, value: string | number | boolean];

function holds(value: ProposedValue, target: ProposedTarget, chosen: ReadonlyMap<string, unknown>): boolean {
  const board = chosen.get('board');
  const isProposed = target.values.some(({ key }) => key === 'board');
  if (typeof board === 'string' && isProposed && !isNamed(board, target.boardNames)) return false;
  // The core is that of no board.
  if (chosen.has('core') && ofBoard.includes(value.key)) return false;
  const isOfRuntime = value.key === 'tflmVersion' || value.key === 'kernelsVersion';
  if (!isOfRuntime || !chosen.has('runtime')) return true;
  return target.values.some(({ key, value: runtime }) => key === 'runtime' && runtime === chosen.get('runtime'));
}

/** Case and the way in which words are joined do not tell boards apart; options of an FQBN may follow. */
function isNamed(board: string, names: readonly string[]): boolean {
  const plain = (name: string): string => name.toLowerCase().replaceAll('-', '_');
  const asked = plain(board);
  return names.some((name) => asked === plain(name) || asked.startsWith(`${plain(name)}:`));
}

function layerOf(file: string, values: readonly ProposedValue[], addressOf: (file: string) => string): ChoiceLayer {
  const own = values.filter(({ place }) => place.file === file);
  const target = Object.fromEntries(own.map(({ key, value }) => [key, value]));
  const { board, runtime, ...settings } = target;
  return {
    origin: file,
    isProposed: true,
    file: addressOf(file),
    values: {
      target: {
        ...(board === undefined ? {} : { board: String(board) }),
        ...(runtime === undefined ? {} : { runtime: String(runtime) }),
        settings,
      },
    },
    spans: new Map(own.map(({ key, place }) => [key, place.span])),
  };
}
