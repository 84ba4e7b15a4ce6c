import type { Expression } from '../syntax/expression';
import type { NamedType } from '../syntax/syntax';
import { writtenType } from '../syntax/types';
import type { Firmware, SourceFile } from '../firmware';
import { activityAt } from '../firmware';
import type { BoundTemplate, CodePlace } from './scopes';
import { variableIn } from './scopes';

/** A type where it is written. */
interface TypeUse extends NamedType {
  readonly place: CodePlace;
}

/** What a template is given where it is used, each use once; absent where it is given nothing. */
export function givenToTemplate(
  firmware: Firmware,
  { className, file: home, position, parameter }: BoundTemplate,
): readonly { readonly value?: Expression; readonly place: CodePlace }[] {
  return usesOf(firmware, className).map(({ templateArguments, place }) => {
    const value = templateArguments.at(position);
    return value === undefined ? { value: parameter.fallback, place: { file: home } } : { value, place };
  });
}

/** Everything that is made, declared, called or derived of a class. */
function usesOf(firmware: Firmware, name: string): readonly TypeUse[] {
  return firmware
    .naming(name)
    .flatMap(typesIn)
    .filter(({ typeName }) => typeName === name);
}

function typesIn(file: SourceFile): readonly TypeUse[] {
  const { variables, aliases, made, calls, classes } = file.syntax;
  const compiled = ({ start }: { readonly start: number }): boolean => activityAt(file, start) !== 'no';
  return [
    ...variables.filter(compiled).map((variable) => ({ ...named(variable), place: variableIn(file, variable) })),
    ...aliases.filter(compiled).map((alias) => ({ ...named(alias), place: { file } })),
    ...made.map(({ made: { type }, inFunction }) => ({ ...writtenType(type), place: { file, inFunction } })),
    ...calls.flatMap(({ call: { type }, inFunction }) =>
      type === undefined ? [] : [{ ...writtenType(type), place: { file, inFunction } }],
    ),
    ...classes.flatMap(({ bases }) => bases.map((base) => ({ ...base, place: { file } }))),
  ];
}

function named({ typeName, templateArguments }: NamedType): NamedType {
  return { typeName, templateArguments };
}
