import { builtin, host, none, str } from '../evaluate/plainValues';
import type { Call, HostObject, PythonPlace, PythonValue } from '../evaluate/values';
import type { LibraryWork } from './libraryWork';

/** A path as text: of a string, or of a `Path`. */
export function pathText(value: PythonValue): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'host' && value.object instanceof FilePath ? value.object.path : undefined;
}

/** Without `.` and with `..` gone up, as far as that can be seen. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function folderOf(path: string): string {
  const end = path.replace(/\/+$/, '').lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

const named = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';

function onPath(work: (path: string) => PythonValue): LibraryWork {
  return ({ positional: [path] }) => {
    const text = path && pathText(path);
    return text === undefined ? undefined : work(text);
  };
}

const joinedPath: LibraryWork = ({ positional }) => {
  const parts = positional.map(pathText);
  if (parts.includes(undefined)) return positional.find(({ kind }) => kind === 'unknown');
  return str(parts.filter((part) => part !== '').join('/'));
};

const workFolder: LibraryWork = () => str('.');

/** `os.path`, as far as it only looks at texts. */
export const pathWorks: readonly (readonly [string, LibraryWork])[] = [
  ['os.path.basename', onPath((path) => str(named(path)))],
  ['os.path.dirname', onPath((path) => str(folderOf(path)))],
  ['os.path.abspath', onPath(str)],
  ['os.path.realpath', onPath(str)],
  ['os.path.normpath', onPath((path) => str(plainPath(path)))],
  ['os.path.expanduser', onPath(str)],
  ['os.path.join', joinedPath],
  ['os.getcwd', workFolder],
  ['os.fspath', onPath(str)],
];

interface Reading {
  readonly read: (path: string, at: PythonPlace) => PythonValue;
  readonly open: (path: string, call: Call) => PythonValue;
}

/** `pathlib.Path`, as far as it only looks at its text. */
export class FilePath implements HostObject {
  readonly typeName = 'Path';

  constructor(
    readonly path: string,
    readonly reading: Reading,
  ) {}

  text(): string {
    return this.path;
  }

  attribute(name: string): PythonValue | undefined {
    switch (name) {
      case 'parent':
        return this.#with(folderOf(this.path));
      case 'name':
        return str(named(this.path));
      case 'stem':
        return str(named(this.path).replace(/(?<=.)\.[^.]*$/, ''));
      case 'suffix':
        return str(/(?<=.)\.[^.]*$/.exec(named(this.path))?.[0] ?? '');
      case 'resolve':
      case 'absolute':
      case 'expanduser':
      case 'as_posix':
        return builtin(name, () => (name === 'as_posix' ? str(this.path) : host(this)));
      case 'joinpath':
        return builtin(name, ({ positional }) =>
          positional.reduce<PythonValue>((path, part) => joined(path, part), host(this)),
        );
      case 'read_text':
        return builtin(name, ({ at }) => this.reading.read(this.path, at));
      case 'open':
        return builtin(name, (call) => this.reading.open(this.path, call));
      case 'mkdir':
        return builtin(name, () => none);
      case 'parents':
        return { kind: 'list', items: this.#parents() };
      default:
        return undefined;
    }
  }

  binary(operator: string, other: PythonValue): PythonValue | undefined {
    return operator === '/' ? joined(host(this), other) : undefined;
  }

  under(part: string): PythonValue {
    return this.#with(this.path === '' ? part : `${this.path}/${part}`);
  }

  #parents(): PythonValue[] {
    const found: PythonValue[] = [];
    let path = this.path;
    while (path !== '' && found.length < 20) {
      path = folderOf(path);
      found.push(this.#with(path));
    }
    return found;
  }

  #with(path: string): PythonValue {
    return host(new FilePath(path, this.reading));
  }
}

function joined(path: PythonValue, part: PythonValue): PythonValue {
  const text = pathText(part);
  if (text === undefined || path.kind !== 'host' || !(path.object instanceof FilePath)) return part;
  return path.object.under(text);
}
