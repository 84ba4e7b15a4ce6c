import type { DirectiveLine } from './directives';
import type { Guard } from './sourceArray';

/** A brace that is open, and those around it. */
interface Scope {
  /** Names of the namespaces up to here. */
  readonly namespace: string;
  readonly isInBlock: boolean;
  readonly outer?: Scope;
}

interface Branch {
  guard: Guard;
  /** Its own condition, without those before it. */
  own: string;
  /** That the conditions of the branches before it do not hold. */
  readonly before: string[];
  /** The scope that was open at the `#if`: each branch begins in the same. */
  readonly scope: Scope;
}

/** Deeper nesting, and longer names and chains of conditions, are not followed: nothing that people write has them. */
const deepest = 64;
const longest = 1000;

const file: Scope = { namespace: '', isInBlock: false };

/** The blocks, namespaces and `#if` branches around the place that is being read. */
export class Surroundings {
  #scope = file;
  readonly #branches: Branch[] = [];
  /** The macro of an `#ifndef` on the line before: with its `#define` it guards the file against a second include. */
  #maybeIncludeGuard: string | undefined;

  get namespace(): string {
    return this.#scope.namespace;
  }

  get isInBlock(): boolean {
    return this.#scope.isInBlock;
  }

  get guards(): readonly Guard[] {
    return this.#branches
      .slice(0, deepest)
      .map(({ guard }) => guard)
      .filter(({ condition }) => condition !== '');
  }

  /** Opens a namespace; one without a name adds nothing, as `extern "C"` does. */
  openNamespace(name: string): void {
    const { namespace, isInBlock } = this.#scope;
    const whole = [namespace, name].filter((part) => part !== '').join('::');
    this.#scope = { namespace: whole.length > longest ? namespace : whole, isInBlock, outer: this.#scope };
  }

  openBlock(): void {
    this.#scope = { namespace: this.#scope.namespace, isInBlock: true, outer: this.#scope };
  }

  close(): void {
    this.#scope = this.#scope.outer ?? file;
  }

  directive({ name, rest, start }: DirectiveLine): void {
    const includeGuard = this.#maybeIncludeGuard;
    this.#maybeIncludeGuard = undefined;
    const branch = this.#branches.at(-1);
    if (name === 'define') {
      if (branch !== undefined && rest.split(/\W/, 1)[0] === includeGuard) branch.guard = { condition: '', start };
    } else if (name === 'endif') this.#branches.pop();
    else if (name.startsWith('if')) {
      if (name === 'ifndef') this.#maybeIncludeGuard = rest;
      const own = conditionText(name, rest);
      this.#branches.push({ guard: { condition: own, start }, own, before: [], scope: this.#scope });
    } else if (name.startsWith('el') && branch !== undefined) this.#enterOther(branch, { name, rest, start });
  }

  #enterOther(branch: Branch, { name, rest, start }: Omit<DirectiveLine, 'end'>): void {
    if (branch.before.length < deepest) branch.before.push(`!(${branch.own})`.slice(0, longest));
    branch.own = name === 'else' ? '' : conditionText(name.slice(2), rest);
    const own = branch.own === '' ? [] : [branch.own];
    branch.guard = { condition: [...branch.before, ...own].join(' && '), start };
    this.#scope = branch.scope;
  }
}

function conditionText(name: string, rest: string): string {
  if (name === 'ifdef') return `defined(${rest})`;
  if (name === 'ifndef') return `!defined(${rest})`;
  return rest;
}
