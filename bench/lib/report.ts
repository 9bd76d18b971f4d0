import { cpus, loadavg } from 'node:os'

/** One figure. `ratio` is ours divided by the peer's; which direction is better: README.md. */
export type Figure = {
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly runs: number
  readonly peer?: { readonly name: string; readonly value: number }
}

const round = (value: number): number => Math.round(value * 1000) / 1000

/** Prints one JSON object on a line of its own, in the form that every bench shares. */
export const reporter =
  (bench: string, load = '') =>
  ({ metric, value, unit, runs, peer }: Figure): void => {
    const machine = `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, loopback`
    const conditions = load ? `${load}, ${machine}` : machine
    const line = {
      bench,
      metric,
      value: round(value),
      unit,
      peer: peer?.name ?? null,
      ratio: peer ? round(value / peer.value) : null,
      runs,
      conditions,
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)
