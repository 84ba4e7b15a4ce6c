import { HumanError } from '../core/model/problem';
import { guarded } from './guarded';

/** Single commands on one line that install, read or look for an uploader, and run none. */
const onlySpeaksOf =
  /^[ \t]*(?:sudo[ \t]+)?(?:\S*\/)?(?:(?:python[\d.]*[ \t]+-m[ \t]+)?pip[\d.]*|pipx|apt|apt-get|brew|git|grep|rg|find(?!.*[ \t]-(?:exec|ok))|ls|cd|cat|less|head|tail|vim?|nano|code|echo|which|where|whereis|type|man)[ \t][^;&|`$\r\n]*$/i;

/** A pattern may keep the extension host this long, and twice before it is given up. */
const longestMs = 20;

/** Decides which commands need the port for themselves. */
export class UploadPatterns {
  #patterns: readonly RegExp[];
  readonly #say: (sentence: string) => void;
  /** Sentences about patterns that cannot be used. */
  readonly problems: readonly string[];

  /**
   * Regular expressions, looked for without regard to case. `say` is told of one that takes too long, which is not used
   * any more.
   */
  constructor(sources: readonly unknown[], say: (sentence: string) => void = () => undefined) {
    const problems: string[] = [];
    this.#say = say;
    this.#patterns = sources.flatMap((source) => {
      try {
        if (typeof source !== 'string') throw new TypeError('it is no text');
        return [new RegExp(source, 'i')];
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        problems.push(`The upload pattern "${String(source)}" cannot be used: ${reason}.`);
        return [];
      }
    });
    this.problems = problems;
  }

  matches(commandLine: string): boolean {
    // A command line of a megabyte is a script passed along; what starts an upload stands at the beginning.
    const looked = commandLine.slice(0, 4096).trimEnd();
    if (onlySpeaksOf.test(looked)) return false;
    return this.#patterns.some(
      (pattern) => this.#found(pattern, looked) ?? this.#found(pattern, looked) ?? this.#drop(pattern),
    );
  }

  /** Nothing where it took too long, as a busy machine makes any pattern do now and then. */
  #found(pattern: RegExp, text: string): boolean | undefined {
    try {
      return guarded(() => pattern.test(text), longestMs);
    } catch (error) {
      if (error instanceof HumanError) return undefined;
      throw error;
    }
  }

  #drop(slow: RegExp): false {
    this.#patterns = this.#patterns.filter((pattern) => pattern !== slow);
    this.#say(
      `The upload pattern "${slow.source}" takes too long and is not used any more. Use one without nested repetition.`,
    );
    return false;
  }
}

/** The ports of `open` that a command names; all of them where it names none. */
export function portsFor(commandLine: string, open: readonly string[]): readonly string[] {
  const named = open.filter((address) => namesPort(commandLine, address));
  return named.length > 0 ? named : open;
}

/** `/dev/ttyACM1` is not `/dev/ttyACM10`. */
function namesPort(commandLine: string, address: string): boolean {
  for (let at = commandLine.indexOf(address); at >= 0; at = commandLine.indexOf(address, at + 1)) {
    if (!/\d/.test(commandLine.charAt(at + address.length))) return true;
  }
  return false;
}
