import type { StreamHealth } from '@kaibo/contract/show/live'
import type { Clock } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { LiveProvider } from '@kaibo/modules/live'
import { pictureOf } from './picture.ts'

export type ListedNeeds = {
  readonly clock: Clock
  /** How often the list may be asked for who is on air; null is the answer in between. */
  readonly everyMs: number
  readonly play: LiveProvider['play']
  /** Streams that have a publisher. Rejects when the vendor cannot be asked. */
  list(): Promise<ReadonlyMap<Id, StreamHealth>>
}

/** What is known of a stream that is not on air, or of a vendor that cannot be asked. */
export const noHealth: StreamHealth = {
  state: 'offline',
  bitrateKbps: 0,
  framesPerSec: 0,
  keyFrameGapMs: 0,
  delayMs: 0,
  codecs: '',
  trouble: null,
}

/**
 * Who is on air, for vendors that list their streams. Clouds tell by callbacks who begins and leaves,
 * and want their lists asked for seldom: these only heal what got lost.
 */
export function listed({
  clock,
  everyMs,
  play,
  list,
}: ListedNeeds): Pick<LiveProvider, 'health' | 'onAir' | 'snapshot'> {
  let nextMs = 0
  return {
    health: id =>
      list().then(
        streams => streams.get(id) ?? noHealth,
        () => noHealth,
      ),
    async onAir() {
      const nowMs = clock.now().getTime()
      if (nowMs < nextMs) return null
      nextMs = nowMs + everyMs
      return list().then(
        streams => new Set(streams.keys()),
        () => null,
      )
    },
    async snapshot(id) {
      const { endpoints } = play(id, { host: '', latency: 'low' })
      const flv = endpoints.find(({ protocol }) => protocol === 'flv')
      return flv ? pictureOf(flv.url) : null
    },
  }
}
