import { conditionOf, isDefined } from './condition';
import type { Directive } from './maskedText';
import type { Macros } from './macros';
import { FileMacros, macroOf } from './macros';

/** Whether a stretch of text is compiled: `maybe` where that rests on something unknown. */
export type Activity = 'yes' | 'maybe' | 'no';

/** A stretch of a file; what lies in none is active. */
export interface BranchStretch {
  readonly start: number;
  readonly end: number;
  readonly activity: Activity;
  /** The directive that decides, as it is written: `#if BIG > 1`, `#else of #if BIG > 1`. */
  readonly condition: string;
}

/** What the directives of a file say, with these macros before its first line. */
export interface Branches {
  /** In order, without overlaps. */
  readonly stretches: readonly BranchStretch[];
  /** What is known of names behind the last line. */
  readonly macros: Macros;
  readonly includes: readonly Include[];
}

interface Include {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly activity: Activity;
}

/** What a file is read with. */
interface BranchContext {
  readonly file: string;
  readonly before: Macros;
  /** All flags of the build are among `before`. */
  readonly isComplete: boolean;
  /** What including a file by a name defines. */
  readonly included: (name: string) => Macros;
}

interface Open {
  readonly outer: Activity;
  /** Whether a branch before this one was taken. */
  taken: Activity;
  current: Activity;
  /** As in `BranchStretch`. */
  condition: string;
  since: number;
}

/** Follows the conditions of a file. */
export function branchesOf(directives: readonly Directive[], context: BranchContext): Branches {
  const walk = new BranchWalk(context);
  directives.forEach((directive, index) => walk.step(directive, directives[index + 1]));
  return walk.end();
}

class BranchWalk {
  readonly #context: BranchContext;
  readonly #macros: FileMacros;
  readonly #open: Open[] = [];
  readonly #stretches: BranchStretch[] = [];
  readonly #includes: Include[] = [];

  constructor(context: BranchContext) {
    this.#context = context;
    this.#macros = new FileMacros(context.before);
  }

  step(directive: Directive, next: Directive | undefined): void {
    const { name, text, start, end } = directive;
    if (name === 'if' || name === 'ifdef' || name === 'ifndef') {
      const activity = this.#activity;
      const taken = this.#asked(directive, next);
      this.#mark(start);
      const condition = activity === 'no' ? this.#condition : `#${name} ${text}`;
      this.#open.push({ outer: activity, taken, current: both(activity, taken), condition, since: end });
    } else if (name === 'elif' || name === 'else') this.#turn(directive);
    else if (name === 'endif') {
      this.#mark(start);
      this.#open.pop();
      const outer = this.#open.at(-1);
      if (outer !== undefined) outer.since = end;
    } else if (name === 'include') this.#include(text, start, end);
    else if (name === 'define' || name === 'undef') this.#define(directive);
  }

  end(): Branches {
    if (this.#open.length > 0) this.#mark(Number.MAX_SAFE_INTEGER);
    return { stretches: this.#stretches, macros: this.#macros, includes: this.#includes };
  }

  get #condition(): string {
    return this.#open.at(-1)?.condition ?? '';
  }

  get #activity(): Activity {
    return this.#open.at(-1)?.current ?? 'yes';
  }

  /** Closes the stretch that ends here, where something else holds than for the file as a whole. */
  #mark(at: number): void {
    const open = this.#open.at(-1);
    if (open !== undefined && open.current !== 'yes') {
      const { since: start, current: activity, condition } = open;
      this.#stretches.push({ start, end: at, activity, condition });
    }
  }

  #asked({ name, text }: Directive, next: Directive | undefined): Activity {
    const { isComplete } = this.#context;
    if (name === 'if') return activityOf(conditionOf(text, this.#macros, isComplete));
    const word = /^\w+/.exec(text)?.[0] ?? '';
    // A guard, or a default that a flag of the build may replace.
    const isGuard = name === 'ifndef' && next?.name === 'define' && /^\w+/.exec(next.text)?.[0] === word;
    if (isGuard && !this.#macros.has(word)) return 'yes';
    const defined = isDefined(word, this.#macros, isComplete);
    return activityOf(name === 'ifdef' || defined === undefined ? defined : !defined);
  }

  #turn({ name, text, start, end }: Directive): void {
    const open = this.#open.at(-1);
    if (open === undefined) return;
    this.#mark(start);
    const here = name === 'else' ? 'yes' : activityOf(conditionOf(text, this.#macros, this.#context.isComplete));
    const taken = both(opposite(open.taken), here);
    open.current = both(open.outer, taken);
    open.taken = either(open.taken, taken);
    if (open.outer !== 'no') open.condition = name === 'else' ? `#else of ${open.condition}` : `#${name} ${text}`;
    open.since = end;
  }

  #include(text: string, start: number, end: number): void {
    const name = /^["<]([^">]+)[">]/.exec(text)?.[1];
    const activity = this.#activity;
    if (name === undefined || activity === 'no') return;
    this.#includes.push({ name, start, end, activity });
    this.#macros.include(this.#context.included(name), activity === 'yes');
  }

  #define(directive: Directive): void {
    const activity = this.#activity;
    if (activity === 'no') return;
    const macro = macroOf(directive, this.#context.file);
    if (macro === undefined) return;
    if (directive.name === 'define') this.#macros.define(macro, activity === 'yes');
    else if (activity === 'yes') this.#macros.forget(macro.name);
  }
}

function activityOf(condition: boolean | undefined): Activity {
  if (condition === undefined) return 'maybe';
  return condition ? 'yes' : 'no';
}

function both(left: Activity, right: Activity): Activity {
  if (left === 'no' || right === 'no') return 'no';
  return left === 'yes' && right === 'yes' ? 'yes' : 'maybe';
}

function either(left: Activity, right: Activity): Activity {
  if (left === 'yes' || right === 'yes') return 'yes';
  return left === 'no' && right === 'no' ? 'no' : 'maybe';
}

function opposite(activity: Activity): Activity {
  if (activity === 'maybe') return 'maybe';
  return activity === 'yes' ? 'no' : 'yes';
}
