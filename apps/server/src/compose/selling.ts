import { topics } from '@kaibo/contract/show/topics'
import type { Id } from '@kaibo/kernel/ids'
import { createInsight } from '@kaibo/modules/insight'
import type { RecapSource } from '@kaibo/modules/live'
import { createPoll } from '@kaibo/modules/poll'
import { createStory } from '@kaibo/modules/story'
import type { Hub } from '@kaibo/realtime/hub'
import type { Base } from './base.ts'
import type { Goods } from './goods.ts'
import type { People } from './people.ts'
import type { Show } from './show.ts'
import type { Trade } from './trade.ts'

export type SellingNeeds = Pick<People, 'account' | 'files'> &
  Pick<Goods, 'catalog'> &
  Pick<Trade, 'orderdesk'> &
  Pick<Show, 'live' | 'showcase'> & { hub: Pick<Hub, 'publishLatest'> }

export type Selling = ReturnType<typeof composeSelling>

/** What helps a host to sell: questions to the room, stories beside the video, numbers. */
export function composeSelling({ database, clock, log }: Base, needs: SellingNeeds) {
  const { account, files, catalog, orderdesk, live, showcase, hub } = needs
  const insight = createInsight({
    ...{ database, clock, log, live, showcase, catalog },
    sales: orderdesk,
  })
  const noted = ({ liveId, userId: personId }: { liveId: Id; userId: Id }) =>
    insight.note({ liveId, personId, isActive: true })
  const poll = createPoll({
    database,
    log,
    live,
    account,
    say: ({ liveId, tally }) =>
      hub.publishLatest(topics.live(liveId), `poll:${tally.pollId}`, { t: 'poll.tally', tally }),
    noted,
  })
  const story = createStory({ database, live, files, catalog })
  const recapOf: RecapSource = async (db, session) => ({
    polls: await poll.resultsOf(db, session.id),
    bestProduct: await insight.bestOf(db, session),
  })
  return { poll, story, insight, recapOf, noted }
}
