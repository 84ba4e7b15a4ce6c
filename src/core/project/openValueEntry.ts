import { givenValueOf } from '../formats/givenValue';
import type { TextEdit } from '../model/problem';
import { entryPlace } from './entryPlace';
import type { ProjectText } from './projectEdit';
import { projectEdits } from './projectEdit';
import { readProject } from './project';

/**
 * The edits that give a program's open value in the project file, in the entry of the model; `path` is that of the
 * model from the file, with its name behind `#`. An entry is made where there is none.
 */
export function openValueEdits(
  file: ProjectText,
  path: string,
  { name, value }: { readonly name: string; readonly value: string },
): readonly TextEdit[] {
  const given = givenValueOf(value) ?? value;
  const { project } = readProject(file.text ?? '{}');
  const place = entryPlace(project, path);
  if (place >= 0) return projectEdits(file, ['models', place, 'values', name], () => given);
  const entry = { path, values: { [name]: given } };
  return projectEdits(file, ['models', project.models?.length ?? 0], () => entry);
}
