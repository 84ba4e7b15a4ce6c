import * as vscode from 'vscode';
import type { RecordedArray } from '../../core/firmwareRules/rule';
import type { Choices } from '../choices';
import { isFollowed } from '../trust';
import type { SourceFiles } from './sourceFiles';

/** Which arrays of a folder are made from which files, as the project files that hold for its models say. */
export async function recordedArrays(
  models: readonly vscode.Uri[],
  files: SourceFiles,
  choices: Choices,
): Promise<readonly RecordedArray[]> {
  const loaded = await Promise.all(models.map(async (model) => (await choices.of(model)).project));
  const projects = new Map(
    loaded.flatMap((each) => (each === undefined ? [] : [[each.uri.toString(), each] as const])),
  );
  return [...projects.values()].flatMap(({ uri, project }) => {
    const pathOf = (path: string): string => files.pathOf(vscode.Uri.joinPath(uri, '..', path)) ?? '';
    return (project.models ?? []).flatMap(({ path, array, sources: named }): readonly RecordedArray[] => {
      if (array === undefined) return [];
      const followed = isFollowed('models[].sources') ? named?.map(pathOf) : undefined;
      return [{ path: pathOf(path), array, ...(followed === undefined ? {} : { sources: followed }) }];
    });
  });
}
