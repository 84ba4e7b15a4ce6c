/**
 * Text as Markdown that shows this text and nothing else: no markup, no link, no picture, no element of HTML, on one
 * line.
 */
export function markdownText(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .replace(/[\\`*_{}[\]<>&!|~#]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, 'www\\.');
}

/** Text as inline code of Markdown: nothing in it can end the code. */
export function markdownCode(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}
