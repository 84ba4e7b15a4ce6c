import { HumanError } from '../core/model/problem';

/** Single commands on one line that install, read or look for an uploader, and run none. */
const onlySpeaksOf =
  /^[ \t]*(?:sudo[ \t]+)?(?:\S*\/)?(?:(?:python[\d.]*[ \t]+-m[ \t]+)?pip[\d.]*|pipx|apt|apt-get|brew|git|grep|rg|find(?!.*[ \t]-(?:exec|ok))|ls|cd|cat|less|head|tail|vim?|nano|code|echo|which|where|whereis|type|man)[ \t][^;&|`$\r\n]*$/i;

/** Decides which commands need the port for themselves. */
export class UploadPatterns {
  readonly #patterns: readonly RegExp[];
  /** Sentences about patterns that cannot be used. */
  readonly problems: readonly string[];

  /** Regular expressions, looked for without regard to case. */
  constructor(sources: readonly string[]) {
    const problems: string[] = [];
    this.#patterns = sources.flatMap((source) => {
      try {
        return [new RegExp(source, 'i')];
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        problems.push(
          new HumanError('upload-pattern', `The upload pattern "${source}" cannot be used: ${reason}.`).message,
        );
        return [];
      }
    });
    this.problems = problems;
  }

  matches(commandLine: string): boolean {
    // A command line of a megabyte is a script passed along; what starts an upload stands at the beginning.
    const looked = commandLine.slice(0, 4096).trimEnd();
    if (onlySpeaksOf.test(looked)) return false;
    return this.#patterns.some((pattern) => pattern.test(looked));
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
