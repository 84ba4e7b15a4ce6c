import type { ProjectFileName } from './fileNames';
import { readProject } from './project';
import type { ProjectReading } from './project';

/** How each project file is read; what it says is told in the terms of `milliwatt.json`. */
export const projectReaders: Readonly<Record<ProjectFileName, (text: string) => ProjectReading>> = {
  'milliwatt.json': readProject,
};
