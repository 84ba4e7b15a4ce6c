import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseText, type ParsedText } from '../../src/core/python/syntax/readSyntax';

const source = `import tensorflow as tf
from tensorflow.keras import layers

# milliwatt: input_shape=(8, 8, 1)
def block(x, n):
    for each in range(n):
        x = layers.Conv2D(each, 3)(x)
    return x


@decorated(1)
class Net(tf.keras.Model):
    """Documented."""

    def call(self, x):
        return f"{x!r:>{8}}" if x else [y for y in x]

model = tf.keras.Sequential([
    layers.Dense(4, activation="relu"),
    layers.Dense(2),
])
a = 1; b = 255. / 2
if a:
    b = 3
else:
    b = {"k": (1, 2)}
`;

const typed = ['', 'x', '(', ')', '"', "'''", '\n', '    ', ':', 'x = layers.Dense(', '# ', '\\', 'else:\n', '[', '\t'];

/** As it is read without anything before it. */
function anew(text: string): unknown {
  return parseText(text).syntax;
}

describe('a source of Python, read from what it was before', () => {
  it('gives what it gives read anew, wherever something is typed or taken away', () => {
    for (let at = 0; at <= source.length; at += 11) {
      let before: ParsedText | undefined = parseText(source);
      for (const text of typed) {
        const changed = source.slice(0, at) + text + source.slice(at);
        before = parseText(changed, before);
        assert.deepStrictEqual(before.syntax, anew(changed), JSON.stringify({ at, text }));
      }
      const shorter = source.slice(0, at) + source.slice(at + 23);
      assert.deepStrictEqual(parseText(shorter, before).syntax, anew(shorter), `without 23 from ${at}`);
    }
  });

  it('knows a number that ended in its point from one with a digit there', () => {
    const changed = parseText('x = 2550\ny = 1\n', parseText('x = 255.\ny = 1\n'));
    assert.deepStrictEqual(changed.syntax, anew('x = 2550\ny = 1\n'));
  });

  it('takes statements over that stand before the change, as they are', () => {
    const before = parseText(source);
    const after = parseText(source.replace('Dense(2)', 'Dense(3)'), before);
    const taken = after.body.filter((statement) => before.body.includes(statement));
    // The function and the class stand before it; imports are read anew.
    assert.deepStrictEqual(
      taken.map(({ kind }) => kind),
      ['function', 'class'],
    );
  });
});
