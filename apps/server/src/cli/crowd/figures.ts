import { ApiError } from '@kaibo/client/client'

export type Latency = { count: number; p50Ms: number; p95Ms: number; maxMs: number }

/** What a crowd did and how long it took, as `kaibo crowd --json` prints it. */
export type CrowdSummary = {
  liveId: string
  synthetic: true
  peopleCount: number
  joinedCount: number
  durationSec: number
  chat: { sentCount: number; questionCount: number; arrival: Latency }
  like: { tapCount: number }
  order: { placedCount: number; paidCount: number; undoneCount: number; answer: Latency }
  /** Calls that were refused or failed, by code. */
  refused: Record<string, number>
}

/** Samples beyond are dropped: the first ones say enough. */
const samplesMax = 500_000

export type Figures = ReturnType<typeof createFigures>

/** Counts and times what a crowd does. */
export function createFigures() {
  const samples = { arrival: [] as number[], answer: [] as number[] }
  const counts = { joined: 0, sent: 0, questions: 0, taps: 0, placed: 0, paid: 0, undone: 0 }
  const refused = new Map<string, number>()
  const startedAtMs = performance.now()
  return {
    /** Answers with how many it is now. */
    count(what: keyof typeof counts, n = 1): number {
      counts[what] += n
      return counts[what]
    },
    time(what: keyof typeof samples, ms: number): void {
      if (samples[what].length < samplesMax) samples[what].push(ms)
    },
    /** Does something and notes how it was refused; nothing a crowd does ends it. */
    async attempt(act: () => Promise<void>): Promise<void> {
      try {
        await act()
      } catch (error) {
        const code = error instanceof ApiError ? error.code : 'crowd.failed'
        refused.set(code, (refused.get(code) ?? 0) + 1)
      }
    },
    summary: (of: { liveId: string; peopleCount: number }): CrowdSummary => ({
      ...of,
      synthetic: true,
      joinedCount: counts.joined,
      durationSec: Math.round((performance.now() - startedAtMs) / 1_000),
      chat: {
        sentCount: counts.sent,
        questionCount: counts.questions,
        arrival: latencyOf(samples.arrival),
      },
      like: { tapCount: counts.taps },
      order: {
        placedCount: counts.placed,
        paidCount: counts.paid,
        undoneCount: counts.undone,
        answer: latencyOf(samples.answer),
      },
      refused: Object.fromEntries(refused),
    }),
  }
}

function latencyOf(samples: readonly number[]): Latency {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) }
}
