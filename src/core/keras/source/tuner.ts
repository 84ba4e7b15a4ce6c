import { unknown } from '../../python/evaluate/machine';
import { bool, builtin, host, list, none, str, stringOf } from '../../python/evaluate/plainValues';
import type { Call, HostObject, PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { Session } from './session';

/** Packages that Keras Tuner goes by. */
const packages = /^(?:keras_tuner|kerastuner)(?:\.|$)/;

/** A class of Keras Tuner; undefined for what is of another package. */
export function callTuner(session: Session, path: string, call: Call): PythonValue | undefined {
  if (!packages.test(path)) return undefined;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (name === 'HyperParameters') return host(new HyperParameters(session));
  if (/^(?:RandomSearch|Hyperband|BayesianOptimization|GridSearch|Tuner|SklearnTuner)$/.test(name))
    return host(new TunerObject(session, call.positional.at(0) ?? call.named.get('hypermodel') ?? none));
  return undefined;
}

/** `hp` of a function that a tuner calls: every parameter has the value that it starts with, and that is noted. */
export class HyperParameters implements HostObject {
  readonly typeName = 'HyperParameters';
  readonly #values = new Map<string, PythonValue>();

  constructor(readonly session: Session) {}

  attribute(name: string): PythonValue | undefined {
    switch (name) {
      case 'Int':
      case 'Float':
        return builtin(name, (call) => this.#value(call, call.named.get('min_value') ?? call.positional.at(1)));
      case 'Choice': {
        const first = (call: Call): PythonValue | undefined => {
          const values = call.named.get('values') ?? call.positional.at(1);
          return values && this.session.machine.iterate(values, call.at)?.at(0);
        };
        return builtin(name, (call) => this.#value(call, first(call)));
      }
      case 'Boolean':
        return builtin(name, (call) => this.#value(call, bool(false)));
      case 'Fixed':
        return builtin(name, (call) => call.named.get('value') ?? call.positional.at(1) ?? none);
      case 'get':
        return builtin(name, ({ positional: [key], at }) => this.item(key, at));
      case 'conditional_scope':
      case 'name_scope':
        return builtin(name, () => none);
      default:
        return undefined;
    }
  }

  item(key: PythonValue | undefined, at: PythonPlace): PythonValue {
    return this.#values.get(stringOf(key) ?? '') ?? unknown('A hyperparameter is known once a tuner has searched.', at);
  }

  /** The default, else the value that the tuner tries first. Source: the documentation of Keras Tuner. */
  #value({ positional, named, at }: Call, first: PythonValue | undefined): PythonValue {
    const name = stringOf(positional.at(0) ?? named.get('name')) ?? '';
    const standard = named.get('default');
    const given = this.session.machine.given(name, at);
    const value =
      given ??
      (standard === undefined || standard.kind === 'none' ? first : standard) ??
      unknown(`The range of the hyperparameter ${name} is not known.`, at);
    this.#values.set(name, value);
    if (given === undefined && value.kind !== 'unknown') {
      const text = `The hyperparameter "${name}" has the value that it starts with: a tuner tries others.`;
      this.session.assumed.push({ text, at });
    }
    return value;
  }
}

class TunerObject implements HostObject {
  readonly typeName = 'Tuner';

  constructor(
    readonly session: Session,
    readonly build: PythonValue,
  ) {}

  attribute(name: string, at: PythonPlace): PythonValue | undefined {
    const { machine } = this.session;
    const start = (): PythonValue => host(new HyperParameters(this.session));
    switch (name) {
      case 'search':
      case 'search_space_summary':
      case 'results_summary':
        return builtin(name, () => none);
      case 'get_best_hyperparameters':
        return builtin(name, () => list([start()]));
      case 'hypermodel':
        return host(this);
      case 'build':
        return builtin(name, (call) =>
          this.build.kind === 'function'
            ? machine.call(this.build, {
                ...call,
                positional: call.positional.length > 0 ? call.positional : [start()],
              })
            : unknown('What the tuner builds is not known.', call.at),
        );
      case 'get_best_models':
        return builtin(name, (call) =>
          list([
            this.build.kind === 'function'
              ? machine.call(this.build, { positional: [start()], named: new Map(), at: call.at })
              : unknown('What the tuner builds is not known.', call.at),
          ]),
        );
      case 'project_dir':
        return str('');
      default:
        return unknown(`What a tuner has for ${name} is known once it has searched.`, at);
    }
  }
}
