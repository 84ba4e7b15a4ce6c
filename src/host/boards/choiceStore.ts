import * as vscode from 'vscode';
import type { TargetChoice } from '../../core/analysis/analysis';
import { mergedChoices } from '../../core/project/layers';
import { ownProjectFile } from '../../core/project/fileNames';
import { proposedKeys } from '../../core/project/proposedLayers';
import type { FoundTarget } from '../buildTargets';
import type { Choices } from '../choices';
import { placeOf } from '../places';
import { entryOf } from '../project';
import type { SettingsReader } from '../settings';

type ChoiceKey = 'board' | 'runtime';

/**
 * Where a choice is kept: in the project file that holds for the model, in the settings of its folder, or in the
 * user's.
 */
export type ChoicePlace = 'milliwatt.json' | 'workspace settings' | 'user settings';

/** Changes project files, loaded with the first change. */
type LoadProjectWriter = () => Promise<{
  setInProjectFile(
    model: vscode.Uri,
    project: vscode.Uri | undefined,
    path: readonly (string | number)[],
    value: unknown,
  ): Promise<void>;
}>;

/** Keeps what the user picks where it belongs. */
export class ChoiceStore {
  readonly #settings: SettingsReader;
  readonly #choices: Choices;
  readonly #load: LoadProjectWriter;

  constructor(settings: SettingsReader, choices: Choices, load: LoadProjectWriter) {
    this.#load = load;
    this.#settings = settings;
    this.#choices = choices;
  }

  /** What is chosen for `model`, or without one for any: known before the model is analysed. */
  async chosenFor(model: vscode.Uri | undefined): Promise<TargetChoice> {
    if (model === undefined) return mergedChoices([this.#settings.read(undefined).layer]).target;
    return (await this.#choices.of(model)).request.target;
  }

  /** The places that a choice about `model` can be kept in, the one that takes effect first. */
  async placesFor(model: vscode.Uri | undefined): Promise<readonly ChoicePlace[]> {
    const inFolder = model !== undefined && vscode.workspace.getWorkspaceFolder(placeOf(model)) !== undefined;
    if (!inFolder) return ['user settings'];
    const { project } = await this.#choices.of(model);
    // A project file wins over settings: beside one, a choice in the settings would have no effect.
    return project === undefined ? ['workspace settings', 'user settings', 'milliwatt.json'] : ['milliwatt.json'];
  }

  async keep(
    key: ChoiceKey,
    value: string | undefined,
    model: vscode.Uri | undefined,
    place: ChoicePlace,
  ): Promise<void> {
    if (place === 'milliwatt.json' && model !== undefined) return this.#keepInProject(key, value, model);
    if (place === 'workspace settings') {
      await this.#settings.store(key, value, model && placeOf(model));
      return;
    }
    await this.#settings.storeForUser(key, value);
  }

  /**
   * Writes what the project of a model says and nobody chose into the project file that holds for it, else into one
   * beside its build files. False where everything is chosen.
   */
  async takeProposed(model: vscode.Uri, { root, folder, target }: FoundTarget): Promise<boolean> {
    const { layers } = await this.#choices.of(model);
    const open = proposedKeys(layers);
    const taken = target.values.filter(({ key }) => open.includes(key));
    const files = await this.#load();
    // Each finds the file as the one before left it, and the first one makes it where there is none.
    for (const { key, value } of taken) {
      const { project } = await this.#choices.of(model);
      const uri = project?.uri ?? vscode.Uri.joinPath(root, folder, ownProjectFile);
      const path = key === 'board' || key === 'runtime' ? [key] : ['target', key];
      await files.setInProjectFile(model, uri, path, value);
    }
    return taken.length > 0;
  }

  /** A model with a choice of its own in the project file keeps it there; else it is the choice of all models. */
  async #keepInProject(key: ChoiceKey, value: string | undefined, model: vscode.Uri): Promise<void> {
    const { project } = await this.#choices.of(model);
    const entry = project && entryOf(project, model);
    const position = entry?.[key] === undefined ? -1 : (project?.project.models?.indexOf(entry) ?? -1);
    const path = position < 0 ? [key] : ['models', position, key];
    const files = await this.#load();
    await files.setInProjectFile(model, project?.uri, path, value);
  }
}
