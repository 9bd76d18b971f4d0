import type { Poll, PollTally } from '@kaibo/contract/show/poll'
import { topics } from '@kaibo/contract/show/topics'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'
import type { MyShop } from '../account/model.ts'
import { inOrder } from './model.ts'
import { PollCard } from './poll-card.tsx'
import { PollSheet } from './poll-sheet.tsx'
import './polls.css'

/** The tally of an open poll is asked for this often; others may open one at another desk. */
const openMs = 2_000
const idleMs = 10_000

type PollList = { items: Poll[]; now: string }

/** The tally told to the room; an open quiz tells it without the answers, which the desk knows. */
const counted = (list: PollList, { pollId, voterCount, counts }: PollTally): PollList => ({
  ...list,
  items: list.items.map(poll =>
    poll.id === pollId ? { ...poll, voterCount, counts: counts ?? poll.counts } : poll,
  ),
})

type PollsPanelProps = { shop: MyShop; liveId: string; isLocked: boolean }

/** Polls and quizzes: prepared, opened by hand, closed by the server's bell. */
export function PollsPanel({ shop, liveId, isLocked }: PollsPanelProps) {
  const t = useT()
  const [isWriting, setWriting] = useState(false)
  const ids = { shopId: shop.id, id: liveId }
  const key = ['polls', liveId]
  const [isAnyOpen, setAnyOpen] = useState(false)
  const cache = useQueryClient()
  const count = (tally: PollTally) =>
    cache.setQueryData<PollList>(key, list => list && counted(list, tally))
  const polls = useQueryOf(
    key,
    async () => {
      const reply = await api.poll.manageList(ids)
      setAnyOpen(reply.items.some(({ state }) => state === 'open'))
      return reply
    },
    { everyMs: isAnyOpen ? openMs : idleMs },
  )
  useTopic(topics.live(liveId), {
    onOrdered: message => message.t === 'poll.changed' && void polls.refetch(),
    onSocial: message => message.t === 'poll.tally' && count(message.tally),
  })
  const open = useActionOf((poll: Poll) => api.poll.open({ ...ids, pollId: poll.id }), {
    refresh: [key],
  })
  const close = useActionOf((poll: Poll) => api.poll.close({ ...ids, pollId: poll.id }), {
    refresh: [key],
  })
  const drop = useActionOf((poll: Poll) => api.poll.remove({ ...ids, pollId: poll.id }), {
    refresh: [key],
  })
  if (!polls.data) return polls.error ? <QueryError of={polls} /> : <SkeletonList rows={2} />
  const { items, now } = polls.data
  return (
    <div className="polls">
      {!isLocked && (
        <Button icon="plus" onClick={() => setWriting(true)}>
          {t('polls.new')}
        </Button>
      )}
      {items.length === 0 && (
        <Empty icon="check" title={t('polls.none')}>
          {t('polls.noneHint')}
        </Empty>
      )}
      <ul className="poll-rows">
        {inOrder(items).map(poll => (
          <PollCard
            key={poll.id}
            liveId={liveId}
            poll={poll}
            offsetMs={Date.parse(now) - polls.dataUpdatedAt}
            isLocked={isLocked}
            canOpen={!isAnyOpen}
            busy={open.busy || close.busy || drop.busy}
            onOpen={() => open.run(poll)}
            onClose={() => close.run(poll)}
            onDrop={() => drop.run(poll)}
          />
        ))}
      </ul>
      <PollSheet {...ids} open={isWriting} onClose={() => setWriting(false)} />
    </div>
  )
}
