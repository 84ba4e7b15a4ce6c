import * as vscode from 'vscode';
import { modelPattern } from '../../core/formats/kinds';
import type { ModelTrace } from '../../core/measure/modelTrace';
import { fitsTrace } from '../../core/measure/modelTrace';
import type { Analyses } from '../analysis/analyses';
import type { ModelState } from '../analysis/modelEntry';
import { isOfChoice } from '../analysis/modelEntry';
import type { OpenModels } from '../openModels';
import { fileUriOf, pathOf } from '../places';
import { folderPaths } from '../workspaceFolders';

/** What is known when a model is looked for. */
interface WantedModel extends ModelTrace {
  /**
   * The board that the port was recognised as: where several models may be meant, one that is estimated for it is
   * likelier.
   */
  readonly board?: string;
}

/** Models of the workspace that are looked at for a hash. */
const mostFiles = 300;

/** Knows the contents of files without blocking the caller. */
interface HashedFiles {
  fileWithHash(hash: string, files: readonly string[], within: readonly string[]): Promise<string | undefined>;
}

/** Finds the model that a firmware holds, among those that are open or named, then among the files of the workspace. */
export class ModelFinder {
  readonly #analyses: Analyses;
  readonly #hashes: HashedFiles;
  readonly #open: OpenModels;

  constructor(analyses: Analyses, hashes: HashedFiles, open: OpenModels) {
    this.#analyses = analyses;
    this.#hashes = hashes;
    this.#open = open;
  }

  /** The model with this content: one that is held, else a file of the workspace on this machine. */
  async withHash(hash: string): Promise<vscode.Uri | undefined> {
    const held = this.#analyses
      .all()
      .filter(({ key, contentHash, stale }) => contentHash === hash && !stale && this.#isMeant(key.uri));
    const [known] = urisOf(withoutTwins(held));
    if (known !== undefined) return known;
    const files = await vscode.workspace.findFiles(modelPattern(), '**/node_modules/**', mostFiles);
    const local = files.filter(({ scheme }) => scheme === 'file');
    const found = await this.#hashes.fileWithHash(
      hash,
      local.map(({ fsPath }) => fsPath),
      folderPaths(),
    );
    return local.find(({ fsPath }) => fsPath === found);
  }

  /** The models that it may be; one where it is certain. */
  async candidates({ board, ...trace }: WantedModel): Promise<readonly vscode.Uri[]> {
    if (trace.hash === undefined) {
      const fitting = this.#states().filter((state) => fits(state, trace));
      return urisOf(withoutTwins(likelier(fitting, board)));
    }
    const found = await this.withHash(trace.hash);
    return found === undefined ? [] : [found];
  }

  /** Whether it may be this model, which need not be open: it is analysed for that. */
  async isCandidate(model: vscode.Uri, trace: ModelTrace): Promise<boolean> {
    return fits(await this.#analyses.settled({ uri: model, costs: 'hints' }), trace);
  }

  /** The models that are open or named. */
  get known(): readonly vscode.Uri[] {
    return urisOf(this.#states());
  }

  /** The one candidate, or the one that the user picks; nothing where there is none or nobody answers. */
  async pick(candidates: readonly vscode.Uri[], title: string): Promise<vscode.Uri | undefined> {
    if (candidates.length < 2) return candidates.at(0);
    const rows = candidates.map((uri) => ({ label: pathOf(uri), uri }));
    return (await vscode.window.showQuickPick(rows, { title }))?.uri;
  }

  #states(): readonly ModelState[] {
    return this.#analyses
      .all()
      .filter(({ key, analysis }) => isOfChoice(key) && analysis !== undefined && this.#isMeant(key.uri));
  }

  /** Not an older version, nor an array of a source that is open in no tab: both are held a while longer. */
  #isMeant(model: vscode.Uri): boolean {
    return model.scheme !== 'git' && (model.fragment === '' || this.#open.showsText(fileUriOf(model)));
  }
}

/** A model whose file has changed since may have another hash by now. */
function fits({ analysis, contentHash, stale }: ModelState, trace: ModelTrace): boolean {
  return fitsTrace({ contentHash: stale ? undefined : contentHash, layers: analysis?.report.layers }, trace);
}

/** Those that are estimated for the board, where there are such. */
function likelier(states: readonly ModelState[], board: string | undefined): readonly ModelState[] {
  const onBoard = states.filter(({ analysis }) => analysis?.report.target.board === board);
  return board === undefined || onBoard.length === 0 ? states : onBoard;
}

/** An array and the file that it was made from are one model: of equal contents the file stands for both. */
function withoutTwins(states: readonly ModelState[]): readonly ModelState[] {
  const files = states.filter(({ key }) => key.uri.fragment === '');
  const known = new Set(files.map(({ contentHash }) => contentHash));
  return [...files, ...states.filter(({ key, contentHash }) => key.uri.fragment !== '' && !known.has(contentHash))];
}

function urisOf(states: readonly ModelState[]): readonly vscode.Uri[] {
  return states.map(({ key }) => key.uri);
}
