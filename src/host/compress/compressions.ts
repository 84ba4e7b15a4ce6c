import type * as vscode from 'vscode';
import type { CompressionKind } from '../../core/compress/kind';
import { HumanError } from '../../core/model/problem';
import type { LoadedProject } from '../project';
import type { Compression, CompressionServices, CompressionTask } from './compression';

/** What runs one, loaded with the first. */
type LoadCompression = () => Promise<{
  readonly Compression: new (task: CompressionTask, services: CompressionServices) => Compression;
}>;

/** The compressions of this window: any number may run, each on a thread of its own. */
export class Compressions {
  readonly #services: CompressionServices;
  readonly #load: LoadCompression;
  readonly #all: Compression[] = [];

  constructor(services: CompressionServices, load: LoadCompression) {
    this.#load = load;
    this.#services = services;
  }

  /** The newest, for tests. */
  get last(): Compression | undefined {
    return this.#all.at(-1);
  }

  /** The project file that applies to a model. */
  async projectOf(model: vscode.Uri): Promise<LoadedProject | undefined> {
    return (await this.#services.choices.of(model)).project;
  }

  /** What the settings say about the options of a kind, for a model. */
  settingsFor(model: vscode.Uri, kind: CompressionKind): object {
    return this.#services.settings.readOptions(model, kind);
  }

  /** Takes the newest written file away again that nobody has decided about; gives its place. */
  async discardLast(): Promise<vscode.Uri> {
    const last = newestDiscardable(this.#all);
    const uri = last?.result;
    if (last === undefined || uri === undefined) {
      throw new HumanError('nothing-to-discard', 'Nothing was written in this window that could be discarded.');
    }
    await last.discard();
    return uri;
  }

  /** Starts one, and resolves when it is over. @throws what made it fail; nothing when it was cancelled. */
  async run(task: CompressionTask): Promise<Compression> {
    const { Compression: Started } = await this.#load();
    const compression = new Started(task, this.#services);
    this.#all.push(compression);
    await compression.run();
    return compression;
  }

  /** Stops what runs: threads end with the extension host in any case. */
  dispose(): void {
    for (const compression of this.#all) compression.cancel();
  }
}

/** The newest of compressions, oldest first, whose file may be taken away again. */
export function newestDiscardable<Each extends { readonly isDiscardable: boolean }>(
  all: readonly Each[],
): Each | undefined {
  return [...all].reverse().find(({ isDiscardable }) => isDiscardable);
}
