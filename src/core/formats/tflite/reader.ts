import type { MetadataEntry, Model, OptionValue } from '../../model/model';
import { ModelError, type Problem } from '../../model/problem';
import { checkCalls } from './missingGraphs';
import { BoundedBytes } from './flatbuffer/boundedBytes';
import { TableView } from './flatbuffer/tableView';
import { readOperatorCode } from './operatorCode';
import { BufferTable, metadataBytes } from './readBuffers';
import { ProblemList, type ReadContext } from './readContext';
import { readGraph } from './readGraph';
import { readSignatures } from './readSignatures';
import { tfliteSchema } from './schema';

/**
 * Reads a `.tflite` file. Constants, custom options and metadata are views into `bytes`, which must not change
 * afterwards. Throws `ModelError` when there is no model at all; all else that is wrong is in `problems`. In what is
 * returned every tensor index is valid (or -1 for an optional input) and every graph that is called exists; graphs may
 * call each other in a circle.
 */
export function readTflite(bytes: Uint8Array): { readonly model: Model; readonly problems: readonly Problem[] } {
  const plainBytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkIdentifier(plainBytes);
  const file = new BoundedBytes(plainBytes);
  const root = TableView.root(file, tfliteSchema);
  const problems = new ProblemList();
  const context: ReadContext = {
    bytes: plainBytes,
    buffers: new BufferTable(plainBytes, root.tables('buffers')),
    codes: each(root, 'operatorCodes', readOperatorCode),
    problems,
  };
  const model = readModel(root, context);
  for (const [place, slot] of file.unknownSlots) problems.add(unknownField(place, slot));
  return { model, problems: problems.all() };
}

function readModel(root: TableView, context: ReadContext): Model {
  const formatVersion = root.number('version');
  if (formatVersion !== 3) context.problems.add(otherVersion(formatVersion));
  const graphs = each(root, 'subgraphs', (table, index) => readGraph(table, context, index));
  if (graphs.length === 0) {
    throw new ModelError('no-graph', 'The file holds no graph: there is nothing to run in it. Export the model again.');
  }
  checkCalls(graphs);
  const description = root.text('description');
  const metadata = each(root, 'metadata', (table): MetadataEntry => {
    const name = table.text('name') ?? '';
    return { name, data: metadataBytes(context.buffers, table, name) };
  });
  const preserved = preservedOfModel(root, context.buffers);
  return {
    format: 'tflite',
    formatVersion,
    fileBytes: context.bytes.byteLength,
    ...(description === undefined ? {} : { description }),
    graphs,
    metadata,
    signatures: readSignatures(root, graphs, context.problems),
    ...(Object.keys(preserved).length === 0 ? {} : { preserved }),
  };
}

/**
 * External buffers as in the schema; the contents of the old list of metadata buffers (`metadataBuffer`); and buffers
 * that only metadata may name (`unreferencedBuffers`), which a writer leaves at their index.
 */
function preservedOfModel(root: TableView, buffers: BufferTable): Readonly<Record<string, OptionValue>> {
  const preserved: Record<string, readonly OptionValue[]> = {
    metadataBuffer: root
      .numbers('metadataBuffer')
      .map((index) => buffers.data(index, 'The list of metadata buffers') ?? new Uint8Array(0)),
    externalBufferGroups: each(root, 'externalBufferGroups', (table) => table.values()),
    externalBuffers: each(root, 'externalBuffers', (table) => table.values()),
  };
  preserved.unreferencedBuffers = buffers.unreferenced().map(({ index, data }) => ({ index, data }));
  return Object.fromEntries(Object.entries(preserved).filter(([, list]) => list.length > 0));
}

function each<Result>(
  root: TableView,
  field: string,
  read: (table: TableView, index: number) => Result,
): readonly Result[] {
  const tables = root.tables(field);
  return Array.from({ length: tables.length }, (_none, index) => read(tables.at(index), index));
}

/** True for bytes that bear TFLite's mark: `TFL3` at byte 4. */
export function isTflite(bytes: Uint8Array): boolean {
  return bytes.byteLength >= 8 && String.fromCharCode(...bytes.subarray(4, 8)) === tfliteSchema.identifier;
}

function checkIdentifier(bytes: Uint8Array): void {
  if (isTflite(bytes)) return;
  if (bytes.byteLength === 0) {
    throw new ModelError('empty-file', 'The file is empty. Wait until it is written, or export the model again.', 0);
  }
  throw new ModelError(
    'not-tflite',
    'This is not a TensorFlow Lite model: the mark "TFL3" at byte 4 is missing. Choose a .tflite file.',
    Math.min(4, bytes.byteLength),
  );
}

function unknownField(place: string, slot: number): Problem {
  const message = place.includes('.')
    ? `The file holds a table of kind ${slot} in ${place}, which this version of the schema does not know. It is not shown, and is lost when the model is written again.`
    : `The file holds a field of ${place} (number ${slot}) that this version of the schema does not know. It is not shown, and is lost when the model is written again.`;
  return { code: 'unknown-field', severity: 'warning', message };
}

function otherVersion(version: number): Problem {
  const message = `The file states version ${version} of the format; runtimes take version 3 only. Convert the model again.`;
  return { code: 'format-version', severity: 'error', message };
}
