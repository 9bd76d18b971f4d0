import type { Database } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import { publicNumber } from '@kaibo/kernel/ids'
import { drawNumbers } from './store.ts'

/** Drawn at once: a process that is killed loses at most so many. */
const blockSize = 200

/** The numbers that people read, from blocks that no other process draws. */
export function createNumbers({ database, clock }: { database: Database; clock: Clock }) {
  const free: number[] = []
  let drawing: Promise<void> | undefined
  const refill = async (count: number) => {
    free.push(...(await drawNumbers(database, Math.max(count, blockSize))))
  }
  return {
    async take(count: number): Promise<Numbered[]> {
      while (free.length < count) {
        drawing ??= refill(count).finally(() => {
          drawing = undefined
        })
        await drawing
      }
      const at = clock.now()
      return free
        .splice(0, count)
        .map(sequence => ({ sequence, number: publicNumber(at, sequence) }))
    },
    /** Numbers of orders that surely came to nothing. */
    giveBack(unused: readonly Numbered[]): void {
      free.push(...unused.map(each => each.sequence))
    },
  }
}

export type Numbered = { sequence: number; number: string }
