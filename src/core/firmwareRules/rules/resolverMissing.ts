import type { AddedOperator, ResolverFacts } from '../../firmware/join/resolvers';
import type { FileFix, TextEdit } from '../../model/problem';
import { indentAt, inserting, textAt } from '../edits';
import { modelName } from '../needs';
import type { ServingResolver } from '../operators';
import { addCall, addedKinds, kindsOf, missingKinds, servingResolvers } from '../operators';
import { roomEdits } from '../room';
import type { FirmwareRule } from '../rule';

/** An operator of the model that the resolver does not have. */
export const resolverMissing: FirmwareRule = {
  code: 'firmware-operator-missing',
  severity: 'error',
  documentation: 'The model uses an operator that is not added to the resolver, so that AllocateTensors() fails.',
  find: (context) =>
    servingResolvers(context)
      .filter(({ resolver, isSure }) => isSure && resolver.kind === 'mutable')
      .flatMap((serving) => {
        const { resolver } = serving;
        const missing = missingKinds(serving);
        if (missing.length === 0) return [];
        const calls = missing.map((kind) => addCall(kind) ?? `AddCustom("${kind}", …)`);
        return [
          {
            file: resolver.file,
            at: resolver.at,
            message:
              `${usersOf(serving, missing)} ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} not added to ${resolver.name}: ` +
              `AllocateTensors() fails with "Didn't find op for builtin opcode". Add ${calls.join(', ')}.`,
            fixes: missingFixes(serving, missing),
          },
        ];
      }),
};

/** The models that use what is missing: `g_a uses`, `g_a and g_b use`. */
function usersOf({ pairings }: ServingResolver, missing: readonly string[]): string {
  const models = [...new Set(pairings.flatMap((pairing) => pairing.models))];
  const users = models.filter((model) => kindsOf(model).some((kind) => missing.includes(kind)));
  return `${users.map(modelName).join(' and ')} ${users.length === 1 ? 'uses' : 'use'}`;
}

function missingFixes(serving: ServingResolver, missing: readonly string[]): readonly FileFix[] {
  const { resolver } = serving;
  const calls = missing.map(addCall);
  const known = calls.filter((call) => call !== undefined);
  if (known.length < calls.length) return [];
  const added = addEdit(resolver, known);
  if (added === undefined) return [];
  const count = addedKinds(resolver.adds).length + missing.length;
  const room = (resolver.room?.value ?? count) < count ? roomEdits(serving, count) : [];
  return [{ title: `Add ${known.join(', ')}`, isPreferred: true, edits: [added, ...room] }];
}

/** The calls behind the last one, in its form where it stands alone in its statement. */
function addEdit(
  { adds, file, inFunction, name, variable, statement }: ResolverFacts,
  calls: readonly string[],
): TextEdit | undefined {
  const last = adds.at(-1);
  if (last !== undefined) {
    const indent = indentAt(last.file, last.statement.start);
    const written = calls.map((call) => `\n${indent}${statementLike(last, call)}`);
    return inserting(last.file, last.statement.end, written.join(''));
  }
  // Only in a function can calls follow the declaration.
  if (inFunction === undefined || statement === undefined) return undefined;
  const indent = indentAt(file, statement.start);
  const joint = variable === undefined ? '->' : '.';
  return inserting(file, statement.end, calls.map((call) => `\n${indent}${name}${joint}${call};`).join(''));
}

function statementLike({ file, statement, start, end, receiver }: AddedOperator, call: string): string {
  const text = textAt(file, statement);
  const own = textAt(file, { start, end });
  const isDeclaration = file.syntax.variables.some((variable) => variable.start === statement.start);
  const isAlone = !isDeclaration && (text.match(/\bAdd[A-Z]\w*\s*\(/g) ?? []).length === 1;
  const receiving = receiver === undefined ? '' : own.slice(0, receiver.end - receiver.start);
  const joint = own[receiving.length] === '-' ? '->' : '.';
  const added = receiver === undefined ? call : `${receiving}${joint}${call}`;
  if (!isAlone) return `${added};`;
  return text.slice(0, start - statement.start) + added + text.slice(end - statement.start);
}
