export type Load = {
  clients: number
  ms: number
  /** One attempt; true = it got what it asked for. */
  attempt(client: number): Promise<boolean>
}

export type Outcome = {
  doneCount: number
  refusedCount: number
  perSec: number
  /** Of those that got it. */
  latenciesMs: number[]
}

/** So many clients, each asking again as soon as it is answered. */
export async function drive({ clients, ms, attempt }: Load): Promise<Outcome> {
  const latenciesMs: number[] = []
  let refusedCount = 0
  const startMs = performance.now()
  const endMs = startMs + ms
  const client = async (index: number) => {
    for (let nowMs = performance.now(); nowMs < endMs; ) {
      const isDone = await attempt(index)
      const afterMs = performance.now()
      if (isDone) latenciesMs.push(afterMs - nowMs)
      else refusedCount++
      nowMs = afterMs
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)))
  const doneCount = latenciesMs.length
  const perSec = (doneCount * 1_000) / (performance.now() - startMs)
  return { doneCount, refusedCount, perSec, latenciesMs }
}
