import { unknown } from '../../python/evaluate/machine';
import { builtin, none } from '../../python/evaluate/plainValues';
import type { PythonPlace, PythonValue } from '../../python/evaluate/values';
import type { KerasValue } from '../kerasModel';
import type { Described } from './graph';

/** An object of Keras that changes neither shapes nor costs: an initializer, an optimizer, a callback. */
export class PlainObject implements Described {
  readonly isCallable = true;
  readonly #attributes = new Map<string, PythonValue>();

  constructor(readonly typeName: string) {}

  described(): KerasValue {
    return new Map<string, KerasValue>([
      ['class_name', this.typeName],
      ['config', new Map()],
    ]);
  }

  attribute(name: string, at: PythonPlace): PythonValue {
    return (
      this.#attributes.get(name) ??
      builtin(name, () => unknown(`What ${this.typeName} gives for ${name} is not known.`, at))
    );
  }

  setAttribute(name: string, value: PythonValue): void {
    this.#attributes.set(name, value);
  }

  call(): PythonValue {
    return none;
  }
}
