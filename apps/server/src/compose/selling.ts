import { topics } from '@kaibo/contract/topics'
import type { RecapSource } from '@kaibo/modules/live'
import { createPoll } from '@kaibo/modules/poll'
import { createStory } from '@kaibo/modules/story'
import type { Hub } from '@kaibo/realtime/hub'
import type { Base } from './base.ts'
import type { Goods } from './goods.ts'
import type { People } from './people.ts'
import type { Show } from './show.ts'

export type SellingNeeds = Pick<People, 'account' | 'files'> &
  Pick<Goods, 'catalog'> &
  Pick<Show, 'live'> & { hub: Pick<Hub, 'publishLatest'> }

export type Selling = ReturnType<typeof composeSelling>

/** What helps a host to sell: questions to the room, stories beside the video. */
export function composeSelling({ database }: Base, needs: SellingNeeds) {
  const { account, files, catalog, live, hub } = needs
  const poll = createPoll({
    database,
    live,
    account,
    say: ({ liveId, tally }) =>
      hub.publishLatest(topics.live(liveId), `poll:${tally.pollId}`, { t: 'poll.tally', tally }),
    noted: () => {},
  })
  const story = createStory({ database, live, files, catalog })
  const recapOf: RecapSource = async (db, { id }) => ({ polls: await poll.resultsOf(db, id) })
  return { poll, story, recapOf }
}
