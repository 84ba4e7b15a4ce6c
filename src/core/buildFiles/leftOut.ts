/** Folders of what is built, fetched or kept by programs, as patterns of their names. */
export const leftOutFolders = [
  '.*',
  'node_modules',
  'build',
  'cmake-build-*',
  'managed_components',
  '__pycache__',
  'venv',
];

/** Whether nothing below a folder of this name belongs to a firmware's own files. */
export function isLeftOut(folder: string): boolean {
  return leftOutFolders.some((pattern) => {
    const [head, tail] = pattern.split('*');
    return tail === undefined ? folder === pattern : folder.startsWith(head);
  });
}
