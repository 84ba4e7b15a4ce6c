import type { SourceFile } from '../../firmware/firmware';
import { activityAt } from '../../firmware/firmware';
import type { FileFix, TextEdit } from '../../model/problem';
import { operatorDefinitions } from '../../operators/operators';
import { exactBytesText } from '../../text/units';
import { indentAt, inserting, replacing, textAt } from '../edits';
import type { ServingResolver } from '../operators';
import { addCall, kernelFlash, servingResolvers } from '../operators';
import type { FirmwareRule } from '../rule';

/** A resolver that links the kernels of every operator. */
export const allOperators: FirmwareRule = {
  code: 'firmware-all-operators',
  severity: 'warning',
  documentation: 'AllOpsResolver links the kernels of every operator; the model uses a few.',
  find: (context) =>
    servingResolvers(context)
      .filter(
        ({ resolver: { kind, file, at }, pairings }) =>
          kind === 'all' && activityAt(file, at.start) === 'yes' && pairings.every(({ isModelSure }) => isModelSure),
      )
      .map((serving) => {
        const { file, at, name } = serving.resolver;
        const saved = savedText(serving);
        const count = serving.needed.length;
        return {
          file,
          at,
          message: `${name} links the kernels of all operators, ${saved === undefined ? '' : `${saved} of flash `}more than the ${count} that the model uses: ${serving.needed.join(', ')}. Add just these to a MicroMutableOpResolver<${count}>.`,
          fixes: exactFixes(serving, saved),
        };
      }),
};

/** `123,456 bytes`, or that it is at least so much; absent where no kernel is known. */
function savedText(serving: ServingResolver): string | undefined {
  const all = operatorDefinitions.filter(({ resolverMethod }) => resolverMethod !== '').map(({ kind }) => kind);
  const [most, needed] = [kernelFlash(all, serving), kernelFlash(serving.needed, serving)];
  if (most === undefined || needed === undefined || most.bytes <= needed.bytes) return undefined;
  const isWhole = most.unknown.every((kind) => needed.unknown.includes(kind));
  return `${isWhole ? '' : 'at least '}${exactBytesText(most.bytes - needed.bytes)}`;
}

function exactFixes(serving: ServingResolver, saved: string | undefined): readonly FileFix[] {
  const { file, name, variable, statement } = serving.resolver;
  if (statement === undefined) return [];
  const calls = serving.needed.map(addCall);
  const place = placeOfAdds(serving);
  const types = [...textAt(file, statement).matchAll(/\bAllOpsResolver\b/g)];
  // The pointer that it is given to may be declared elsewhere.
  const isWhole = variable !== undefined || types.length === mentions(file);
  if (types.length === 0 || !isWhole || place === undefined || calls.some((call) => call === undefined)) return [];
  const joint = variable === undefined ? '->' : '.';
  const added = calls.map((call) => `${name}${joint}${call ?? ''};`);
  const renamed = types.map(({ index, 0: word }) => {
    const start = statement.start + index;
    return replacing(file, { start, end: start + word.length }, `MicroMutableOpResolver<${calls.length}>`);
  });
  return [
    {
      title: `Add exactly ${serving.needed.join(', ')}${saved === undefined ? '' : ` (${saved} of flash)`}`,
      isPreferred: true,
      edits: [...renamed, place(added), ...includeEdits(serving)],
    },
  ];
}

function mentions({ text }: SourceFile): number {
  return text.match(/\bAllOpsResolver\b/g)?.length ?? 0;
}

/** Behind the declaration in a function, else before the statement that makes the interpreter. */
function placeOfAdds({
  resolver: { file, inFunction, statement },
  pairings: [pairing],
}: ServingResolver): ((lines: readonly string[]) => TextEdit) | undefined {
  if (statement !== undefined && inFunction !== undefined) {
    const indent = indentAt(file, statement.start);
    return (lines) => inserting(file, statement.end, lines.map((line) => `\n${indent}${line}`).join(''));
  }
  const { interpreter } = pairing;
  if (pairing.file !== file || interpreter.inFunction === undefined || interpreter.home === 'member') return undefined;
  const start = interpreter.variable?.start ?? statementStart(pairing.file.text, interpreter.start);
  const indent = indentAt(file, start);
  return (lines) => inserting(file, start, lines.map((line) => `${line}\n${indent}`).join(''));
}

/** Behind the `;`, `{` or `}` before an offset. */
function statementStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !/[;{}]/.test(text[at - 1])) at -= 1;
  return at + (/^\s*/.exec(text.slice(at, offset))?.[0].length ?? 0);
}

function includeEdits({ resolver: { file } }: ServingResolver): readonly TextEdit[] {
  return file.branches.includes
    .filter(({ name }) => name.endsWith('all_ops_resolver.h'))
    .map(({ start, end }) => {
      const at = start + file.text.slice(start, end).indexOf('all_ops_resolver.h');
      return replacing(file, { start: at, end: at + 'all_ops_resolver.h'.length }, 'micro_mutable_op_resolver.h');
    });
}
