import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import type { AnsiColor, AnsiStyle } from '../../../src/core/serial/ansi';
import { absoluteTimeText, deltaTimeText, relativeTimeText } from '../../../src/core/text/timestamps';
import { groupDigits } from '../../../src/core/text/units';
import type { MonitorLine, RowMatch, TimestampMode } from '../../../src/protocol/monitorState';
import type { MarkedRange, Piece } from './pieces';
import { hiddenCharacters, piecesOf } from './pieces';

/** The time of a line in the chosen form; nothing where times are off. */
export function timeText(
  mode: TimestampMode,
  line: { readonly timeMs: number; readonly deltaMs?: number },
  startMs: number,
): string | undefined {
  switch (mode) {
    case 'off':
      return undefined;
    case 'absolute':
      return absoluteTimeText(line.timeMs, -new Date(line.timeMs).getTimezoneOffset());
    case 'relative':
      return relativeTimeText(line.timeMs, startMs);
    case 'delta':
      return deltaTimeText(line.timeMs, line.deltaMs === undefined ? undefined : line.timeMs - line.deltaMs);
  }
}

/** Marks of highlight rules below those of the search. */
export function marksOf(
  { row, marks }: MonitorLine,
  matches: readonly RowMatch[] | undefined,
  current: RowMatch | undefined,
): readonly MarkedRange[] {
  if (marks.length === 0 && matches === undefined && current?.row !== row) return [];
  const rules = marks.map(({ column, length, color }): MarkedRange => ({ column, length, mark: color }));
  const found = (matches ?? []).map(({ column, length }): MarkedRange => ({ column, length, mark: 'match' }));
  const at: readonly MarkedRange[] = current?.row === row ? [{ ...current, mark: 'current' }] : [];
  return [...rules, ...found, ...at];
}

/** The text of a line in its colours. */
export function lineText(line: MonitorLine, marks: readonly MarkedRange[]): TemplateResult {
  const hidden = hiddenCharacters(line.spans);
  return html`${piecesOf(line.spans, marks).map(pieceView)}${
    hidden > 0 ? html`<span class="more">… ${groupDigits(hidden)} more characters</span>` : nothing
  }${line.isCut ? html`<span class="more" title="The line was too long; it goes on in the next row">↩</span>` : nothing}`;
}

function pieceView({ text, style, mark }: Piece): TemplateResult {
  if (mark === undefined && Object.keys(style).length === 0) return html`<span>${text}</span>`;
  const { foreground, background } = style.inverse ? inverted(style) : style;
  const classes: Record<string, boolean> = {
    bold: style.bold === true,
    dim: style.dim === true,
    italic: style.italic === true,
    underline: style.underline === true,
    strike: style.strike === true,
    inverse: style.inverse === true,
  };
  if (typeof foreground === 'number') classes[`fg${foreground}`] = true;
  if (typeof background === 'number') classes[`bg${background}`] = true;
  if (mark !== undefined) classes[typeof mark === 'number' ? `mark${mark}` : mark] = true;
  // As a property, since the page's policy forbids the attribute.
  const exact = [
    ...(typeof foreground === 'string' ? [`color: ${foreground}`] : []),
    ...(typeof background === 'string' ? [`background-color: ${background}`] : []),
  ].join('; ');
  return html`<span class=${classMap(classes)} .style=${exact}>${text}</span>`;
}

/** Foreground and background change places; the theme's own stand in for absent ones (class `inverse`). */
function inverted({ foreground, background }: AnsiStyle): {
  readonly foreground?: AnsiColor;
  readonly background?: AnsiColor;
} {
  return { foreground: background, background: foreground };
}
