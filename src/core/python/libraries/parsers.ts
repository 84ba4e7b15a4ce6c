import type { PythonMachine } from '../evaluate/machine';
import { unknown } from '../evaluate/machine';
import { bool, builtin, host, list, none, stringOf, tuple } from '../evaluate/plainValues';
import type { Call, HostObject, PythonValue } from '../evaluate/values';
import { Namespace } from './namespace';

/** Parsers of command lines: what they give where nothing is passed. */
export function parserMembers(machine: PythonMachine): readonly (readonly [string, PythonValue])[] {
  const flags = new Namespace([], (name, at) => unknown(`The flag ${name} is not declared in what was read.`, at));
  const declare = builtin('DEFINE', ({ positional: [name, initial], named, at }) => {
    const value = initial ?? named.get('default') ?? unknown('The flag has no default.', at);
    flags.setAttribute(stringOf(name ?? named.get('name')) ?? '', value);
    return host(new Namespace([['value', value]]));
  });
  const kinds = ['string', 'integer', 'float', 'boolean', 'bool', 'enum', 'list'];
  return [
    ['argparse.ArgumentParser', builtin('ArgumentParser', () => host(new ArgumentParser(machine)))],
    ['argparse.Namespace', builtin('Namespace', ({ named }) => host(new Namespace(named)))],
    ['absl.flags.FLAGS', host(flags)],
    ...kinds.map((kind) => [`absl.flags.DEFINE_${kind}`, declare] as const),
  ];
}

class ArgumentParser implements HostObject {
  readonly typeName = 'ArgumentParser';
  readonly #values = new Map<string, PythonValue>();

  constructor(readonly machine: PythonMachine) {}

  attribute(name: string): PythonValue | undefined {
    switch (name) {
      case 'add_argument':
        return builtin(name, (call) => this.#add(call));
      case 'set_defaults':
        return builtin(name, ({ named }) => {
          for (const [key, value] of named) this.#values.set(key, value);
          return none;
        });
      case 'add_argument_group':
      case 'add_mutually_exclusive_group':
      case 'add_subparsers':
      case 'add_parser':
        return builtin(name, () => host(this));
      case 'parse_args':
        return builtin(name, () => host(this.#parsed()));
      case 'parse_known_args':
        return builtin(name, () => tuple([host(this.#parsed()), list([])]));
      default:
        return undefined;
    }
  }

  #parsed(): Namespace {
    return new Namespace(this.#values, (name, at) => unknown(`No argument ${name} is declared.`, at));
  }

  #add({ positional, named, at }: Call): PythonValue {
    const names = positional.map((each) => stringOf(each) ?? '');
    const long = names.find((each) => each.startsWith('--')) ?? names.at(0) ?? '';
    const target = stringOf(named.get('dest')) ?? long.replace(/^-+/, '').replace(/-/g, '_');
    this.#values.set(target, this.#value(long, { positional, named, at }));
    return none;
  }

  #value(name: string, { named, at }: Call): PythonValue {
    const action = stringOf(named.get('action'));
    const initial = named.get('default');
    if (initial !== undefined) return this.#typed(initial, named.get('type'), at);
    if (action === 'store_true') return bool(false);
    if (action === 'store_false') return bool(true);
    const isRequired = named.get('required');
    const isGiven = !name.startsWith('-') || (isRequired?.kind === 'bool' && isRequired.value);
    return isGiven ? unknown(`The argument ${name} is given on the command line.`, at) : none;
  }

  /** A default that is a text goes through the argument's type. */
  #typed(initial: PythonValue, type: PythonValue | undefined, at: Call['at']): PythonValue {
    if (initial.kind !== 'string' || type === undefined) return initial;
    return this.machine.call(type, { positional: [initial], named: new Map(), at });
  }
}
