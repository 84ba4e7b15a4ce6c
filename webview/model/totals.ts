import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { LatencyFacts, Report } from '../../src/core/estimate/report';
import { arenaBytesToReserve } from '../../src/core/model/arenaReserve';
import { atLeast } from '../../src/core/text/lowerBound';
import {
  budgetText,
  bytesText,
  countText,
  differenceText,
  exactBytesText,
  joulesText,
  millisecondsText,
} from '../../src/core/text/units';
import { budgetShare } from '../parts/budget';
import type { Actions } from './actions';

interface Total {
  readonly title: string;
  readonly value: string;
  readonly basis?: string;
  /** Part of the budget that is used; above 1 it is broken. */
  readonly share?: number;
  readonly limit?: string;
  /** Lines of explanation, shown under the figure and as its tooltip. */
  readonly parts: readonly string[];
}

function totalsOf(report: Report): readonly Total[] {
  return [ramTotal(report), flashTotal(report), timeTotal(report), ...measuredTotal(report), energyTotal(report)];
}

/** The four totals against the budget, each with the first thing to know about it; `totalParts` says the rest. */
export function totals(report: Report, { tell }: Actions): TemplateResult {
  const shown = totalsOf(report);
  return html`
    <section class="totals" aria-label="Totals">
      ${shown.map(totalCard)}
      ${
        report.target.board === undefined
          ? html`<div class="total">
              <h2>Budget</h2>
              <mw-button @click=${() => tell({ type: 'pickBoard' })}>Choose a board</mw-button>
            </div>`
          : nothing
      }
    </section>
    ${report.lowerBound ? html`<p class="stale">Some costs of operators are not known: the totals are lower bounds.</p>` : nothing}
  `;
}

function totalCard({ title, value, basis, share, limit, parts }: Total): TemplateResult {
  const over = share !== undefined && share > 1;
  return html`
    <div class="total ${over ? 'over' : ''}" title=${parts.join('\n')}>
      <h2>
        ${title}
        ${share === undefined ? nothing : html`<span class="percent">${budgetText(share)}${share > 1 ? ', does not fit' : ''}</span>`}
      </h2>
      <p class="value">${value}${limit === undefined ? nothing : html`<span class="limit"> of ${limit}</span>`}</p>
      ${share === undefined ? nothing : gauge(title, share)}
      <p class="facts">
        ${basis === undefined ? nothing : html`<span class="basis ${basis}">${basis}</span>`} ${parts.at(0)}
      </p>
    </div>
  `;
}

/** What the totals are made of: shown where no layer is chosen. */
export function totalParts(report: Report): TemplateResult {
  return html`${totalsOf(report)
    .filter(({ parts }) => parts.length > 0)
    .map(
      ({ title, value, parts }) =>
        html`<h3>${title} <span class="facts">${value}</span></h3>
          <ul>
            ${parts.map((part) => html`<li>${part}</li>`)}
          </ul>`,
    )}`;
}

function gauge(title: string, share: number): TemplateResult {
  const text = budgetText(share);
  const filled = Math.min(100, Math.round(share * 100));
  const label = `${title}: ${text} of the budget${share > 1 ? ', over it' : ''}`;
  return html`
    <div
      class="gauge"
      role="meter"
      aria-label=${label}
      aria-valuenow=${filled}
      aria-valuetext=${text}
      aria-valuemin="0"
      aria-valuemax="100"
    >
      <div .style=${`width: ${filled}%`}></div>
    </div>
  `;
}

function ramTotal({ arena, budget, layers }: Report): Total {
  if (arena === undefined)
    return { title: 'RAM (arena)', value: 'not known', parts: ['The arena cannot be planned: see the problems.'] };
  const peak = arena.peakOperator === undefined ? [] : [`peak at ${layers[arena.peakOperator].name}`];
  const needed = arenaBytesToReserve(arena);
  return {
    title: 'RAM (arena)',
    value: atLeast(bytesText(needed), arena),
    basis: arena.basis,
    share: budgetShare(needed, budget?.ramBytes, arena),
    limit:
      budget?.ramBytes === undefined
        ? undefined
        : `${bytesText(budget.ramBytes)}${budget.ramRegion ? ` ${budget.ramRegion}` : ''}`,
    parts: [
      `reserve ${exactBytesText(needed)}`,
      ...(arena.usedBytes === arena.minimumBytes ? [] : [`${exactBytesText(arena.usedBytes)} in use when it runs`]),
      `planned ${bytesText(arena.plannedBytes)} · persistent ${bytesText(arena.persistentBytes)} · scratch ${bytesText(arena.scratchBytes)}`,
      ...peak,
    ],
  };
}

