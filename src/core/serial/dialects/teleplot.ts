import type { FirmwareEvent, PlotSample } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

const decimal = /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,3})?$/;
const samplesPerLine = 4096;

/**
 * Teleplot (github.com/nesnes/teleplot): `>name:value`, `>name:time:value`, several joined by `;`, `§unit`, and flags
 * after `|`: `t` text, `xy` a curve (`x:y` or `x:y:time`), `np` not plotted at once, `clr` clear before. Time is in
 * milliseconds. Logs (`>:`) and three-dimensional shapes (`>3D|`) are passed over.
 */
export const teleplot: Dialect = {
  id: 'teleplot',
  describes: 'Teleplot: >name:value with time, unit, text and x-y curves',
  create: () => ({ id: 'teleplot', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  const start = line.startsWith('>') ? 0 : line.indexOf(' >') + 1;
  if (start === 0 && line.charCodeAt(0) !== 0x3e) return noEvents;
  const colon = line.indexOf(':', start);
  if (colon < start + 2 || line.startsWith('3D|', start + 1)) return noEvents;
  const series = line.slice(start + 1, colon).trim();
  const { data, unit, flags } = partsOf(line.slice(colon + 1).trimEnd());
  const common = {
    series,
    ...(unit === undefined ? {} : { unit }),
    ...(flags.includes('np') ? { hidden: true } : {}),
    ...(flags.includes('clr') ? { clear: true } : {}),
  };
  const samples = flags.includes('t') ? textsOf(data) : valuesOf(data, flags.includes('xy'));
  if (series === '' || samples.length === 0) return noEvents;
  const complete = samples.map((sample) => ({ ...common, ...sample }));
  return [{ type: 'plot-samples', dialect: 'teleplot', samples: complete }];
}

type Figures = Omit<PlotSample, 'series'>;

function partsOf(text: string): { readonly data: string; readonly unit?: string; readonly flags: readonly string[] } {
  const bar = text.lastIndexOf('|');
  const flags =
    bar < 0
      ? []
      : text
          .slice(bar + 1)
          .split(',')
          .map((flag) => flag.trim());
  const value = bar < 0 ? text : text.slice(0, bar);
  const mark = value.indexOf('§');
  if (mark < 0) return { data: value, flags };
  return { data: value.slice(0, mark), unit: value.slice(mark + 1), flags };
}

/** Text may hold colons: only a leading number is a time. */
function textsOf(data: string): readonly Figures[] {
  return data
    .split(';')
    .slice(0, samplesPerLine)
    .filter((part) => part !== '')
    .map((part) => {
      const colon = part.indexOf(':');
      const time = colon < 0 ? undefined : number(part.slice(0, colon));
      return time === undefined ? { text: part } : { timeMs: time, text: part.slice(colon + 1) };
    });
}

/** Parts that are not numbers are left out: a line that was cut still gives what came whole. */
function valuesOf(data: string, isCurve: boolean): readonly Figures[] {
  const found: Figures[] = [];
  for (const part of data.split(';').slice(0, samplesPerLine)) {
    const [first, second, third, ...rest] = part.split(':').map(number);
    if (first === undefined || rest.length > 0) continue;
    if (!isCurve && second === undefined && !part.includes(':')) found.push({ value: first });
    if (second === undefined) continue;
    if (!isCurve && third === undefined) found.push({ timeMs: first, value: second });
    if (isCurve) found.push({ x: first, value: second, ...(third === undefined ? {} : { timeMs: third }) });
  }
  return found;
}

function number(text: string): number | undefined {
  const trimmed = text.trim();
  return decimal.test(trimmed) ? Number(trimmed) : undefined;
}
