/**
 * Classes by the folders that files lie in, when all lie in at least two: the folders' names in alphabetical order are
 * 0, 1, 2 …
 */
export function labelsOfFolders(
  paths: readonly string[],
): { readonly labels: readonly number[]; readonly remarks: readonly string[] } | undefined {
  const folders = paths.map((path) => path.split(/[\\/]/).at(-2) ?? '');
  const classes = [...new Set(folders)].sort();
  if (classes.length < 2) return undefined;
  return {
    labels: folders.map((folder) => classes.indexOf(folder)),
    remarks: [
      `Labels are the names of folders in alphabetical order: ${classes.map((name, index) => `${index} ${name}`).join(', ')}.`,
    ],
  };
}
