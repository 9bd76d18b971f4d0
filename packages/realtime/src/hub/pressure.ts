/** Whether the process holds more memory than it should: then slow sockets lose the social lane first. */
export type Pressure = { isHigh(): boolean; close(): void }

type PressureNeeds = { rssBytesMax: number; rssBytes: () => number }

const sampleMs = 1_000

export function createPressure({ rssBytesMax, rssBytes }: PressureNeeds): Pressure {
  const measure = () => rssBytes() > rssBytesMax
  let isHigh = measure()
  const timer = setInterval(() => {
    isHigh = measure()
  }, sampleMs).unref()
  return { isHigh: () => isHigh, close: () => clearInterval(timer) }
}
