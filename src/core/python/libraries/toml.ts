import { dict, str } from '../evaluate/plainValues';
import { unknown, type PythonMachine } from '../evaluate/machine';
import { keyOf } from '../evaluate/plainValues';
import type { DictValue, PythonPlace, PythonValue } from '../evaluate/values';
import { literalOf } from './literals';

/** The value of a TOML or INI file: tables, and values on one line. INI's values are texts. */
export function tomlValue(
  text: string,
  kind: 'toml' | 'ini',
  { machine, at }: { readonly machine: PythonMachine; readonly at: PythonPlace },
): DictValue {
  const all = dict();
  let table = all;
  for (const line of text.split(/\r?\n/)) {
    const plain = line.trim();
    const header = /^\[([\w.\- ]+)\]\s*(?:#.*)?$/.exec(plain);
    if (header !== null) {
      const path = kind === 'toml' ? header[1].split('.') : [header[1]];
      table = path.reduce((outer, name) => tableIn(outer, name.trim()), all);
      continue;
    }
    const entry = /^"?([\w.-]+)"?\s*[=:]\s*(.*)$/.exec(plain);
    if (entry === null || /^[#;]/.test(plain)) continue;
    const [, name, written] = entry;
    table.entries.set(keyOf(str(name)), [str(name), valueOf(written, kind, { machine, at })]);
  }
  return all;
}

function tableIn(outer: DictValue, name: string): DictValue {
  const known = outer.entries.get(keyOf(str(name)))?.[1];
  if (known?.kind === 'dict') return known;
  const made = dict();
  outer.entries.set(keyOf(str(name)), [str(name), made]);
  return made;
}

function valueOf(
  written: string,
  kind: 'toml' | 'ini',
  { machine, at }: { readonly machine: PythonMachine; readonly at: PythonPlace },
): PythonValue {
  if (kind === 'ini') return str(written.replace(/\s[#;].*$/, '').trim());
  return (
    literalOf(written.replace(/\s+#[^"'\]]*$/, ''), machine) ??
    unknown('This value of a TOML file is not followed.', at)
  );
}
