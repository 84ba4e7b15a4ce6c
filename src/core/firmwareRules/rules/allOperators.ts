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
      .filter(({ resolver, pairings }) => resolver.kind === 'all' && pairings.every(({ isModelSure }) => isModelSure))
      .map((serving) => {
        const { file, variable } = serving.resolver.variable;
        const saved = savedText(serving);
        const count = serving.needed.length;
        return {
          file,
          at: variable.nameExtent,
          message: `${variable.name} links the kernels of all operators, ${saved === undefined ? '' : `${saved} of flash `}more than the ${count} that the model uses: ${serving.needed.join(', ')}. Add just these to a MicroMutableOpResolver<${count}>.`,
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
  const { file, variable } = serving.resolver.variable;
  const calls = serving.needed.map(addCall);
  const place = placeOfAdds(serving);
  const type = /(?:\w+::)*AllOpsResolver\b/.exec(textAt(file, variable));
  if (type === null || place === undefined || calls.some((call) => call === undefined)) return [];
  const typeStart = variable.start + type.index;
  const scope = type[0].replace('AllOpsResolver', '');
  const added = calls.map((call) => `${variable.name}.${call ?? ''};`);
  return [
    {
      title: `Add exactly ${serving.needed.join(', ')}${saved === undefined ? '' : ` (${saved} of flash)`}`,
      isPreferred: true,
      edits: [
        replacing(
          file,
          { start: typeStart, end: typeStart + type[0].length },
          `${scope}MicroMutableOpResolver<${calls.length}>`,
        ),
        place(added),
        ...includeEdits(serving),
      ],
    },
  ];
}

/** Behind the declaration in a function, else before the statement that makes the interpreter. */
function placeOfAdds({
  resolver: { variable: home },
  pairings: [pairing],
}: ServingResolver): ((lines: readonly string[]) => TextEdit) | undefined {
  const { file, variable } = home;
  if (variable.inFunction !== undefined) {
    const indent = indentAt(file, variable.start);
    return (lines) => inserting(file, variable.end, lines.map((line) => `\n${indent}${line}`).join(''));
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

function includeEdits({ resolver: { variable } }: ServingResolver): readonly TextEdit[] {
  const { file } = variable;
  return file.branches.includes
    .filter(({ name }) => name.endsWith('all_ops_resolver.h'))
    .map(({ start, end }) => {
      const at = start + file.text.slice(start, end).indexOf('all_ops_resolver.h');
      return replacing(file, { start: at, end: at + 'all_ops_resolver.h'.length }, 'micro_mutable_op_resolver.h');
    });
}
