import type { Clock } from '@kaibo/kernel/clock'
import type { RealtimeLimits } from '../limits.ts'
import type { ControlMessage } from './control.ts'
import { type Crowd, decodeSample } from './sample.ts'

/** One topic in a report: its name, connections, identities, and the sample of these. */
export type PresenceRow = readonly [string, number, number, string]

type Neighbour = { seq: number; heardAtMs: number; readonly crowds: Map<string, RemoteCrowd> }

type RemoteCrowd = Crowd & { readonly connectionCount: number }

type NeighboursNeeds = {
  nodeId: string
  limits: Pick<RealtimeLimits, 'presenceTtlMs' | 'topicsMax'>
  clock: Clock
  /** A report was missed: the process is asked for everything. */
  ask(nodeId: string): void
}

const neighboursMax = 256

/** The other processes on the bus and their audiences, as far as their reports arrived. */
export function createNeighbours({ nodeId, limits, clock, ask }: NeighboursNeeds) {
  const neighbours = new Map<string, Neighbour>()
  const neighbourOf = (id: string): Neighbour => {
    const known = neighbours.get(id) ?? { seq: -1, heardAtMs: 0, crowds: new Map() }
    if (neighbours.size < neighboursMax) neighbours.set(id, known)
    return known
  }
  return {
    at: (topicName: string): readonly RemoteCrowd[] =>
      [...neighbours.values()].flatMap(({ crowds }) => crowds.get(topicName) ?? []),
    /** Takes a report and names the topics that it touches. */
    hear(report: Extract<ControlMessage, { kind: 'presence' }>): readonly string[] {
      if (report.nodeId === nodeId) return []
      const from = neighbourOf(report.nodeId)
      const names = report.rows.map(([name]) => name)
      if (report.isAll) {
        names.push(...from.crowds.keys())
        from.crowds.clear()
      } else if (report.seq !== from.seq + 1) ask(report.nodeId)
      from.seq = report.seq
      from.heardAtMs = clock.now().getTime()
      for (const [name, connectionCount, identityCount, sample] of report.rows) {
        if (connectionCount === 0) from.crowds.delete(name)
        else if (from.crowds.size < limits.topicsMax) {
          from.crowds.set(name, { connectionCount, identityCount, sample: decodeSample(sample) })
        }
      }
      return names
    },
    /** Forgets the processes that have been silent too long and names their topics. */
    forgetDead(): readonly string[] {
      const deadBeforeMs = clock.now().getTime() - limits.presenceTtlMs
      const gone: string[] = []
      for (const [id, { heardAtMs, crowds }] of neighbours) {
        if (heardAtMs >= deadBeforeMs) continue
        neighbours.delete(id)
        gone.push(...crowds.keys())
      }
      return gone
    },
  }
}
