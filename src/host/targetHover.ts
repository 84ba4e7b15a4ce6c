import * as vscode from 'vscode';
import type { TargetFacts } from '../core/estimate/report';
import { markdownCode, markdownText as plain } from '../core/text/markdown';
import type { ChoiceLayer } from '../core/project/layers';
import { targetOrigins } from '../core/project/targetOrigins';
import type { TargetOrigin } from '../core/project/targetOrigins';

/** The values of a target, a line each, with a link to where each was chosen. */
export function targetHover(target: TargetFacts, layers: readonly ChoiceLayer[]): vscode.MarkdownString {
  return new vscode.MarkdownString(targetOrigins(target, layers).map(originRow).join('\n'));
}

/** Where the project files choose the values of a target, the board first. */
export function targetPlaces(target: TargetFacts, layers: readonly ChoiceLayer[]): readonly vscode.Location[] {
  return targetOrigins(target, layers).flatMap(({ chosen }) => {
    if (chosen?.file === undefined || chosen.span === undefined) return [];
    const { line, column } = chosen.span;
    return [new vscode.Location(vscode.Uri.parse(chosen.file), new vscode.Position(line, column))];
  });
}

/** A value as a line of a list, with a link to where it was chosen. */
export function originRow({ name, value, origin, chosen }: TargetOrigin): string {
  const line = chosen?.span === undefined ? '' : `#L${chosen.span.line + 1}`;
  const from = chosen?.file === undefined ? plain(origin) : `[${plain(origin)}](<${linkTo(chosen.file)}${line}>)`;
  return `- ${name} ${markdownCode(value)}: ${from}`;
}

/** Nothing in a path can end the link. */
export function linkTo(file: string): string {
  return file.replace(/[<>\\\s]/g, (sign) => encodeURIComponent(sign));
}
