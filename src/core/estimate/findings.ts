import type { Finding, LayerFacts } from './report';

/** A finding that has no id yet. */
export type UnnamedFinding = Omit<Finding, 'id'>;

/**
 * Gives findings their ids: code, layer and port, numbered where several have all of them in common. A new figure in a
 * message or another board changes no id, so that a document, a fix and a page mean the same finding.
 */
export function withIds(
  findings: readonly UnnamedFinding[],
  layers: readonly Pick<LayerFacts, 'name'>[],
): readonly Finding[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const { code, layer, source } = finding;
    const name = [code, layer === undefined ? undefined : layers[layer].name, source]
      .filter((part) => part !== undefined)
      .join(' ');
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { id: count === 1 ? name : `${name} #${count}`, ...finding };
  });
}
