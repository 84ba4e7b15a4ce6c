import type { TradeOffCurve, TradeOffPoint } from '../../core/compress/prune/request';
import type { TradeoffView } from '../../protocol/proofPage';

type Fidelity = NonNullable<TradeOffPoint['fidelity']>;

/** What the quality of points may be, the most telling first: the first that any point has. */
const qualities: readonly {
  readonly name: string;
  readonly unit: TradeoffView['qualityUnit'];
  readonly of: (fidelity: Fidelity) => number | undefined;
}[] = [
  { name: 'Accuracy', unit: 'share', of: ({ accuracy }) => accuracy },
  { name: 'Same answer', unit: 'share', of: ({ top1Agreement }) => top1Agreement },
  { name: 'Signal to noise', unit: 'dB', of: ({ sqnrDb }) => sqnrDb },
];

/** The curve as the page shows it. */
export function tradeoffView({ points, unreachable }: TradeOffCurve): TradeoffView {
  const quality =
    qualities.find(({ of }) => points.some(({ fidelity }) => fidelity !== undefined && of(fidelity) !== undefined)) ??
    qualities[2];
  const taken = points.findIndex(({ chosen }) => chosen);
  return {
    qualityName: quality.name,
    qualityUnit: quality.unit,
    points: points.map((point, place) => ({
      label:
        place === 0 ? 'Original' : `−${percentText(1 - point.totals.macs / Math.max(1, points[0].totals.macs))} MACs`,
      note: point.repaired ? 'fine-tuned' : undefined,
      totals: point.totals,
      quality: qualityOf(point, place, quality),
    })),
    taken: taken < 0 ? undefined : taken,
    unreachable,
  };
}

/** The original agrees with itself; it has no noise, which no axis shows. */
function qualityOf(
  { fidelity }: TradeOffPoint,
  place: number,
  { unit, of, name }: (typeof qualities)[number],
): number | undefined {
  const value = fidelity && of(fidelity);
  if (value !== undefined) return Number.isFinite(value) ? value : undefined;
  return place === 0 && unit === 'share' && name !== 'Accuracy' ? 1 : undefined;
}

function percentText(share: number): string {
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}
