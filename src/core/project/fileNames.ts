/**
 * The files that a project's choices are read from, the most binding first. A new one is a line here and its reader in
 * `readers.ts`.
 */
export const projectFileNames = ['milliwatt.json'] as const;

export type ProjectFileName = (typeof projectFileNames)[number];

/** The project's own file, which choices are written into. */
export const ownProjectFile: ProjectFileName = 'milliwatt.json';
