import type { Expression, Expressions, Extent } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import type { SourceFile } from '../firmware';

/** The stack of a task or thread as its source says, with the function that runs on it. */
interface TaskStackFact extends Extent {
  /** What stands for its size; `start` and `end` are those of this. */
  readonly size: Expression;
  /** Bytes that a unit of the size is; absent where it hangs on the port of the operating system. */
  readonly unitBytes?: number;
  readonly entry?: string;
  readonly inFunction?: number;
}

interface Form {
  readonly size: number;
  /** Position of the task's function; of `K_THREAD_STACK_DEFINE` it stands in `k_thread_create`. */
  readonly entry?: number;
  readonly unitBytes?: number;
}

/**
 * Calls and macros that say how large a stack is. Sources: FreeRTOS task.h (a unit is a StackType_t, of ESP-IDF's a
 * byte), Zephyr kernel.h, CMSIS-RTOS cmsis_os.h.
 */
const forms: ReadonlyMap<string, Form> = new Map([
  ['xTaskCreate', { entry: 0, size: 2 }],
  ['xTaskCreatePinnedToCore', { entry: 0, size: 2, unitBytes: 1 }],
  ['xTaskCreateStatic', { entry: 0, size: 2 }],
  ['xTaskCreateStaticPinnedToCore', { entry: 0, size: 2, unitBytes: 1 }],
  ['K_THREAD_DEFINE', { size: 1, entry: 2, unitBytes: 1 }],
  ['K_THREAD_STACK_DEFINE', { size: 1, unitBytes: 1 }],
  ['K_KERNEL_STACK_DEFINE', { size: 1, unitBytes: 1 }],
]);

/** Files in which one of these words can stand. */
export const taskStackWords: readonly string[] = [
  'xTaskCreate',
  'K_THREAD_',
  'K_KERNEL_STACK_DEFINE',
  'osThread',
  'Thread',
];

/** Stacks of tasks that a file gives a size. */
export function taskStacksIn(file: SourceFile): readonly TaskStackFact[] {
  return [...called(file), ...attributes(file), ...threads(file)];
}

function called(file: SourceFile): readonly TaskStackFact[] {
  const { calls } = file.syntax;
  const isEspressif = file.branches.includes.some(({ name }) => /^(?:freertos\/|esp_|Arduino)/.test(name));
  return calls.flatMap(({ call, inFunction }): readonly TaskStackFact[] => {
    const name = calledName(call) ?? '';
    const { arguments: given } = call;
    const form = name === 'osThreadDef' ? osThreadForm(given) : forms.get(name);
    const size = form && given.at(form.size);
    if (form === undefined || size === undefined) return [];
    const unitBytes = form.unitBytes ?? (isEspressif ? 1 : undefined);
    const task = form.entry === undefined ? threadEntry(file, given[0]) : nameOf(given.at(form.entry));
    return [{ start: size.start, end: size.end, size, unitBytes, entry: task, inFunction }];
  });
}

/** `osThreadDef(function, priority, instances, bytes)`, of ST's with a name in front and in words of 4 bytes. */
function osThreadForm(given: Expressions): Form | undefined {
  if (given.length === 4) return { entry: 0, size: 3, unitBytes: 1 };
  return given.length === 5 ? { entry: 1, size: 4, unitBytes: 4 } : undefined;
}

/** The function that `k_thread_create(&thread, stack, …, function, …)` starts on a stack. */
function threadEntry({ syntax }: SourceFile, stack: Expression | undefined): string | undefined {
  const wanted = nameOf(stack);
  const created = syntax.calls.find(
    ({ call }) => calledName(call) === 'k_thread_create' && nameOf(call.arguments.at(1)) === wanted,
  );
  return nameOf(created?.call.arguments.at(3));
}

/** `.stack_size` of the attributes that `osThreadNew(function, argument, &attributes)` is given. */
function attributes({ syntax }: SourceFile): readonly TaskStackFact[] {
  return syntax.variables.flatMap(({ name, typeName, initializer, inFunction }): readonly TaskStackFact[] => {
    if (typeName !== 'osThreadAttr_t' || initializer?.kind !== 'list') return [];
    const size = initializer.items.find((item) => item.kind === 'field' && item.name === 'stack_size');
    if (size?.kind !== 'field') return [];
    const { value } = size;
    const started = syntax.calls.find(
      ({ call }) => calledName(call) === 'osThreadNew' && nameOf(call.arguments.at(2)) === name,
    );
    const entry = nameOf(started?.call.arguments.at(0));
    return [{ start: value.start, end: value.end, size: value, unitBytes: 1, entry, inFunction }];
  });
}

/** `rtos::Thread thread(osPriorityNormal, 8 * 1024);` of Mbed, and the function that it is started with. */
function threads({ syntax }: SourceFile): readonly TaskStackFact[] {
  return syntax.variables.flatMap(({ name, typeName, given, inFunction }): readonly TaskStackFact[] => {
    const size = given?.at(1);
    if (typeName !== 'Thread' || size === undefined || !/^osPriority/.test(nameOf(given?.at(0)) ?? '')) return [];
    const started = syntax.calls.find(
      ({ call: { callee } }) => callee.kind === 'member' && callee.name === 'start' && nameOf(callee.object) === name,
    );
    const entry = nameOf(started?.call.arguments.at(0));
    return [{ start: size.start, end: size.end, size, unitBytes: 1, entry, inFunction }];
  });
}

/** The name that an expression ends in, through casts and addresses. */
function nameOf(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'cast' || expression?.kind === 'unary') return nameOf(expression.operand);
  return expression?.kind === 'name' || expression?.kind === 'member' ? expression.name : undefined;
}
