import { message, varint } from './onnxFile';

/**
 * Writes small SavedModels for tests as Keras 2 leaves them: an index of variables, a file of their bytes, what is
 * noted of the layers. The graph itself is left out, which nothing reads.
 */
export interface SavedLayer {
  readonly config: unknown;
  /** By name, in the order of `layer.weights`. */
  readonly variables: readonly SavedVariable[];
}

export interface SavedVariable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** Number of its type; float32 where it is absent. */
  readonly type?: number;
}

export const savedModelName = 'saved_model.pb';
export const metadataName = 'keras_metadata.pb';
export const indexName = 'variables/variables.index';
export const shardName = 'variables/variables.data-00000-of-00001';

/** The files of a sequential model by their names. */
export function savedModelFiles(
  input: readonly (number | null)[],
  layers: readonly SavedLayer[],
): Map<string, Uint8Array> {
  const inputLayer = {
    class_name: 'InputLayer',
    config: {
      name: 'input_1',
      batch_input_shape: { class_name: '__tuple__', items: input },
      dtype: 'float32',
    },
  };
  const config = { name: 'net', layers: [inputLayer, ...layers.map((layer) => layer.config)] };
  const metadata = JSON.stringify({ class_name: 'Sequential', config });
  const root = message([
    [2, 0],
    [3, 'root'],
    [4, '_tf_keras_sequential'],
    [5, metadata],
  ]);
  const variables = layers.flatMap((layer, at) =>
    layer.variables.map((variable) => ({
      ...variable,
      key: `layer-${at}/${variable.name}/.ATTRIBUTES/VARIABLE_VALUE`,
    })),
  );
  const graph = objects(layers, variables);
  const contents = [
    { key: '_CHECKPOINTABLE_OBJECT_GRAPH', shape: [], type: 7, bytes: text(graph) },
    ...variables.map(({ key, shape, values, type = 1 }) => ({
      ...{ key, shape, type },
      bytes: new Uint8Array(Float32Array.from(values).buffer),
    })),
  ];
  const entries: [string, Uint8Array][] = [['', message([[1, 1]])]];
  let offset = 0;
  for (const { key, shape, type, bytes } of contents) {
    const sizes = message(shape.map((size) => [2, message([[1, size]])]));
    const entry = message([
      [1, type],
      [2, sizes],
      [4, offset],
      [5, bytes.length],
    ]);
    entries.push([key, entry]);
    offset += bytes.length;
  }
  return new Map([
    [
      savedModelName,
      message([
        [1, 1],
        [2, ''],
      ]),
    ],
    [metadataName, message([[1, root]])],
    [indexName, table(entries)],
    [shardName, Uint8Array.from(contents.flatMap(({ bytes }) => [...bytes]))],
  ]);
}

/** Nodes: the model, its layers, the list of each layer's variables, the variables. */
function objects(
  layers: readonly SavedLayer[],
  variables: readonly (SavedVariable & { readonly key: string })[],
): Uint8Array {
  const child = (node: number, name: string): readonly [number, Uint8Array] => [
    1,
    message([
      [1, node],
      [2, name],
    ]),
  ];
  const [lists, leaves] = [1 + layers.length, 1 + 2 * layers.length];
  const model = message(layers.map((_, at) => child(1 + at, `layer-${at}`)));
  const ofLayers = layers.map((_, at) => message([child(lists + at, 'variables')]));
  let next = leaves;
  const ofLists = layers.map((layer) => message(layer.variables.map((_, at) => child(next++, `${at}`))));
  const ofVariables = variables.map(({ name, key }) =>
    message([
      [
        2,
        message([
          [1, 'VARIABLE_VALUE'],
          [2, name],
          [3, key],
        ]),
      ],
    ]),
  );
  return message([model, ...ofLayers, ...ofLists, ...ofVariables].map((node) => [1, node]));
}

/** A tensor of one text: its length, a checksum, which is not looked at, and the text. */
function text(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...varint(bytes.length), 0, 0, 0, 0, ...bytes]);
}

/** One block of entries, of which each key has what it shares with the one before left out, and an index of one. */
function table(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const sorted = [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  let before = '';
  const body = sorted.flatMap(([key, value]) => {
    let shared = 0;
    while (shared < Math.min(before.length, key.length) && before[shared] === key[shared]) shared += 1;
    before = key;
    const own = new TextEncoder().encode(key.slice(shared));
    return [...varint(shared), ...varint(own.length), ...varint(value.length), ...own, ...value];
  });
  const block = (bytes: readonly number[]): readonly number[] => [...bytes, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
  const handle = (offset: number, size: number): readonly number[] => [...varint(offset), ...varint(size)];
  const [data, trailer] = [block(body), 5];
  const place = handle(0, data.length - trailer);
  const index = block([...varint(0), ...varint(1), ...varint(place.length), 0x7a, ...place]);
  const footer = [...handle(0, 0), ...handle(data.length, index.length - trailer)];
  while (footer.length < 40) footer.push(0);
  return Uint8Array.from([...data, ...index, ...footer, 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]);
}
