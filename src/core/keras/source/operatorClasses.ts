/** Operations that Python's operators make of tensors. */
export const operatorClasses: ReadonlyMap<string, string> = new Map([
  ['+', 'Add'],
  ['-', 'Subtract'],
  ['*', 'Multiply'],
  ['/', 'TrueDivide'],
  ['//', 'FloorDivide'],
  ['%', 'Mod'],
  ['**', 'Power'],
  ['@', 'Matmul'],
  ['>', 'Greater'],
  ['>=', 'GreaterEqual'],
  ['<', 'Less'],
  ['<=', 'LessEqual'],
  ['==', 'Equal'],
  ['!=', 'NotEqual'],
]);
