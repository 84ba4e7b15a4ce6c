/** One area of the accuracy report: what was compared, with what, and how far off it is. */
export interface Section {
  readonly title: string;
  /** Whole sentences: what the truth is and what was left out of any fit. */
  readonly about: string;
  readonly head: readonly string[];
  /** Worst first. */
  readonly rows: readonly (readonly string[])[];
}

/** A section as Markdown. */
export function sectionText({ title, about, head, rows }: Section): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', about, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** `1.7 %`, with a sign for signed errors. */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}
