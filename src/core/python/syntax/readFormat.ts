import type { SyntaxNode } from '@lezer/common';
import type { Expressionless, NodeReader } from './nodeReader';
import { childrenOf } from './nodes';
import { quotesOf, stringValue, unescaped } from './strings';
import type { FormatReplacement } from './tree';

type Nodes = readonly SyntaxNode[];

export function readContinued(reader: NodeReader, parts: Nodes): Expressionless {
  const pieces = parts.flatMap((part): (string | FormatReplacement)[] =>
    part.name === 'FormatString' ? readFormatParts(reader, part) : [stringValue(reader.textOf(part))],
  );
  if (pieces.every((piece) => typeof piece === 'string')) {
    return { kind: 'string', text: pieces.join('') };
  }
  return { kind: 'format', parts: pieces };
}

export function readFormatParts(reader: NodeReader, node: SyntaxNode): (string | FormatReplacement)[] {
  const { start, end, isRaw } = quotesOf(reader.textOf(node));
  const parts: (string | FormatReplacement)[] = [];
  let at = node.from + start;
  const literal = (to: number): void => {
    const piece = reader.text.slice(at, to).replace(/\{\{/g, '{').replace(/\}\}/g, '}');
    if (piece !== '') parts.push(isRaw ? piece : unescaped(piece));
  };
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue;
    literal(child.from);
    parts.push(readReplacement(reader, child));
    at = child.to;
  }
  literal(node.from + end);
  return parts;
}

function readReplacement(reader: NodeReader, node: SyntaxNode): FormatReplacement | string {
  const parts = childrenOf(node);
  const spec = parts.find(({ name }) => name === 'FormatSpec');
  const conversion = parts.find(({ name }) => name === 'FormatConversion');
  const self = parts.find(({ name }) => name === 'FormatSelfDoc');
  const value = parts.find(({ name }) => !/^[{}]$|^Format/.test(name));
  if (value === undefined) return '';
  return {
    value: reader.read(value),
    conversion: conversion ? reader.textOf(conversion) : '',
    spec: spec ? reader.textOf(spec).slice(1) : '',
    ...(self ? { label: reader.text.slice(value.from, self.to) } : {}),
  };
}
