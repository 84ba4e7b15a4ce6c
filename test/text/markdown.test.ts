import { markdownCode, markdownText } from '../../src/core/text/markdown';
import { check } from '../support/check';

check('text that is no markup', markdownText, [
  { name: 'a picture', input: '![x](https://host/a.png)', expected: '\\!\\[x\\](https\\://host/a.png)' },
  { name: 'HTML', input: '<img src=x>', expected: '\\<img src=x\\>' },
  { name: 'a new block', input: 'a\n\n# b', expected: 'a \\# b' },
  { name: 'an entity', input: '&lt;', expected: '\\&lt;' },
  { name: 'its own escape', input: '\\[a', expected: '\\\\\\[a' },
  { name: 'a bare address', input: 'see www.host.org', expected: 'see www\\.host.org' },
]);

check('text as code', markdownCode, [
  { name: 'which it cannot end', input: 'a` ![x](y) `b\nc', expected: "`a' ![x](y) 'b c`" },
]);
