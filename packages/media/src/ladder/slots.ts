/** Someone who holds slots and can be asked to give them back. */
export type SlotHolder = { readonly cost: number; giveBack(): void }

export type LadderSlots = {
  /** Takes slots when there are enough and the machine is calm; returns their way back. */
  take(holder: SlotHolder): (() => void) | undefined
  /** Takes the slots of the newest holder away when the machine is strained. Call once a second. */
  sweep(nowMs: number): void
  readonly usedCount: number
}

export type SlotNeeds = {
  readonly slotsMax: number
  /** Whether there is time for work that can be left undone. */
  isCalm(): boolean
  /** Whether such work has to go. */
  isStrained(): boolean
}

/** Time for the machine to recover before the next one is sent home. */
const RECOVER_MS = 5_000

/** How many variants may be encoded at once, over all streams of the process. */
export const createLadderSlots = (needs: SlotNeeds): LadderSlots => {
  const holders: SlotHolder[] = []
  let tookBackAtMs = -Infinity
  const used = () => holders.reduce((sum, { cost }) => sum + cost, 0)
  const release = (holder: SlotHolder) => {
    const at = holders.indexOf(holder)
    if (at >= 0) holders.splice(at, 1)
  }
  return {
    take(holder) {
      if (!needs.isCalm() || used() + holder.cost > needs.slotsMax) return undefined
      holders.push(holder)
      return () => release(holder)
    },
    sweep(nowMs) {
      const newest = holders.at(-1)
      if (!newest || !needs.isStrained() || nowMs - tookBackAtMs < RECOVER_MS) return
      tookBackAtMs = nowMs
      release(newest)
      newest.giveBack()
    },
    get usedCount() {
      return used()
    },
  }
}
