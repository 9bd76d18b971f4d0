/** Circles in a graph: each as the nodes on the way round, the first one repeated at the end. */
export function cyclesIn(
  nodes: readonly string[],
  nextOf: (node: string) => readonly string[],
): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const trail: string[] = []
  const walk = (node: string) => {
    const seenAt = trail.indexOf(node)
    if (seenAt >= 0) cycles.push([...trail.slice(seenAt), node])
    if (seenAt >= 0 || done.has(node)) return
    trail.push(node)
    for (const next of nextOf(node)) walk(next)
    trail.pop()
    done.add(node)
  }
  for (const node of nodes) walk(node)
  return cycles
}
