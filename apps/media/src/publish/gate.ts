import type { Gate, GateAnswer } from '@kaibo/media/hub/publisher'

const ANSWER_MAX_MS = 700
const ASKED_MAX = 100
const KEY = /^[\x21-\x7e]{1,256}$/

/** The gate for browsers: the same keys and tickets as over RTMP, and no answer means no. */
export const createPublishGate = (authorize: Gate): Gate => {
  let askedCount = 0
  return async (key, from) => {
    if (!KEY.test(key)) return refuse('bad_key')
    if (askedCount >= ASKED_MAX) return refuse('gate_busy')
    askedCount += 1
    const { promise: late, resolve } = Promise.withResolvers<GateAnswer>()
    const timer = setTimeout(() => resolve(refuse('gate_timeout')), ANSWER_MAX_MS)
    try {
      return await Promise.race([authorize(key, from), late])
    } catch {
      return refuse('gate_failed')
    } finally {
      clearTimeout(timer)
      askedCount -= 1
    }
  }
}

const refuse = (reason: string): GateAnswer => ({ ok: false, reason })
