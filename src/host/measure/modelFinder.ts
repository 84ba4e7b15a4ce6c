import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { matchLayers } from '../../core/measure/matchLayers';
import type { Analyses } from '../analysis/analyses';
import type { ModelState } from '../analysis/modelEntry';
import { pathOf } from '../places';

/** What the output of a board says about the model in its firmware. */
export interface ModelTrace {
  /** The hash that our helper prints. */
  readonly hash?: string;
  /** Operators in the order of their runs. */
  readonly operators?: readonly string[];
  /** An operator that the model must have. */
  readonly operator?: string;
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
  async candidates({ hash, operators, operator, board }: ModelTrace): Promise<readonly vscode.Uri[]> {
    const states = this.#states();
    if (hash !== undefined) {
      const known = states.find(({ contentHash, stale }) => contentHash === hash && !stale);
      const found = known?.key.uri ?? (await fileWithHash(hash));
      return found === undefined ? [] : [found];
    }
    if (operators !== undefined) {
      const measured = operators.map((name) => ({ operator: name }));
      const matching = states.filter(({ analysis }) => matchLayers(analysis?.report.layers ?? [], measured).matched);
      return urisOf(likelier(matching, board));
    }
    const users = states.filter(
      ({ analysis }) =>
        operator === undefined || analysis?.report.layers.some((layer) => layer.operator === operator) === true,
    );
    return urisOf(likelier(users, board));
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
  for (const uri of await vscode.workspace.findFiles('**/*.tflite', '**/node_modules/**', mostFiles)) {
    if ((await vscode.workspace.fs.stat(uri)).size > largestBytes) continue;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (createHash('sha256').update(bytes).digest('hex') === hash) return uri;
  }
  return undefined;
}

/** Those that are estimated for the board, where there are such. */
function likelier(states: readonly ModelState[], board: string | undefined): readonly ModelState[] {
  const onBoard = states.filter(({ analysis }) => analysis?.report.target.board === board);
  return board === undefined || onBoard.length === 0 ? states : onBoard;
}

function urisOf(states: readonly ModelState[]): readonly vscode.Uri[] {
  return states.map(({ key }) => key.uri);
}
