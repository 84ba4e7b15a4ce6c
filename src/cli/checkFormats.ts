import type { Report } from '../core/estimate/report';
import { arenaBytesToReserve } from '../core/model/arenaReserve';
import type { Severity } from '../core/model/problem';
import { markdownCode, markdownText } from '../core/text/markdown';
import { terminalLine } from '../core/text/terminalText';
import { budgetText, bytesText, millisecondsText } from '../core/text/units';

/** What a check found, in the shape that all formats are made of. */
export interface CheckReport {
  readonly models: readonly ReportedModel[];
  readonly findings: readonly ReportedFinding[];
}

interface ReportedModel {
  readonly name: string;
  /** Absent where it cannot be read. */
  readonly report?: Report;
  /** Of the same model in an earlier revision; absent where there was none, or none was asked for. */
  readonly before?: Report;
}

export interface ReportedFinding {
  /** Relative to the folder that was checked. */
  readonly file: string;
  /** Counts from 1; absent where the whole file is meant. */
  readonly line?: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

const commandOf: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Annotations of GitHub's workflow commands, one a line. Source of the form and of what is escaped: GitHub's
 * documentation of workflow commands, and `@actions/core`.
 */
export function githubText({ findings }: CheckReport): string {
  const line = ({ file, line: at, severity, code, message }: ReportedFinding): string => {
    const place = [`file=${property(file)}`, ...(at === undefined ? [] : [`line=${at}`]), `title=${property(code)}`];
    return `::${commandOf[severity]} ${place.join(',')}::${data(terminalLine(message))}\n`;
  };
  return findings.map(line).join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(terminalLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A summary for a pull request: what every model costs, by how much that changed, and what is wrong. */
export function markdownReport({ models, findings }: CheckReport): string {
  const head = ['| model | RAM | flash | time | fits |', '| --- | ---: | ---: | ---: | --- |'];
  const rows = models.map((model) => `| ${cells(model).join(' | ')} |`);
  const list = findings.map(({ file, line, severity, code, message }) => {
    const place = markdownCode(line === undefined ? file : `${file}:${line}`);
    return `- **${severity}** ${place} ${markdownText(message)} (${markdownCode(code)})`;
  });
  const table = models.length === 0 ? ['No model was found.'] : [...head, ...rows];
  return `${['### Milliwatt', '', ...table, ...(list.length === 0 ? [] : ['', ...list])].map(terminalLine).join('\n')}\n`;
}

/** A cost with its limit and how it is written. */
interface Cost {
  readonly of: (report: Report) => number | undefined;
  readonly limit: (report: Report) => number | undefined;
  readonly text: (value: number) => string;
}

const costs: readonly Cost[] = [
  {
    of: ({ arena }) => (arena === undefined ? undefined : arenaBytesToReserve(arena)),
    limit: ({ budget }) => budget?.ramBytes,
    text: bytesText,
  },
  { of: ({ flash }) => flash?.totalBytes, limit: ({ budget }) => budget?.flashBytes, text: bytesText },
  { of: ({ latency }) => latency?.ms, limit: ({ budget }) => budget?.latencyMs, text: millisecondsText },
];

function cells({ name, report, before }: ReportedModel): readonly string[] {
  const title = cellCode(name);
  if (report === undefined) return [title, '-', '-', '-', 'cannot be read'];
  const fits = report.budget?.fits;
  return [
    title,
    ...costs.map((cost) => cell(cost, report, before)),
    fits === undefined ? '-' : fits ? 'yes' : '**no**',
  ];
}

/** The cost, its share of the budget, and the change since the earlier revision. */
function cell({ of, limit, text }: Cost, report: Report, before: Report | undefined): string {
  const value = of(report);
  if (value === undefined) return '-';
  const most = limit(report);
  const share = most === undefined || most === 0 ? '' : ` (${budgetText(value / most)})`;
  const old = before === undefined ? undefined : of(before);
  return `${text(value)}${share}${old === undefined ? '' : changeText(value - old, text)}`;
}

function changeText(change: number, text: (value: number) => string): string {
  if (change === 0) return ', unchanged';
  return `, **${change > 0 ? '+' : '-'}${text(Math.abs(change))}**`;
}

/** A name in a cell of a table, which a bar would end. */
function cellCode(name: string): string {
  return markdownCode(name).replaceAll('|', '\\|');
}
