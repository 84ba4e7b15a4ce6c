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

/** What a name begins with, or is. */
const patterns = leftOutFolders.map((pattern) => ({ head: pattern.split('*')[0], isWhole: !pattern.includes('*') }));

/** Whether nothing below a folder of this name belongs to a firmware's own files. */
export function isLeftOut(folder: string): boolean {
  return patterns.some(({ head, isWhole }) => (isWhole ? folder === head : folder.startsWith(head)));
}
