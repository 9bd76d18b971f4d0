import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { withTally } from './model.ts'

const pollsKey = (liveId: string) => ['polls', liveId] as const
export const myVotesKey = (liveId: string) => ['votes', liveId] as const

/** The polls of a room, kept fresh while people vote, and how I voted. */
export function usePolls(liveId: string) {
  const { user } = useMe()
  const cache = useQueryClient()
  const polls = useQueryOf(pollsKey(liveId), () => api.poll.list({ id: liveId }))
  const mine = useQueryOf([...myVotesKey(liveId), user?.id], () => api.poll.mine({ liveId }), {
    enabled: Boolean(user),
  })
  const lookAgain = () => Promise.all([polls.refetch(), user ? mine.refetch() : null])
  useTopic(topics.live(liveId), {
    onResync: lookAgain,
    onOrdered: message => message.t === 'poll.changed' && void lookAgain(),
    onSocial(message) {
      if (message.t !== 'poll.tally') return
      cache.setQueryData<typeof polls.data>(
        pollsKey(liveId),
        known => known && { ...known, items: withTally(known.items, message.tally) },
      )
    },
  })
  return {
    polls: polls.data?.items ?? [],
    votes: mine.data?.items ?? [],
    offsetMs: polls.data ? Date.parse(polls.data.now) - polls.dataUpdatedAt : 0,
  }
}
