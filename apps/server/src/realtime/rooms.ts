import { heartsPerSecMax, type SocialMessage } from '@kaibo/contract/show/realtime'
import { topics } from '@kaibo/contract/show/topics'
import type { Clock } from '@kaibo/kernel/clock'
import type { Live } from '@kaibo/modules/live'
import type { FanoutBus } from '@kaibo/realtime/bus'
import { createHub, type Hub } from '@kaibo/realtime/hub'
import type { Logger } from 'pino'

export type RoomsNeeds = {
  bus: FanoutBus
  clock: Clock
  log: Logger
  /** Asked when a number changes; handed over late because `live` is made after the hub. */
  live: () => Pick<Live, 'noteOnline' | 'addHearts'>
}

/** The hub, with the numbers of a room: who is online, and hearts. */
export function createRooms({ bus, clock, log, live }: RoomsNeeds): Hub {
  const say = (topic: string, key: string, message: SocialMessage) =>
    hub.publishLatest(topic, key, message)
  const logged = (work: Promise<unknown>) =>
    work.catch(error => log.warn({ err: error }, 'a room number was not stored'))

  const hub: Hub = createHub({
    bus,
    clock,
    log,
    limits: { countPerSecMax: heartsPerSecMax },
    onPresenceChange(topic, { identityCount }) {
      const liveId = liveIdOf(topic)
      if (!liveId) return
      say(topic, 'online', { t: 'live.online', count: identityCount })
      void logged(live().noteOnline(liveId, identityCount))
    },
    onCount(topic, key, addedCount) {
      const liveId = liveIdOf(topic)
      if (liveId && key === 'hearts') void logged(addHearts(liveId, addedCount))
    },
  })

  async function addHearts(liveId: string, count: number): Promise<void> {
    const total = await live().addHearts(liveId, count)
    if (total !== undefined) say(topics.live(liveId), 'hearts', { t: 'live.hearts', total })
  }
  return hub
}

const livePrefix = topics.live('')
const liveIdOf = (topic: string): string | null =>
  topic.startsWith(livePrefix) ? topic.slice(livePrefix.length) : null
