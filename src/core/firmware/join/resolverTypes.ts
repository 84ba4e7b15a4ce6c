import { resolverKind } from '../facts/resolvers';
import type { Expression } from '../syntax/expression';
import type { NamedType } from '../syntax/syntax';
import type { Firmware } from '../firmware';
import { writtenType } from '../syntax/types';
import type { CodePlace, Variable } from './scopes';

/** The resolver that a type is. */
interface ResolverType {
  readonly kind: 'mutable' | 'all';
  /** How many operators it has room for. */
  readonly size?: Expression;
  /** Where the size is written. */
  readonly place: CodePlace;
  /** A class of the firmware that it is derived in, which may add operators itself. */
  readonly derived?: string;
}

/** The resolver that a variable is, or holds, whose type does not begin with its name: `auto`, `std::optional`. */
export function heldResolver({ file, variable }: Variable): NamedType | undefined {
  const { typeName, initializer, indirections, start, nameExtent } = variable;
  if (indirections > 0 || (typeName !== 'auto' && typeName !== 'optional')) return undefined;
  const isMade = typeName === 'auto' && initializer?.kind === 'call';
  const text = isMade ? file.text.slice(initializer.start, initializer.end) : file.text.slice(start, nameExtent.start);
  const from = typeName === 'optional' ? text.indexOf('<') + 1 : 0;
  const to = typeName === 'optional' ? text.lastIndexOf('>') : text.search(/[({]/);
  if ((typeName === 'auto' && !isMade) || to <= from) return undefined;
  const type = writtenType({ text: text.slice(from, to), start: (isMade ? initializer.start : start) + from });
  return resolverKind(type.typeName) === undefined ? undefined : type;
}

/** Types that stand for each other are followed so far. */
const mostSteps = 5;

/** The resolver that a type is, through other names of it and classes derived from one; absent where it is none. */
export function resolverType(
  firmware: Firmware,
  { typeName, templateArguments }: NamedType,
  place: CodePlace,
  steps = 0,
): ResolverType | undefined {
  const own = resolverKind(typeName);
  if (own !== undefined) return { kind: own, size: templateArguments.at(0), place };
  if (steps > mostSteps) return undefined;
  for (const path of firmware.closure(place.file.path)) {
    const file = firmware.file(path);
    if (file?.text.includes(typeName) !== true) continue;
    const alias = file.syntax.aliases.find(({ name }) => name === typeName);
    const aliased = alias && resolverType(firmware, alias, { file }, steps + 1);
    if (aliased !== undefined) return aliased;
    const derived = file.syntax.classes.find(({ name, bases }) => name === typeName && bases.length > 0);
    for (const base of derived?.bases ?? []) {
      const type = resolverType(firmware, base, { file, className: typeName }, steps + 1);
      if (type !== undefined) return { ...type, derived: typeName };
    }
  }
  return undefined;
}
