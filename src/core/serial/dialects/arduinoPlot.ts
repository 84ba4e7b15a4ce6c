import type { FirmwareEvent, PlotSample } from '../events';
import { noEvents } from '../parser';
import type { Dialect } from '../parser';

/** What the plotter takes apart at commas, tabs and blanks: numbers, named or not. */
const decimal = String.raw`[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,2})?`;
const label = String.raw`[A-Za-z_][\w.()%°µ/-]{0,39}`;
const whole = new RegExp(
  String.raw`^(?:${label}:[ \t]*)?${decimal}(?:[,\t ;]+(?:${label}:[ \t]*)?${decimal}){0,63}[,\t ;]*$`,
);
const sample = new RegExp(String.raw`(?:(${label}):[ \t]*)?(${decimal})`, 'g');
const longestLine = 1000;

/**
 * The Arduino IDE's plotter (docs.arduino.cc, "Using the Serial Plotter Tool"): `a:1,b:2`, `1 2 3`, tabs between. Every
 * part must be a number, so that prose with a number in it is none of it. Numbers without a name are called `value 1`,
 * `value 2`, … by position.
 */
export const arduinoPlot: Dialect = {
  id: 'arduino-plot',
  describes: 'Arduino plotter: a:1,b:2 or numbers with blanks, tabs or commas between',
  create: () => ({ id: 'arduino-plot', feed }),
};

function feed(line: string): readonly FirmwareEvent[] {
  if (line.length > longestLine || !endsAsNumber(line)) return noEvents;
  const text = line.trim();
  if (!whole.test(text)) return noEvents;
  const samples: PlotSample[] = [];
  for (const [, name, value] of text.matchAll(sample)) {
    samples.push({ series: name ?? `value ${samples.length + 1}`, value: Number(value) });
  }
  return [{ type: 'plot-samples', dialect: 'arduino', samples }];
}

/** A quick refusal of most text: the last character that is not blank is a digit, a dot or a separator. */
function endsAsNumber(line: string): boolean {
  let end = line.length - 1;
  while (end > 0 && isBlank(line.charCodeAt(end))) end -= 1;
  const last = line.charCodeAt(end);
  return (last >= 0x30 && last <= 0x39) || last === 0x2e || last === 0x2c || last === 0x3b;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d;
}
