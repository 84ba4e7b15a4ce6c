import { zipSync } from 'fflate';
import { associatedLabels } from '../../../src/core/formats/tflite/associatedFiles';
import { check } from '../../support/check';

const model = new Uint8Array(100).fill(7);
const text = (lines: string): Uint8Array => new TextEncoder().encode(lines);

/** An archive behind a model, whose offsets count from the begin of the archive. */
const behind = (files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  new Uint8Array([...model, ...zipSync(files)]);

/**
 * The same of one file, offsets counted from the begin of the model: that of the directory, and in it that of the file.
 */
function fromModel(name: string, content: Uint8Array): Uint8Array {
  const bytes = behind({ [name]: content });
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  const directory = view.getUint32(end + 16, true) + model.length;
  view.setUint32(end + 16, directory, true);
  view.setUint32(directory + 42, model.length, true);
  return bytes;
}

check(
  'labels that a file carries',
  ({ bytes, count }: { bytes: Uint8Array; count: number }) => associatedLabels(bytes, count),
  [
    { name: 'none', input: { bytes: model, count: 2 }, expected: undefined },
    { name: 'no bytes', input: { bytes: new Uint8Array(), count: 2 }, expected: undefined },
    {
      name: 'offsets of the archive',
      input: { bytes: behind({ 'labels.txt': text('cat\ndog\n') }), count: 2 },
      expected: ['cat', 'dog'],
    },
    {
      name: 'offsets of the file',
      input: { bytes: fromModel('labels.txt', text('cat\r\ndog')), count: 2 },
      expected: ['cat', 'dog'],
    },
    {
      name: 'another number of lines',
      input: { bytes: behind({ 'labels.txt': text('cat\ndog\n') }), count: 3 },
      expected: undefined,
    },
    {
      name: 'those that are called so before others',
      input: { bytes: behind({ 'a.txt': text('1\n2'), 'my-Labels-en.txt': text('cat\ndog') }), count: 2 },
      expected: ['cat', 'dog'],
    },
    {
      name: 'what a terminal would obey is blank',
      input: { bytes: behind({ 'labels.txt': text('\u001b[31mcat\ndog') }), count: 2 },
      expected: ['[31mcat', 'dog'],
    },
  ],
);
