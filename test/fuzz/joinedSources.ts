import { addForeignFormats } from '../../src/core/formats/foreignFormats';
import { readModel } from '../../src/core/formats/formats';
import { tfliteBytes } from '../../src/core/formats/tflite/size';
import { hdf5File, type Hdf5Array, type Hdf5Folder } from '../support/hdf5File';
import { kerasArchive } from '../support/kerasArchive';
import { hostileNames, hostileNumbers, type Chance } from './chance';
import { joined, parted } from './partedSources';
import { files, type Source } from './sources';

/** Layers of a program, and the shapes of what they have trained. */
const layers = [
  { text: 'layers.Dense(2)', name: 'dense', shapes: [[2, 2], [2]] },
  { text: 'layers.Dense(2, use_bias=False)', name: 'dense', shapes: [[2, 2]] },
  { text: 'layers.BatchNormalization()', name: 'batch_normalization', shapes: [[2], [2], [2], [2]] },
  { text: 'layers.PReLU()', name: 'p_re_lu', shapes: [[2]] },
  { text: 'layers.ReLU()', name: 're_lu', shapes: [] },
] as const;

/** A program, and a file that it may have been trained to: as Keras writes it, or with something else in it. */
export const trainedPrograms: Source = files((chance) => {
  const taken = Array.from({ length: 1 + chance.below(4) }, () => chance.pick(layers));
  const program = [
    'import keras\nfrom keras import layers\n# milliwatt: numbers=float32',
    `model = keras.Sequential([keras.Input((2,)), ${taken.map(({ text }) => text).join(', ')}])`,
  ].join('\n');
  const counts = new Map<string, number>();
  const held = taken.map(({ name, shapes }) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return { name: count === 0 ? name : `${name}_${count}`, arrays: shapes.map((shape) => someArray(chance, shape)) };
  });
  const isList = chance.is(0.4);
  const file = hdf5File(isList ? listed(chance, held) : grouped(chance, held));
  const trained = !isList && chance.is(0.3) ? kerasArchive({}, file) : file;
  return joined([new TextEncoder().encode(program), trained]);
});

interface HeldLayer {
  readonly name: string;
  readonly arrays: readonly Hdf5Array[];
}

function someArray(chance: Chance, shape: readonly number[]): Hdf5Array {
  const said = shape.map((size) => (chance.is(0.03) ? chance.pick(hostileNumbers) : size));
  const count = shape.reduce((product, size) => product * size, 1) + (chance.is(0.03) ? chance.below(5) - 2 : 0);
  const values = Array.from({ length: Math.max(0, count) }, (_, at) => at);
  return { shape: chance.is(0.02) ? [...said, chance.pick(hostileNumbers)] : said, values };
}

/** As `.weights.h5` has it: groups by the classes of the layers. */
function grouped(chance: Chance, held: readonly HeldLayer[]): Hdf5Folder {
  const groups = held.map(({ name, arrays }) => {
    const vars: Hdf5Folder = { entries: arrays.map((array, at) => [String(at), array] as const) };
    return [nameOf(chance, name), { entries: [['vars', vars]], circles: someCircles(chance) }] as const;
  });
  return { entries: [['layers', { entries: groups, circles: someCircles(chance) }]], circles: someCircles(chance) };
}

/** As `.h5` has it: lists of the names of a layer's arrays. */
function listed(chance: Chance, held: readonly HeldLayer[]): Hdf5Folder {
  const groups = held.map(({ name, arrays }) => {
    const names = arrays.map((_, at) => nameOf(chance, `v${at}`));
    const texts = [['weight_names', names]] as const;
    return [nameOf(chance, name), { entries: arrays.map((array, at) => [names[at], array] as const), texts }] as const;
  });
  const names = held.map(({ name }) => nameOf(chance, name));
  const root = { entries: groups, texts: [['layer_names', names]] as const, circles: someCircles(chance) };
  return chance.is(0.5) ? root : { entries: [['model_weights', root]] };
}

function nameOf(chance: Chance, name: string): string {
  return chance.is(0.03) ? chance.pick(hostileNames) : name;
}

function someCircles(chance: Chance): readonly string[] {
  return chance.is(0.05) ? [chance.pick(['vars', 'layers', 'dense', 'cell', '0'])] : [];
}

/** Reads the program's model with the weights of the file, and works out the size of what it is converted to. */
export function joinTrained(bytes: Uint8Array): unknown {
  addForeignFormats();
  const [program = new Uint8Array(), trained = new Uint8Array()] = parted(bytes);
  const { model, problems } = readModel({
    ...{ path: 'fuzz.py#model', bytes: program },
    trained: { name: 'fuzz.weights.h5', bytes: trained },
  });
  return { bytes: tfliteBytes(model), problems };
}
