import { encode as encodePng } from 'fast-png';
import type { SampleChoice } from '../../src/core/samples/chosenSamples';
import { chosenSamples } from '../../src/core/samples/chosenSamples';
import { graph, tensor } from '../support/build';
import { check } from '../support/check';

const pixel = graph([tensor('x', 'float32', [1, 1, 1, 3])], [], { inputs: [0], outputs: [0] });
const png = encodePng({ width: 1, height: 1, data: Uint8Array.of(255, 0, 0), channels: 3 });
const content: Readonly<Record<string, Uint8Array>> = {
  'cat/a.png': png,
  'cat/b.png': png,
  'dog/a.png': png,
  'dog/b.png': png,
  'notes.txt': new Uint8Array(),
  'labels.json': new TextEncoder().encode('[3, 4]'),
  'table.csv': new TextEncoder().encode('1,2,3\n4,5,6\n'),
};

interface Case extends Omit<SampleChoice, 'places' | 'labels'> {
  /** Beginnings of names. */
  readonly from: readonly string[];
  readonly labels?: string;
  /** The work is stopped after so many files were read. */
  readonly stopAfter?: number;
}

async function chosen({ from, labels, stopAfter, ...how }: Case): Promise<unknown> {
  const read: string[] = [];
  const controller = new AbortController();
  const placeAt = (name: string): { readonly address: string; readonly name: string } => ({ address: name, name });
  const files = {
    list: (place: { readonly name: string }) =>
      Promise.resolve(
        Object.keys(content)
          .filter((name) => name.startsWith(place.name))
          .map(placeAt),
      ),
    read: ({ name }: { readonly name: string }) => {
      read.push(name);
      if (read.length === stopAfter) controller.abort();
      return Promise.resolve(content[name]);
    },
  };
  const choice = { ...how, places: from.map(placeAt), ...(labels !== undefined && { labels: placeAt(labels) }) };
  try {
    const samples = await chosenSamples(choice, pixel, { files, signal: controller.signal });
    return { read, labels: samples.labels, remarks: samples.remarks };
  } catch (error) {
    return { read, error: (error as Error).name };
  }
}

const byFolder = 'Labels are the names of folders in alphabetical order: 0 cat, 1 dog.';

check('the samples of a choice', chosen, [
  {
    name: 'no more files than are taken, evenly spread, and it says so',
    input: { from: ['cat', 'dog', 'notes'], mostSamples: 2 },
    expected: {
      read: ['cat/a.png', 'dog/a.png'],
      labels: [0, 1],
      remarks: ['Of 4 samples 2 were taken, evenly spread.', byFolder],
    },
  },
  {
    name: 'labels of a file',
    input: { from: ['cat'], labels: 'labels.json' },
    expected: { read: ['cat/a.png', 'cat/b.png', 'labels.json'], labels: [3, 4], remarks: [] },
  },
  {
    name: 'stopped, no other file is read',
    input: { from: ['cat', 'dog'], stopAfter: 2 },
    expected: { read: ['cat/a.png', 'cat/b.png'], error: 'AbortError' },
  },
  { name: 'of two kinds', input: { from: ['cat', 'table'] }, expected: { read: [], error: 'HumanError' } },
]);
