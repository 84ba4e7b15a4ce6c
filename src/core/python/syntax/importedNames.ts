/** Every name on lines of a text that import something: modules, folders of modules, and what is taken of them. */
export function importedNames(text: string): ReadonlySet<string> {
  const lines = text.matchAll(/(?:^|[\n";])[ \t]*(?:from|import)[ \t]+([^\n#";]{1,500})/g);
  return new Set([...lines].flatMap(([, names]) => names.match(/\w+/g) ?? []));
}
