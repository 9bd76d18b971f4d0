/** What travels in an RTP packet, without what only the transport needs. */
export type RtpUnit = {
  readonly sequence: number
  readonly timestamp: number
  readonly isMarked: boolean
  readonly payload: Buffer
}

export type ReorderNeeds = {
  /** How long a missing packet is waited for once a later one is there. */
  readonly waitMs: number
  handleUnit(unit: RtpUnit): void
  /** Packets that will not come any more. */
  handleGap(): void
  /** The numbers begin anew, far from the last ones; a gap as well. */
  handleJump?(): void
}

const WAITING_MAX = 512
/** A sequence number that is this far off belongs to a sender that began anew. */
const JUMP_MAX = 2_000

/** Puts packets back in order and waits a little for retransmitted ones. */
export const createReorder = (needs: ReorderNeeds) => {
  const waiting = new Map<number, RtpUnit>()
  let expected: number | undefined
  let waitingSinceMs = 0

  const deliver = (unit: RtpUnit): void => {
    expected = (unit.sequence + 1) & 0xffff
    needs.handleUnit(unit)
  }

  const drain = (): void => {
    for (let count = waiting.size; count > 0; count--) {
      const next = expected === undefined ? undefined : waiting.get(expected)
      if (next === undefined) return
      waiting.delete(next.sequence)
      deliver(next)
    }
  }

  /** Gives up on what is missing and goes on with the oldest packet that is there. */
  const skip = (nowMs: number): void => {
    const from = expected ?? 0
    const age = ({ sequence }: RtpUnit) => (sequence - from) & 0xffff
    const oldest = [...waiting.values()].sort((a, b) => age(a) - age(b))[0]
    if (oldest === undefined) return
    expected = oldest.sequence
    waitingSinceMs = nowMs
    needs.handleGap()
    drain()
  }

  return {
    push(unit: RtpUnit, nowMs: number): void {
      const ahead =
        expected === undefined ? 0 : ((unit.sequence - expected + 0x8000) & 0xffff) - 0x8000
      if (ahead === 0) {
        deliver(unit)
        drain()
        if (waiting.size > 0) waitingSinceMs = nowMs
      } else if (Math.abs(ahead) > JUMP_MAX) {
        waiting.clear()
        needs.handleJump?.()
        needs.handleGap()
        deliver(unit)
        return
      } else if (ahead > 0) {
        if (waiting.size === 0) waitingSinceMs = nowMs
        waiting.set(unit.sequence, unit)
      }
      const isOver = waiting.size > 0 && nowMs - waitingSinceMs > needs.waitMs
      if (isOver || waiting.size > WAITING_MAX) skip(nowMs)
    },
  }
}
