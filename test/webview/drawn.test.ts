import { html, nothing, svg } from 'lit-html';
import { classMap } from 'lit-html/directives/class-map.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { unsafeHTML } from 'lit-html/directives/unsafe-html.js';
import type { Drawn } from './drawn';
import { all, cells, drawn, fire, one, textOf, texts } from './drawn';
import { check } from '../support/check';

/** An element as text, with everything that a view can say of it. */
function outline(node: Drawn | string): string {
  if (typeof node === 'string') return node;
  const said = [
    ...Object.entries(node.attributes).map(([name, value]) => ` ${name}=${value}`),
    ...Object.entries(node.properties).map(([name, value]) => ` .${name}=${String(value)}`),
    ...Object.keys(node.listeners).map((name) => ` @${name}`),
  ];
  return `<${node.tag}${said.join('')}>${node.children.map(outline).join('')}</>`;
}

check('drawing without a browser', (view: unknown) => drawn(view).children.map(outline).join(''), [
  { name: 'text and a value in it', input: html`<p>a ${1} b</p>`, expected: '<p>a 1 b</>' },
  { name: 'nothing', input: html`<p>${nothing}${undefined}${null}</p>`, expected: '<p></>' },
  { name: 'a value that looks like markup is text', input: html`<p>${'<b>'}</p>`, expected: '<p><b></>' },
  { name: 'a list of views', input: html`${[1, 2].map((n) => html`<i>${n}</i>`)}`, expected: '<i>1</><i>2</>' },
  { name: 'an attribute of one value', input: html`<p title=${'x y'}></p>`, expected: '<p title=x y></>' },
  { name: 'an attribute among text', input: html`<p class="a ${'b'} ${''}"></p>`, expected: '<p class=a b ></>' },
  { name: 'an attribute of nothing', input: html`<p title=${nothing}></p>`, expected: '<p></>' },
  { name: 'what is on', input: html`<p ?hidden=${true} ?disabled=${false}></p>`, expected: '<p hidden=></>' },
  { name: 'a property', input: html`<p .style=${'width: 1%'}></p>`, expected: '<p .style=width: 1%></>' },
  { name: 'a listener', input: html`<p @click=${() => 0}></p>`, expected: '<p @click></>' },
  { name: 'an element without an end', input: html`<p><input /></p>`, expected: '<p><input></></>' },
  {
    name: 'classes by name',
    input: html`<p class=${classMap({ a: true, b: false })}></p>`,
    expected: '<p class= a ></>',
  },
  {
    name: 'a keyed list',
    input: html`<p>
      ${repeat(
        [1, 2],
        (n) => n,
        (n) => svg`<g>${n}</g>`,
      )}
    </p>`,
    expected: '<p>\n      <g>1</><g>2</>\n    </>',
  },
  { name: 'markup that is let in as such', input: html`<p>${unsafeHTML('<b>x</b>')}</p>`, expected: '<p><b>x</></>' },
  { name: 'an end that was not begun', input: html`<p></b>`, fails: 'The template closes <b>, which is not open.' },
  // prettier-ignore
  { name: 'an element left open', input: html`<p>`, fails: 'The template leaves <p> open.' },
]);

const table = drawn(
  html`<table class="a wide" id="t">
    <tbody>
      <tr>
        <th>x</th>
        <td class="number">1 <b>2</b></td>
      </tr>
    </tbody>
  </table>`,
);

check('finding what was drawn', (find: (root: Drawn) => unknown) => find(table), [
  { name: 'by tag', input: (root) => all(root, 'td').length, expected: 1 },
  { name: 'by class and id', input: (root) => one(root, 'table.wide#t').tag, expected: 'table' },
  { name: 'by an attribute', input: (root) => texts(root, '[class=number]'), expected: ['1 2'] },
  { name: 'cells', input: (root) => cells(root), expected: [['x', '1 2']] },
  { name: 'all text', input: (root) => textOf(root), expected: 'x 1 2' },
  { name: 'one that is not there', input: (root) => one(root, 'p'), fails: '0 elements are p.' },
]);

check(
  'events without a browser',
  (prevents: boolean) => {
    const heard: unknown[] = [];
    const view = html`<input
      .value=${'typed'}
      @input=${(event: { readonly target: { readonly value: string }; preventDefault(): void }) => {
        heard.push(event.target.value);
        if (prevents) event.preventDefault();
      }}
    />`;
    return [fire(one(drawn(view), 'input'), 'input').isPrevented, ...heard];
  },
  [
    { name: 'what is heard carries the field', input: false, expected: [false, 'typed'] },
    { name: 'what was prevented is told', input: true, expected: [true, 'typed'] },
  ],
);
