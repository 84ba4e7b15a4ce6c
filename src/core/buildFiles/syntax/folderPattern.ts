/** Names in braces that stand for the folder that a text is relative to. */
const roots: ReadonlySet<string> = new Set([
  'workspaceFolder',
  'workspaceRoot',
  'sourceDir',
  'sourceDirectory',
  'fileDir',
]);
/** Names in braces that stand for a part of a path which only the editor knows. */
const unknownParts: ReadonlySet<string> = new Set([
  'buildType',
  'variant:buildType',
  'buildKit',
  'generator',
  'buildKitVendor',
  'buildKitTriple',
  'buildKitVersion',
  'buildKitHostOs',
  'buildKitTargetOs',
  'buildKitTargetArch',
]);
/** Where a text begins that names the folder it is relative to. */
const root = '\0';
const longest = 1000;
/** Parts of a path, and those of them that are not known, of which more are no build folder. */
const [mostParts, mostOpen] = [12, 2];

/**
 * A folder below the one that a text is relative to, `*` for a part of its name that is not known; nothing for that
 * folder itself, for one that is not in it, and where more is not known. `names`: of words in braces.
 */
export function folderPattern(text: string, names: ReadonlyMap<string, string> = new Map()): string | undefined {
  if (text.length > longest) return undefined;
  let isKnown = true;
  const filled = text.replace(/\$(\w*)\{([^{}]*)\}/g, (_, kind: string, name: string) => {
    if (kind !== '') isKnown = false;
    else if (roots.has(name)) return root;
    else if (unknownParts.has(name)) return '*';
    const value = names.get(name);
    if (value === undefined) isKnown = false;
    return value ?? '';
  });
  const whole = filled.replaceAll('\\', '/');
  const below = whole.startsWith(root) ? whole.slice(1).replace(/^\//, '') : whole;
  if (!isKnown || below.includes(root) || below.includes('$') || /^(?:\/|[A-Za-z]:|~)/.test(below)) return undefined;
  const parts: string[] = [];
  for (const part of below.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part.replace(/\*+/g, '*'));
    else if (parts.pop() === undefined) return undefined;
  }
  const open = parts.filter((part) => part.includes('*'));
  return parts.length === 0 || parts.length > mostParts || open.length > mostOpen ? undefined : parts.join('/');
}

/** Whether a folder is one that a pattern names. */
export function isOfPattern(folder: string, pattern: string): boolean {
  const [own, wanted] = [folder.split('/'), pattern.split('/')];
  return own.length === wanted.length && wanted.every((part, index) => isOfPart(own[index], part));
}

/** `*` is for any characters of a part, none among them; each piece between is looked for behind the one before. */
function isOfPart(part: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return part === pattern;
  const [first, last] = [pieces[0], pieces[pieces.length - 1]];
  if (part.length < first.length + last.length || !part.startsWith(first) || !part.endsWith(last)) return false;
  const inside = part.slice(first.length, part.length - last.length);
  let at = 0;
  return pieces.slice(1, -1).every((piece) => {
    const found = inside.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0;
  });
}
