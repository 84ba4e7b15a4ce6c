import type { GraphChange } from './graphChange';
import type { MetadataEntry, Model } from '../../model/model';
import { HumanError } from '../../model/problem';
import { offlinePlanName } from '../../runtimes/tflm/offlinePlan';
import { offlinePlanAfter } from './offlinePlanAfter';

/** Metadata that say something about the graph, so that a change may make them wrong. */
interface GraphMetadata {
  /** What the entry refers to, as it is said to people. */
  readonly refersTo: string;
  /** The entry's bytes after the change; `undefined` where nothing that is true can be said any more. */
  readonly after: (data: Uint8Array, change: GraphChange) => Uint8Array | undefined;
  /** What to do when it is gone, as a complete sentence. */
  readonly withoutIt: string;
}

/** By name. All other metadata (labels, converter notes …) say nothing of tensors or operators by index, and stay. */
const graphMetadata: ReadonlyMap<string, GraphMetadata> = new Map<string, GraphMetadata>([
  [
    offlinePlanName,
    {
      refersTo: 'tensors by index and places them in the arena',
      after: offlinePlanAfter,
      withoutIt: 'TFLite Micro plans the arena itself. Make the plan again if the model needs one.',
    },
  ],
  [
    'min_runtime_version',
    {
      refersTo: 'the versions of the operators',
      after: (data, change) => (hasNewVersions(change) ? undefined : data),
      withoutIt: 'TFLite Micro does not read it.',
    },
  ],
  [
    'COMPRESSION_METADATA',
    {
      refersTo: 'constants by tensor and buffer',
      after: () => {
        throw new HumanError('rewrite-compressed', compressedText);
      },
      withoutIt: 'The constants cannot be read without it.',
    },
  ],
]);

const compressedText =
  'The weights of this model are compressed for TFLM. Take the model that it was made from, then compress again.';

/** Why no graph of a model can be redrawn, as a complete sentence; `undefined` where each can. */
export function whyNotRedrawn({ metadata }: Model): string | undefined {
  return metadata.some(({ name }) => name === 'COMPRESSION_METADATA') ? compressedText : undefined;
}

/**
 * The metadata of a model whose graph was redrawn: rewritten or left out where the change makes them wrong, else as
 * they were.
 */
export function metadataAfter(change: GraphChange): readonly MetadataEntry[] {
  return change.before.metadata.flatMap((entry) => {
    const kind = graphMetadata.get(entry.name);
    if (kind === undefined) return [entry];
    const data = kind.after(entry.data, change);
    return data === undefined ? [] : [data === entry.data ? entry : { ...entry, data }];
  });
}

/** What became of a model's metadata on the way to its result, as complete sentences. */
interface MetadataSentences {
  readonly decisions: readonly string[];
  readonly warnings: readonly string[];
}

/** Compares the metadata of a source and of the file that was made from it. */
export function metadataSentences(source: Model, result: Model): MetadataSentences {
  const decisions: string[] = [];
  const warnings: string[] = [];
  for (const name of new Set(source.metadata.map((entry) => entry.name))) {
    const kind = graphMetadata.get(name);
    const [before, after] = [dataOf(source, name), dataOf(result, name)];
    if (kind === undefined || before === undefined || isEqual(before, after)) continue;
    const what = `The metadata "${name}", which names ${kind.refersTo},`;
    if (after === undefined) {
      warnings.push(`${what} would be wrong after the change and was left out: ${kind.withoutIt}`);
    } else decisions.push(`${what} was rewritten for the changed graph.`);
  }
  return { decisions, warnings };
}

/** The last entry of a name is the one that counts. */
function dataOf({ metadata }: Model, name: string): Uint8Array | undefined {
  return metadata.filter((entry) => entry.name === name).at(-1)?.data;
}

function isEqual(left: Uint8Array, right: Uint8Array | undefined): boolean {
  return left.length === right?.length && left.every((byte, index) => byte === right[index]);
}

/** True where an operator has a kind or version that no operator had before. */
function hasNewVersions({ before, after }: GraphChange): boolean {
  const versions = ({ graphs }: Model): readonly string[] =>
    graphs.flatMap(({ operators }) => operators.map(({ kind, version }) => `${kind} ${version}`));
  const known = new Set(versions(before));
  return versions(after).some((version) => !known.has(version));
}
