import type { Firmware } from '../firmware/firmware';
import { pairingsOf } from '../firmware/join/pairing';
import type { FileFix, Severity } from '../model/problem';
import type { Span } from '../model/span';
import { spanOf } from '../model/textEdit';
import { factSpan } from './buildEdits';
import { firmwareRules } from './firmwareRules';
import { modelLinks } from './links';
import type {
  BuiltModel,
  ProgramHit,
  BuildHit,
  ArrayRewrite,
  ExportRenewal,
  FirmwareContext,
  FirmwareHit,
  FirmwareModel,
} from './rule';

/** A finding at a place of a source file. */
export interface FirmwareFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  /** Index of the cell of a notebook that the span is of. */
  readonly cell?: number;
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
    built = [],
  }: Partial<Pick<FirmwareContext, 'files' | 'recorded' | 'buildOf'>> & { readonly built?: readonly BuiltModel[] } = {},
): FirmwareContext {
  const pairings = pairingsOf(firmware, models, recorded);
  const links = modelLinks(built, models, pairings);
  return { firmware, models, files, recorded, buildOf, pairings, links };
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
    .map(({ code, severity, path, cell, span, message, fixes = [], rewrite, renewal }) => ({
      code,
      severity,
      file: path,
      ...(cell === undefined ? {} : { cell }),
      span,
      message,
      fixes,
      ...(rewrite === undefined ? {} : { rewrite }),
      ...(renewal === undefined ? {} : { renewal }),
    }));
}

interface HitPlace {
  readonly path: string;
  readonly cell?: number;
  readonly span: Span;
}

const atBegin: Span = { line: 0, column: 0, endLine: 0, endColumn: 0 };

function placeOf(hit: FirmwareHit | BuildHit | ProgramHit): HitPlace {
  if ('program' in hit) {
    const { file, cell, span = atBegin } = hit.program;
    return { path: file, ...(cell === undefined ? {} : { cell }), span };
  }
  if ('place' in hit) return { path: hit.place.file, span: factSpan(hit.place) };
  const { file, at } = hit;
  return { path: file.path, span: spanOf(file.text, at.start, at.end - at.start) };
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
