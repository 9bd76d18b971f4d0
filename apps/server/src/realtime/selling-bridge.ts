import { pollMoved } from '@kaibo/contract/show/poll'
import type { OrderedMessage } from '@kaibo/contract/show/realtime'
import { storyChanged } from '@kaibo/contract/show/story'
import { topics } from '@kaibo/contract/show/topics'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import type { Hub } from '@kaibo/realtime/hub'

/** Tells rooms what their hosts put up beside the video. */
export function sellingSubscribers(hub: Pick<Hub, 'publishOrdered'>): Subscriber[] {
  const tell = (liveId: string, message: OrderedMessage) =>
    hub.publishOrdered(topics.live(liveId), message)
  return [
    subscriber(pollMoved, {
      consumer: 'screen.poll_moved',
      handle: (_tx, { liveId, pollId, state }) =>
        tell(liveId, { t: 'poll.changed', pollId, state }),
    }),
    subscriber(storyChanged, {
      consumer: 'screen.story_changed',
      handle: (_tx, { liveId, version }) => tell(liveId, { t: 'story.changed', version }),
    }),
  ]
}
