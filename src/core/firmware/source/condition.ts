import type { Expression } from '../syntax/expression';
import { calledName } from '../syntax/expression';
import { expressionOfText } from '../syntax/expressions';
import { integerOf } from './integers';
import type { Macros } from './macros';

/** Names that a compiler, a framework or its configuration may define without any file of the project saying so. */
const foreign =
  /^(?:_|ARDUINO|AVR|ESP|CONFIG_|IDF_|STM32|TARGET_|NRF|PICO|RASPBERRY|MBED|TEENSY|SAM|ARM|CMSIS|CORE_|TF_|TFLITE|TFLM|USE_TFLM|EI_|DEBUG|NDEBUG|RP2040|PROJECT_|BOARD_|COMPONENT_|WIN32|LINUX|APPLE)/;

/** What a condition of the preprocessor says; absent where it rests on something unknown. */
export function conditionOf(text: string, macros: Macros, isComplete: boolean): boolean | undefined {
  const written = text.replace(/\bdefined\s+([A-Za-z_]\w*)/g, 'defined($1)');
  const expression = expressionOfText(written, 0);
  if (expression === undefined) return undefined;
  const value = valueOf(expression, { macros, isComplete, depth: 0 });
  return value === undefined ? undefined : value !== 0;
}

/** Whether a name is defined; absent where that is not known. `isComplete`: all flags of the build are among them. */
export function isDefined(name: string, macros: Macros, isComplete: boolean): boolean | undefined {
  const meanings = macros.get(name);
  if (meanings !== undefined) return meanings.some(({ isUncertain }) => isUncertain === true) ? undefined : true;
  if (name === '__cplusplus') return true;
  return isComplete && !foreign.test(name) ? false : undefined;
}

interface Known {
  readonly macros: Macros;
  readonly isComplete: boolean;
  readonly depth: number;
}

function valueOf(expression: Expression, known: Known): number | undefined {
  if (known.depth > 50) return undefined;
  const inner = { ...known, depth: known.depth + 1 };
  switch (expression.kind) {
    case 'number':
      return integerOf(expression.text);
    case 'name':
      return nameValue(expression.name, inner);
    case 'call':
      return callValue(expression, inner);
    case 'unary':
      return unaryValue(expression.operator, valueOf(expression.operand, inner));
    case 'binary':
      return logicValue(expression.operator, valueOf(expression.left, inner), () => valueOf(expression.right, inner));
    default:
      return undefined;
  }
}

function callValue(expression: Expression & { kind: 'call' }, { macros, isComplete }: Known): number | undefined {
  const [asked] = expression.arguments;
  if (calledName(expression) !== 'defined' || asked?.kind !== 'name') return undefined;
  const defined = isDefined(asked.name, macros, isComplete);
  return defined === undefined ? undefined : Number(defined);
}

function nameValue(name: string, known: Known): number | undefined {
  if (name === 'true') return 1;
  if (name === 'false') return 0;
  const defined = isDefined(name, known.macros, known.isComplete);
  if (defined !== true) return defined === false ? 0 : undefined;
  const meanings = known.macros.get(name) ?? [];
  if (meanings.length !== 1) return undefined;
  const [{ body }] = meanings;
  const expression = expressionOfText(body, 0);
  return expression === undefined ? undefined : valueOf(expression, known);
}

function unaryValue(operator: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (operator === '!') return Number(value === 0);
  if (operator === '-') return -value;
  return operator === '+' ? value : undefined;
}

function logicValue(operator: string, left: number | undefined, rightOf: () => number | undefined): number | undefined {
  if (operator === '&&' && left === 0) return 0;
  if (operator === '||' && left !== undefined && left !== 0) return 1;
  const right = rightOf();
  if (operator === '&&' && right === 0) return 0;
  if (operator === '||' && right !== undefined && right !== 0) return 1;
  return left === undefined || right === undefined ? undefined : binaryInteger(operator, left, right);
}

const comparisons: ReadonlyMap<string, (left: number, right: number) => number> = new Map([
  ['&&', (left, right) => Number(left !== 0 && right !== 0)],
  ['||', (left, right) => Number(left !== 0 || right !== 0)],
  ['==', (left, right) => Number(left === right)],
  ['!=', (left, right) => Number(left !== right)],
  ['<', (left, right) => Number(left < right)],
  ['>', (left, right) => Number(left > right)],
  ['<=', (left, right) => Number(left <= right)],
  ['>=', (left, right) => Number(left >= right)],
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
]);

function binaryInteger(operator: string, left: number, right: number): number | undefined {
  return comparisons.get(operator)?.(left, right);
}
