import { analyse } from '../../src/core/analysis/analyse';
import type { Format } from '../../src/core/formats/formats';
import {
  liveSource,
  type FileOfModel,
  type ModelSource,
  type OpenDocuments,
} from '../../src/host/analysis/modelSource';
import { workWhileStill } from '../../src/host/analysis/stillFile';
import { graph, model, operator, tensor } from '../support/build';
import { check } from '../support/check';

/** A model as text: one RELU of as many elements as each line says. */
const lines: Format = {
  id: 'lines',
  name: 'Lines',
  extensions: ['.lines'],
  canRewrite: false,
  isText: true,
  match: () => false,
  read: ({ bytes }) => {
    const sizes = new TextDecoder().decode(bytes).trim().split('\n').map(Number);
    const tensors = [sizes[0], ...sizes].map((size, at) => tensor(`t${at}`, 'int8', [1, size]));
    const operators = sizes.map((_, at) => operator('RELU', [at], [at + 1]));
    return { model: model(graph(tensors, operators, { inputs: [0], outputs: [sizes.length] })), problems: [] };
  },
};

/** A file and an editor over it, both in memory. */
class Workplace {
  readonly source: ModelSource;
  readonly heard: string[] = [];
  disk = { text: '8\n', mtime: 1 };
  #editor?: { opening: number; version: number; content: string };
  #openings = 0;
  #onDisk: () => void = () => undefined;
  #onEdit: () => void = () => undefined;

  constructor(path: string) {
    const file: FileOfModel = {
      address: `file:///${path}`,
      path,
      file: `/${path}`,
      stat: () => Promise.resolve({ mtime: this.disk.mtime, size: this.disk.text.length }),
      read: () => Promise.resolve(new TextEncoder().encode(this.disk.text)),
      onDidChange: (listener) => {
        this.#onDisk = listener;
        return { dispose: () => (this.#onDisk = () => undefined) };
      },
    };
    const documents: OpenDocuments = {
      unsaved: () => this.#editor && { ...this.#editor, text: () => this.#editor?.content ?? '' },
      onDidChange: (_address, listener) => {
        this.#onEdit = listener;
        return { dispose: () => (this.#onEdit = () => undefined) };
      },
    };
    this.source = liveSource(file, documents, [lines]);
    this.source.onDidChange((change) => this.heard.push(change));
  }

  type(content: string): void {
    this.#editor ??= { opening: ++this.#openings, version: 1, content };
    this.#editor = { ...this.#editor, version: this.#editor.version + 1, content };
    this.#onEdit();
  }

  save(): void {
    this.disk = { text: this.#editor?.content ?? '', mtime: this.disk.mtime + 1 };
    this.#onDisk();
    this.revert();
  }

  revert(): void {
    this.#editor = undefined;
    this.#onEdit();
  }

  /** Operators of the analysis of the present content. */
  async operators(): Promise<number> {
    const still = { stat: () => this.source.version(), pause: () => Promise.resolve() };
    const bytes = await workWhileStill(still, () => this.source.bytes());
    const { report } = analyse({ path: 'net.lines', bytes, target: { runtime: 'tflm-reference' } }, [lines]);
    return report.model.operators;
  }
}

check(
  'the source of a model that is text',
  async (steps: readonly ((place: Workplace) => void)[]) => {
    const place = new Workplace('net.lines');
    const seen = [];
    for (const step of [() => undefined, ...steps]) {
      step(place);
      const { name } = await place.source.version();
      seen.push([await place.operators(), name.replace('file:///net.lines ', ''), place.source.file]);
    }
    return { seen, heard: place.heard };
  },
  [
    {
      name: 'is the unsaved document while there is one',
      input: [(place) => place.type('8\n8\n'), (place) => place.type('8\n8\n8\n'), (place) => place.save()],
      expected: {
        seen: [
          [1, '1 2', '/net.lines'],
          [2, 'unsaved 1 2', undefined],
          [3, 'unsaved 1 3', undefined],
          [3, '2 6', '/net.lines'],
        ],
        heard: ['edit', 'edit', 'disk', 'edit'],
      },
    },
    {
      name: 'is the file again after a revert, and another version when opened anew',
      input: [(place) => place.type('8\n8\n'), (place) => place.revert(), (place) => place.type('8\n8\n8\n')],
      expected: {
        seen: [
          [1, '1 2', '/net.lines'],
          [2, 'unsaved 1 2', undefined],
          [1, '1 2', '/net.lines'],
          [3, 'unsaved 2 2', undefined],
        ],
        heard: ['edit', 'edit', 'edit'],
      },
    },
  ],
);

check(
  'the source of a model that is no text',
  async (content: string) => {
    const place = new Workplace('net.bin');
    place.type(content);
    return { operators: await place.operators(), file: place.source.file, heard: place.heard };
  },
  [{ name: 'is the file alone', input: '8\n8\n', expected: { operators: 1, file: '/net.bin', heard: [] } }],
);
