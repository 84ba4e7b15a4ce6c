import { HumanError } from '../../core/model/problem';
import { searchExpression } from '../../core/serial/historySearch';
import { guarded } from '../../serial/guarded';

/**
 * A regular expression that lines are held against, as many as came together. One that takes too long on a line is said
 * and not used any more: what a board prints must not hold the monitor up.
 */
export class LinePattern {
  readonly #option: string;
  readonly #expression: RegExp;
  readonly #say: (text: string) => void;
  #isDropped = false;

  /** @throws {HumanError} where it is no regular expression. */
  constructor(option: string, text: string, say: (text: string) => void) {
    const { source } = searchExpression({ text, kind: 'expression', matchCase: true });
    this.#option = option;
    // Not global: each line is looked at from its beginning.
    this.#expression = new RegExp(source, 'u');
    this.#say = say;
  }

  /** True from the line on that took too long. */
  get isDropped(): boolean {
    return this.#isDropped;
  }

  /** Which lines match; nothing where the pattern is not used any more. */
  matches(texts: readonly string[]): readonly boolean[] | undefined {
    if (this.#isDropped) return undefined;
    if (texts.length === 0) return [];
    try {
      return guarded(() => texts.map((text) => this.#expression.test(text)));
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.#isDropped = true;
      this.#say(`${error.message} ${this.#option} is not used any more.`);
      return undefined;
    }
  }
}
