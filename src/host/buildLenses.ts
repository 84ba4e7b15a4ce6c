import * as vscode from 'vscode';
import { buildFilePattern } from '../core/buildFiles/fileNames';
import { proposedKeys } from '../core/project/proposedLayers';
import type { BuildTargets, FoundTarget } from './buildTargets';
import type { Choices } from './choices';
import { Disposables } from './disposables';
import { fileNameOf, pathOf } from './places';
import type { SettingsReader } from './settings';

/** What lenses in build files look things up in. */
interface LensSources {
  readonly builds: BuildTargets;
  readonly choices: Choices;
  readonly settings: SettingsReader;
}

/** Files that list the environments of a project. */
const listsEnvironments = /^(?:platformio\.ini|sketch\.ya?ml)$/;

/** What a build file says of the target that nobody chose, and which environment counts, where that stands. */
export class BuildLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #sources: LensSources;
  readonly #disposables = new Disposables();
  readonly #emitter = this.#disposables.add(new vscode.EventEmitter<void>());

  /** `events`: what is chosen, or said, has changed. */
  constructor(sources: LensSources, events: readonly vscode.Event<void>[]) {
    this.#sources = sources;
    this.onDidChangeCodeLenses = this.#emitter.event;
    for (const event of events) this.#disposables.add(event(() => this.#emitter.fire()));
    const selector: vscode.DocumentSelector = { pattern: buildFilePattern() };
    this.#disposables.add(vscode.languages.registerCodeLensProvider(selector, this));
  }

  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { builds, choices, settings } = this.#sources;
    if (!settings.read(uri).codeLens) return [];
    const found = await builds.of(uri);
    if (found === undefined) return [];
    const open = proposedKeys((await choices.of(uri)).layers);
    return [...environmentLens(uri, found), ...proposalLens(uri, found, open)];
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** Above the first line that says something which nobody chose. */
function proposalLens(uri: vscode.Uri, found: FoundTarget, open: readonly string[]): readonly vscode.CodeLens[] {
  const own = found.target.values.filter(({ key, place }) => open.includes(key) && isPlace(uri, found, place.file));
  if (own.length === 0) return [];
  const says = own.map(({ key, value }) => `${key} ${value}`).join(', ');
  const tooltip = `Milliwatt reckons with this as long as nobody chooses otherwise: ${says}. Take it into milliwatt.json.`;
  const command = { command: 'milliwatt.takeProposedTarget', arguments: [uri], tooltip };
  return [lensAt(firstLine(own), { title: `$(circuit-board) Take into milliwatt.json: ${says}`, ...command })];
}

function environmentLens(uri: vscode.Uri, found: FoundTarget): readonly vscode.CodeLens[] {
  const { environments, target } = found;
  const isOfFolders = environments.length === 0;
  const [names, name] = isOfFolders ? [found.builds, found.build] : [environments, found.environment];
  if (names.length < 2) return [];
  const own = target.values.filter(({ place }) => isPlace(uri, found, place.file));
  if (own.length === 0 && !listsEnvironments.test(fileNameOf(uri))) return [];
  const all = `one of ${names.length} ${isOfFolders ? 'build folders' : 'environments'}`;
  const title = name === undefined ? `Choose ${all}` : `${name}, ${all}`;
  const command = {
    command: 'milliwatt.chooseEnvironment',
    arguments: [uri],
    tooltip: `The ${isOfFolders ? 'build' : 'environment'} that Milliwatt follows. Choose another one.`,
  };
  return [lensAt(firstLine(own), { title: `$(list-selection) ${title}`, ...command })];
}

function isPlace(uri: vscode.Uri, { root }: FoundTarget, file: string): boolean {
  return pathOf(vscode.Uri.joinPath(root, file)) === pathOf(uri);
}

function firstLine(values: FoundTarget['target']['values']): number {
  return values.length === 0 ? 0 : Math.min(...values.map(({ place }) => place.span.line));
}

function lensAt(line: number, command: vscode.Command): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command);
}
