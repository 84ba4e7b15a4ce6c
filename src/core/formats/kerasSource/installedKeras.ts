interface NamedText {
  readonly file: string;
  readonly text: string;
}

interface Installed {
  readonly value: 2 | 3;
  readonly origin: string;
  readonly place: { readonly file: string };
}

/**
 * Which Keras a project installs, by the first file that says so: of TensorFlow up to 2.15 Keras is Keras 2, as is
 * `tf_keras`. Source: release notes of TensorFlow 2.16.
 */
export function installedKeras(texts: readonly NamedText[]): Installed | undefined {
  for (const { file, text } of texts) {
    const value = /\.(?:py|ipynb)$/.test(file) ? ofProgram(text) : ofPackages(text);
    if (value !== undefined) return { value, origin: file, place: { file } };
  }
  return undefined;
}

/** What a program installs itself, or asks TensorFlow for. */
function ofProgram(text: string): 2 | 3 | undefined {
  const legacy = /TF_USE_LEGACY_KERAS["'\\\]\s]*=\s*["'\\]*(?:1|True|true)/.test(text);
  if (legacy) return 2;
  const installs = text.match(/pip3? install[^\n]*/g) ?? [];
  return ofPackages(installs.map((line) => line.split(/\s+/).slice(2).join('\n')).join('\n'));
}

/** In requirements, an environment or a project's dependencies: a package with bounds of its version. */
const packageLine =
  /(?:^|[\s"'[,])(tensorflow(?:-cpu|-gpu|-macos|-intel)?|keras|tf[-_]keras)(?![\w-])(?:\[[\w,-]*\])?["']?\s*(?:=\s*["'](?=[~<>^!=]))?((?:[\s,"']*[=~<>!^]{1,3}\s*["']?\d[\d.*]*)*)/g;

function ofPackages(text: string): 2 | 3 | undefined {
  const found = new Map<string, 2 | 3 | undefined>();
  for (const line of text.split('\n')) {
    const stated = line.replace(/(?:^|\s)#.*$/, '').slice(0, 500);
    for (const [, name, bounds] of stated.matchAll(packageLine)) {
      found.set(name.replace('-', '_').replace(/^(tensorflow).*$/, '$1'), kerasOf(name, bounds));
    }
  }
  if (found.has('tf_keras')) return 2;
  return found.get('keras') ?? found.get('tensorflow');
}

/** A version that is sure to be below, or not below, the first with Keras 3. */
function kerasOf(name: string, bounds: string): 2 | 3 | undefined {
  const first = name === 'keras' ? [3, 0] : [2, 16];
  const parts = bounds.matchAll(/([=~<>!^]{1,3})\s*["']?\s*(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?/g);
  for (const [, sign, major, minor = '0', patch] of parts) {
    const isBelow = compared([Number(major), Number(minor)], first);
    const isExact = /^={1,3}$/.test(sign) || (/^~=?$/.test(sign) && (sign === '~' || patch !== undefined));
    if (isExact) return isBelow < 0 ? 2 : 3;
    if ((sign === '<' && isBelow <= 0) || (sign === '<=' && isBelow < 0)) return 2;
    if ((sign === '>=' || sign === '>') && isBelow >= 0) return 3;
  }
  return undefined;
}

function compared(left: readonly number[], right: readonly number[]): number {
  return left[0] - right[0] || left[1] - right[1];
}
