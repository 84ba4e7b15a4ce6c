import { check } from '../support/check';
import { described } from './described';

const header = ['import marimo', 'app = marimo.App(width="medium")', ''].join('\n');

check('notebooks that are programs: cells as functions', (body: string) => described(header + body), [
  {
    name: 'in the order of use, whatever the order of writing',
    input: [
      '@app.cell',
      'def _(Dense, Sequential, classes, inputs):',
      '    model = Sequential([inputs, Dense(classes)])',
      '    return (model,)',
      '@app.cell(hide_code=True)',
      'def _(Input):',
      '    classes = 3',
      '    inputs = Input((4,))',
      '    return classes, inputs',
      '@app.cell',
      'def imports():',
      '    from keras import Input, Sequential',
      '    from keras.layers import Dense',
      '    return Dense, Input, Sequential',
      'if __name__ == "__main__":',
      '    app.run()',
    ].join('\n'),
    expected: ['model', '  Dense@5 3 15'],
  },
  {
    name: 'functions and setup of the application stand for all cells',
    input: [
      'with app.setup:',
      '    import keras',
      '@app.cell',
      'def _(build):',
      '    small = build(2)',
      '    return small',
      '@app.function',
      'def build(width):',
      '    return keras.Sequential([keras.Input((5,)), keras.layers.Dense(width)])',
    ].join('\n'),
    expected: ['small', '  Dense@11 2 12'],
  },
  {
    name: 'of a circle of cells the first one comes last',
    input: [
      '@app.cell',
      'def _(b):',
      '    import keras',
      '    m = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])',
      '    a = b',
      '    return a, keras',
      '@app.cell',
      'def _(a, keras):',
      '    n = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])',
      '    b = 1',
      '    return (b,)',
    ].join('\n'),
    expected: ['m', '  Dense@6 1 3'],
  },
  {
    name: 'a decorator of another object makes no cell',
    input: ['class other: pass', '@other.cell', 'def f(units):', '    return units', 'm = 1'].join('\n'),
    expected: [],
  },
]);
