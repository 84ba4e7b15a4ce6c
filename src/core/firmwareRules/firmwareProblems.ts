import type { Firmware } from '../firmware/firmware';
import { pairingsOf } from '../firmware/join/pairing';
import type { FileFix, Severity } from '../model/problem';
import type { Span } from '../model/span';
import { spanOf } from '../model/textEdit';
import { factSpan } from './buildEdits';
import { firmwareRules } from './firmwareRules';
import type { BuildHit, ArrayRewrite, ExportRenewal, FirmwareContext, FirmwareHit, FirmwareModel } from './rule';

/** A finding at a place of a source file. */
export interface FirmwareFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly FileFix[];
  readonly rewrite?: ArrayRewrite;
  readonly renewal?: ExportRenewal;
}

/** Which interpreter of a firmware runs which of its models, in what and with what: rules and notes look only there. */
export function firmwareContext(
  firmware: Firmware,
  models: readonly FirmwareModel[],
  {
    files = [],
    recorded = [],
    buildOf = nothing,
  }: Partial<Pick<FirmwareContext, 'files' | 'recorded' | 'buildOf'>> = {},
): FirmwareContext {
  return { firmware, models, files, recorded, buildOf, pairings: pairingsOf(firmware, models, recorded) };
}

function nothing(): undefined {
  return undefined;
}

/** All that is wrong or wasteful in how a firmware uses its models, file by file and in the order of the text. */
export function firmwareProblems(context: FirmwareContext): readonly FirmwareFinding[] {
  const found = firmwareRules.flatMap(({ code, severity, find }) =>
    find(context).map((hit) => ({ ...hit, code, severity: hit.severity ?? severity })),
  );
  return found
    .map((hit) => ({ ...hit, ...placeOf(hit) }))
    .sort(
      (left, right) =>
        compareText(left.path, right.path) || left.span.line - right.span.line || left.span.column - right.span.column,
    )
    .map(({ code, severity, path, span, message, fixes = [], rewrite, renewal }) => ({
      code,
      severity,
      file: path,
      span,
      message,
      fixes,
      ...(rewrite === undefined ? {} : { rewrite }),
      ...(renewal === undefined ? {} : { renewal }),
    }));
}

function placeOf(hit: FirmwareHit | BuildHit): { readonly path: string; readonly span: Span } {
  if ('place' in hit) return { path: hit.place.file, span: factSpan(hit.place) };
  const { file, at } = hit;
  return { path: file.path, span: spanOf(file.text, at.start, at.end - at.start) };
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
