import { builtin, dict, none, str, stringOf, textEntries } from '../evaluate/plainValues';
import type { HostObject, PythonPlace, PythonValue } from '../evaluate/values';
import { unknown } from '../evaluate/machine';

/** An object that only holds values by name, such as what a parser of arguments gives. */
export class Namespace implements HostObject {
  readonly typeName: string = 'Namespace';
  readonly values: Map<string, PythonValue>;

  constructor(
    values: Iterable<readonly [string, PythonValue]>,
    /** What every other name stands for. */
    readonly others?: (name: string, at: PythonPlace) => PythonValue,
  ) {
    this.values = new Map([...values].map(([name, value]) => [name, nested(value)]));
  }

  attribute(name: string, at: PythonPlace): PythonValue | undefined {
    const own = this.values.get(name);
    if (own !== undefined) return own;
    if (name === '__dict__') return this.#dict();
    if (name === 'get') {
      return builtin(name, ({ positional: [key, otherwise] }) => {
        return this.values.get(stringOf(key) ?? '') ?? otherwise ?? none;
      });
    }
    if (name === 'items' || name === 'keys' || name === 'values') {
      const all = this.#dict();
      return builtin(name, () =>
        name === 'items'
          ? {
              kind: 'list',
              items: [...all.entries.values()].map(([key, value]) => ({ kind: 'tuple', items: [key, value] })),
            }
          : { kind: 'list', items: [...all.entries.values()].map(([key, value]) => (name === 'keys' ? key : value)) },
      );
    }
    return this.others?.(name, at);
  }

  setAttribute(name: string, value: PythonValue): void {
    this.values.set(name, nested(value));
  }

  item(index: PythonValue, at: PythonPlace): PythonValue {
    const name = stringOf(index) ?? '';
    return this.attribute(name, at) ?? unknown(`There is no ${name} in it.`, at);
  }

  setItem(index: PythonValue, value: PythonValue): void {
    this.setAttribute(stringOf(index) ?? '', value);
  }

  #dict(): Extract<PythonValue, { kind: 'dict' }> {
    return dict([...this.values].map(([name, value]) => [str(name), value]));
  }
}

/** Dictionaries inside are namespaces, too. */
function nested(value: PythonValue): PythonValue {
  return value.kind === 'dict' && value.open === undefined && value.missing === undefined && value.entries.size > 0
    ? { kind: 'host', object: new Namespace(textEntries(value)) }
    : value;
}