function flashTotal({ flash, budget }: Report): Total {
  if (flash === undefined) return { title: 'Flash', value: 'not known', parts: [] };
  const code = [
    ...(flash.kernelBytes === undefined ? [] : [`kernels ${bytesText(flash.kernelBytes)}`]),
    ...(flash.runtimeBytes === undefined ? [] : [`interpreter ${bytesText(flash.runtimeBytes)}`]),
  ];
  return {
    title: 'Flash',
    value: atLeast(bytesText(flash.totalBytes), flash),
    basis: flash.basis,
    share: budgetShare(flash.totalBytes, budget?.flashBytes, flash),
    limit: budget?.flashBytes === undefined ? undefined : bytesText(budget.flashBytes),
    parts: [`model ${exactBytesText(flash.modelBytes)}`, code.join(' · ')].filter((part) => part !== ''),
  };
}

function timeTotal({ latency, budget }: Report): Total {
  if (latency === undefined)
    return { title: 'Time', value: 'not known', parts: ['No kernel of this runtime was measured on this core.'] };
  const partial = { isLowerBound: (latency.coverage ?? 1) < 1 };
  if (latency.ms === undefined) return workTotal(latency, partial);
  const band = partial.isLowerBound
    ? 'without the operators whose time is not known'
    : `${millisecondsText(latency.lowMs ?? latency.ms)} to ${millisecondsText(latency.highMs ?? latency.ms)}`;
  return {
    title: 'Time',
    value: atLeast(millisecondsText(latency.ms), partial),
    basis: latency.basis,
    share: budgetShare(latency.ms, budget?.latencyMs, partial),
    limit: budget?.latencyMs === undefined ? undefined : millisecondsText(budget.latencyMs),
    parts: [
      band,
      ...(latency.instructions === undefined ? [] : [`${countText(latency.instructions)} instructions`]),
      ...(latency.cycles === undefined ? [] : [`${countText(latency.cycles)} cycles`]),
    ],
  };
}

/** Where no clock gives a time: what the core executes, or the cycles that it takes. */
function workTotal(
  { instructions, cycles, basis, source }: LatencyFacts,
  partial: { readonly isLowerBound: boolean },
): Total {
  const parts = source === undefined ? [] : [source];
  const count = instructions ?? cycles;
  if (count === undefined) return { title: 'Time', value: 'not known', parts };
  const title = instructions === undefined ? 'Cycles' : 'Instructions';
  return { title, value: atLeast(countText(count), partial), basis, parts };
}

/** What the board took, beside what was estimated. */
function measuredTotal({ measured, budget }: Report): readonly Total[] {
  if (measured === undefined) return [];
  const { ms, cycles, difference, inferences, arenaUsedBytes, arenaDifferenceBytes: arena = 0, recordedAt } = measured;
  const value = ms === undefined ? (cycles === undefined ? undefined : countText(cycles)) : millisecondsText(ms);
  const parts = [
    difference === undefined ? undefined : `the estimate is ${differenceText(difference)}`,
    cycles === undefined || ms === undefined ? undefined : `${countText(cycles)} cycles`,
    arenaUsedBytes === undefined ? undefined : `arena ${exactBytesText(arenaUsedBytes)} in use${arenaNote(arena)}`,
    `${recordedAt.slice(0, 10)}${inferences === 1 ? '' : `, median of ${inferences} inferences`}`,
  ].filter((part) => part !== undefined);
  // Cycles without a clock cannot be held against a budget of time.
  const limitMs = ms === undefined ? undefined : budget?.latencyMs;
  const limits = {
    share: ms === undefined ? undefined : budgetShare(ms, limitMs, {}),
    limit: limitMs === undefined ? undefined : millisecondsText(limitMs),
  };
  return [{ title: 'On the board', value: value ?? 'arena alone', basis: measured.basis, parts, ...limits }];
}

function arenaNote(difference: number): string {
  if (difference === 0) return ', as computed';
  return `, ${exactBytesText(Math.abs(difference))} ${difference > 0 ? 'less' : 'more'} than computed`;
}

function energyTotal({ energy, budget }: Report): Total {
  if (energy === undefined)
    return { title: 'Energy', value: 'not known', parts: ['Power or time of this board is not known.'] };
  const band =
    energy.lowJoules === undefined || energy.highJoules === undefined
      ? []
      : [`${joulesText(energy.lowJoules)} to ${joulesText(energy.highJoules)}`];
  const inference = `${atLeast(joulesText(energy.joulesPerInference), energy)} an inference`;
  const average =
    energy.averageMilliwatts === undefined ? undefined : atLeast(milliwattsText(energy.averageMilliwatts), energy);
  const limit = budget?.averageMilliwatts;
  // Against a budget of power only a power can be shown.
  if (energy.averageMilliwatts !== undefined && average !== undefined && limit !== undefined) {
    return {
      title: 'Average power',
      value: average,
      basis: energy.basis,
      share: budgetShare(energy.averageMilliwatts, limit, energy),
      limit: milliwattsText(limit),
      parts: [inference, ...band],
    };
  }
  return {
    title: 'Energy',
    value: atLeast(joulesText(energy.joulesPerInference), energy),
    basis: energy.basis,
    parts: [...(average === undefined ? [] : [`${average} on average`]), ...band],
  };
}

function milliwattsText(milliwatts: number): string {
  return `${Number(milliwatts.toPrecision(3))} mW`;
}
