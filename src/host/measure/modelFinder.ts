import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { modelPattern } from '../../core/formats/kinds';
import type { ModelTrace } from '../../core/measure/modelTrace';
import { fitsTrace } from '../../core/measure/modelTrace';
import type { Analyses } from '../analysis/analyses';
import type { ModelState } from '../analysis/modelEntry';
import { pathOf } from '../places';

/** What is known when a model is looked for. */
export interface Wanted extends ModelTrace {
  /** The board that the port was recognised as: where several models may be meant, one that is estimated for it is likelier. */
  readonly board?: string;
}

/** Models of the workspace that are looked at for a hash, and the largest of them. */
const mostFiles = 300;
const largestBytes = 64 * 1024 * 1024;

/** Finds the model that a firmware holds, among those that are open or named, then among the files of the workspace. */
export class ModelFinder {
  readonly #analyses: Analyses;

  constructor(analyses: Analyses) {
    this.#analyses = analyses;
  }

  /** The models that it may be; one where it is certain. */
  async candidates({ board, ...trace }: Wanted): Promise<readonly vscode.Uri[]> {
    const fitting = this.#states().filter((state) => fits(state, trace));
    if (trace.hash === undefined) return urisOf(likelier(fitting, board));
    const found = fitting.at(0)?.key.uri ?? (await fileWithHash(trace.hash));
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
      .filter(({ key, analysis }) => key.costs === 'hints' && key.board === undefined && analysis !== undefined)
      .filter(({ key }) => key.uri.scheme !== 'git');
  }
}

/** A file of the workspace with this content. */
export async function fileWithHash(hash: string): Promise<vscode.Uri | undefined> {
  for (const uri of await vscode.workspace.findFiles(modelPattern(), '**/node_modules/**', mostFiles)) {
    if ((await vscode.workspace.fs.stat(uri)).size > largestBytes) continue;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (createHash('sha256').update(bytes).digest('hex') === hash) return uri;
  }
  return undefined;
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

function urisOf(states: readonly ModelState[]): readonly vscode.Uri[] {
  return states.map(({ key }) => key.uri);
}
