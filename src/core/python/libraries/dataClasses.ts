import { fieldsOf } from '../evaluate/classes';
import { builtin, dict, none, str } from '../evaluate/plainValues';
import type { Call, PythonValue } from '../evaluate/values';
import type { LibraryWork } from './libraryWork';

/** `dataclasses`, and what pydantic has like it, by dotted path. */
export const dataClassWorks: ReadonlyMap<string, LibraryWork> = new Map<string, LibraryWork>([
  ['dataclasses.dataclass', dataclass],
  ['dataclasses.field', ({ named }) => ({ kind: 'builtin', name: 'field', call: () => none, members: named })],
  ['dataclasses.asdict', ({ positional: [given] }) => fieldValues(given)],
  [
    'dataclasses.replace',
    ({ positional: [given], named }) =>
      given?.kind === 'instance'
        ? { kind: 'instance', class: given.class, attributes: new Map([...given.attributes, ...named]) }
        : given,
  ],
  [
    'pydantic.Field',
    ({ positional: [initial], named }) => {
      const [standard, factory] = [initial ?? named.get('default'), named.get('default_factory')];
      const members = new Map<string, PythonValue>();
      if (standard !== undefined && standard.kind !== 'ellipsis') members.set('default', standard);
      if (factory !== undefined) members.set('default_factory', factory);
      return { kind: 'builtin', name: 'field', call: () => none, members };
    },
  ],
]);

function dataclass({ positional: [made] }: Call): PythonValue | undefined {
  const mark = (given: PythonValue | undefined): PythonValue => {
    if (given?.kind !== 'class') return given ?? none;
    const inherited = given.bases.flatMap((base) => (base.kind === 'class' ? (base.fields ?? []) : []));
    given.fields = fieldsOf(given, inherited);
    return given;
  };
  return made === undefined ? builtin('dataclass', ({ positional: [given] }) => mark(given)) : mark(made);
}

function fieldValues(given: PythonValue | undefined): PythonValue | undefined {
  if (given?.kind !== 'instance') return given;
  return dict([...given.attributes].map(([name, value]) => [str(name), fieldValues(value) ?? none]));
}
