import * as vscode from 'vscode';
import { labelsIn, type ChoiceLayer } from '../../core/project/layers';
import type { LabelsChoice } from '../../protocol/jobs';
import { isFollowed } from '../trust';

/** The names of a model's classes that a project file gives, or the file beside it that has them. */
export function classLabels(layers: readonly ChoiceLayer[]): LabelsChoice | undefined {
  const found = labelsIn(layers);
  if (found?.file === undefined || !isFollowed('models[].labels')) return undefined;
  const { labels, file } = found;
  const project = vscode.Uri.parse(file, true);
  if (typeof labels !== 'string') {
    return { kind: 'names', source: `"labels" in ${vscode.workspace.asRelativePath(project)}`, names: labels };
  }
  return { kind: 'files', address: vscode.Uri.joinPath(project, '..', labels).toString(), name: labels };
}
