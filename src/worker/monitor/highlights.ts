import { HumanError } from '../../core/model/problem';
import { searchExpression } from '../../core/serial/historySearch';
import type { HighlightRule, MonitorLine } from '../../protocol/monitorState';
import { marksOf } from './rows';
import type { Highlighter } from './rows';

const marksPerLine = 64;

type Unmarked = Omit<MonitorLine, 'marks'>;

/** What is marked in the lines that are shown. A rule that takes too long is dropped the first time, and told. */
export class Highlights {
  readonly #onDropped: (rule: HighlightRule, message: string) => void;
  #rules: readonly (Highlighter & { readonly rule: HighlightRule })[] = [];

  constructor(onDropped: (rule: HighlightRule, message: string) => void) {
    this.#onDropped = onDropped;
  }

  /** @throws {HumanError} where a pattern is no regular expression; the rules stay as they were then. */
  set(rules: readonly HighlightRule[]): void {
    this.#rules = rules.map((rule) => ({ rule, expression: searchExpression(rule.pattern), color: rule.color }));
  }

  marked(lines: readonly Unmarked[]): readonly MonitorLine[] {
    if (this.#rules.length === 0) return lines.map((line) => ({ ...line, marks: [] }));
    const texts = lines.map(({ spans }) => spans.map(({ text }) => text).join(''));
    const ofRules = this.#rules.map((rule) => this.#marksOf(texts, rule));
    return lines.map((line, index) => ({
      ...line,
      marks: ofRules.flatMap((marks) => marks[index] ?? []).slice(0, marksPerLine),
    }));
  }

  #marksOf(
    texts: readonly string[],
    highlighter: Highlighter & { readonly rule: HighlightRule },
  ): ReturnType<typeof marksOf> {
    try {
      return marksOf(texts, highlighter);
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.#rules = this.#rules.filter((each) => each !== highlighter);
      const { rule } = highlighter;
      this.#onDropped(rule, `The highlight "${rule.pattern.text}" is not used any more. ${error.message}`);
      return [];
    }
  }
}
