import type { Proof } from '../../src/core/compress/proof';
import type { Report } from '../../src/core/estimate/report';
import { arenaBytesToReserve } from '../../src/core/model/arenaReserve';
import { bytesText, countText, exactBytesText, joulesText, millisecondsText } from '../../src/core/text/units';
import { budgetShare } from '../parts/budget';

/** One figure before and after. */
export interface ComparedFigure {
  readonly name: string;
  readonly before?: string;
  readonly after: string;
  /** Parts of the larger of both, for the bars. */
  readonly beforeShare: number;
  readonly afterShare: number;
  /** `-74 %`, `3.8x faster`; absent without a before. */
  readonly change?: string;
  readonly isBetter?: boolean;
  /** How the figure after is known. */
  readonly basis?: string;
  /** Part of the budget that the figure after takes; above 1 it does not fit. */
  readonly budgetShare?: number;
  readonly explanation: string;
}

interface Figure {
  readonly name: string;
  readonly of: (report: Report) => number | undefined;
  readonly text: (value: number) => string;
  readonly basis: (report: Report) => string | undefined;
  readonly budget: (report: Report) => number | undefined;
  readonly explanation: string;
  readonly isTime?: boolean;
  /** Where it is given, and true of a report, the figure is that much and more. */
  readonly isLowerBound?: (report: Report) => boolean | undefined;
}

/** A time of which parts are not known is no total, and meets no budget. */
const whole = (latency: Report['latency']): Report['latency'] => ((latency?.coverage ?? 1) < 1 ? undefined : latency);

const none = (): undefined => undefined;
const exact = (): string => 'exact';

const figures: readonly Figure[] = [
  {
    name: 'RAM',
    of: ({ arena }) => arena && arenaBytesToReserve(arena),
    text: bytesText,
    basis: ({ arena }) => arena?.basis,
    budget: ({ budget }) => budget?.ramBytes,
    explanation: 'The smallest arena with which AllocateTensors() succeeds.',
    isLowerBound: ({ arena }) => arena?.isLowerBound,
  },
  {
    name: 'Flash',
    of: ({ flash }) => flash?.totalBytes,
    text: bytesText,
    basis: ({ flash }) => flash?.basis,
    budget: ({ budget }) => budget?.flashBytes,
    explanation: 'The model, the kernels that it pulls in, and the interpreter.',
    isLowerBound: ({ flash }) => flash?.isLowerBound,
  },
  {
    name: 'Time',
    of: ({ latency }) => whole(latency)?.ms,
    text: millisecondsText,
    basis: ({ latency }) => latency?.basis,
    budget: ({ budget }) => budget?.latencyMs,
    explanation: 'One inference.',
    isTime: true,
  },
  {
    name: 'Instructions',
    of: ({ latency }) => whole(latency)?.instructions,
    text: countText,
    basis: ({ latency }) => latency?.basis,
    budget: none,
    explanation: 'Instructions of one inference.',
  },
  {
    name: 'Energy',
    of: ({ energy, latency }) => whole(latency) && energy?.joulesPerInference,
    text: joulesText,
    basis: ({ energy }) => energy?.basis,
    budget: none,
    explanation: 'One inference.',
  },
  {
    name: 'MACs',
    of: ({ model }) => model.macs,
    text: countText,
    basis: exact,
    budget: none,
    explanation: 'Multiplications with additions of one inference.',
  },
  {
    name: 'File',
    of: ({ model }) => model.bytes,
    text: exactBytesText,
    basis: exact,
    budget: none,
    explanation: 'Size of the model file.',
  },
];

/** What is said of a result that TFLM refuses: nothing that only a board would tell. */
const ofTheFile: ReadonlySet<string> = new Set(['MACs', 'File']);

/** The totals of the source and the result side by side; what is not known of the result is left out. */
export function comparedFigures({ before, after, afterRefusal, source }: Proof): readonly ComparedFigure[] {
  return figures.flatMap((figure) => {
    const value = figure.of(after);
    if (value === undefined || (afterRefusal !== undefined && !ofTheFile.has(figure.name))) return [];
    const old = before === undefined ? sourceFigure(figure.name, source) : figure.of(before);
    return [compared(figure, { value: old, report: before }, { value, report: after })];
  });
}

/** What is known of a source that no runtime takes. */
function sourceFigure(name: string, { bytes, macs }: Proof['source']): number | undefined {
  if (name === 'File') return bytes;
  return name === 'MACs' ? macs : undefined;
}

interface Side<Value> {
  readonly value: Value;
  readonly report?: Report;
}

/** What is at least so much cannot be compared, and fits no budget for sure. */
function compared(figure: Figure, before: Side<number | undefined>, after: Side<number>): ComparedFigure {
  const isBound = ({ report }: Side<unknown>): boolean =>
    report !== undefined && figure.isLowerBound?.(report) === true;
  const text = (side: Side<unknown>, value: number): string => `${isBound(side) ? 'over ' : ''}${figure.text(value)}`;
  const { value: old } = before;
  const { value, report } = after;
  const largest = Math.max(old ?? 0, value) || 1;
  const isComparable = old !== undefined && !isBound(before) && !isBound(after);
  return {
    name: figure.name,
    before: old === undefined ? undefined : text(before, old),
    after: text(after, value),
    beforeShare: (old ?? 0) / largest,
    afterShare: value / largest,
    change: isComparable && old !== 0 ? changeText(old, value, figure.isTime ?? false) : undefined,
    isBetter: !isComparable || old === value ? undefined : value < old,
    basis: report && figure.basis(report),
    budgetShare: budgetShare(value, report && figure.budget(report), { isLowerBound: isBound(after) }),
    explanation: figure.explanation,
  };
}

/** `-74 %`, `+3 %`, `same`; for a time also `3.8x faster` from one and a half times on. */
export function changeText(before: number, after: number, isTime: boolean): string {
  if (before === after) return 'same';
  const factor = before / after;
  if (isTime && factor >= 1.5) return `${factor.toFixed(factor < 9.95 ? 1 : 0)}x faster`;
  if (isTime && factor <= 1 / 1.5) return `${(1 / factor).toFixed(1)}x slower`;
  const percent = (after / before - 1) * 100;
  if (Math.abs(percent) < 0.05) return 'almost the same';
  const digits = Math.abs(percent) < 9.95 ? 1 : 0;
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(digits)} %`;
}
