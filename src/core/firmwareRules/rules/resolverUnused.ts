import type { AddedOperator } from '../../firmware/join/resolvers';
import type { FileFix } from '../../model/problem';
import { exactBytesText } from '../../text/units';
import { removing, textAt } from '../edits';
import type { ServingResolver } from '../operators';
import { addedKinds, kernelFlash, servingResolvers } from '../operators';
import { roomEdits } from '../room';
import type { FirmwareRule } from '../rule';

/** An operator that is added and that no model uses. */
export const resolverUnused: FirmwareRule = {
  code: 'firmware-operator-unused',
  severity: 'information',
  documentation: 'An operator is added to the resolver that no model of it uses: its kernel takes flash.',
  find: (context) =>
    servingResolvers(context)
      .filter(({ isSure }) => isSure)
      .flatMap((serving) =>
        serving.resolver.adds
          .filter(({ kind = '' }) => !serving.needed.includes(kind))
          .map((add) => ({
            file: add.file,
            at: add,
            message: `No model uses ${add.kind ?? add.method}, which is added here: its kernel takes ${savedText(serving, add)}. Take it out.`,
            fixes: unusedFixes(serving, add),
          })),
      ),
};

/** `1,234 bytes of flash`; no figure where that is not known. */
function savedText(serving: ServingResolver, { kind = '' }: AddedOperator): string {
  const kinds = addedKinds(serving.resolver.adds);
  const all = kernelFlash(kinds, serving);
  const others = kernelFlash(
    kinds.filter((each) => each !== kind),
    serving,
  );
  if (all === undefined || others === undefined || all.unknown.includes(kind)) return 'flash';
  return `${exactBytesText(Math.max(0, all.bytes - others.bytes))} of flash`;
}

/** A statement that does nothing but add this operator and look at the status. */
const alone = /^(?:if\s*\(|TF_LITE_\w+\s*\()?[^;{}]*(?:;|\{[^{}]*\}|return[^;]*;)$/;

function unusedFixes(serving: ServingResolver, add: AddedOperator): readonly FileFix[] {
  const { resolver } = serving;
  const text = textAt(add.file, add.statement);
  const calls = text.match(/\bAdd[A-Z]\w*\s*\(/g) ?? [];
  if (calls.length !== 1 || !alone.test(text)) return [];
  const count = addedKinds(resolver.adds).length;
  const room = resolver.room?.value === count ? roomEdits(serving, count - 1) : [];
  // A resolver of no operators is no type.
  return [{ title: `Remove ${add.method}()`, edits: [removing(add.file, add.statement), ...(count > 1 ? room : [])] }];
}
