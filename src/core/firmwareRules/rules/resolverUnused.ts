import type { AddedOperator, ResolverFacts } from '../../firmware/join/resolvers';
import type { FileFix } from '../../model/problem';
import { exactBytesText } from '../../text/units';
import { removing, textAt } from '../edits';
import { addedKinds, kernelBytes, servingResolvers } from '../operators';
import { roomEdits } from '../room';
import type { FirmwareContext, FirmwareRule } from '../rule';

/** An operator that is added and that no model uses. */
export const resolverUnused: FirmwareRule = {
  code: 'firmware-operator-unused',
  severity: 'information',
  documentation: 'An operator is added to the resolver that no model of it uses: its kernel takes flash.',
  find: (context) =>
    servingResolvers(context)
      .filter(({ isSure }) => isSure)
      .flatMap(({ resolver, needed }) =>
        resolver.adds
          .filter(({ kind = '' }) => !needed.includes(kind))
          .map((add) => ({
            file: add.file,
            at: add,
            message: `No model uses ${add.kind ?? add.method}, which is added here: its kernel takes ${savedText(resolver, add, context)} of flash. Take it out.`,
            fixes: unusedFixes(resolver, add),
          })),
      ),
};

function savedText({ adds }: ResolverFacts, { kind }: AddedOperator, { target }: FirmwareContext): string {
  const kinds = addedKinds(adds);
  const others = kinds.filter((each) => each !== kind);
  return exactBytesText(Math.max(0, kernelBytes(kinds, target) - kernelBytes(others, target)));
}

/** A statement that does nothing but add this operator and look at the status. */
const alone = /^(?:if\s*\(|TF_LITE_\w+\s*\()?[^;{}]*(?:;|\{[^{}]*\}|return[^;]*;)$/;

function unusedFixes(resolver: ResolverFacts, add: AddedOperator): readonly FileFix[] {
  const text = textAt(add.file, add.statement);
  const calls = text.match(/\bAdd[A-Z]\w*\s*\(/g) ?? [];
  if (calls.length !== 1 || !alone.test(text)) return [];
  const count = addedKinds(resolver.adds).length;
  const room = resolver.room?.value === count ? roomEdits(resolver, count - 1) : [];
  // A resolver of no operators is no type.
  return [{ title: `Remove ${add.method}()`, edits: [removing(add.file, add.statement), ...(count > 1 ? room : [])] }];
}
